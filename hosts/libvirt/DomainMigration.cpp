// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/DomainMigration.h"

#include "hosts/libvirt/Domains.h"
#include "hosts/libvirt/Errors.h"
#include "hosts/libvirt/JobWatch.h"
#include "hosts/libvirt/MigrationDisks.h"
#include "hosts/libvirt/OperationHandles.h"
#include "hosts/libvirt/StartWatch.h"
#include "hosts/libvirt/Volumes.h"

#include <optional>

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorKind;
using vmm::Result;

namespace {

unsigned int flagsFor(const MigrationRequest& request, const Subject& subject)
{
    unsigned int flags = 0;
    const auto set = [&](bool isSet, unsigned int flag) { flags |= isSet ? flag : 0; };
    set(request.route == MigrationRoute::PeerToPeer, VIR_MIGRATE_PEER2PEER);
    set(subject.isPersistent, VIR_MIGRATE_PERSIST_DEST);
    set(subject.isPersistent && !request.isKept, VIR_MIGRATE_UNDEFINE_SOURCE);
    set(request.isUnsafe, VIR_MIGRATE_UNSAFE);
    if (!subject.isActive)
        return flags | VIR_MIGRATE_OFFLINE;
    set(request.storage == StorageCopy::Full, VIR_MIGRATE_NON_SHARED_DISK);
    set(request.storage == StorageCopy::Incremental, VIR_MIGRATE_NON_SHARED_INC);
    set(request.isPostCopyAllowed, VIR_MIGRATE_POSTCOPY);
    set(request.isConverging, VIR_MIGRATE_AUTO_CONVERGE);
    return flags | VIR_MIGRATE_LIVE | VIR_MIGRATE_ABORT_ON_ERROR;
}

bool addText(TypedParameters& parameters, const char* name, const QString& text)
{
    return text.isEmpty() || parameters.add(name, text.toUtf8());
}

Result<void> callLibvirt(
    const Connection& target, const Subject& subject, const MigrationRequest& request)
{
    TypedParameters parameters;
    addText(parameters, VIR_MIGRATE_PARAM_URI, request.dataAddress);
    if (request.bandwidthMiB > 0)
        parameters.add(
            VIR_MIGRATE_PARAM_BANDWIDTH, static_cast<unsigned long long>(request.bandwidthMiB));
    const unsigned int flags = flagsFor(request, subject);
    const auto count = static_cast<unsigned int>(parameters.count());
    if (request.route == MigrationRoute::PeerToPeer)
        return check(virDomainMigrateToURI3(subject.get(), request.target.toUtf8().constData(),
                         parameters.get(), count, flags),
            subject.name);
    const Domain moved(
        virDomainMigrate3(subject.get(), target.get(), parameters.get(), count, flags));
    if (!moved)
        return lastError(subject.name);
    return {};
}

/// One file after the other, each with its share of the progress.
class FileControl : public JobControl {
public:
    FileControl(JobControl& whole, int index, int count)
        : m_whole(whole)
        , m_index(index)
        , m_count(count)
    {
    }
    bool isCancelled() const override { return m_whole.isCancelled(); }
    void setProgress(int percent) override
    {
        m_whole.setProgress((100 * m_index + percent) / m_count);
    }

private:
    JobControl& m_whole;
    int m_index;
    int m_count;
};

/// A machine with what is to be brought over for it.
struct Luggage {
    const Connection& source;
    const Connection& target;
    const Subject& subject;
    const QByteArray& xml;
    StorageCopy storage;
};

/// The files of a machine that is off: what its disks stand on belongs to them, unless the other
/// host has that.
Result<QStringList> filesOf(const Luggage& luggage)
{
    QStringList files;
    for (const MigrationDisk& disk : migrationDisks(luggage.xml)) {
        if (luggage.storage == StorageCopy::None || !disk.isCopied())
            continue;
        const QStringList chain = TRY(imageChain(luggage.source, disk.path));
        const bool isTopAlone = luggage.storage == StorageCopy::Incremental;
        if (isTopAlone)
            TRY(checkBelow(luggage.target, disk.path, chain.value(1)));
        files += isTopAlone ? chain.mid(0, 1) : chain;
    }
    // libvirt hands over no variables, and makes new ones where there are none.
    const QString variables = firmwareVariables(luggage.xml);
    if (!variables.isEmpty() && inspectVolume(luggage.source, variables)
        && !inspectVolume(luggage.target, variables))
        files.append(variables);
    files.removeDuplicates();
    return files;
}

Result<void> copyFiles(TargetImages& images, const QStringList& files, JobControl& control)
{
    const int count = static_cast<int>(files.size());
    for (int i = 0; i < count; ++i) {
        FileControl part(control, i, count);
        TRY(images.copy(files[i], part));
    }
    return {};
}

Result<void> bringDisks(const Luggage& luggage, TargetImages& images, JobControl& control)
{
    if (!luggage.target) {
        if (luggage.subject.isActive || luggage.storage == StorageCopy::None)
            return {};
        return Error { ErrorKind::Disconnected, luggage.subject.name,
            QStringLiteral("the disks of a machine that is off are copied over a connection to the "
                           "host that it goes to, which can't be reached from here") };
    }
    if (!luggage.subject.isActive)
        return copyFiles(images, TRY(filesOf(luggage)), control);
    for (const MigrationDisk& disk : migrationDisks(luggage.xml)) {
        if (luggage.storage != StorageCopy::None && disk.isCopied())
            TRY(images.prepare(disk, luggage.storage, idOf(luggage.subject.get())));
    }
    return {};
}

/// Whether it failed for good: the source is there to say so, and the target does not know the
/// machine. libvirt goes on without us peer-to-peer, and finishes what is all but done.
bool isOver(const Connection& source, const Connection& target, VmId vm, const Error& error)
{
    if (error.kind == ErrorKind::Disconnected || error.kind == ErrorKind::TimedOut
        || virConnectIsAlive(source.get()) != 1)
        return false;
    const auto there = findDomain(target, vm);
    return !there && there.error().kind == ErrorKind::NotFound;
}

QString leftOver(const QStringList& images)
{
    return QStringLiteral("; these images were made over there and are left, since the machine may "
                          "still need them: ")
        + images.join(QStringLiteral(", "));
}

/// Live, or of a machine that is off, in one go.
Result<void> moveDefinition(const Luggage& luggage, const MigrationRequest& request,
    TargetImages& images, JobControl& control)
{
    const Subject& subject = luggage.subject;
    if (!images.made().isEmpty())
        control.noteLeftOver(leftOver(images.made()));
    Result<void> moved;
    {
        const JobWatch watch = watchDomainJob(subject.domain, control);
        moved = callLibvirt(luggage.target, subject, request);
    }
    if (moved) {
        images.keep();
        return moved;
    }
    const Connection& target = luggage.target;
    Error error = moved.error();
    if (control.isCancelled())
        error = { ErrorKind::Cancelled, subject.name, error.detail };
    else if (target && virConnectIsAlive(target.get()) == 0) // the source only sees its data fail
        error = { ErrorKind::Disconnected, subject.name,
            QStringLiteral("the connection to the host that it was to go to broke (%1)")
                .arg(error.detail) };
    if (!images.made().isEmpty()
        && !isOver(luggage.source, target, idOf(subject.get()), moved.error())) {
        error.detail += leftOver(images.made());
        images.keep();
    }
    return error;
}

Result<void> moveRunning(
    const Luggage& luggage, const MigrationRequest& request, JobControl& control)
{
    TargetImages images(luggage.source, luggage.target);
    TRY(bringDisks(luggage, images, control));
    if (control.isCancelled())
        return Error { ErrorKind::Cancelled, luggage.subject.name };
    return moveDefinition(luggage, request, images, control);
}

/// Where a machine is defined, to be defined so again; empty: nowhere.
Result<QByteArray> definitionAt(const Connection& host, VmId vm)
{
    const auto found = findDomain(host, vm);
    if (!found && found.error().kind == ErrorKind::NotFound)
        return QByteArray();
    if (!found)
        return found.error();
    const LibvirtString xml(
        virDomainGetXMLDesc(found->get(), VIR_DOMAIN_XML_INACTIVE | VIR_DOMAIN_XML_SECURE));
    if (!xml)
        return lastError(vm.toString(QUuid::WithoutBraces));
    return xml.toByteArray();
}

/// What a move of a machine that is off has changed in the definitions of both hosts, to be taken
/// back.
class DefinitionsBefore {
public:
    static Result<DefinitionsBefore> of(const Luggage& luggage)
    {
        DefinitionsBefore before(luggage);
        before.m_here = TRY(storedXml(luggage.subject, VIR_DOMAIN_XML_SECURE));
        if (luggage.target)
            before.m_there = TRY(definitionAt(luggage.target, before.m_vm));
        return before;
    }

