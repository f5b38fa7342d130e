// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/DomainBackup.h"

#include "hosts/libvirt/BackupNotes.h"
#include "hosts/libvirt/DomainCheckpoints.h"
#include "hosts/libvirt/DomainGuest.h"
#include "hosts/libvirt/Errors.h"
#include "hosts/libvirt/Volumes.h"
#include "vmm/base/BackupNames.h"

#include <algorithm>

namespace hosts::libvirt {

using vmm::BackupFile;
using vmm::BackupReport;
using vmm::BackupRequest;
using vmm::Error;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::Result;

namespace {

/// The file systems of a guest, held still while this lives.
class HeldStill {
public:
    HeldStill(const Connection& connection, VmId vm)
        : m_connection(connection)
        , m_vm(vm)
    {
    }
    ~HeldStill()
    {
        if (m_isFrozen)
            (void)freezeGuest(m_connection, m_vm, false);
    }
    HeldStill(const HeldStill&) = delete;
    HeldStill& operator=(const HeldStill&) = delete;

    Result<void> begin()
    {
        TRY(freezeGuest(m_connection, m_vm, true));
        m_isFrozen = true;
        return {};
    }

private:
    const Connection& m_connection;
    VmId m_vm;
    bool m_isFrozen = false;
};

/// The files of a backup, deleted again unless they are kept.
class BackupImages {
public:
    BackupImages(const Connection& connection, const Subject& subject)
        : m_connection(connection)
        , m_subject(subject)
    {
    }
    ~BackupImages()
    {
        for (const QString& path : std::as_const(m_made))
            (void)deleteVolume(m_connection, path);
    }
    BackupImages(const BackupImages&) = delete;
    BackupImages& operator=(const BackupImages&) = delete;

