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

inline size_t qHash(const VmRef& ref, size_t seed = 0)
{
    return qHashMulti(seed, ref.host, ref.vm);
}

/// What a bulk action would come to, in numbers.
struct BulkCounts {
    int allowed = 0;
    int hosts = 0; ///< among the allowed
    int wrongState = 0; ///< these three are left out
    int notOffered = 0;
    int unconnected = 0;

    int leftOut() const { return wrongState + notOffered + unconnected; }
    bool operator==(const BulkCounts&) const = default;
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

    BulkCounts counts() const;
};

/// An operation under way.
struct Begun {
    TaskId task = 0;
    vmm::Future<hosts::Answer> answer {};
};

/// Whether a new machine is to start with its host.
enum class Autostart { No, Yes };

/// Starts operations on hosts and shows each as a task. Never asks, never waits.
class HostCommands : public QObject {
    Q_OBJECT

public:
    HostCommands(const Inventory& inventory, TaskModel& tasks, QObject* parent = nullptr);
    ~HostCommands() override;

    /// Has a host do something, as a task: with its progress, with cancel if it is a job, with
    /// "again" after a failure, and with undo where the host keeps what is removed. `name` is of
    /// the machine or thing that it is about, where the inventory does not know it.
    Begun run(hosts::Host* host, const hosts::Operation& operation, const QString& name = {});

    TaskId perform(hosts::Host* host, hosts::VmId vm, vmm::VmAction action);
    /// These two tell of the new machine by machineCreated.
    TaskId define(hosts::Host* host, const QString& domainXml);
    TaskId createMachine(
        hosts::Host* host, const vmm::NewMachine& machine, Autostart autostart = Autostart::No);

    /// Whether an action can be asked for now: connection, feature, state. The reason is an Error
    /// (Disconnected, HostLacksFeature with the host's sentence in `detail`, WrongState, NotFound).
    vmm::Result<void> canPerform(
        const hosts::Host* host, hosts::VmId vm, vmm::VmAction action) const;

    /// The same for all that needs a feature and a connection: Disconnected, HostLacksFeature.
    static vmm::Result<void> canUse(const hosts::Host* host, hosts::Feature feature);

    /// Whether a machine's state allows it, and what it is besides its state.
    static bool isAllowedFor(const hosts::VmInfo& vm, vmm::VmAction action);

    /// Whether there is one among `vms` for which it can be asked; cheaper than a plan.
    bool canPerformAny(const QVector<VmRef>& vms, vmm::VmAction action) const;

    BulkPlan plan(const QVector<VmRef>& vms, vmm::VmAction action) const;
    /// A few at a time on each host; those whose turn has not come can be cancelled. A single one
    /// is begun at once. What stops machines waits for its like alone.
    QVector<TaskId> perform(const BulkPlan& plan, vmm::VmAction action);

    /// The same for any operation: it waits for its turn among those of its host.
    TaskId runInTurn(hosts::Host* host, const hosts::Operation& operation);

Q_SIGNALS:
    /// A machine is asked for: it is made from now on, or not.
    void machineAsked(models::TaskId task);
    /// A machine that was asked for here exists now.
    void machineCreated(hosts::Host* host, hosts::VmId vm, models::TaskId task);

private:
    std::optional<vmm::ErrorKind> refusal(
        const hosts::Host* host, const VmRecord* vm, vmm::VmAction action) const;
    HostQueue& queueOf(const hosts::Host* host, const hosts::Operation& operation);
    Begun begin(hosts::Host* host, const hosts::Operation& operation, const QString& name,
        std::function<void(hosts::Host*)> retry);
    TaskId create(hosts::Host* host, const hosts::Operation& operation, const QString& name,
        Autostart autostart);
    TaskInfo describe(
        const hosts::Host& host, const hosts::Operation& operation, const QString& name) const;
    std::function<void()> undoOf(
        hosts::Host* host, const hosts::Operation& operation, const QString& name);

    const Inventory& m_inventory;
    TaskModel& m_tasks;
    using Queues = std::unordered_map<const hosts::Host*, std::unique_ptr<HostQueue>>;
    Queues m_queues;
    Queues m_urgentQueues; ///< of what can't wait behind a thousand starts
};

} // namespace models
