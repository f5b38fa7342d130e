// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/FileDescriptor.h"
#include "vmm/base/Steps.h"
#include "vmm/definition/PciPlaces.h"
#include "vmm/qemu/DevicePlug.h"
#include "vmm/qemu/Machine.h"

#include <QSet>

#include <chrono>
#include <optional>

namespace vmm {

/// What plugging needs to know of a running QEMU.
struct PlugSurvey {
    QSet<QString> devices {}; ///< ids of all that have one
    QStringList freePorts {}; ///< ids of root ports that nothing sits on

    /// The smallest number with which "<prefix><number>" is not taken.
    int freeNumber(const QString& prefix) const;
};

/// Answers to `query-pci` and to `qom-list` of /machine/peripheral.
PlugSurvey parseSurvey(const QJsonValue& pci, const QJsonValue& peripherals);

/// Source: QMP `query-pci`, `qom-list` (QEMU 7.2).
Future<PlugSurvey> surveyPlugs(Machine& machine);

/// Says on which bus a device goes that is plugged in while the machine runs. Errors:
/// HostLacksFeature (no port is free, or nothing can be plugged in on that bus).
/// `wish`: the place it says. Errors then, too: Busy.
Result<DevicePlug> placed(DevicePlug plug, const PlugSurvey& survey, Chipset chipset,
    const std::optional<PciPlace>& wish = {});

/// One QMP command of which only success matters; a refusal (ProcessFailed) keeps QEMU's words.
Future<void> command(Machine& machine, const QString& name, const QJsonObject& arguments,
    QmpClient::Milliseconds deadline = QmpClient::kDefaultDeadline);

/// Appends the steps that plug in all parts of a device, each with its undo. `image`: path of a
/// disk's image, for errors.
void addPlugSteps(Steps& steps, Machine& machine, const DevicePlug& plug, const QString& image,
    std::chrono::milliseconds unplugDeadline);
/// The same for a medium alone: objects and block nodes.
void addNodeSteps(Steps& steps, Machine& machine, const DevicePlug& plug, const QString& image);

/// Appends the step that gives QEMU the host's end of a network card (openTapSomehow()), for a
/// `netdev_add` that names it like the card's device.
void addTapStep(Steps& steps, Machine& machine, const QString& name, const NetworkInterface& card);

/// Asks the guest to let go of a device. Completes when it has. Errors: RefusedByGuest (it says no,
/// or nothing in time), NotFound (no such device), and if the machine ends meanwhile WrongState.
/// Source: QMP `device_del`, events DEVICE_DELETED and DEVICE_UNPLUG_GUEST_ERROR (QEMU 7.2).
Future<void> unplugDevice(Machine& machine, const QString& id, std::chrono::milliseconds deadline);

/// Removes what stood behind a device that is gone: block nodes of its name (and overlays on
/// them), network, character device, objects. Never fails: what is in use elsewhere stays.
Future<void> removeBackEnds(Machine& machine, const DevicePlug& plug);

} // namespace vmm
