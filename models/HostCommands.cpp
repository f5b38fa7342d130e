// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/HostCommands.h"

#include "models/Inventory.h"
#include "models/TaskModel.h"

#include <QPointer>
#include <QSet>

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
}

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

vmm::Result<void> HostCommands::canPerform(const Host* host, VmId vm, VmAction action) const
{
    const VmRecord* record = m_inventory.find(host, vm);
    if (!record)
        return Error { ErrorKind::NotFound, vm.toString(QUuid::WithoutBraces) };
    if (host->connectionState() != hosts::ConnectionState::Connected)
        return Error { ErrorKind::Disconnected, host->uri().toString() };
    const hosts::Feature feature = hosts::featureFor(action);
    if (!host->info().has(feature))
        return Error { ErrorKind::HostLacksFeature, hosts::nameOf(feature),
            host->info().missing.value(feature) };
    if (!vmm::isAllowed(action, record->info.state))
        return Error { ErrorKind::WrongState, record->info.name,
            vmm::nameOf(action) + QStringLiteral(" while ") + vmm::nameOf(record->info.state) };
    return {};
}

BulkPlan HostCommands::plan(const QVector<VmRef>& vms, VmAction action) const
{
    BulkPlan plan;
    QSet<const Host*> concerned;
    for (const VmRef& ref : vms) {
        const vmm::Result<void> can = canPerform(ref.host, ref.vm, action);
        if (can) {
            plan.allowed.append(ref);
            concerned.insert(ref.host);
        } else {
            plan.skipped.append({ ref, can.error() });
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
            tasks.append(perform(ref.host, ref.vm, action));
    }
    return tasks;
}

} // namespace models
