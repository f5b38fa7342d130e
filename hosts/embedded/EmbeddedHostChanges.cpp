// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What changes machines that exist, and what tells their load in detail.
#include "hosts/embedded/EmbeddedHost.h"
#include "hosts/embedded/HostLoadMeter.h"
#include "hosts/embedded/MachineLoadMeter.h"
#include "hosts/embedded/MetricsSampler.h"
#include "vmm/qemu/DeviceChanges.h"
#include "vmm/qemu/LiveResources.h"
#include "vmm/qemu/ScreenDump.h"

namespace hosts::embedded {

namespace {

template <typename T> vmm::Future<T> noSuchMachine(VmId vm)
{
    return vmm::async::failed<T>({ vmm::ErrorKind::NotFound, vm.toString(QUuid::WithoutBraces),
        QStringLiteral("no such machine") });
}

} // namespace

vmm::Future<void> EmbeddedHost::answer(const AttachDevice& operation)
{
    vmm::Machine* machine = m_core->machine(operation.vm);
    if (!machine)
        return noSuchMachine<void>(operation.vm);
    return vmm::DeviceChanges(*m_core).attach(*machine, operation.xml, operation.scope);
}

vmm::Future<void> EmbeddedHost::answer(const DetachDevice& operation)
{
    vmm::Machine* machine = m_core->machine(operation.vm);
    if (!machine)
        return noSuchMachine<void>(operation.vm);
    return vmm::DeviceChanges(*m_core).detach(*machine, operation.xml, operation.scope);
}

vmm::Future<void> EmbeddedHost::answer(const UpdateDevice& operation)
{
    vmm::Machine* machine = m_core->machine(operation.vm);
    if (!machine)
        return noSuchMachine<void>(operation.vm);
    return vmm::DeviceChanges(*m_core).update(*machine, operation.xml, operation.scope);
}

vmm::Future<void> EmbeddedHost::answer(const SetMemory& operation)
{
    vmm::Machine* machine = m_core->machine(operation.vm);
    if (!machine)
        return noSuchMachine<void>(operation.vm);
    return vmm::LiveResources(*m_core).setMemory(*machine, operation.memory);
}

vmm::Future<void> EmbeddedHost::answer(const SetVcpus& operation)
{
    vmm::Machine* machine = m_core->machine(operation.vm);
    if (!machine)
        return noSuchMachine<void>(operation.vm);
    return vmm::LiveResources(*m_core).setVcpus(*machine, operation.count);
}

vmm::Future<void> EmbeddedHost::answer(const ResizeDisk& operation)
{
    vmm::Machine* machine = m_core->machine(operation.vm);
    if (!machine)
        return noSuchMachine<void>(operation.vm);
    return vmm::LiveResources(*m_core).resizeDisk(*machine, operation.target, operation.size);
}

vmm::Future<vmm::Screenshot> EmbeddedHost::answer(const GetScreenshot& operation)
{
    vmm::Machine* machine = m_core->machine(operation.vm);
    if (!machine)
        return noSuchMachine<vmm::Screenshot>(operation.vm);
    return vmm::takeScreenshot(*machine, operation.maxWidth, operation.maxHeight);
}

vmm::Future<vmm::LoadDetail> EmbeddedHost::answer(const GetLoadDetail& operation)
{
    vmm::Machine* machine = m_core->machine(operation.vm);
    if (!machine)
        return noSuchMachine<vmm::LoadDetail>(operation.vm);
    return MachineLoadMeter::of(*machine).measure();
}

vmm::Future<vmm::HostLoadDetail> EmbeddedHost::answer(const GetHostLoadDetail&)
{
    if (!m_hostLoad)
        m_hostLoad = std::make_unique<HostLoadMeter>();
    return vmm::async::ready<vmm::HostLoadDetail>(m_hostLoad->measure());
}

} // namespace hosts::embedded
