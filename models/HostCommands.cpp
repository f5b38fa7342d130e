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

using hosts::Answer;
using hosts::Host;
using hosts::Operation;
using hosts::VmId;
using vmm::Error;
using vmm::ErrorKind;
using vmm::VmAction;

namespace {

/// Stops a machine now: who asks for it can't wait for slow work on others.
bool isUrgent(const Operation& operation)
{
    const auto* perform = std::get_if<hosts::Perform>(&operation);
    return perform
        && (perform->action == VmAction::ForceOff || perform->action == VmAction::Pause
            || perform->action == VmAction::Reset);
}

} // namespace

HostCommands::HostCommands(const Inventory& inventory, TaskModel& tasks, QObject* parent)
    : QObject(parent)
    , m_inventory(inventory)
    , m_tasks(tasks)
{
    // What waits for a host that goes ends as Cancelled; from the event loop, since the queue
    // itself may be at work just now.
    connect(&inventory, &Inventory::hostAboutToBeRemoved, this, [this](Host* host) {
        for (Queues* queues : { &m_queues, &m_urgentQueues }) {
            if (auto queue = queues->extract(host); !queue.empty())
                queue.mapped().release()->deleteLater();
        }
    });
}

HostCommands::~HostCommands() = default;

TaskInfo HostCommands::describe(
    const Host& host, const Operation& operation, const QString& name) const
{
    const VmRecord* record = m_inventory.find(&host, hosts::vmOf(operation));
    return { .operation = operation,
        .host = host.uri(),
        .hostName = host.info().name,
        .vmName = record ? record->info.name : name };
}

std::function<void()> HostCommands::undoOf(
    Host* host, const Operation& operation, const QString& name)
{
    const auto* perform = std::get_if<hosts::Perform>(&operation);
    if (!perform || perform->action != VmAction::Undefine
        || !host->info().has(hosts::Feature::Trash))
        return {};
    const QPointer<Host> still(host);
    return [this, still, vm = perform->vm, name] {
        if (still)
            run(still, hosts::RestoreTrashed { vm }, name);
    };
}

Begun HostCommands::run(Host* host, const Operation& operation, const QString& name)
{
    return begin(
        host, operation, name, [this, operation, name](Host* on) { run(on, operation, name); });
}

Begun HostCommands::begin(
    Host* host, const Operation& operation, const QString& name, std::function<void(Host*)> retry)
{
    const QPointer<Host> still(host);
    const TaskInfo info = describe(*host, operation, name);
    const vmm::Future<Answer> answer = host->run(operation);
    TaskOptions options { .retry =
                              [still, retry = std::move(retry)] {
                                  if (still)
                                      retry(still);
                              },
        .undo = undoOf(host, operation, info.vmName) };
    if (hosts::patienceFor(operation) == hosts::Patience::Job) {
        options.cancel = [asked = answer]() mutable {
            asked.cancel();
            return true;
        };
    }
    return { m_tasks.track(info, answer, std::move(options)), answer };
}

TaskId HostCommands::perform(Host* host, VmId vm, VmAction action)
{
    return run(host, hosts::Perform { vm, action }).task;
}

TaskId HostCommands::define(Host* host, const QString& domainXml)
{
    return create(host, hosts::Define { domainXml }, {}, Autostart::No);
}

TaskId HostCommands::createMachine(Host* host, const vmm::NewMachine& machine, Autostart autostart)
{
    return create(host, hosts::CreateMachine { machine }, machine.name, autostart);
}

TaskId HostCommands::create(
    Host* host, const Operation& operation, const QString& name, Autostart autostart)
{
    const auto [task, answer] = begin(host, operation, name,
        [this, operation, name, autostart](Host* on) { create(on, operation, name, autostart); });
    Q_EMIT machineAsked(task);
    vmm::async::onFinished(answer, this,
        [this, still = QPointer(host), task = task, autostart](vmm::Result<Answer> done) {
            const vmm::Result<VmId> vm = hosts::replyFrom<VmId>(std::move(done));
            if (!still || !vm)
                return;
            if (autostart == Autostart::Yes)
                run(still, hosts::SetAutostart { *vm, true });
            Q_EMIT machineCreated(still, *vm, task);
        });
    return task;
}