    /// First there: nobody may start it on the same disks.
    Result<void> restore() const
    {
        const Result<void> there = restoreThere();
        TRY(storeAgain(m_source, m_here, {}));
        return there;
    }

private:
    explicit DefinitionsBefore(const Luggage& luggage)
        : m_source(luggage.source)
        , m_target(luggage.target)
        , m_vm(idOf(luggage.subject.get()))
    {
    }

    Result<void> restoreThere() const
    {
        if (!m_target)
            return Error { ErrorKind::Disconnected, {},
                QStringLiteral("there is no connection to the other host") };
        if (!m_there.isEmpty())
            return storeAgain(m_target, m_there, {});
        const Domain arrived = TRY(findDomain(m_target, m_vm));
        return check(virDomainUndefineFlags(arrived.get(), VIR_DOMAIN_UNDEFINE_KEEP_NVRAM), {});
    }

    const Connection& m_source;
    const Connection& m_target;
    VmId m_vm;
    QByteArray m_here;
    QByteArray m_there;
};

/// libvirt moves the definition of a machine that was started a moment ago as well (9.0).
Result<void> moveThatIsOff(
    const Luggage& luggage, const MigrationRequest& request, JobControl& control)
{
    if (hasSavedMemory(luggage.subject))
        return Error { ErrorKind::WrongState, luggage.subject.name,
            QStringLiteral("its saved memory would stay here, and its disks are in the middle of "
                           "something"),
            vmm::ErrorCause::SavedMemoryInTheWay };
    const StartWatch watch(luggage.subject);
    JobUntilStart job(control, watch);
    TargetImages images(luggage.source, luggage.target);
    const DefinitionsBefore before = TRY(DefinitionsBefore::of(luggage));
    const Result<void> brought = bringDisks(luggage, images, job);
    TRY(watch.check()); // whatever came of it
    TRY(brought);
    if (control.isCancelled())
        return Error { ErrorKind::Cancelled, luggage.subject.name };
    const QStringList made = images.made();
    TRY(moveDefinition(luggage, request, images, control));
    const Result<void> stillOff = watch.check();
    if (stillOff)
        return {};
    Error error = stillOff.error();
    if (const Result<void> restored = before.restore(); !restored) {
        error.detail += QStringLiteral("; it runs here, and must not be started on the other host, "
                                       "where it is still defined (%1)")
                            .arg(restored.error().toString());
        return error;
    }
    for (const QString& path : made)
        (void)deleteVolume(luggage.target, path);
    return error;
}

} // namespace

