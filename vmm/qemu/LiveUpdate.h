// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/definition/DeviceEdit.h"
#include "vmm/qemu/HotPlug.h"

namespace vmm {

/// The definition with a device changed as its XML says. What the XML does not say stays, but the
/// medium of a CD drive, the link of a card and the limits of a disk: these become what it says.
/// Errors: NotFound, InvalidConfig (of a kind that can't be changed so).
Result<Definition> withDeviceUpdated(const Definition& definition, const DeviceXml& device);

/// Whether a running machine can follow. Errors: HostLacksFeature.
Result<void> checkLiveUpdate(
    const Definition& before, const Definition& after, const DeviceXml& device);

/// Appends the steps by which a running machine follows, each with its undo. `number`: that in the
/// id of a network card. `deadline`: of a guest that may keep the tray shut.
void addLiveUpdateSteps(Steps& steps, Machine& machine, const Definition& after,
    const DeviceXml& device, int number, std::chrono::milliseconds deadline);

/// The arguments of QMP `block_set_io_throttle` (QEMU 7.2) but for the disk's name.
QJsonObject throttleArguments(const Disk& disk);

/// Opens the tray of a CD drive, which the guest may keep shut. Completes when it is open. Errors:
/// RefusedByGuest. Source: QMP `blockdev-open-tray`, `query-block`, event DEVICE_TRAY_MOVED.
Future<void> openTray(Machine& machine, const QString& id, std::chrono::milliseconds deadline);

/// What QMP's block commands call the device of a disk. Errors: NotFound. Source: `query-block`.
Future<QString> blockDeviceOf(Machine& machine, const QString& target);

/// What has no place in QEMU's arguments and is asked of it when it has started: links that are
/// down, passwords of screens, memory that the balloon takes. QMP commands with their arguments.
QVector<std::pair<QString, QJsonObject>> commandsAfterStart(const Definition& definition);

} // namespace vmm
