// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/DomainActions.h"

#include "hosts/libvirt/Domains.h"
#include "hosts/libvirt/Errors.h"
#include "hosts/libvirt/JobWatch.h"
#include "hosts/libvirt/RunningDefinition.h"

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::Result;
using vmm::VmAction;

namespace {

bool isRefusedFlag(const Error& error)
{
    return error.kind == ErrorKind::InvalidConfig || error.kind == ErrorKind::HostLacksFeature;
}

/// Drivers refuse flags that they don't know, with an error, before they do anything. So the
/// fullest request is tried first. No flag here ever removes storage.
Result<void> undefine(virDomainPtr domain, const QString& name)
{
    constexpr unsigned int kMetadata = VIR_DOMAIN_UNDEFINE_MANAGED_SAVE
        | VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA | VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA;
#if LIBVIR_VERSION_NUMBER >= 8009000
    constexpr unsigned int kTpm = VIR_DOMAIN_UNDEFINE_TPM;
#else
    constexpr unsigned int kTpm = 0;
#endif
    Result<void> result;
    for (const unsigned int flags :
        { kMetadata | VIR_DOMAIN_UNDEFINE_NVRAM | kTpm, kMetadata | VIR_DOMAIN_UNDEFINE_NVRAM,
            kMetadata, unsigned(VIR_DOMAIN_UNDEFINE_MANAGED_SAVE), 0u }) {
        result = check(virDomainUndefineFlags(domain, flags), name);
        if (result.has_value() || !isRefusedFlag(result.error()))
            return result;
    }
    return check(virDomainUndefine(domain), name);
}

/// A guest that suspended itself to RAM is woken up; libvirt resumes only what was paused.
int resume(virDomainPtr domain)
{
    int state = VIR_DOMAIN_NOSTATE;
    const bool isKnown = virDomainGetState(domain, &state, nullptr, 0) == 0;
    return isKnown && state == VIR_DOMAIN_PMSUSPENDED ? virDomainPMWakeup(domain, 0)
                                                      : virDomainResume(domain);
}

Result<void> carryOut(virDomainPtr domain, VmAction action, const QString& name)
{
    switch (action) {
    case VmAction::Start:
        return check(virDomainCreate(domain), name);
    case VmAction::Pause:
        return check(virDomainSuspend(domain), name);
    case VmAction::Resume:
        return check(resume(domain), name);
    case VmAction::ShutDown:
        return check(virDomainShutdownFlags(domain, 0), name);
    case VmAction::Reset:
        return check(virDomainReset(domain, 0), name);
    case VmAction::ForceOff:
        return check(virDomainDestroy(domain), name);
    case VmAction::Reboot:
        return check(virDomainReboot(domain, 0), name);
    case VmAction::Save:
        return check(virDomainManagedSave(domain, 0), name);
    case VmAction::DiscardSave:
        return check(virDomainManagedSaveRemove(domain, 0), name);
    case VmAction::Undefine:
        return undefine(domain, name);
    }
    Q_UNREACHABLE();
}

/// Definitions are handed out without their secrets: those of the machine that is replaced stay.
QByteArray withStoredSecrets(
    const Connection& connection, const DomainName& wanted, const QByteArray& xml)
{
    const auto present
        = wanted.id.isNull() ? Result<Domain>(Error {}) : findDomain(connection, wanted.id);
    if (!present.has_value())
        return xml;
    const LibvirtString stored(
        virDomainGetXMLDesc(present->get(), VIR_DOMAIN_XML_INACTIVE | VIR_DOMAIN_XML_SECURE));
    return stored ? withSecretsOf(xml, stored.toByteArray()) : xml; // a read-only connection
}

} // namespace

Result<void> performAction(const Connection& connection, VmId id, VmAction action)
{
    const Domain domain = TRY(findDomain(connection, id));
    const DomainRecord record = TRY(readState(domain));
    if (!vmm::isAllowed(action, record.state))
        return Error { ErrorKind::WrongState, record.name,
            vmm::nameOf(action) + QStringLiteral(" while ") + vmm::nameOf(record.state) };
    return carryOut(domain.get(), action, record.name);
}

Result<void> checkNameIsFree(const Connection& connection, const QString& name, VmId id)
{
    const Domain holder(virDomainLookupByName(connection.get(), name.toUtf8().constData()));
    if (!holder || idOf(holder.get()) == id)
        return {};
    return Error { ErrorKind::AlreadyExists, name,
        QStringLiteral("the machine %1 has this name")
            .arg(idOf(holder.get()).toString(QUuid::WithoutBraces)),
        ErrorCause::NameInUse };
}

Result<VmId> defineDomain(const Connection& connection, const QString& xml, const QString& base)
{
    const DomainName wanted = TRY(parseName(xml.toUtf8()));
    if (wanted.name.isEmpty())
        return Error { ErrorKind::InvalidConfig, QStringLiteral("name"),
            QStringLiteral("the machine has no name"), ErrorCause::DefinitionBroken };
    TRY(checkNameIsFree(connection, wanted.name, wanted.id));
    if (!base.isEmpty() && TRY(readDefinition(connection, wanted.id)) != base)
        return definitionChanged(wanted.name);
    const QByteArray text = withStoredSecrets(connection, wanted, xml.toUtf8());
    Domain domain(
        virDomainDefineXMLFlags(connection.get(), text.constData(), VIR_DOMAIN_DEFINE_VALIDATE));
    if (!domain) {
        const virErrorPtr refusal = virGetLastError();
        const bool isSchema = refusal != nullptr && refusal->code == VIR_ERR_XML_INVALID_SCHEMA;
        const Error error = lastError(wanted.name);
        if (!isSchema && !isRefusedFlag(error))
            return error;
        domain = Domain(virDomainDefineXML(connection.get(), text.constData()));
    }
    if (!domain)
        return lastError(wanted.name);
    return idOf(domain.get());
}