    Result<void> make(const BackupFile& file)
    {
        virDomainBlockInfo disk {};
        TRY(check(
            virDomainGetBlockInfo(m_subject.get(), file.target.toUtf8().constData(), &disk, 0),
            file.target));
        TRY(createImage(
            m_connection, file.path, vmm::Bytes::fromBytes(disk.capacity), file.standsOn));
        m_made.append(file.path);
        return {};
    }
    void keep() { m_made.clear(); }

private:
    const Connection& m_connection;
    const Subject& m_subject;
    QStringList m_made;
};

QString withoutSlash(QString folder)
{
    while (folder.size() > 1 && folder.endsWith(QLatin1Char('/')))
        folder.chop(1);
    return folder;
}

/// The file that the backup with that checkpoint made, if it is there. An older one of the same
/// name, of a checkpoint that is gone, is not it.
QString fileOf(const Connection& connection, const vmm::CheckpointInfo& checkpoint,
    const QString& folder, const QString& machine, const QString& target)
{
    const QString path
        = folder + QLatin1Char('/') + vmm::backupFileName(machine, target, checkpoint.name);
    const auto facts = inspectVolume(connection, path);
    return facts && facts->modified >= checkpoint.created ? path : QString();
}

Result<std::optional<vmm::CheckpointInfo>> checkpointOf(const Subject& subject, const QString& name)
{
    using Found = std::optional<vmm::CheckpointInfo>;
    if (name.isEmpty())
        return Found();
    const DomainCheckpoint checkpoint = TRY(findCheckpoint(subject, name));
    const LibvirtString xml(
        virDomainCheckpointGetXMLDesc(checkpoint.get(), VIR_DOMAIN_CHECKPOINT_XML_NO_DOMAIN));
    if (!xml)
        return lastError(name);
    return Found(TRY(parseCheckpoint(xml.toByteArray())));
}

Result<QVector<BackupFile>> planFiles(const Connection& connection, const Subject& subject,
    const BackupRequest& request, const QVector<SnapshotDisk>& disks)
{
    const auto since = TRY(checkpointOf(subject, request.since));
    const QString folder = withoutSlash(request.folder);
    const QString moment = request.checkpoint.isEmpty()
        ? QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd_hh-mm-ss"))
        : request.checkpoint;
    QVector<BackupFile> files;
    for (const SnapshotDisk& disk : disks) {
        BackupFile file { .target = disk.target,
            .path
            = folder + QLatin1Char('/') + vmm::backupFileName(subject.name, disk.target, moment),
            .isIncrement = since && since->disks.contains(disk.target) };
        if (file.isIncrement)
            file.standsOn = fileOf(connection, *since, folder, subject.name, disk.target);
        files.append(file);
    }
    return files;
}

bool isUnderWay(const Subject& subject)
{
    return bool(LibvirtString(virDomainBackupGetXMLDesc(subject.get(), 0)));
}

QString filesOf(const QVector<BackupNote>& notes)
{
    QStringList files;
    for (const BackupNote& note : notes)
        files += note.files;
    return files.join(QStringLiteral(", "));
}

Result<void> checkFree(const Subject& subject)
{
    TRY(checkRuns(subject));
    const bool isFree = !isUnderWay(subject);
    const Error why = isFree ? lastError(subject.name) : Error {};
    if (isFree && why.kind == ErrorKind::HostLacksFeature)
        return why;
    if (isFree)
        return {};
    QString detail = QStringLiteral("libvirt makes one at a time");
    if (const QString files = filesOf(backupNotes(subject)); !files.isEmpty())
        detail += QStringLiteral("; this one is being written: ") + files;
    return Error { ErrorKind::Busy, subject.name, detail, ErrorCause::BackupUnderWay };
}

/// A folder that is missing shows in many ways; this is the plain one.
Result<void> checkFolder(const Connection& connection, const QString& folder)
{
    if (!folder.startsWith(QLatin1Char('/')))
        return Error { ErrorKind::InvalidConfig, folder,
            QStringLiteral("the folder has to be given from the root on") };
    const auto pool = PoolLease::of(connection, withoutSlash(folder));
    if (pool)
        return {};
    Error error = pool.error();
    if (error.detail.contains(QStringLiteral("No such file or directory"))) {
        error.kind = ErrorKind::NotFound;
        error.cause = ErrorCause::FolderMissing;
    }
    return error;
}

/// Unknown: libvirt could not say, as while QEMU does not answer it.
enum class JobState { UnderWay, Done, Failed, Unknown };

/// Of the backup that was begun last. `progress` in percent, of what is under way.
struct BackupJob {
    JobState state = JobState::Failed;
    int progress = 0;
    QString words {}; ///< of what failed
    bool isLost = false; ///< the connection: it may go on without us
};

/// `keep`: whoever asks next is told of it, too.
BackupJob readJob(const Subject& subject, unsigned int keep = 0)
{
    TypedParameters now;
    int type = VIR_DOMAIN_JOB_NONE;
    const bool isKnown
        = virDomainGetJobStats(subject.get(), &type, now.out(), now.outCount(), 0) == 0;
    if (isKnown && (type == VIR_DOMAIN_JOB_BOUNDED || type == VIR_DOMAIN_JOB_UNBOUNDED)) {
        const auto total = static_cast<double>(now.number(VIR_DOMAIN_JOB_DISK_TOTAL));
        const auto done = static_cast<double>(now.number(VIR_DOMAIN_JOB_DISK_PROCESSED));
        return { .state = JobState::UnderWay,
            .progress = total > 0 ? static_cast<int>(std::min(99.0, 100 * done / total)) : 0 };
    }
    if (!isKnown && isSilence(lastError(subject.name)))
        return { .state = JobState::Unknown };
    TypedParameters past;
    type = VIR_DOMAIN_JOB_NONE;
    if (virDomainGetJobStats(subject.get(), &type, past.out(), past.outCount(),
            VIR_DOMAIN_JOB_STATS_COMPLETED | keep)
        < 0) {
        const Error error = lastError(subject.name);
        return { .state = isSilence(error) ? JobState::Unknown : JobState::Failed,
            .words = error.detail,
            .isLost = error.kind == ErrorKind::Disconnected };
    }
    if (past.integer(VIR_DOMAIN_JOB_OPERATION) != VIR_DOMAIN_JOB_OPERATION_BACKUP)
        return { .words = QStringLiteral("the backup ended before it was done") };
    return { .state = type == VIR_DOMAIN_JOB_COMPLETED ? JobState::Done : JobState::Failed,
        .words = past.text(VIR_DOMAIN_JOB_ERRMSG) };
}

/// libvirt tells that a backup is done a moment before it has QEMU close the files. It does so in a
/// job of its own, which this question waits for.
void settle(const Subject& subject, const QString& target)
{
    virDomainBlockInfo disk {};
    virDomainGetBlockInfo(subject.get(), target.toUtf8().constData(), &disk, 0);
}

Result<void> await(const Subject& subject, const QVector<BackupFile>& files, JobControl& control)
{
    const QString folder = folderOf(files.first().path);
    while (true) {
        if (control.isAbandoned())
            return Error { ErrorKind::Disconnected, subject.name };
        if (control.isCancelled())
            virDomainAbortJob(subject.get()); // again and again: it may not have begun yet
        const BackupJob job = readJob(subject);
        if (job.state == JobState::Done) {
            settle(subject, files.first().target);
            return {};
        }
        if (job.isLost)
            return Error { ErrorKind::Disconnected, subject.name, job.words };
        if (job.state == JobState::Failed && control.isCancelled())
            return Error { ErrorKind::Cancelled, subject.name, job.words };
        if (job.state == JobState::Failed) {
            Error error = toError(VIR_ERR_OPERATION_FAILED, VIR_FROM_QEMU, job.words, folder);
            if (error.cause == ErrorCause::None)
                error.kind = ErrorKind::ProcessFailed;
            return error;
        }
        if (job.state == JobState::UnderWay)
            control.setProgress(job.progress);
        JobControl::rest();
    }
}

/// What is told of the last job of the machine, which would be taken for ours.
void forgetLastJob(const Subject& subject)
{
    TypedParameters past;
    int type = 0;
    virDomainGetJobStats(
        subject.get(), &type, past.out(), past.outCount(), VIR_DOMAIN_JOB_STATS_COMPLETED);
}

Result<void> begin(const Connection& connection, VmId vm, const Subject& subject,
    const BackupRequest& request, const QVector<BackupFile>& files, const QByteArray& checkpoint)
{
    HeldStill still(connection, vm);
    if (request.quiesce)
        TRY(still.begin());
    return check(virDomainBackupBegin(subject.get(), backupXml(files, request.since).constData(),
                     checkpoint.isEmpty() ? nullptr : checkpoint.constData(),
                     VIR_DOMAIN_BACKUP_BEGIN_REUSE_EXTERNAL),
        request.since.isEmpty() ? subject.name : request.since);
}

/// The disks go on noting to the checkpoint before it. A QEMU that died has kept nothing of it.
void takeBack(const Subject& subject, const QString& checkpoint)
{
    const auto made = findCheckpoint(subject, checkpoint);
    if (made && virDomainCheckpointDelete(made->get(), 0) < 0
        && virDomainIsActive(subject.get()) == 0)
        virDomainCheckpointDelete(made->get(), VIR_DOMAIN_CHECKPOINT_DELETE_METADATA_ONLY);
}

/// Before it begins; without it a file that nobody has seen the end of would look like a whole one.
Result<void> noteFiles(
    const Subject& subject, const QVector<BackupFile>& files, const QString& checkpoint)
{
    BackupNote note { .checkpoint = checkpoint };
    for (const BackupFile& file : files)
        note.files.append(file.path);
    return setBackupNotes(subject, backupNotes(subject) + QVector<BackupNote> { note });
}

/// Increments can't stand on what may be half of a disk.
Result<void> checkSince(const Subject& subject, const QString& since)
{
    const QString problem = problemOf(unseenBackups(subject), since);
    if (problem.isEmpty())
        return {};
    return Error { ErrorKind::Io, since, problem, ErrorCause::CheckpointBroken };
}

} // namespace

/// The last job of the machine tells how the last one ended, until there is another.
QVector<BackupNote> unseenBackups(const Subject& subject)
{
    QVector<BackupNote> notes = backupNotes(subject);
    if (notes.isEmpty() || isUnderWay(subject))
        return {};
    const BackupJob last = readJob(subject, VIR_DOMAIN_JOB_STATS_KEEP_COMPLETED);
    if (last.state == JobState::Done)
        notes.removeLast();
    return notes;
}

Result<BackupReport> backUp(
    const Connection& connection, VmId vm, const BackupRequest& request, JobControl& control)
{
    const Subject subject = TRY(findSubject(connection, vm));
    TRY(checkFree(subject));
    const QVector<SnapshotDisk> disks = writableDisks(TRY(runningXml(subject)));
    if (disks.isEmpty())
        return Error { ErrorKind::HostLacksFeature, subject.name,
            QStringLiteral("the machine has no disk that can be written to") };
    QByteArray checkpoint;
    if (!request.checkpoint.isEmpty())
        checkpoint = TRY(xmlOfNewCheckpoint(subject, { .name = request.checkpoint }, disks));
    TRY(checkFolder(connection, request.folder));
    TRY(checkSince(subject, request.since));
    const QVector<BackupFile> files = TRY(planFiles(connection, subject, request, disks));
    BackupImages images(connection, subject);
    for (const BackupFile& file : files)
        TRY(images.make(file));
    if (control.isCancelled())
        return Error { ErrorKind::Cancelled, subject.name };
    // What the last one has become is known now or never.
    TRY(setBackupNotes(subject, unseenBackups(subject)));
    forgetLastJob(subject);
    TRY(noteFiles(subject, files, request.checkpoint));
    Result<void> done = begin(connection, vm, subject, request, files, checkpoint);
    if (done) {
        done = await(subject, files, control);
        if (!done && done.error().kind == ErrorKind::Disconnected) {
            images.keep(); // it goes on without us
            return done.error();
        }
        if (!done && !checkpoint.isEmpty())
            takeBack(subject, request.checkpoint);
    }
    dropBackupNotes(subject, request.checkpoint);
    TRY(done);
    images.keep();
    return BackupReport { .files = files, .checkpoint = request.checkpoint };
}

} // namespace hosts::libvirt
