// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/DeviceScope.h"
#include "vmm/definition/DeviceEdit.h"
#include "vmm/qemu/Core.h"
#include "vmm/qemu/HotPlug.h"
#include "vmm/qemu/PlugJournal.h"

namespace vmm {

/// Adds, removes and changes devices of machines: in the stored definition, in the running QEMU, or
/// in both; whole or not at all. The running part comes first, and is taken back if the definition
/// can't be written. What will not do as a whole is refused before anything is touched.
///
/// Disks, network cards, USB devices of the host and USB redirections can be changed while a
/// machine runs; the definition alone takes any device. Errors of all: InvalidConfig, NotFound,
/// Busy (the machine is), WrongState (DeviceScope::Running of one that is off), Io.
class DeviceChanges {
public:
    explicit DeviceChanges(Core& core)
        : m_core(core)
    {
    }

    /// How long a guest has to let go of a device. Native PCI Express hot-plug alone takes 5 s.
    void setUnplugDeadline(std::chrono::milliseconds deadline) { m_unplugDeadline = deadline; }

    /// Errors: AlreadyExists (one of that name), NotFound/ImageMissing, Busy/ImageLocked,
    /// Busy/ImageNeeded, InvalidConfig/ImageUntrusted, HostLacksFeature (can't be plugged in while
    /// it runs, no port is free), ProcessFailed (QEMU's words). Source: QMP `blockdev-add`,
    /// `netdev_add`, `device_add`, `set_link`.
    Future<void> attach(Machine& machine, const QString& xml, DeviceScope scope);

    /// Errors: RefusedByGuest; if it lets go later, the running definition follows. Source: QMP
    /// `device_del`.
    Future<void> detach(Machine& machine, const QString& xml, DeviceScope scope);

    /// What the XML does not say stays, but the medium, the link and the limits: these are as it
    /// says. Errors: RefusedByGuest (it keeps the tray shut), NotFound/ImageMissing,
    /// HostLacksFeature (that can't change while it runs). Source: QMP `blockdev-open-tray`,
    /// `blockdev-insert-medium`, `set_link`, `block_set_io_throttle`.
    Future<void> update(Machine& machine, const QString& xml, DeviceScope scope);

    /// Brings to an end what an earlier program was about to do when it ended: a device on its way
    /// in is taken back unless all was done, one on its way out is gone or stays. Completes at once
    /// if there is nothing.
    Future<void> finishInterrupted(Machine& machine);

private:
    using Edit = Result<Definition> (*)(const Definition&, const DeviceXml&);
    /// A change that was judged and can be made.
    struct Plan {
        DeviceXml device {};
        bool isRunning = false;
        bool isStored = false;
        Edit edit = nullptr; ///< to be made to what runs and is stored when the time has come
        Definition running {}; ///< as it will be, as far as one knows now
    };

    Result<Plan> plan(
        const Machine& machine, const DeviceXml& device, DeviceScope scope, Edit edit) const;
    Future<void> attachNow(Machine& machine, const Plan& plan, const PlugSurvey& survey);
    Future<void> detachNow(Machine& machine, const Plan& plan, const DevicePlug& plug);
    Future<void> updateNow(Machine& machine, const Plan& plan, int number);
    Future<void> takeBack(Machine& machine, const PlugJournal& journal, bool isPlugged);
    Future<void> letGo(Machine& machine, const PlugJournal& journal);
    /// The steps that note the change, after QEMU has it.
    void addRecordSteps(Steps& steps, Machine& machine, const Plan& plan);
    Future<void> recordOnly(Machine& machine, const Plan& plan);
    Future<void> whileOccupied(
        Machine& machine, const QString& name, const std::function<Future<void>()>& run);

    Core& m_core;
    std::chrono::milliseconds m_unplugDeadline { 15'000 };
};

/// What is plugged in of a device: its XML in the definition, with the number that its id has.
/// `number` is of no account for disks. Errors: HostLacksFeature (of that kind nothing can be
/// plugged in), InvalidConfig.
Result<DevicePlug> livePlugOf(const Definition& definition, const DeviceXml& device, int number);

/// The number in the id of a device that a running machine has: ids keep theirs when others go.
/// Source: QMP `qom-get` of mac, vendorid, hostbus ... (QEMU 7.2).
Future<int> liveNumberOf(Machine& machine, const DeviceXml& device, const PlugSurvey& survey);

} // namespace vmm
