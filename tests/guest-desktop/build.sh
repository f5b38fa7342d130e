#!/bin/sh
# SPDX-FileCopyrightText: The VirtDeck authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# build.sh TINY FOLDER: makes a guest with a desktop's parts from Debian packages: Tiny Linux (built in TINY by
# tests/guest/build.sh) with an X server, spice-vdagent, spice-webdavd, the guest agent, xclip, xrandr and ALSA's tools;
# vmlinuz and initrd.gz in FOLDER. In its shell, `desktop` starts them. Does nothing if they are there and newer than
# these sources.
# Needs: mmdebstrap, cpio, gzip, binutils; no root, but then fakechroot and fakeroot.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tiny=$1
out=$2
if [ -s "$out/initrd.gz" ] && [ "$out/initrd.gz" -nt "$tiny/initrd.gz" ] \
    && [ -z "$(find "$here" -type f -newer "$out/initrd.gz")" ]; then
    exit 0
fi
mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"

# Unpacked only: nothing is configured, so no program of these packages runs here.
kernel=$(apt-cache depends linux-image-amd64 | awk '/Depends: linux-image-/ { print $2; exit }')
mmdebstrap --quiet --variant=extract --include=xserver-xorg-core,x11-xkb-utils,xkb-data,spice-vdagent,spice-webdavd,avahi-daemon,dbus-daemon,qemu-guest-agent,xclip,x11-xserver-utils,alsa-utils \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' --aptopt='APT::Install-Recommends "false"' \
    bookworm "$work/all.tar"
(cd "$work" && apt-get download -q -o APT::Sandbox::User=root "$kernel" >/dev/null)
mkdir "$work/kernel" "$work/all"
dpkg-deb --fsys-tarfile "$work"/linux-image-*.deb \
    | tar -x -C "$work/kernel" --wildcards './boot/vmlinuz-*' './lib/modules/*'
# Debian 12 merges /bin and /lib into /usr, but packages still name both.
tar -x -C "$work/all" --no-same-owner --exclude='./dev/*' -f "$work/all.tar"

# What the programs need, and no more: all of it lies in the guest's memory.
root=$work/root
mkdir -p "$root/bin" "$root/lib/desktop" "$root/lib64" "$root/usr/bin" "$root/usr/sbin" "$root/usr/lib/x86_64-linux-gnu" \
    "$root/usr/lib/xorg" "$root/usr/share/X11" "$root/etc/X11"
find_one() { find "$work/all" -path "*/$1" \( -type f -o -type l \) | head -1; }
programs=
for program in usr/lib/xorg/Xorg usr/bin/xkbcomp usr/bin/xclip usr/bin/xrandr usr/bin/xsetroot \
    usr/bin/spice-vdagent usr/sbin/spice-vdagentd usr/sbin/qemu-ga usr/bin/speaker-test usr/bin/arecord \
    usr/bin/amixer usr/sbin/spice-webdavd usr/sbin/avahi-daemon \
    usr/bin/dbus-daemon; do
    cp -L "$(find_one "$program")" "$root/$program"
    programs="$programs $root/$program"
done
ln -s ../usr/sbin/qemu-ga "$root/bin/qemu-ga"
cp -r "$work/all/usr/lib/xorg/modules" "$root/usr/lib/xorg/"
cp -r "$work/all/usr/share/X11/xkb" "$root/usr/share/X11/"
cp -r "$work/all/usr/share/alsa" "$root/usr/share/"
cp "$here/xorg.conf" "$root/etc/X11/xorg.conf"
cp "$here/bus.conf" "$root/etc/bus.conf"
cp "$here/desktop" "$root/bin/desktop"
chmod 755 "$root/bin/desktop"
printf 'root:x:0:0:root:/root:/bin/sh\navahi:x:1:1:avahi:/:/bin/sh\n' >"$root/etc/passwd"
printf 'root:x:0:\navahi:x:1:\n' >"$root/etc/group"

# The libraries, by what each file says it needs, until nothing is missing.
wanted=$(find "$root" -type f \( -perm /111 -o -name '*.so*' \))
while [ -n "$wanted" ]; do
    needed=$(for file in $wanted; do objdump -p "$file" 2>/dev/null | awk '/NEEDED/ { print $2 }'; done | sort -u)
    wanted=
    for library in $needed; do
        target=$root/usr/lib/x86_64-linux-gnu/$library
        [ -e "$target" ] && continue
        source=$(find_one "x86_64-linux-gnu/$library")
        [ -n "$source" ] || continue
        cp -L "$source" "$target"
        wanted="$wanted $target"
    done
done
for library in ld-linux-x86-64.so.2; do
    cp -L "$(find_one "x86_64-linux-gnu/$library")" "$root/lib64/$library"
done
ln -s ../usr/lib/x86_64-linux-gnu "$root/lib/x86_64-linux-gnu"

# Drivers, in the order of their needs.
modules=$(echo "$work"/kernel/lib/modules/*/kernel)
for module in drivers/input/misc/uinput drivers/gpu/drm/drm_panel_orientation_quirks drivers/gpu/drm/drm drivers/gpu/drm/drm_kms_helper \
    drivers/gpu/drm/drm_shmem_helper drivers/virtio/virtio_dma_buf drivers/gpu/drm/virtio/virtio-gpu drivers/leds/trigger/ledtrig-audio \
    sound/soundcore sound/core/snd sound/core/snd-timer sound/core/snd-pcm sound/core/snd-hwdep sound/hda/snd-intel-sdw-acpi \
    sound/hda/snd-intel-dspcfg sound/hda/snd-hda-core sound/pci/hda/snd-hda-codec sound/pci/hda/snd-hda-codec-generic \
    sound/pci/hda/snd-hda-intel; do
    [ -f "$modules/$module.ko" ] || continue # built in, with other kernels
    cp "$modules/$module.ko" "$root/lib/desktop/"
    strip --strip-debug "$root/lib/desktop/$(basename "$module").ko"
    basename "$module" >>"$root/lib/desktop/order"
done
(cd "$root" && find . | cpio -o -H newc -R 0:0 --quiet | gzip -6) >"$work/desktop.gz"
cp "$work"/kernel/boot/vmlinuz-* "$out/vmlinuz"
cat "$tiny/initrd.gz" "$work/desktop.gz" >"$out/initrd.new"
mv "$out/initrd.new" "$out/initrd.gz"
