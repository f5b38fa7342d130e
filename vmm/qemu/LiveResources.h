// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Steps.h"
#include "vmm/qemu/Core.h"
#include "vmm/qemu/HotPlug.h"

namespace vmm {

/// How much of memory, CPUs and disks a machine has: changed while it runs, and stored with it, or
/// stored alone if it is off; whole or not at all. Errors of all: InvalidConfig (beyond what the
/// machine can have), Busy, WrongState, Io.
class LiveResources {
public:
    explicit LiveResources(Core& core)
        : m_core(core)
    {
    }

    /// How long a guest has to let go of a vCPU.
    void setUnplugDeadline(std::chrono::milliseconds deadline) { m_unplugDeadline = deadline; }

    /// What the balloon leaves to the guest, from kLeastMemory to the machine's memory. Completes
    /// when the guest was asked; it gives memory back at its own pace. Errors: HostLacksFeature (no
    /// balloon). Source: QMP `balloon`.
    Future<void> setMemory(Machine& machine, Bytes memory);
    static constexpr Bytes kLeastMemory = Bytes::fromMiB(16);

    /// Completes when the guest was given the vCPUs, or has let go of them. Errors: RefusedByGuest,
    /// HostLacksFeature (only those plugged in since the start can go).
    /// Source: QMP `query-hotpluggable-cpus`, `device_add`, `device_del`.
    Future<void> setVcpus(Machine& machine, int count);

    /// The guest sees it at once, if it looks. Errors: also HostLacksFeature (no image that could
    /// grow), Io/DiskFull. Source: QMP `block_resize`, `qemu-img resize`.
    Future<void> resizeDisk(Machine& machine, const QString& target, Bytes size);

private:
    Future<void> plugVcpus(Machine& machine, int count, const QJsonArray& all);
    Future<void> resizeLive(Machine& machine, const QString& target, Bytes size);
    Future<void> resizeImage(const QString& image, const QString& format, Bytes size);
    /// Appends the steps that note a change of the definition.
    void addRecordSteps(
        Steps& steps, Machine& machine, const std::function<void(Definition&)>& change);

    Core& m_core;
    std::chrono::milliseconds m_unplugDeadline { 15'000 };
};

/// One place for a vCPU, from `query-hotpluggable-cpus`.
struct VcpuPlace {
    QString id {}; ///< of the device that is or may be there
    QJsonObject device {}; ///< arguments of `device_add`
    bool isPlugged = false;
    bool canGo = false; ///< plugged in since the start

    bool operator==(const VcpuPlace&) const = default;
};

/// In the order in which they are filled.
QVector<VcpuPlace> parseVcpuPlaces(const QJsonArray& answer);

} // namespace vmm
