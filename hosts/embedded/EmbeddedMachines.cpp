// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked of one machine, or of those in the trash. The host itself is in EmbeddedHost.cpp.
#include "hosts/embedded/EmbeddedHost.h"
#include "vmm/base/KeyNames.h"
#include "vmm/definition/MachineMarks.h"
#include "vmm/qemu/GuestAgent.h"

#include <QJsonArray>
#include <QJsonObject>

namespace hosts::embedded {

namespace {

/// The agent of an active machine, or why there is none.
vmm::Result<vmm::GuestAgent*> agentOf(const vmm::Core& core, const VmId& id)
{
    vmm::Machine* machine = core.machine(id);
    if (!machine)
        return vmm::noSuchMachine(id);
    if (!vmm::isActive(machine->state()))
        return vmm::Error { vmm::ErrorKind::WrongState, machine->name(),
            QStringLiteral("agent while ") + vmm::nameOf(machine->state()) };
    if (vmm::GuestAgent* agent = machine->agent())
        return agent;
    return vmm::Error { vmm::ErrorKind::HostLacksFeature, machine->name(),
        QStringLiteral("the machine has no channel org.qemu.guest_agent.0"),
        vmm::ErrorCause::GuestAgentMissing };
}

vmm::Result<vmm::Machine*> activeMachine(
    const vmm::Core& core, const VmId& id, const QString& purpose)
{
    vmm::Machine* machine = core.machine(id);
    if (!machine)
        return vmm::noSuchMachine(id);
    if (!vmm::isActive(machine->state()))
        return vmm::Error { vmm::ErrorKind::WrongState, machine->name(),
            purpose + QStringLiteral(" while ") + vmm::nameOf(machine->state()) };
    return machine;
}

/// A QMP command whose answer says nothing.
vmm::Future<void> askQemu(
    vmm::Machine& machine, const QString& name, const QJsonObject& arguments = {})
{
    return vmm::async::andThen(machine.execute(name, arguments), &machine,
        [](const QJsonValue&) { return vmm::async::ready<void>({}); });
}

vmm::Result<QJsonArray> keyValues(const QStringList& keys)
{
    if (keys.isEmpty() || keys.size() > vmm::kMostKeysAtOnce)
        return vmm::Error { vmm::ErrorKind::InvalidConfig, {},
            QStringLiteral("1 to 16 keys are pressed") };
    QJsonArray values;
    for (const QString& key : keys) {
        if (!vmm::linuxKeyCode(key))
            return vmm::Error { vmm::ErrorKind::InvalidConfig, key,
                QStringLiteral("there is no such key") };
        values.append(QJsonObject {
            { QStringLiteral("type"), QStringLiteral("qcode") }, { QStringLiteral("data"), key } });
    }
    return values;
}

} // namespace

vmm::Future<void> EmbeddedHost::answer(const Perform& operation)
{
    return m_core->perform(operation.vm, operation.action);
}

vmm::Future<VmId> EmbeddedHost::answer(const Define& operation)
{
    return m_core->define(operation.xml, operation.base);
}

vmm::Future<VmId> EmbeddedHost::answer(const CreateMachine& operation)
{
    return m_core->create(operation.machine);
}

vmm::Future<QString> EmbeddedHost::answer(const GetDefinition& operation)
{
    const vmm::Machine* machine = m_core->machine(operation.vm);
    if (!machine)
        return vmm::async::failed<QString>(vmm::noSuchMachine(operation.vm));
    return vmm::async::ready<QString>(machine->xml());
}

vmm::Future<QString> EmbeddedHost::answer(const GetRunningDefinition& operation)
{
    const vmm::Machine* machine = m_core->machine(operation.vm);
    if (!machine)
        return vmm::async::failed<QString>(vmm::noSuchMachine(operation.vm));
    if (!vmm::isActive(machine->state()))
        return vmm::async::failed<QString>({ vmm::ErrorKind::WrongState, machine->name(),
            QStringLiteral("running definition while ") + vmm::nameOf(machine->state()) });
    return vmm::async::ready<QString>(machine->runningDefinition().toXml());
}

vmm::Future<void> EmbeddedHost::answer(const SetAutostart& operation)
{
    vmm::Machine* machine = m_core->machine(operation.vm);
    if (!machine)
        return vmm::async::failed<void>(vmm::noSuchMachine(operation.vm));
    if (operation.isOn && machine->storedState().isTemplate)
        return vmm::async::failed<void>({ vmm::ErrorKind::WrongState, machine->name(),
            QStringLiteral("it is a template, which is never started") });
    return m_core->keepState(
        *machine, [isOn = operation.isOn](vmm::StoredState& state) { state.isAutostart = isOn; });
}

vmm::Future<void> EmbeddedHost::answer(const Rename& operation)
{
    return m_core->rename(operation.vm, operation.name);
}

vmm::Future<QVector<vmm::TrashedMachine>> EmbeddedHost::answer(const ListTrash&)
{
    return m_core->trash().list();
}

vmm::Future<void> EmbeddedHost::answer(const RestoreTrashed& operation)
{
    return m_core->restoreTrashed(operation.vm);
}

vmm::Future<void> EmbeddedHost::answer(const EmptyTrash& operation)
{
    return m_core->emptyTrash(operation.vms);
}

vmm::Future<vmm::GuestFacts> EmbeddedHost::answer(const GetGuestFacts& operation)
{
    const auto agent = agentOf(*m_core, operation.vm);
    return agent ? (*agent)->facts() : vmm::async::failed<vmm::GuestFacts>(agent.error());
}

vmm::Future<vmm::GuestCommandResult> EmbeddedHost::answer(const RunInGuest& operation)
{
    const auto agent = agentOf(*m_core, operation.vm);
    return agent ? (*agent)->run(operation.command)
                 : vmm::async::failed<vmm::GuestCommandResult>(agent.error());
}

vmm::Future<void> EmbeddedHost::answer(const SetGuestTime& operation)
{
    const auto agent = agentOf(*m_core, operation.vm);
    return agent ? (*agent)->setTime() : vmm::async::failed<void>(agent.error());
}

vmm::Future<void> EmbeddedHost::answer(const SetGuestPassword& operation)
{
    if (operation.user.isEmpty())
        return vmm::async::failed<void>(
            { vmm::ErrorKind::InvalidConfig, {}, QStringLiteral("no user named") });
    const auto agent = agentOf(*m_core, operation.vm);
    return agent ? (*agent)->setPassword(operation.user, operation.password)
                 : vmm::async::failed<void>(agent.error());
}

vmm::Future<void> EmbeddedHost::answer(const FreezeGuest& operation)
{
    const auto agent = agentOf(*m_core, operation.vm);
    if (!agent)
        return vmm::async::failed<void>(agent.error());
    return operation.isFrozen ? (*agent)->freeze() : (*agent)->thaw();
}

vmm::Future<void> EmbeddedHost::answer(const SetNotes& operation)
{
    if (operation.title.contains(QLatin1Char('\n')))
        return vmm::async::failed<void>({ vmm::ErrorKind::InvalidConfig, QStringLiteral("title"),
            QStringLiteral("a title is one line") });
    return m_core->change(
        operation.vm, [operation](const vmm::Machine& machine) -> vmm::Result<vmm::Definition> {
            vmm::MachineMarks marks = vmm::marksOf(machine.definition());
            marks.tags = operation.tags;
            vmm::Definition definition = vmm::withMarks(machine.definition(), marks);
            definition.setTitle(operation.title);
            definition.setDescription(operation.description);
            return definition;
        });
}

vmm::Future<void> EmbeddedHost::answer(const SendKeys& operation)
{
    const auto machine = activeMachine(*m_core, operation.vm, QStringLiteral("keys"));
    if (!machine)
        return vmm::async::failed<void>(machine.error());
    const auto keys = keyValues(operation.keys);
    if (!keys)
        return vmm::async::failed<void>(keys.error());
    return askQemu(**machine, QStringLiteral("send-key"), { { QStringLiteral("keys"), *keys } });
}

vmm::Future<void> EmbeddedHost::answer(const InjectNmi& operation)
{
    const auto machine = activeMachine(*m_core, operation.vm, QStringLiteral("interrupt"));
    if (!machine)
        return vmm::async::failed<void>(machine.error());
    return askQemu(**machine, QStringLiteral("inject-nmi"));
}

} // namespace hosts::embedded