Result<QString> readDefinition(const Connection& connection, VmId id)
{
    const Domain domain = TRY(findDomain(connection, id));
    const LibvirtString xml(virDomainGetXMLDesc(domain.get(), VIR_DOMAIN_XML_INACTIVE));
    if (!xml)
        return lastError(id.toString(QUuid::WithoutBraces));
    return xml.toString();
}

Result<QString> readRunningDefinition(const Connection& connection, VmId id)
{
    const Subject subject = TRY(findActive(connection, id, QStringLiteral("running definition")));
    const QByteArray live = TRY(runningXml(subject));
    return runningDefinition(live, TRY(storedXml(subject)));
}

Result<void> saveMachine(const Connection& connection, VmId id, JobControl& control)
{
    const Domain domain = TRY(findDomain(connection, id));
    const DomainRecord record = TRY(readState(domain));
    if (!vmm::isAllowed(VmAction::Save, record.state))
        return Error { ErrorKind::WrongState, record.name,
            QStringLiteral("save while ") + vmm::nameOf(record.state) };
    Result<void> saved;
    {
        const JobWatch watch = watchDomainJob(domain, control);
        saved = check(virDomainManagedSave(domain.get(), 0), record.name);
    }
    if (!saved && control.isCancelled())
        return Error { ErrorKind::Cancelled, record.name };
    return saved;
}

namespace {

Result<QByteArray> screenXml(const Connection& connection, VmId id, unsigned int flags)
{
    const Domain domain = TRY(findDomain(connection, id));
    const DomainRecord record = TRY(readState(domain));
    if (!vmm::isActive(record.state))
        return Error { ErrorKind::WrongState, record.name,
            QStringLiteral("its screen is there while it runs, it is ")
                + vmm::nameOf(record.state) };
    const LibvirtString xml(virDomainGetXMLDesc(domain.get(), flags));
    if (!xml)
        return lastError(record.name);
    return xml.toByteArray();
}

} // namespace

Result<Stream> openConsole(const Connection& connection, const OpenSerial& wanted)
{
    const Domain domain = TRY(findDomain(connection, wanted.vm));
    const DomainRecord record = TRY(readState(domain));
    if (!vmm::isActive(record.state))
        return Error { ErrorKind::WrongState, record.name,
            QStringLiteral("serial port while ") + vmm::nameOf(record.state) };
    const LibvirtString xml(virDomainGetXMLDesc(domain.get(), 0));
    if (!xml)
        return lastError(record.name);
    const QByteArray alias = TRY(parseSerialAlias(xml.toByteArray(), wanted.port));
    Stream stream(virStreamNew(connection.get(), VIR_STREAM_NONBLOCK));
    if (!stream)
        return lastError(record.name);
    // SAFE: somebody who opens it too is refused. Drivers that can't promise that refuse the flag.
    unsigned flags = wanted.isTakenOver ? VIR_DOMAIN_CONSOLE_FORCE : VIR_DOMAIN_CONSOLE_SAFE;
    const char* device = alias.isEmpty() ? nullptr : alias.constData();
    if (virDomainOpenConsole(domain.get(), device, stream.get(), flags) < 0) {
        const Error error = lastError(record.name);
        if (!isRefusedFlag(error)
            || virDomainOpenConsole(domain.get(), device, stream.get(), 0) < 0)
            return error;
    }
    return stream;
}

Result<vmm::ConsoleEndpoint> findConsole(
    const Connection& connection, VmId id, const QString& hostName, ScreenKind kind)
{
    return parseConsole(TRY(screenXml(connection, id, VIR_DOMAIN_XML_SECURE)), hostName, kind);
}

Result<GraphicsDevice> findGraphics(const Connection& connection, VmId id, ScreenKind kind)
{
    return parseGraphics(TRY(screenXml(connection, id, 0)), kind);
}

Result<void> setScreenPassword(const Connection& connection, const SetScreenPassword& operation)
{
    const Subject subject = TRY(findSubject(connection, operation.vm));
    const auto update = [&subject](const QByteArray& graphics, unsigned int flags) {
        return check(
            virDomainUpdateDeviceFlags(subject.get(), graphics.constData(), flags), subject.name);
    };
    std::optional<LockedGraphics> stored;
    if (subject.isPersistent) {
        const QByteArray xml = TRY(storedXml(subject, VIR_DOMAIN_XML_SECURE));
        stored = TRY(withPassword(xml, operation.screen, operation.password));
    }
    if (subject.isActive) {
        const QByteArray xml = TRY(runningXml(subject, VIR_DOMAIN_XML_SECURE));
        const LockedGraphics running = TRY(withPassword(xml, operation.screen, operation.password));
        // One that asks for none can't be made to while it runs, nor the other way round.
        if (running.hadOne && !operation.password.isEmpty())
            TRY(update(running.xml, VIR_DOMAIN_AFFECT_LIVE));
    }
    return stored ? update(stored->xml, VIR_DOMAIN_AFFECT_CONFIG) : Result<void>();
}

Result<void> openGraphics(const Connection& connection, VmId id, unsigned int index, int socket)
{
    const Domain domain = TRY(findDomain(connection, id));
    if (virDomainOpenGraphics(domain.get(), index, socket, VIR_DOMAIN_OPEN_GRAPHICS_SKIPAUTH) < 0)
        return lastError(QString::fromUtf8(virDomainGetName(domain.get())));
    return {};
}

} // namespace hosts::libvirt
