#!/bin/sh
# SPDX-FileCopyrightText: The VirtDeck authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# build.sh FOLDER: makes Tiny Linux, the guest of the tests, from Debian packages: vmlinuz, initrd.gz, the same with
# the guest agent (initrd-agent.gz), one that only runs a program of the host's beside a graphics card
# (initrd-card.gz), cmdline and machine.xml (a machine of it) in FOLDER. Does nothing if they are there and newer than these sources.
# Needs: gcc with static libc, busybox-static, cpio, gzip, apt-get.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$1
if [ -s "$out/vmlinuz" ] && [ -s "$out/initrd.gz" ] && [ -s "$out/initrd-agent.gz" ] \
    && [ -s "$out/initrd-card.gz" ] && [ -s "$out/cmdline" ] \
    && [ -z "$(find "$here" -type f -newer "$out/cmdline")" ]; then
    exit 0
fi
mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"

# The kernel: fetched and unpacked, not installed. The generic one, for it has the VESA framebuffer.
package=$(apt-cache depends linux-image-amd64 | awk '/Depends: linux-image-/ { print $2; exit }')
[ -n "$package" ] || { echo "build.sh: no kernel package known; run apt-get update" >&2; exit 1; }
(cd "$work" && apt-get download -q -o APT::Sandbox::User=root "$package" >/dev/null)
mkdir "$work/kernel"
dpkg-deb --fsys-tarfile "$work"/linux-image-*.deb \
    | tar -x -C "$work/kernel" --wildcards './boot/vmlinuz-*' './lib/modules/*'
