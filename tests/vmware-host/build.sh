#!/bin/bash
# SPDX-FileCopyrightText: The VirtDeck authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# build.sh FOLDER: makes FOLDER/vmware-host, a VMware host or vCenter for tests, of these sources and Debian's Go
# library with the simulator of vSphere. tests/support/VmwareHostFixture starts it. Does nothing if it is there and
# newer than these sources. Needs golang-go, golang-github-vmware-govmomi-dev; 30 s, 300 MiB while it builds.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
if [ -s "$out/vmware-host" ] && [ -z "$(find "$here" -type f -newer "$out/vmware-host")" ]; then
    exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Debian's Go packages lie in a GOPATH; nothing is fetched.
cd "$here"
GO111MODULE=off GOPATH=/usr/share/gocode GOFLAGS= GOCACHE=${GOCACHE:-$work/cache} CGO_ENABLED=0 \
    go build -ldflags '-s -w' -o "$work/vmware-host" ./*.go
mv "$work/vmware-host" "$out/vmware-host"