Result<void> migrateMachine(const Connection& source, const Connection& target, VmId vm,
    const MigrationRequest& request, JobControl& control)
{
    const Subject subject = TRY(findSubject(source, vm));
    if (!subject.isActive && !subject.isPersistent)
        return Error { ErrorKind::WrongState, subject.name };
    const QByteArray xml = TRY(subject.isActive ? runningXml(subject) : storedXml(subject));
    const Luggage luggage { .source = source,
        .target = target,
        .subject = subject,
        .xml = xml,
        .storage = request.storage };
    return subject.isActive ? moveRunning(luggage, request, control)
                            : moveThatIsOff(luggage, request, control);
}

Result<MigrationProgress> readMigration(const Connection& connection, VmId vm)
{
    const Subject subject = TRY(findSubject(connection, vm));
    TypedParameters stats;
    int type = VIR_DOMAIN_JOB_NONE;
    if (virDomainGetJobStats(subject.get(), &type, stats.out(), stats.outCount(), 0) < 0)
        return lastError(subject.name);
    MigrationProgress progress;
    progress.isActive = type == VIR_DOMAIN_JOB_BOUNDED || type == VIR_DOMAIN_JOB_UNBOUNDED;
    if (!progress.isActive)
        return progress;
    int reason = 0;
    int state = 0;
    if (virDomainGetState(subject.get(), &state, &reason, 0) == 0)
        progress.isPostCopy = state == VIR_DOMAIN_PAUSED && reason == VIR_DOMAIN_PAUSED_POSTCOPY;
    progress.elapsedMs = static_cast<qint64>(stats.number(VIR_DOMAIN_JOB_TIME_ELAPSED));
    progress.total = vmm::Bytes::fromBytes(stats.number(VIR_DOMAIN_JOB_DATA_TOTAL));
    progress.remaining = vmm::Bytes::fromBytes(stats.number(VIR_DOMAIN_JOB_DATA_REMAINING));
    progress.rate = vmm::Bytes::fromBytes(
        stats.number(VIR_DOMAIN_JOB_MEMORY_BPS) + stats.number(VIR_DOMAIN_JOB_DISK_BPS));
    const quint64 page = stats.number(VIR_DOMAIN_JOB_MEMORY_PAGE_SIZE);
    progress.dirtyRate = vmm::Bytes::fromBytes(
        stats.number(VIR_DOMAIN_JOB_MEMORY_DIRTY_RATE) * (page > 0 ? page : 4096));
    progress.rounds = static_cast<int>(stats.number(VIR_DOMAIN_JOB_MEMORY_ITERATION));
    progress.downtimeMs = static_cast<qint64>(stats.number(VIR_DOMAIN_JOB_DOWNTIME));
    return progress;
}

Result<void> switchToPostCopy(const Connection& connection, VmId vm)
{
    const Subject subject = TRY(findActive(connection, vm, QStringLiteral("post-copy")));
    return check(virDomainMigrateStartPostCopy(subject.get(), 0), subject.name);
}

} // namespace hosts::libvirt
