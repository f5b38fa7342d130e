// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/ConsoleEndpoint.h"
#include "vmm/definition/Definition.h"
#include "vmm/qemu/Firmware.h"

#include <QHash>
#include <QStringList>

#include <optional>

namespace vmm {

/// What a definition doesn't say and a start needs.
struct LaunchContext {
    QString accelerator = QStringLiteral("tcg"); ///< kvm, tcg
    int qmpFd = -1; ///< a listening unix socket that QEMU inherits; -1: no monitor
    QString machineFolder {}; ///< where files of the machine are
    QString spiceSocket {}; ///< where QEMU makes its SPICE server
    QString vncSocket {};
    QString serialSocket {}; ///< where the first serial port listens; empty: it goes nowhere
    QString serialLog {}; ///< everything the first serial port says; empty: kept nowhere
    QString socketFolder {}; ///< for channels whose place the host chooses; empty: they go nowhere
    bool isStartPaused = false; ///< -S: wait for QMP `cont`
    bool isSample = false; ///< nothing will be started: what the host would add is missing
    bool isDeviceless = false; ///< leave all devices out, for a probe
    QString memoryFile {}; ///< the guest's memory is this file's; empty: the definition says
    bool isMemoryShared = false; ///< memoryFile: what the guest writes goes into the file
    Firmware firmware {};
    /// Descriptors that QEMU inherits, by the device they belong to ("tpm", "net-0").
    QHash<QString, int> fds {};
    QString incoming {}; ///< -incoming: "defer" waits for QMP `migrate-incoming`; empty: boots
};

/// QEMU's arguments (without the program) for a machine. Pure: the same input gives the same list.
/// Ids are stable, so QMP finds things again: block nodes and devices "disk-<target>", network
/// cards "net-<n>" with back ends "host-net-<n>", "balloon", "video-0", the memory "pc.ram" (if it
/// is an object), spare root ports "port-<n>". Checked against QEMU 7.2.
/// Errors: InvalidConfig (DefinitionUnsupported, or what Definition::validate finds).
Result<QStringList> buildCommandLine(const Definition& definition, const LaunchContext& context);

/// Whether buildCommandLine() could make anything of it, to be asked when a machine is defined.
Result<void> checkStartable(const Definition& definition);

/// The protocol that is wanted; nothing: SPICE, which shows more, or else VNC.
using ScreenChoice = std::optional<ConsoleEndpoint::Protocol>;

/// Where the screen of a machine will be that was started so; none if it has no such screen.
std::optional<ConsoleEndpoint> screenOf(
    const Definition& definition, const LaunchContext& context, ScreenChoice choice = {});

/// Where a serial port (or virtio console) of a machine listens that was started so.
struct SerialPlace {
    QString id {}; ///< of its character device: "serial-0", "console-0"
    QString socket {}; ///< empty: it goes elsewhere, to a file or nowhere
    QString log {}; ///< empty: what it says is kept nowhere

    bool operator==(const SerialPlace&) const = default;
};

/// All of them, also those without a socket: the ports' numbers are their places in this list.
QVector<SerialPlace> serialPlaces(const Definition& definition, const LaunchContext& context);

/// No path, or one that libvirt's daemon chose for itself: where a channel's socket really is, the
/// host chooses.
bool isHostsChoice(const QString& path);

/// A value for QEMU's "key=value,..." options: commas doubled.
QString optionValue(QString text);

} // namespace vmm
