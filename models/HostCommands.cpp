// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/HostCommands.h"

#include "models/HostQueue.h"
#include "models/Inventory.h"
#include "models/TaskModel.h"

#include <QPointer>
#include <QSet>

#include <algorithm>

namespace models {

using hosts::Host;
using hosts::VmId;
using vmm::Error;
using vmm::ErrorKind;
using vmm::VmAction;

HostCommands::HostCommands(const Inventory& inventory, TaskModel& tasks, QObject* parent)
    : QObject(parent)
    , m_inventory(inventory)
    , m_tasks(tasks)
{
    // What waits for a host that goes ends as Cancelled; from the event loop, since the queue
    // itself may be at work just now.
    connect(&inventory, &Inventory::hostAboutToBeRemoved, this, [this](Host* host) {
        if (auto queue = m_queues.extract(host); !queue.empty())
            queue.mapped().release()->deleteLater();
    });
}

HostCommands::~HostCommands() = default;

TaskInfo HostCommands::describe(const Host& host, VmId vm, TaskAction action) const
{
    const VmRecord* record = m_inventory.find(&host, vm);
    return { .action = action,
        .host = host.uri(),
        .hostName = host.info().name,
        .vm = vm,
        .vmName = record ? record->info.name : QString() };
}

TaskId HostCommands::perform(Host* host, VmId vm, VmAction action)
{
    const QPointer<Host> still(host);
    return m_tasks.track(describe(*host, vm, taskActionFor(action)), host->perform(vm, action),
        { .retry = [this, still, vm, action] {
            if (still)
                perform(still, vm, action);
        } });
}

TaskId HostCommands::define(Host* host, const QString& domainXml)
{
    const QPointer<Host> still(host);
    const vmm::Future<VmId> defined = host->define(domainXml);
    announceCreated(host, defined);
    return m_tasks.track(
        describe(*host, {}, TaskAction::Define), defined, { .retry = [this, still, domainXml] {
            if (still)
                define(still, domainXml);
        } });
}

TaskId HostCommands::createMachine(Host* host, const vmm::NewMachine& machine)
{
    const QPointer<Host> still(host);
    const vmm::Future<VmId> created = host->createMachine(machine);
    announceCreated(host, created);
    TaskInfo info = describe(*host, {}, TaskAction::Create);
    info.vmName = machine.name;
    return m_tasks.track(info, created, { .retry = [this, still, machine] {
        if (still)
            createMachine(still, machine);
    } });
}

void HostCommands::announceCreated(Host* host, const vmm::Future<VmId>& future)
{
    const QPointer<Host> still(host);
    vmm::async::onFinished(future, this, [this, still](const vmm::Result<VmId>& result) {
        if (still && result)
            Q_EMIT machineCreated(still, *result);
    });
}

std::optional<ErrorKind> HostCommands::refusal(
    const Host* host, const VmRecord* vm, VmAction action) const
{
    if (!vm)
        return ErrorKind::NotFound;
    if (host->connectionState() != hosts::ConnectionState::Connected)
        return ErrorKind::Disconnected;
    if (!host->info().has(hosts::featureFor(action)))
        return ErrorKind::HostLacksFeature;
    if (!vmm::isAllowed(action, vm->info.state))
        return ErrorKind::WrongState;
    return std::nullopt;
}

vmm::Result<void> HostCommands::canPerform(const Host* host, VmId vm, VmAction action) const
{
    const VmRecord* record = m_inventory.find(host, vm);
    const std::optional<ErrorKind> kind = refusal(host, record, action);
    if (!kind)
        return {};
    if (*kind == ErrorKind::NotFound)
        return Error { *kind, vm.toString(QUuid::WithoutBraces) };
    if (*kind == ErrorKind::Disconnected)
        return Error { *kind, host->uri().toString() };
    const hosts::Feature feature = hosts::featureFor(action);
    if (*kind == ErrorKind::HostLacksFeature)
        return Error { *kind, hosts::nameOf(feature), host->info().missing.value(feature) };
    return Error { *kind, record->info.name,
        vmm::nameOf(action) + QStringLiteral(" while ") + vmm::nameOf(record->info.state) };
}

bool HostCommands::canPerformAny(const QVector<VmRef>& vms, VmAction action) const
{
    return std::any_of(vms.begin(), vms.end(), [&](const VmRef& ref) {
        return !refusal(ref.host, m_inventory.find(ref.host, ref.vm), action);
    });
}

BulkPlan HostCommands::plan(const QVector<VmRef>& vms, VmAction action) const
{
    BulkPlan plan;
    QSet<const Host*> concerned;
    for (const VmRef& ref : vms) {
        const auto kind = refusal(ref.host, m_inventory.find(ref.host, ref.vm), action);
        if (kind) {
            plan.skipped.append({ ref, *kind });
        } else {
            plan.allowed.append(ref);
            concerned.insert(ref.host);
        }
    }
    plan.hostCount = static_cast<int>(concerned.size());
    return plan;
}

QVector<TaskId> HostCommands::perform(const BulkPlan& plan, VmAction action)
{
    QVector<TaskId> tasks;
    tasks.reserve(plan.allowed.size());
    for (const VmRef& ref : plan.allowed) {
        // A question may have stood on the screen in between: the machine or its host may be gone.
        if (m_inventory.find(ref.host, ref.vm))
            tasks.append(enqueue(ref.host, ref.vm, action));
    }
    return tasks;
}

TaskId HostCommands::enqueue(Host* host, VmId vm, VmAction action)
{
    HostQueue& queue = queueOf(host);
    const auto task = std::make_shared<TaskId>(0); // known before its turn comes
    const QPointer<Host> still(host);
    const HostQueue::Place place = queue.add([this, still, vm, action, task] {
        m_tasks.noteBegun(*task);
        return still ? still->perform(vm, action)
                     : vmm::async::failed<void>({ ErrorKind::Cancelled });
    });
    const QPointer<HostQueue> stillThere(&queue);
    *task = m_tasks.track(describe(*host, vm, taskActionFor(action)), place.done,
        { .cancel = [stillThere,
                        ticket = place.ticket] { return stillThere && stillThere->cancel(ticket); },
            .retry =
                [this, still, vm, action] {
                    if (still)
                        perform(still, vm, action);
                },
            .isWaiting = true });
    return *task;
}

HostQueue& HostCommands::queueOf(const Host* host)
{
    std::unique_ptr<HostQueue>& queue = m_queues[host];
    if (!queue)
        queue = std::make_unique<HostQueue>();
    return *queue;
}

} // namespace models
