#!/bin/sh
# SPDX-FileCopyrightText: The VirtDeck authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# make.sh PRIVATE_LIBVIRTD: writes the machines of this folder anew: virt-install makes them, libvirt
# defines them and gives them back with all that it adds (controllers, places on the PCI bus). The
# libvirtd is that of tests/lab, so it takes root; no KVM, no guest runs. Those here were made with
# virt-install 4.1.0, osinfo-db 20221130 and libvirt 9.0.0 of Debian 12.
set -eu
[ "${IN_NAMESPACE:-}" ] || exec env IN_NAMESPACE=1 unshare --mount sh "$0" "$@"
mount -t tmpfs tmpfs /srv # what the machines name, in this mount namespace alone
mkdir /srv/vm /srv/iso /srv/share
truncate -s 1G /srv/iso/install.iso /srv/vm/b.img /srv/vm/disk.img /srv/vm/stick.img /srv/vm/vmlinuz /srv/vm/initrd
for image in disk a; do qemu-img create -q -f qcow2 /srv/vm/$image.qcow2 10G; done
libvirtd=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'exec 9>&-; wait; rm -rf "$work"' EXIT
mkfifo "$work/commands"
"$libvirtd" "$work" <"$work/commands" >"$work/answers" &
exec 9>"$work/commands"
until grep -q ready "$work/answers"; do sleep 0.2; done
uri="qemu+unix:///system?socket=$work/run/libvirt-sock"

# make NAME ARGUMENT...: one machine
make() {
    name=$1
    shift
    virt-install --connect "$uri" --name "$name" --memory 2048 --vcpus 2 --print-xml 1 "$@" >"$work/xml"
    # A libvirt without swtpm_setup defines no TPM: then it stays as virt-install wrote it.
    if virsh -q -c "$uri" define "$work/xml" >&2; then
        virsh -q -c "$uri" dumpxml --inactive "$name" >"$work/xml"
        virsh -q -c "$uri" undefine --nvram "$name" >&2
    fi
    uuid=$(echo "$name" | md5sum |
        sed 's/\(.\{8\}\)\(.\{4\}\).\(.\{3\}\).\(.\{3\}\)\(.\{12\}\).*/\1-\2-4\3-8\4-\5/')
    sed "s|<uuid>.*</uuid>|<uuid>$uuid</uuid>|" "$work/xml" >"$here/$name.xml"
}
user='--network user,model=virtio,mac=52:54:00:11:22:33'
disk='--disk source.file=/srv/vm/disk.qcow2,driver.name=qemu,driver.type=qcow2,type=file,device=disk'
iso='--disk source.file=/srv/iso/install.iso,driver.name=qemu,driver.type=raw,type=file,device=cdrom'
common='--check all=off --import --noautoconsole'

# What the embedded core takes.
make debian --osinfo debian11 $common $disk $user
make debian-i440fx --osinfo debian11 --machine pc $common $disk $user
make fedora-uefi --osinfo fedora37 --boot uefi $common $disk $user $iso
make rhel-virtio-scsi --osinfo rhel9.1 $common $user --controller scsi,model=virtio-scsi \
    --disk source.file=/srv/vm/a.qcow2,driver.type=qcow2,bus=scsi,cache=none,discard=unmap \
    --disk source.file=/srv/vm/b.img,driver.type=raw,bus=scsi,serial=DATA
make windows11 --osinfo win11 $common $iso $user --disk source.file=/srv/vm/disk.qcow2,driver.type=qcow2,bus=sata \
    --boot firmware=efi,firmware.feature0.enabled=yes,firmware.feature0.name=secure-boot,firmware.feature1.enabled=yes,firmware.feature1.name=enrolled-keys,loader.secure=yes \
    --features smm.state=on --tpm model=tpm-crb,backend.type=emulator,backend.version=2.0
make windows10 --osinfo win10 $common $disk $iso --network user,model=e1000e,mac=52:54:00:11:22:33
make windows7-i440fx --osinfo win7 --machine pc $common $disk $iso --network user,model=rtl8139,mac=52:54:00:11:22:33
make freebsd --osinfo freebsd13.1 $common $disk $user --boot hd,cdrom,menu=on $iso
make old-linux --osinfo centos5.11 --machine pc $common $user --disk source.file=/srv/vm/disk.img,driver.type=raw,bus=ide --sound ac97
make server-serial --osinfo almalinux9 $common $disk $user --graphics none --serial pty --console pty,target.type=virtio --watchdog i6300esb,action=reset
make kernel-boot --osinfo generic --check all=off --import --noautoconsole --disk none $user --graphics none \
    --boot kernel=/srv/vm/vmlinuz,initrd=/srv/vm/initrd,cmdline=console=ttyS0
make network-boot --osinfo ubuntu22.10 $common $disk --network bridge=br0,model=virtio,mac=52:54:00:11:22:33,boot.order=1
make usb-everything --osinfo fedora37 $common $user --controller usb,model=qemu-xhci \
    --disk source.file=/srv/vm/stick.img,driver.type=raw,bus=usb,removable=on --redirdev usb,type=spicevmc \
    --redirdev usb,type=spicevmc --input tablet,bus=usb --sound ich9 --video virtio
make shares-virtiofs --osinfo debian11 $common $disk $user --memorybacking source.type=memfd,access.mode=shared \
    --filesystem source.dir=/srv/share,target.dir=share,driver.type=virtiofs,accessmode=passthrough
make workstation --osinfo fedora37 --boot uefi $common $disk $user --graphics spice,listen=none --video qxl \
    --channel spicevmc --rng /dev/urandom --panic isa --cpu host-model --vcpus 4,maxvcpus=8,sockets=1,cores=8,threads=1
make vnc-screen --osinfo alpinelinux3.17 $common $disk $user --graphics vnc,listen=127.0.0.1 --video vga

# What it refuses, by name.
make refused-libvirt-network --osinfo debian11 $common $disk --network network=default,model=virtio,mac=52:54:00:11:22:33
make refused-open-screen --osinfo debian11 $common $disk $user --graphics vnc,listen=0.0.0.0
make refused-numa-tuning --osinfo debian11 $common $disk $user --numatune 0,mode=strict --cputune vcpupin0.vcpu=0,vcpupin0.cpuset=0
make refused-parallel --osinfo debian11 $common $disk $user --parallel pty --smartcard passthrough,type=spicevmc
