// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/Host.h"

namespace hosts {

QDateTime Host::lastSeen() const
{
    return connectionState() == ConnectionState::Connected ? QDateTime::currentDateTimeUtc()
                                                           : QDateTime();
}

vmm::Future<void> Host::perform(VmId vm, vmm::VmAction action)
{
    return call(Perform { .vm = vm, .action = action });
}

vmm::Future<VmId> Host::define(const QString& domainXml)
{
    return call(Define { .xml = domainXml });
}

vmm::Future<VmId> Host::createMachine(const vmm::NewMachine& machine)
{
    return call(CreateMachine { .machine = machine });
}

vmm::Future<QString> Host::definition(VmId vm)
{
    return call(GetDefinition { .vm = vm });
}

vmm::Future<vmm::ConsoleEndpoint> Host::consoleEndpoint(VmId vm)
{
    return call(GetConsole { .vm = vm });
}

} // namespace hosts
