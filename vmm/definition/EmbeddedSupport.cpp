// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/definition/EmbeddedSupport.h"

#include <QHash>

#include <string_view>
#include <unordered_map>

namespace vmm {

namespace {

struct Part {
    std::string_view path;
    std::string_view values = {}; ///< "a|b": only these; empty: any
};

// Everything of a definition that CommandLine turns into QEMU's arguments, or that the core honours
// by itself. What stands neither here nor among the harmless parts is refused.
constexpr Part kHonoured[] = {
    { "@type", "kvm|qemu" },
    { "uuid" },
    { "name" },
    { "title" },
    { "description" },
    { "memory" },
    { "memory@unit" },
    { "currentMemory" },
    { "currentMemory@unit" },
    { "vcpu" },
    { "vcpu@placement", "static" },
    { "vcpu@current" },
    { "on_poweroff", "destroy" },
    { "on_reboot", "restart|destroy" },
    { "on_crash", "destroy|restart|preserve" },
    { "os" },
    { "os/type", "hvm" },
    { "os/type@arch", "x86_64" },
    { "os/type@machine" },
    { "os@firmware", "bios|efi" },
    { "os/firmware" },
    { "os/firmware/feature" },
    { "os/firmware/feature@name", "secure-boot|enrolled-keys" },
    { "os/firmware/feature@enabled", "yes|no" },
    { "os/loader" },
    { "os/loader@readonly", "yes" },
    { "os/loader@secure", "yes|no" },
    { "os/loader@type", "rom|pflash" },
    { "os/loader@format", "raw|qcow2" },
    { "os/nvram" },
    { "os/nvram@template" },
    { "os/nvram@templateFormat", "raw" },
    { "os/nvram@format", "raw" },
    { "os/kernel" },
    { "os/initrd" },
    { "os/cmdline" },
    { "os/boot" },
    { "os/boot@dev", "hd|cdrom|network" },
    { "os/bootmenu" },
    { "os/bootmenu@enable", "yes|no" },
    { "os/bootmenu@timeout" },
    { "genid" },
    { "memoryBacking" },
    { "memoryBacking/hugepages" },
    { "memoryBacking/nosharepages" },
    { "memoryBacking/locked" },
    { "memoryBacking/source" },
    { "memoryBacking/source@type", "memfd|anonymous" },
    { "memoryBacking/access" },
    { "memoryBacking/access@mode", "shared|private" },
    { "memoryBacking/allocation" },
    { "memoryBacking/allocation@mode", "immediate|ondemand" },
    { "features" },
    { "features/acpi" },
    { "features/apic" },
    { "features/pae" },
    { "features/smm" },
    { "features/smm@state", "on|off" },
    { "features/kvm" },
    { "features/kvm/hidden" },
    { "features/kvm/hidden@state", "on|off" },
    { "features/hyperv" },
    { "features/hyperv@mode", "custom" },
    { "features/hyperv/relaxed" },
    { "features/hyperv/relaxed@state", "on|off" },
    { "features/hyperv/vapic" },
    { "features/hyperv/vapic@state", "on|off" },
    { "features/hyperv/vpindex" },
    { "features/hyperv/vpindex@state", "on|off" },
    { "features/hyperv/runtime" },
    { "features/hyperv/runtime@state", "on|off" },
    { "features/hyperv/synic" },
    { "features/hyperv/synic@state", "on|off" },
    { "features/hyperv/stimer" },
    { "features/hyperv/stimer@state", "on|off" },
    { "features/hyperv/reset" },
    { "features/hyperv/reset@state", "on|off" },
    { "features/hyperv/frequencies" },
    { "features/hyperv/frequencies@state", "on|off" },
    { "features/hyperv/reenlightenment" },
    { "features/hyperv/reenlightenment@state", "on|off" },
    { "features/hyperv/tlbflush" },
    { "features/hyperv/tlbflush@state", "on|off" },
    { "features/hyperv/ipi" },
    { "features/hyperv/ipi@state", "on|off" },
    { "features/hyperv/evmcs" },
    { "features/hyperv/evmcs@state", "on|off" },
    { "features/hyperv/spinlocks" },
    { "features/hyperv/spinlocks@state", "on|off" },
    { "features/hyperv/vendor_id" },
    { "features/hyperv/vendor_id@state", "on|off" },
    { "features/hyperv/spinlocks@retries" },
    { "features/hyperv/vendor_id@value" },
    { "features/vmport" },
    { "features/vmport@state", "on|off" },
    { "cpu" },
    { "cpu@mode", "host-passthrough|host-model|maximum|custom" },
    { "cpu@match", "exact" },
    { "cpu/model" },
    { "cpu/topology" },
    { "cpu/topology@sockets" },
    { "cpu/topology@dies" },
    { "cpu/topology@cores" },
    { "cpu/topology@threads" },
    { "cpu/feature" },
    { "cpu/feature@name" },
    { "cpu/feature@policy", "require|force|disable" },
    { "cpu/cache" },
    { "cpu/cache@mode", "passthrough" },
    { "clock" },
    { "clock@offset", "utc|localtime" },
    { "clock/timer" },
    { "clock/timer@name", "rtc|pit|hpet|hypervclock|kvmclock" },
    { "clock/timer@tickpolicy", "catchup|delay" },
    { "clock/timer@present", "yes|no" },
    { "pm" },
    { "pm/suspend-to-mem" },
    { "pm/suspend-to-mem@enabled", "yes|no" },
    { "pm/suspend-to-disk" },
    { "pm/suspend-to-disk@enabled", "yes|no" },
    { "devices" },
    { "devices/emulator" },
    { "devices/disk" },
    { "devices/disk@type", "file|block" },
    { "devices/disk@device", "disk|cdrom" },
    { "devices/disk/driver" },
    { "devices/disk/driver@name", "qemu" },
    { "devices/disk/driver@type", "raw|qcow2" },
    { "devices/disk/driver@cache", "default|none|writeback|writethrough|directsync|unsafe" },
    { "devices/disk/driver@io", "threads|native" },
    { "devices/disk/driver@discard", "unmap|ignore" },
    { "devices/disk/driver@detect_zeroes", "off|on|unmap" },
    { "devices/disk/driver@error_policy", "stop|report|ignore|enospace" },
    { "devices/disk/source" },
    { "devices/disk/source@file" },
    { "devices/disk/source@dev" },
    { "devices/disk/target" },
    { "devices/disk/target@dev" },
    { "devices/disk/target@bus", "virtio|sata|ide|scsi|usb|nvme" },
    { "devices/disk/serial" },
    { "devices/disk/target@removable", "on|off" },
    { "devices/disk/iotune" },
    { "devices/disk/iotune/total_bytes_sec" },
    { "devices/disk/iotune/read_bytes_sec" },
    { "devices/disk/iotune/write_bytes_sec" },
    { "devices/disk/iotune/total_iops_sec" },
    { "devices/disk/iotune/read_iops_sec" },
    { "devices/disk/iotune/write_iops_sec" },
    { "devices/disk/readonly" },
    { "devices/disk/shareable" },
    { "devices/disk/boot" },
    { "devices/disk/boot@order" },
    { "devices/interface" },
    { "devices/interface@type", "user|bridge|ethernet" },
    { "devices/interface/source" },
    { "devices/interface/source@bridge" },
    { "devices/interface/backend" },
    { "devices/interface/backend@type", "passt" },
    { "devices/interface/target" },
    { "devices/interface/target@dev" },
    { "devices/interface/target@managed", "yes|no" },
    { "devices/interface/portForward" },
    { "devices/interface/portForward@proto", "tcp|udp" },
    { "devices/interface/portForward@address" },
    { "devices/interface/portForward/range" },
    { "devices/interface/portForward/range@start" },
    { "devices/interface/portForward/range@end" },
    { "devices/interface/portForward/range@to" },
    { "devices/interface/mtu" },
    { "devices/interface/mtu@size" },
    { "devices/interface/mac" },
    { "devices/interface/mac@address" },
    { "devices/interface/model" },
    { "devices/interface/model@type", "virtio|e1000e|e1000|rtl8139" },
    { "devices/interface/link" },
    { "devices/interface/link@state", "up" },
    { "devices/interface/boot" },
    { "devices/interface/boot@order" },
    { "devices/graphics" },
    { "devices/graphics@type", "spice|vnc" },
    { "devices/graphics@autoport", "yes|no" },
    { "devices/graphics@port" },
    { "devices/graphics@tlsPort", "-1" },
    // There is no password yet, so a screen must not be open to the network.
    { "devices/graphics@listen", "127.0.0.1|::1|localhost" },
    { "devices/graphics/listen" },
    { "devices/graphics/listen@type", "none|socket|address" },
    { "devices/graphics/listen@address", "127.0.0.1|::1|localhost" },
    { "devices/graphics/listen@socket" },
    { "devices/graphics/image" },
    { "devices/graphics/image@compression", "auto_glz|auto_lz|quic|glz|lz|off" },
    { "devices/graphics/streaming" },
    { "devices/graphics/streaming@mode", "off|filter|all" },
    { "devices/graphics/clipboard" },
    { "devices/graphics/clipboard@copypaste", "yes|no" },
    { "devices/graphics/filetransfer" },
    { "devices/graphics/filetransfer@enable", "yes|no" },
    { "devices/graphics/gl" },
    { "devices/graphics/gl@enable", "no" },
    { "devices/video" },
    { "devices/video/model" },
    { "devices/video/model@type", "virtio|vga|qxl|bochs|cirrus|none" },
    { "devices/video/model@heads" },
    { "devices/video/model@ram" },
    { "devices/video/model@vram" },
    { "devices/video/model@vgamem" },
    { "devices/video/model/acceleration" },
    { "devices/video/model/acceleration@accel3d", "no" },
    { "devices/input" },
    { "devices/input@type", "tablet|mouse|keyboard" },
    { "devices/input@bus", "usb|ps2|virtio" },
    { "devices/serial" },
    { "devices/serial@type", "pty|unix|file|null" },
    { "devices/serial/source" },
    { "devices/serial/source@path" },
    { "devices/serial/source@mode", "bind" },
    { "devices/serial/target" },
    { "devices/serial/target@type", "isa-serial" },
    { "devices/serial/target@port" },
    { "devices/serial/target/model" },
    { "devices/serial/target/model@name", "isa-serial" },
    { "devices/console" },
    { "devices/console@type", "pty|unix|file|null" },
    { "devices/console/source" },
    { "devices/console/source@path" },
    { "devices/console/source@mode", "bind" },
    { "devices/console/target" },
    { "devices/console/target@type", "serial|virtio" },
    { "devices/console/target@port" },
    { "devices/channel" },
    { "devices/channel@type", "spicevmc|spiceport|unix" },
    { "devices/channel/source" },
    { "devices/channel/source@mode", "bind" },
    { "devices/channel/source@path" },
    { "devices/channel/source@channel" },
    { "devices/channel/target" },
    { "devices/channel/target@type", "virtio" },
    { "devices/channel/target@name" },
    { "devices/rng" },
    { "devices/rng@model", "virtio" },
    { "devices/rng/rate" },
    { "devices/rng/rate@bytes" },
    { "devices/rng/rate@period" },
    { "devices/rng/backend" },
    { "devices/rng/backend@model", "random|builtin" },
    { "devices/memballoon" },
    { "devices/memballoon@model", "virtio|none" },
    { "devices/memballoon@autodeflate", "on|off" },
    { "devices/memballoon@freePageReporting", "on|off" },
    { "devices/memballoon/stats" },
    { "devices/memballoon/stats@period" },
    { "devices/sound" },
    { "devices/sound@model", "ich9|ich6|ac97" },
    { "devices/audio" },
    { "devices/audio@id", "1" },
    { "devices/audio@type", "spice|none" },
    { "devices/controller" },
    { "devices/controller@type", "usb|pci|sata|ide|scsi|virtio-serial" },
    { "devices/controller@index" },
    { "devices/controller@model",
        "qemu-xhci|nec-xhci|piix3-uhci|ich9-ehci1|ich9-uhci1|ich9-uhci2|ich9-uhci3|none|pci-root|"
        "pcie-root|pcie-root-port|pcie-to-pci-bridge|dmi-to-pci-bridge|pci-bridge|virtio-scsi" },
    { "devices/redirdev" },
    { "devices/redirdev@bus", "usb" },
    { "devices/redirdev@type", "spicevmc" },
    { "devices/redirdev/boot" },
    { "devices/redirdev/boot@order" },
    { "devices/hostdev" },
    { "devices/hostdev@mode", "subsystem" },
    { "devices/hostdev@type", "usb" },
    { "devices/hostdev@managed", "yes|no" },
    { "devices/hostdev/source" },
    { "devices/hostdev/source/vendor" },
    { "devices/hostdev/source/vendor@id" },
    { "devices/hostdev/source/product" },
    { "devices/hostdev/source/product@id" },
    { "devices/hostdev/source/address" },
    { "devices/hostdev/source/address@bus" },
    { "devices/hostdev/source/address@device" },
    { "devices/hostdev/boot" },
    { "devices/hostdev/boot@order" },
    { "devices/tpm" },
    { "devices/tpm@model", "tpm-crb|tpm-tis" },
    { "devices/tpm/backend" },
    { "devices/tpm/backend@type", "emulator" },
    { "devices/tpm/backend@version", "2.0" },
    { "devices/tpm/backend@persistent_state", "yes" },
    { "devices/filesystem" },
    { "devices/filesystem@type", "mount" },
    { "devices/filesystem@accessmode", "passthrough|mapped|squash" },
    { "devices/filesystem/driver" },
    { "devices/filesystem/driver@type", "path|virtiofs" },
    { "devices/filesystem/driver@queue" },
    { "devices/filesystem/source" },
    { "devices/filesystem/source@dir" },
    { "devices/filesystem/target" },
    { "devices/filesystem/target@dir" },
    { "devices/filesystem/readonly" },
    { "devices/panic" },
    { "devices/panic@model", "isa|pvpanic" },
    { "devices/watchdog" },
    { "devices/watchdog@model", "itco|i6300esb" },
    { "devices/watchdog@action", "reset|shutdown|poweroff|pause|none" },
};

// Elements (with all they contain) that libvirt writes by itself or that only describe: where
// devices sit (the core places them by itself, see CommandLineLayout.h), labels of security drivers
// that it doesn't have, names of a running machine's devices, and what belongs to other programs.
constexpr std::string_view kHarmless[] = {
    "metadata",
    "resource",
    "seclabel",
    "memory@dumpCore",
    "@id",
    "cpu@check",
    "cpu@migratable",
    "cpu/model@fallback",
    "cpu/vendor",
    "devices/disk/alias",
    "devices/disk/address",
    "devices/disk/backingStore",
    "devices/disk/source@index",
    "devices/disk/source@startupPolicy",
    "devices/disk/target@tray",
    "devices/disk@snapshot",
    "devices/interface/alias",
    "devices/interface/address",
    "devices/graphics/alias",
    "devices/graphics@defaultMode",
    "devices/video/alias",
    "devices/video/address",
    "devices/video/model@primary",
    "devices/video/model@vram64",
    "devices/input/alias",
    "devices/input/address",
    "devices/serial/alias",
    "devices/serial/address",
    "devices/console/alias",
    "devices/console/address",
    "devices/console@tty",
    "devices/channel/alias",
    "devices/channel/address",
    "devices/channel/target@state",
    "devices/rng/alias",
    "devices/rng/address",
    "devices/memballoon/alias",
    "devices/memballoon/address",
    "devices/sound/alias",
    "devices/sound/address",
    "devices/sound/codec",
    "devices/controller/alias",
    "devices/controller/address",
    "devices/controller/master",
    "devices/controller/model",
    "devices/controller/target",
    "devices/controller@ports",
    "devices/controller@vectors",
    "devices/redirdev/alias",
    "devices/redirdev/address",
    "devices/hostdev/alias",
    "devices/hostdev/address",
    "devices/tpm/alias",
    "devices/tpm/address",
    "devices/filesystem/alias",
    "devices/filesystem/address",
    "devices/panic/alias",
    "devices/panic/address",
    "devices/watchdog/alias",
    "devices/watchdog/address",
};

const std::unordered_map<std::string_view, std::string_view>& honoured()
{
    static const auto table = [] {
        std::unordered_map<std::string_view, std::string_view> parts;
        for (const Part& part : kHonoured)
            parts.emplace(part.path, part.values);
        return parts;
    }();
    return table;
}

bool isHarmless(std::string_view path)
{
    static const auto table = [] {
        std::unordered_map<std::string_view, bool> parts;
        for (const std::string_view part : kHarmless)
            parts.emplace(part, true);
        return parts;
    }();
    return table.contains(path);
}

bool isAmong(std::string_view values, const QString& value)
{
    const auto all = QLatin1StringView(values.data(), static_cast<qsizetype>(values.size()));
    const QStringList allowed = QString(all).split(QLatin1Char('|'));
    return allowed.contains(value);
}

} // namespace

QVector<Unsupported> unsupportedByEmbedded(const Definition& definition)
{
    QVector<Unsupported> found;
    const auto report = [&found](const std::string& path, const QString& value) {
        const Unsupported part { QString::fromStdString(path), value };
        if (!found.contains(part))
            found.append(part);
        return false;
    };
    definition.forEachPart([&](const std::string& path, const QString& value) {
        if (isHarmless(path) || path.find("@xmlns") != std::string::npos)
            return false;
        const auto part = honoured().find(path);
        if (part == honoured().end())
            return report(path, path.find('@') == std::string::npos ? QString() : value);
        // An element without text says nothing: <model/>, <address/>; an attribute always speaks.
        const bool isSaid = !value.isEmpty() || path.find('@') != std::string::npos;
        if (isSaid && !part->second.empty() && !isAmong(part->second, value))
            return report(path, value);
        return true;
    });
    return found;
}

Result<void> checkSupportedByEmbedded(const Definition& definition)
{
    const QVector<Unsupported> unsupported = unsupportedByEmbedded(definition);
    if (unsupported.isEmpty())
        return {};
    QStringList all;
    for (const Unsupported& part : unsupported)
        all.append(part.value.isEmpty()
                ? part.element
                : QStringLiteral("%1=\"%2\"").arg(part.element, part.value));
    return Error { ErrorKind::InvalidConfig, unsupported.first().element,
        all.join(QStringLiteral(", ")), ErrorCause::DefinitionUnsupported };
}

} // namespace vmm
