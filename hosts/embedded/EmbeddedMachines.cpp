// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked of one machine, or of those in the trash. The host itself is in EmbeddedHost.cpp.
#include "hosts/embedded/EmbeddedHost.h"
#include "vmm/qemu/GuestAgent.h"

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

} // namespace

vmm::Future<void> EmbeddedHost::answer(const Perform& operation)
{
    return m_core->perform(operation.vm, operation.action);
}

vmm::Future<VmId> EmbeddedHost::answer(const Define& operation)
{
    return m_core->define(operation.xml);
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

} // namespace hosts::embedded