bool HostCommands::isAllowedFor(const hosts::VmInfo& vm, VmAction action)
{
    if (!vmm::isAllowed(action, vm.state))
        return false;
    switch (action) {
    case VmAction::DiscardSave:
        return vm.hasSavedMemory;
    case VmAction::Start:
    case VmAction::Pause:
    case VmAction::Resume:
    case VmAction::ShutDown:
    case VmAction::Reboot:
    case VmAction::Reset:
    case VmAction::Save:
        return !vm.isTemplate; // it stays as it is: others stand on it
    case VmAction::ForceOff:
    case VmAction::Undefine:
        return true;
    }
    return true;
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
    if (!isAllowedFor(vm->info, action))
        return ErrorKind::WrongState;
    return std::nullopt;
}

vmm::Result<void> HostCommands::canUse(const Host* host, hosts::Feature feature)
{
    if (host->connectionState() != hosts::ConnectionState::Connected)
        return Error { ErrorKind::Disconnected, host->uri().toString() };
    if (!host->info().has(feature))
        return Error { ErrorKind::HostLacksFeature, hosts::nameOf(feature),
            host->info().missing.value(feature) };
    return {};
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

BulkCounts BulkPlan::counts() const
{
    BulkCounts counts { .allowed = static_cast<int>(allowed.size()), .hosts = hostCount };
    for (const Skipped& each : skipped) {
        if (each.reason == ErrorKind::Disconnected)
            ++counts.unconnected;
        else if (each.reason == ErrorKind::HostLacksFeature)
            ++counts.notOffered;
        else
            ++counts.wrongState;
    }
    return counts;
}

QVector<TaskId> HostCommands::perform(const BulkPlan& plan, VmAction action)
{
    QVector<TaskId> tasks;
    tasks.reserve(plan.allowed.size());
    for (const VmRef& ref : plan.allowed) {
        // A question may have stood on the screen in between: the machine or its host may be gone.
        if (!m_inventory.find(ref.host, ref.vm))
            continue;
        const hosts::Perform operation { ref.vm, action };
        tasks.append(plan.allowed.size() == 1 ? run(ref.host, operation).task
                                              : runInTurn(ref.host, operation));
    }
    return tasks;
}

TaskId HostCommands::runInTurn(Host* host, const Operation& operation)
{
    HostQueue& queue = queueOf(host, operation);
    const auto task = std::make_shared<TaskId>(0); // known before its turn comes
    const QPointer<Host> still(host);
    HostQueue::Place place = queue.add([this, still, operation, task] {
        m_tasks.noteBegun(*task);
        return still ? still->run(operation) : vmm::async::failed<Answer>({ ErrorKind::Cancelled });
    });
    const QPointer<HostQueue> stillThere(&queue);
    const bool isJob = hosts::patienceFor(operation) == hosts::Patience::Job;
    const auto cancel = [stillThere, place, isJob]() mutable {
        if (stillThere && stillThere->cancel(place.ticket))
            return true;
        if (isJob)
            place.done.cancel();
        return isJob;
    };
    const TaskInfo info = describe(*host, operation, {});
    *task = m_tasks.track(info, place.done,
        { .cancel = cancel,
            .retry =
                [this, still, operation] {
                    if (still)
                        run(still, operation);
                },
            .undo = undoOf(host, operation, info.vmName),
            .isWaiting = true,
            .isCancellableLater = isJob });
    return *task;
}

HostQueue& HostCommands::queueOf(const Host* host, const Operation& operation)
{
    std::unique_ptr<HostQueue>& queue = (isUrgent(operation) ? m_urgentQueues : m_queues)[host];
    if (!queue)
        queue = std::make_unique<HostQueue>();
    return *queue;
}

} // namespace models
