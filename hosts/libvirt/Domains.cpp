// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/Domains.h"

#include "hosts/libvirt/Errors.h"

namespace hosts::libvirt {

using vmm::DeviceScope;
using vmm::Error;
using vmm::ErrorKind;
using vmm::Result;

Result<void> check(int answer, const QString& subject)
{
    if (answer < 0)
        return lastError(subject);
    return {};
}

Result<Subject> findSubject(const Connection& connection, VmId id)
{
    Subject subject;
    subject.domain = TRY(findDomain(connection, id));
    const DomainRecord record = TRY(readState(subject.domain));
    subject.name = record.name;
    subject.state = record.state;
    subject.isActive = vmm::isActive(record.state);
    subject.isPersistent = virDomainIsPersistent(subject.get()) != 0; // or not known
    return subject;
}

Result<Subject> findActive(const Connection& connection, VmId id, const QString& purpose)
{
    const Subject subject = TRY(findSubject(connection, id));
    if (!subject.isActive)
        return Error { ErrorKind::WrongState, subject.name,
            purpose + QStringLiteral(" while ") + vmm::nameOf(subject.state) };
    return subject;
}

namespace {

Result<QByteArray> xmlOf(const Subject& subject, unsigned int flags)
{
    const LibvirtString xml(virDomainGetXMLDesc(subject.get(), flags));
    if (!xml)
        return lastError(subject.name);
    return xml.toByteArray();
}

} // namespace

Result<QByteArray> runningXml(const Subject& subject, unsigned int flags)
{
    return xmlOf(subject, flags);
}

Result<QByteArray> storedXml(const Subject& subject, unsigned int flags)
{
    return xmlOf(subject, flags | VIR_DOMAIN_XML_INACTIVE);
}

bool hasSavedMemory(const Subject& subject)
{
    return virDomainHasManagedSaveImage(subject.get(), 0) == 1;
}

Result<void> storeAgain(const Connection& connection, const QByteArray& xml, const QString& subject)
{
    const Domain stored(virDomainDefineXML(connection.get(), xml.constData()));
    if (!stored)
        return lastError(subject);
    return {};
}

unsigned int Impact::flags() const
{
    return (isLive ? unsigned(VIR_DOMAIN_AFFECT_LIVE) : 0u)
        | (isStored ? unsigned(VIR_DOMAIN_AFFECT_CONFIG) : 0u);
}

Result<Impact> impactOf(const Subject& subject, DeviceScope scope)
{
    if (scope == DeviceScope::Running && !subject.isActive)
        return Error { ErrorKind::WrongState, subject.name,
            QStringLiteral("change of what runs while ") + vmm::nameOf(subject.state) };
    if (scope == DeviceScope::Stored && !subject.isPersistent)
        return Error { ErrorKind::WrongState, subject.name,
            QStringLiteral("it is gone when it stops: there is no stored definition to change") };
    return Impact { .isLive = subject.isActive && scope != DeviceScope::Stored,
        .isStored = subject.isPersistent && scope != DeviceScope::Running };
}

} // namespace hosts::libvirt