modules=$(echo "$work"/kernel/lib/modules/*/kernel)

root=$work/root
mkdir -p "$root/bin" "$root/lib/modules" "$root/etc/acpi/PWRF"
cp /bin/busybox "$root/bin/"
for module in drivers/virtio/virtio_ring drivers/virtio/virtio drivers/virtio/virtio_pci_legacy_dev \
    drivers/virtio/virtio_pci_modern_dev drivers/virtio/virtio_pci drivers/virtio/virtio_balloon \
    drivers/block/virtio_blk net/core/failover drivers/net/net_failover drivers/net/virtio_net \
    drivers/char/virtio_console drivers/input/evdev drivers/acpi/button drivers/misc/pvpanic/pvpanic \
    drivers/misc/pvpanic/pvpanic-mmio; do
    name=$(basename "$module")
    cp "$modules/$module.ko" "$root/lib/modules/$name.ko"
    strip --strip-debug "$root/lib/modules/$name.ko"
    echo "$name" >>"$root/lib/modules/order"
done
# Drivers of rarer devices, in the order of their needs: loaded by the guest's `drivers`, not at the start.
for module in drivers/scsi/scsi_common drivers/scsi/scsi_mod drivers/ata/libata drivers/ata/libahci drivers/ata/ahci \
    crypto/crct10dif_common crypto/crct10dif_generic lib/crc-t10dif lib/crc64 crypto/crc64_rocksoft_generic \
    lib/crc64-rocksoft block/t10-pi drivers/scsi/sd_mod drivers/cdrom/cdrom drivers/scsi/sr_mod drivers/scsi/virtio_scsi drivers/nvme/host/nvme-core \
    drivers/nvme/host/nvme drivers/usb/common/usb-common drivers/usb/core/usbcore drivers/usb/host/xhci-hcd \
    drivers/usb/host/xhci-pci drivers/usb/storage/usb-storage fs/netfs/netfs fs/fscache/fscache net/9p/9pnet \
    net/9p/9pnet_virtio fs/9p/9p fs/efivarfs/efivarfs drivers/virt/vmgenid fs/fuse/fuse fs/fuse/virtiofs drivers/watchdog/watchdog drivers/watchdog/i6300esb \
    drivers/misc/pvpanic/pvpanic drivers/misc/pvpanic/pvpanic-mmio; do
    [ -f "$modules/$module.ko" ] || continue # built in, with other kernels
    name=$(basename "$module")
    cp "$modules/$module.ko" "$root/lib/modules/$name.ko"
    strip --strip-debug "$root/lib/modules/$name.ko"
    echo "$name" >>"$root/lib/modules/more"
done
for program in draw burn; do
    gcc -O2 -Wall -Wextra -Wno-parentheses -static -s -o "$root/bin/$program" "$here/$program.c"
done
cp "$here/init" "$root/init"
cat >"$root/bin/lease" <<'LEASE'
#!/bin/sh
[ "$1" = bound ] && ip addr add "$ip/${mask:-24}" dev "$interface" && ip route add default via "${router%% *}"
LEASE
printf '#!/bin/sh\necho "power button" >/dev/ttyS0\npoweroff -f\n' >"$root/etc/acpi/PWRF/00000080"
cat >"$root/bin/drivers" <<'DRIVERS'
#!/bin/sh
# drivers [NAME...]: loads the drivers of rarer devices, all or the named ones.
for name in ${*:-$(cat /lib/modules/more)}; do insmod "/lib/modules/$name.ko" 2>/dev/null; done
DRIVERS
chmod 755 "$root/init" "$root/bin/drivers" "$root/bin/lease" "$root/etc/acpi/PWRF/00000080"

# The guest agent and the libraries it needs: an archive of its own behind the first, so that no other guest has to
# unpack them.
(cd "$work" && apt-get download -q -o APT::Sandbox::User=root qemu-guest-agent >/dev/null)
agent=$work/agent
mkdir -p "$agent/bin" "$agent/sbin" "$agent/etc"
dpkg-deb --fsys-tarfile "$work"/qemu-guest-agent_*.deb | tar -xO ./usr/sbin/qemu-ga >"$agent/bin/qemu-ga"
chmod 755 "$agent/bin/qemu-ga"
needed=$(ldd "$agent/bin/qemu-ga")
case $needed in *"not found"*)
    printf '%s\n' "the guest agent needs libraries that are not installed here:" "$needed" >&2
    exit 1
    ;;
esac
for library in $(echo "$needed" | grep -o '/[^ ]*'); do
    mkdir -p "$agent$(dirname "$library")"
    cp -L "$library" "$agent$library"
done
# What the agent calls: "shutdown -h -P +0" or "-h -r", and "hwclock".
cat >"$agent/sbin/shutdown" <<'SHUTDOWN'
#!/bin/busybox sh
echo "shutdown $*" >/dev/ttyS0
case " $* " in *" -r "*) exec reboot -f ;; esac
exec poweroff -f
SHUTDOWN
ln -s /bin/busybox "$agent/sbin/hwclock"
echo 'PRETTY_NAME="Tiny Linux"' >"$agent/etc/os-release"
chmod 755 "$agent/sbin/shutdown"
(cd "$agent" && find . | cpio -o -H newc --quiet | gzip -9) >"$work/agent.gz"

# A guest with graphics cards, whose programs are the host's (tests/guest/init-card).
card=$work/card
mkdir -p "$card/bin" "$card/lib/modules"
cp /bin/busybox "$card/bin/"
cp "$here/init-card" "$card/init"
chmod 755 "$card/init"
for module in drivers/virtio/virtio_ring drivers/virtio/virtio drivers/virtio/virtio_pci_legacy_dev \
    drivers/virtio/virtio_pci_modern_dev drivers/virtio/virtio_pci fs/netfs/netfs fs/fscache/fscache net/9p/9pnet \
    net/9p/9pnet_virtio fs/9p/9p drivers/gpu/drm/drm drivers/gpu/drm/drm_shmem_helper drivers/gpu/drm/drm_kms_helper \
    drivers/virtio/virtio_dma_buf drivers/gpu/drm/virtio/virtio-gpu; do
    file=$(find "$modules" -path "*/$module.ko")
    [ -n "$file" ] || continue # built in, with other kernels
    cp "$file" "$card/lib/modules/"
    strip --strip-debug "$card/lib/modules/$(basename "$file")"
    basename "$module" >>"$card/lib/modules/order"
done
(cd "$card" && find . | cpio -o -H newc --quiet | gzip -9) >"$out/initrd-card.gz"

(cd "$root" && find . | cpio -o -H newc --quiet | gzip -9) >"$work/initrd.gz"
mv "$work"/kernel/boot/vmlinuz-* "$out/vmlinuz"
cat "$work/initrd.gz" "$work/agent.gz" >"$out/initrd-agent.gz"
mv "$work/initrd.gz" "$out/initrd.gz"
cat >"$out/machine.xml" <<XML
<domain type='kvm'>
  <name>Tiny Linux</name>
  <title>Tiny Linux</title>
  <description>A small guest to try things out: it draws, burns CPU and answers the power button.</description>
  <memory unit='MiB'>256</memory>
  <vcpu>1</vcpu>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
    <kernel>$out/vmlinuz</kernel>
    <initrd>$out/initrd.gz</initrd>
    <cmdline>console=ttyS0 console=tty0 vga=0x344 quiet</cmdline>
  </os>
  <features><acpi/></features>
  <devices>
    <interface type='user'><model type='virtio'/></interface>
    <serial type='pty'/>
    <console type='pty'/>
    <graphics type='spice'><listen type='none'/><image compression='off'/><streaming mode='off'/></graphics>
    <video><model type='virtio'/></video>
    <input type='tablet' bus='usb'/>
    <memballoon model='virtio'/>
  </devices>
</domain>
XML
# vga=0x344: 1024x768 in 32 bits, set by the kernel's own loader on any VGA card.
echo 'console=ttyS0 console=tty0 vga=0x344 quiet' >"$out/cmdline"
