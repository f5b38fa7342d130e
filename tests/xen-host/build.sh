#!/bin/bash
# SPDX-FileCopyrightText: The VirtDeck authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# build.sh FOLDER: makes a Xen host from Debian packages: the hypervisor (xen), the kernel of its dom0 (vmlinuz), an
# initial RAM disk (initrd.gz) and a disk image with libvirtd's Xen driver and a small guest (disk.img), all in FOLDER.
# tests/support/XenHostFixture starts it in QEMU. Does nothing if it is there and newer than these sources.
# Needs: root, mmdebstrap, busybox-static, cpio, kmod, e2fsprogs; 2 minutes, 1 GiB while it builds, 350 MiB after.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
if [ -s "$out/disk.img" ] && [ -z "$(find "$here" -type f -newer "$out/disk.img")" ]; then
    exit 0
fi
rm -f "$out"/{xen,vmlinuz,initrd.gz,disk.img,kept.qcow2}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# What dom0 runs. xen-utils brings xenstored, xenconsoled and the device model.
mmdebstrap --quiet --mode=root --variant=minbase \
    --include=xen-utils-4.17,xenstore-utils,libvirt-daemon,libvirt-daemon-driver-xen,iproute2,kmod,busybox-static,qemu-system-xen \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' --aptopt='APT::Install-Recommends "false"' \
    --customize-hook='rm -rf "$1"/var/cache/apt/* "$1"/var/lib/apt/lists/*' bookworm dom0

# Two kernels: dom0's has the back ends, the guest's is the small one for clouds.
package_of() { apt-cache depends "$1" | awk '/Depends: linux-image-/ { print $2; exit }'; }
kernel=$(package_of linux-image-amd64)
cloud=$(package_of linux-image-cloud-amd64)
apt-get download -q -o APT::Sandbox::User=root "$kernel" "$cloud" xen-hypervisor-4.17-amd64 >/dev/null
mkdir host-kernel guest-kernel
dpkg-deb --fsys-tarfile "$kernel"_*.deb | tar -x -C host-kernel ./boot ./lib/modules
dpkg-deb --fsys-tarfile "$cloud"_*.deb | tar -x -C guest-kernel ./boot ./lib/modules
dpkg-deb --fsys-tarfile xen-hypervisor-4.17-amd64_*.deb | tar -xO ./boot/xen-4.17-amd64.gz | gunzip >"$out/xen"
cp host-kernel/boot/vmlinuz-* "$out/vmlinuz"

# take_modules KERNEL ROOT NAME...: these modules and what they need; ROOT/modules lists them in the order to load.
take_modules() {
    local tree=$1 root=$2 version path
    shift 2
    version=$(basename "$tree"/lib/modules/*)
    depmod -b "$tree" "$version"
    mkdir -p "$root/lib/modules"
    modprobe --dirname="$PWD/$tree" --set-version="$version" --show-depends --all "$@" \
        | awk '$1 == "insmod" && !seen[$2]++ { print $2 }' \
        | while read -r path; do
            cp "$path" "$root/lib/modules/"
            echo "/lib/modules/$(basename "$path")"
        done >"$root/modules"
}

# The guest: a shell on Xen's console, with a disk and a network card.
mkdir -p guest/bin
cp /bin/busybox guest/bin/
cp "$here/guest-init" guest/init
take_modules guest-kernel guest xen-blkfront xen-netfront
mkdir -p dom0/var/lib/guest
(cd guest && find . | cpio -o -H newc --quiet | gzip) >dom0/var/lib/guest/initrd.gz
cp guest-kernel/boot/vmlinuz-* dom0/var/lib/guest/vmlinuz
truncate -s 64M dom0/var/lib/guest/disk.img

cp "$here/dom0-init" dom0/start
mkdir -p dom0/host
take_modules host-kernel dom0/host xen-evtchn xen-gntdev xen-gntalloc xen-privcmd xenfs xen-blkback xen-netback \
    tun bridge virtio_net
mkdir -p dom0/etc/libvirt
cat >dom0/etc/libvirt/libvirtd.conf <<'END'
listen_tls = 0
listen_tcp = 1
listen_addr = "0.0.0.0"
tcp_port = "16509"
auth_tcp = "none"
END
: >dom0/etc/libvirt/libxl.conf
# Xen hides SEP on AMD and QEMU's translator has no VME: libvirt 9.0 then finds no name for the CPU, and its Xen
# driver refuses to start ("Cannot find suitable CPU model for given data").
sed -i "/name='sep'/d" dom0/usr/share/libvirt/cpu_map/x86_qemu64.xml
# The QEMU driver would end libvirtd for want of a user; this host is Xen's alone.
rm -f dom0/usr/lib/x86_64-linux-gnu/libvirt/connection-driver/libvirt_driver_{qemu,nwfilter}.so

# Reaches the disk, and hands over.
mkdir -p ram/bin
cp /bin/busybox ram/bin/
cp "$here/ram-init" ram/init
take_modules host-kernel ram virtio_pci virtio_blk ext4
(cd ram && find . | cpio -o -H newc --quiet | gzip) >"$out/initrd.gz"

truncate -s 1G disk.img
mke2fs -q -t ext4 -O '^has_journal,^metadata_csum' -m 0 -d dom0 disk.img
mv disk.img "$out/disk.img"
