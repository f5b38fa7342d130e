// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/Task.h"

#include <QObject>

#include <memory>
#include <unordered_map>

namespace models {

class HostQueue;
class Inventory;
class TaskModel;
struct VmRecord;

/// One machine of one host.
struct VmRef {
    hosts::Host* host = nullptr;
    hosts::VmId vm {};

    bool operator==(const VmRef&) const = default;
};

/// What a bulk action would do, to be told before it is done.
struct BulkPlan {
    struct Skipped {
        VmRef vm {};
        vmm::ErrorKind reason {}; ///< see HostCommands::canPerform
    };

    QVector<VmRef> allowed {}; ///< it makes sense in their state and their host offers it
    QVector<Skipped> skipped {}; ///< the others
    int hostCount = 0; ///< hosts among the allowed
};

/// Starts operations on hosts and shows each as a task. Never asks, never waits.
class HostCommands : public QObject {
    Q_OBJECT

public:
    HostCommands(const Inventory& inventory, TaskModel& tasks, QObject* parent = nullptr);
    ~HostCommands() override;

    TaskId perform(hosts::Host* host, hosts::VmId vm, vmm::VmAction action);
    TaskId define(hosts::Host* host, const QString& domainXml);
    TaskId createMachine(hosts::Host* host, const vmm::NewMachine& machine);

    /// Whether an action can be asked for now: connection, feature, state. The reason is an Error
    /// (Disconnected, HostLacksFeature with the host's sentence in `detail`, WrongState, NotFound).
    vmm::Result<void> canPerform(
        const hosts::Host* host, hosts::VmId vm, vmm::VmAction action) const;

    /// Whether there is one among `vms` for which it can be asked; cheaper than a plan.
    bool canPerformAny(const QVector<VmRef>& vms, vmm::VmAction action) const;

    BulkPlan plan(const QVector<VmRef>& vms, vmm::VmAction action) const;
    /// A few at a time on each host; those whose turn has not come can be cancelled.
    QVector<TaskId> perform(const BulkPlan& plan, vmm::VmAction action);

Q_SIGNALS:
    /// A machine that was asked for here exists now.
    void machineCreated(hosts::Host* host, hosts::VmId vm);

private:
    std::optional<vmm::ErrorKind> refusal(
        const hosts::Host* host, const VmRecord* vm, vmm::VmAction action) const;
    TaskId enqueue(hosts::Host* host, hosts::VmId vm, vmm::VmAction action);
    HostQueue& queueOf(const hosts::Host* host);
    void announceCreated(hosts::Host* host, const vmm::Future<hosts::VmId>& future);
    TaskInfo describe(const hosts::Host& host, hosts::VmId vm, TaskAction action) const;

    const Inventory& m_inventory;
    TaskModel& m_tasks;
    std::unordered_map<const hosts::Host*, std::unique_ptr<HostQueue>> m_queues;
};

} // namespace models
