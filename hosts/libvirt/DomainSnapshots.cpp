// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/DomainSnapshots.h"

#include "hosts/libvirt/DomainCheckpoints.h"
#include "hosts/libvirt/Errors.h"
#include "hosts/libvirt/ExternalSnapshots.h"
#include "hosts/libvirt/ImageUse.h"
#include "hosts/libvirt/JobWatch.h"
#include "hosts/libvirt/Volumes.h"

#include <QUuid>

#include <algorithm>
#include <cstring>
#include <vector>

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::Result;
using vmm::SnapshotDeletion;
using vmm::SnapshotPlace;
using vmm::SnapshotRequest;

namespace {

bool isQemu(const Connection& connection)
{
    return std::strcmp(virConnectGetType(connection.get()), "QEMU") == 0;
}

/// A machine's snapshots that its images no longer allow to go back to.
void noteProblems(QVector<SnapshotRecord>& records, bool hasCheckpoints)
{
    for (SnapshotRecord& record : records) {
        // QEMU loads no image back that notes changes, after libvirt has stopped the machine for
        // it, and libvirt changes nothing of snapshots then while the machine is off.
        if (hasCheckpoints)
            record.info.problem = QStringLiteral(
                "The machine has checkpoints, and disks that note changes can't be taken back; "
                "delete those first.");
        if (record.isExternal())
            continue;
        // libvirt would write into the image, and what stands on it would be worth nothing.
        for (const SnapshotRecord& other : std::as_const(records)) {
            const bool isOn = other.isExternal()
                && std::any_of(other.disks.begin(), other.disks.end(), [&](const auto& disk) {
                       return !disk.path.isEmpty() && record.pathOf(disk.target) == disk.path;
                   });
            if (isOn)
                record.info.problem = QStringLiteral(
                    "Snapshot %1 stands on the image that it is in; delete that one first.")
                                          .arg(other.info.name);
        }
    }
}

Error checkpointsInTheWay(const Subject& subject)
{
    return { ErrorKind::WrongState, subject.name,
        subject.isActive
            ? QStringLiteral("its disks can't be taken back while there are checkpoints")
            : QStringLiteral("libvirt can't change snapshots of a machine that is off and has "
                             "checkpoints"),
        ErrorCause::CheckpointsInTheWay };
}

void measure(const Connection& connection, SnapshotRecord& record)
{
    if (!record.isExternal())
        return;
    if (!record.memoryFile.isEmpty())
        record.info.memorySize = knownSize(connection, record.memoryFile);
    for (const SnapshotDisk& disk : std::as_const(record.disks)) {
        if (!disk.overlay.isEmpty())
            record.info.diskSize
                = record.info.diskSize.value_or(vmm::Bytes()) + knownSize(connection, disk.path);
    }
}

QString nameOfNow()
{
    return QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd hh-mm-ss"));
}

bool isInside(const SnapshotDisk& disk)
{
    return disk.format == QStringLiteral("qcow2");
}

/// The form that a snapshot takes if none is asked for, or why the one that is asked for can't be.
Result<SnapshotPlace> placeOf(const SnapshotRequest& request, const Subject& subject,
    const QVector<SnapshotDisk>& disks, bool hasFirmware)
{
    const bool isDiskOnly = subject.isActive && !request.withMemory;
    const auto odd = std::find_if_not(disks.begin(), disks.end(), isInside);
    const bool fits = !disks.isEmpty() && odd == disks.end() && !hasFirmware && !isDiskOnly;
    if (request.place == SnapshotPlace::Layer
        || (request.place == SnapshotPlace::Automatic && !fits))
        return SnapshotPlace::Layer;
    if (fits)
        return SnapshotPlace::Inside;
    Error error { ErrorKind::HostLacksFeature, subject.name,
        isDiskOnly ? QStringLiteral("an internal snapshot of a running machine keeps its memory")
            : hasFirmware ? QStringLiteral("its UEFI variables have no place in an internal one")
                          : QStringLiteral("it has no disk that could hold it") };
    if (!isDiskOnly && !hasFirmware && odd != disks.end()) {
        error.subject = odd->path;
        error.detail = QStringLiteral("disk %1 is %2").arg(odd->target, odd->format);
        error.cause = ErrorCause::DiskNotSnapshottable;
    }
    return error;
}

bool isTaken(const Connection& connection, const SnapshotPlan& plan, const QString& path)
{
    return inspectVolume(connection, path).has_value()
        || std::any_of(plan.disks.begin(), plan.disks.end(),
            [&](const SnapshotDisk& disk) { return disk.overlay == path; });
}

/// The files of an external snapshot. libvirt does not see that two disks are to go on in one file,
/// and writes memory over what is there.
Result<void> planFiles(
    const Connection& connection, SnapshotPlan& plan, const Subject& subject, bool withMemory)
{
    if (plan.disks.isEmpty())
        return Error { ErrorKind::HostLacksFeature, subject.name,
            QStringLiteral("it has no disk to take a snapshot of") };
    const QVector<SnapshotRecord> all = TRY(readSnapshots(subject));
    const QString mark = randomWord();
    for (SnapshotDisk& disk : plan.disks) {
        if (!disk.isFile)
            return Error { ErrorKind::HostLacksFeature, subject.name,
                QStringLiteral("disk %1 is no file: there is no folder for its overlay")
                    .arg(disk.target) };
        const QString image = namesake(all, disk.path);
        QString path = overlayPath(image, plan.name);
        if (isTaken(connection, plan, path))
            path = overlayPath(image, plan.name, mark + QLatin1Char('-') + disk.target);
        disk.overlay = path;
    }
    if (!subject.isActive || !withMemory)
        return {};
    const QString folder = folderOf(plan.disks.first().path);
    plan.memoryFile = memoryPath(folder, subject.name, plan.name);
    if (isTaken(connection, plan, plan.memoryFile))
        plan.memoryFile = memoryPath(folder, subject.name, plan.name, mark);
    return {};
}

/// Where a snapshot lies is QEMU's matter; another driver keeps it in its own way, or refuses.
Result<SnapshotPlan> planOf(
    const Connection& connection, const SnapshotRequest& request, const Subject& subject)
{
    if (!isQemu(connection)) {
        if (request.place == SnapshotPlace::Layer)
            return Error { ErrorKind::HostLacksFeature, subject.name,
                QStringLiteral("its driver keeps snapshots in one form alone") };
        return SnapshotPlan { .name = request.name.isEmpty() ? nameOfNow() : request.name,
            .description = request.description,
            .place = SnapshotPlace::Inside };
    }
    const QByteArray xml = TRY(subject.isActive ? runningXml(subject) : storedXml(subject));
    SnapshotPlan plan { .name = request.name.isEmpty() ? nameOfNow() : request.name,
        .description = request.description,
        .disks = writableDisks(xml) };
    plan.place = TRY(placeOf(request, subject, plan.disks, hasFirmwareImage(xml)));
    if (plan.place == SnapshotPlace::Inside)
        return plan;
    if (hasSavedMemory(subject))
        return Error { ErrorKind::WrongState, subject.name,
            QStringLiteral("its saved memory goes on in the images that would be kept"),
            ErrorCause::SavedMemoryInTheWay };
    TRY(planFiles(connection, plan, subject, request.withMemory));
    return plan;
}

unsigned int flagsOf(const SnapshotPlan& plan, const SnapshotRequest& request, bool isActive)
{
    if (plan.place == SnapshotPlace::Inside)
        return 0;
    if (!plan.memoryFile.isEmpty())
        return VIR_DOMAIN_SNAPSHOT_CREATE_LIVE | VIR_DOMAIN_SNAPSHOT_CREATE_ATOMIC;
    // With memory nothing has to be written out first: what is not on disk yet is in there.
    return unsigned(VIR_DOMAIN_SNAPSHOT_CREATE_DISK_ONLY)
        | (isActive ? unsigned(VIR_DOMAIN_SNAPSHOT_CREATE_ATOMIC) : 0u)
        | (isActive && request.quiesce ? unsigned(VIR_DOMAIN_SNAPSHOT_CREATE_QUIESCE) : 0u);
}

/// libvirt takes the images themselves back to an internal snapshot: what stands on them, or shares
/// them, would be worth nothing.
Result<void> checkRewritable(const Connection& connection, const SnapshotRecord& snapshot, VmId own)
{
    QStringList paths;
    for (const SnapshotDisk& disk : snapshot.disks) {
        if (!disk.path.isEmpty())
            paths.append(disk.path);
    }
    if (paths.isEmpty() || !isQemu(connection))
        return {};
    const ImageUse use = TRY(ImageUse::read(connection, paths));
    for (const QString& path : std::as_const(paths))
        TRY(use.checkNeedless(path, own));
    return {};
}

/// Oldest first. libvirt tells seconds; of those in one, a parent is older than its children.
void sortByAge(QVector<SnapshotRecord>& records)
{
    QHash<QString, QString> parents;
    for (const SnapshotRecord& record : std::as_const(records))
        parents.insert(record.info.name, record.info.parent);
    const auto depth = [&](const SnapshotRecord& record) {
        qsizetype steps = 0;
        for (QString at = record.info.parent; !at.isEmpty() && steps <= parents.size(); ++steps)
            at = parents.value(at);
        return steps;
    };
    std::stable_sort(
        records.begin(), records.end(), [&](const SnapshotRecord& a, const SnapshotRecord& b) {
            return a.info.created != b.info.created ? a.info.created < b.info.created
                                                    : depth(a) < depth(b);
        });
}

/// The snapshot, then those that were taken after it, children last.
QVector<SnapshotRecord> withDescendants(
    const QVector<SnapshotRecord>& all, const QString& name, SnapshotDeletion deletion)
{
    QVector<SnapshotRecord> found;
    for (const SnapshotRecord& each : all) {
        if (each.info.name == name)
            found.append(each);
    }
    if (deletion != SnapshotDeletion::WithChildren)
        return found;
    for (qsizetype i = 0; i < found.size(); ++i) {
        for (const SnapshotRecord& each : all) {
            if (each.info.parent == found[i].info.name && found.size() < all.size())
                found.append(each);
        }
    }
    return found;
}

/// A snapshot that was deleted between two calls.
bool isGone(const Error& error)
{
    return error.kind == ErrorKind::NotFound;
}

/// For drivers without the call that lists them at once (ESX).
Result<std::vector<DomainSnapshot>> snapshotsByName(const Subject& subject)
{
    const int count = virDomainSnapshotNum(subject.get(), 0);
    if (count < 0)
        return lastError(subject.name);
    std::vector<char*> names(static_cast<size_t>(count));
    const int told
        = count > 0 ? virDomainSnapshotListNames(subject.get(), names.data(), count, 0) : 0;
    if (told < 0)
        return lastError(subject.name);
    QStringList found;
    for (int i = 0; i < told; ++i)
        found.append(LibvirtString(names[static_cast<size_t>(i)]).toString());
    std::vector<DomainSnapshot> all;
    for (const QString& name : std::as_const(found)) {
        auto snapshot = findSnapshot(subject, name);
        if (snapshot)
            all.push_back(std::move(*snapshot));
        else if (!isGone(snapshot.error()))
            return snapshot.error();
    }
    return all;
}

Result<std::vector<DomainSnapshot>> allSnapshots(const Subject& subject)
{
    DomainSnapshotList list;
    const int count = virDomainListAllSnapshots(subject.get(), list.out(), 0);
    if (count < 0) {
        const Error error = lastError(subject.name);
        return error.kind == ErrorKind::HostLacksFeature
            ? snapshotsByName(subject)
            : Result<std::vector<DomainSnapshot>>(error);
    }
    list.setCount(count);
    std::vector<DomainSnapshot> all;
    for (virDomainSnapshotPtr snapshot : list) {
        virDomainSnapshotRef(snapshot);
        all.emplace_back(snapshot);
    }
    return all;
}

} // namespace

QString randomWord()
{
    return QUuid::createUuid().toString(QUuid::Id128).left(6);
}

Result<QVector<SnapshotRecord>> readSnapshots(const Subject& subject)
{
    const std::vector<DomainSnapshot> all = TRY(allSnapshots(subject));
    QVector<SnapshotRecord> records;
    for (const DomainSnapshot& snapshot : all) {
        const LibvirtString xml(virDomainSnapshotGetXMLDesc(snapshot.get(), 0));
        const int current = xml ? virDomainSnapshotIsCurrent(snapshot.get(), 0) : -1;
        if (current < 0) {
            const Error error = lastError(subject.name);
            if (isGone(error))
                continue;
            return error; // a list without it would tell that it is not there
        }
        SnapshotRecord record = TRY(parseSnapshot(xml.toByteArray()));
        record.info.isCurrent = current == 1;
        records.append(record);
    }
    sortByAge(records);
    return records;
}

Result<DomainSnapshot> findSnapshot(const Subject& subject, const QString& name)
{
    DomainSnapshot snapshot(
        virDomainSnapshotLookupByName(subject.get(), name.toUtf8().constData(), 0));
    if (!snapshot)
        return lastError(name);
    return snapshot;
}

Result<QVector<vmm::SnapshotInfo>> listSnapshots(const Connection& connection, VmId vm)
{
    const Subject subject = TRY(findSubject(connection, vm));
    QVector<SnapshotRecord> records = TRY(readSnapshots(subject));
    noteProblems(records, hasCheckpoints(subject));
    QVector<vmm::SnapshotInfo> infos;
    for (SnapshotRecord& record : records) {
        measure(connection, record);
        infos.append(record.info);
    }
    return infos;
}

Result<QString> createSnapshot(
    const Connection& connection, VmId vm, const SnapshotRequest& request, JobControl& control)
{
    const Subject subject = TRY(findSubject(connection, vm));
    if (!subject.isActive && hasCheckpoints(subject))
        return checkpointsInTheWay(subject);
    const SnapshotPlan plan = TRY(planOf(connection, request, subject));
    if (findSnapshot(subject, plan.name))
        return Error { ErrorKind::AlreadyExists, plan.name,
            QStringLiteral("the machine has a snapshot of that name") };
    const QByteArray xml = snapshotXml(plan);
    const unsigned int flags = flagsOf(plan, request, subject.isActive);
    Result<void> taken;
    {
        const JobWatch watch = watchDomainJob(subject.domain, control);
        const DomainSnapshot made(
            virDomainSnapshotCreateXML(subject.get(), xml.constData(), flags));
        if (!made)
            taken = lastError(subject.name);
    }
    if (taken)
        return plan.name;
    if (control.isCancelled())
        return Error { ErrorKind::Cancelled, subject.name, taken.error().detail };
    return taken.error();
}

namespace {

Result<void> goBackTo(
    const Connection& connection, const Subject& subject, const QString& name, JobControl& control)
{
    const DomainSnapshot snapshot = TRY(findSnapshot(subject, name));
    QVector<SnapshotRecord> all = TRY(readSnapshots(subject));
    const bool isHeld = hasCheckpoints(subject);
    noteProblems(all, isHeld);
    for (const SnapshotRecord& each : std::as_const(all)) {
        if (each.info.name != name)
            continue;
        if (isHeld)
            return checkpointsInTheWay(subject);
        if (!each.info.problem.isEmpty())
            return Error { ErrorKind::WrongState, name, each.info.problem };
        if (each.isExternal())
            return revertExternal(connection, subject, each, all, control);
        TRY(checkRewritable(connection, each, idOf(subject.get())));
        if (control.isCancelled())
            return Error { ErrorKind::Cancelled, name };
    }
    if (virDomainRevertToSnapshot(snapshot.get(), 0) == 0)
        return {};
    const virErrorPtr refusal = virGetLastError();
    // The running QEMU does not fit: the machine is stopped for it, which was said beforehand.
    if (refusal != nullptr && refusal->code == VIR_ERR_SNAPSHOT_REVERT_RISKY)
        return check(
            virDomainRevertToSnapshot(snapshot.get(), VIR_DOMAIN_SNAPSHOT_REVERT_FORCE), name);
    return lastError(name);
}

} // namespace

Result<void> revertSnapshot(
    const Connection& connection, VmId vm, const QString& name, JobControl& control)
{
    const Subject subject = TRY(findSubject(connection, vm));
    TRY(goBackTo(connection, subject, name, control));
    // Memory that was saved fits the present that is gone.
    return hasSavedMemory(subject) ? check(virDomainManagedSaveRemove(subject.get(), 0), name)
                                   : Result<void>();
}

Result<void> deleteSnapshot(const Connection& connection, VmId vm, const QString& name,
    SnapshotDeletion deletion, JobControl& control)
{
    const Subject subject = TRY(findSubject(connection, vm));
    const DomainSnapshot snapshot = TRY(findSnapshot(subject, name));
    if (deletion == SnapshotDeletion::MetadataOnly)
        return check(
            virDomainSnapshotDelete(snapshot.get(), VIR_DOMAIN_SNAPSHOT_DELETE_METADATA_ONLY),
            name);
    const QVector<SnapshotRecord> doomed
        = withDescendants(TRY(readSnapshots(subject)), name, deletion);
    const bool isPlain = std::none_of(
        doomed.begin(), doomed.end(), [](const SnapshotRecord& each) { return each.isExternal(); });
    const unsigned int flags = deletion == SnapshotDeletion::WithChildren
        ? unsigned(VIR_DOMAIN_SNAPSHOT_DELETE_CHILDREN)
        : 0u;
    if (isPlain)
        return check(virDomainSnapshotDelete(snapshot.get(), flags), name);
    if (!subject.isActive && hasCheckpoints(subject))
        return checkpointsInTheWay(subject);
    for (auto each = doomed.crbegin(); each != doomed.crend(); ++each) {
        if (control.isCancelled())
            return Error { ErrorKind::Cancelled, name };
        const DomainSnapshot found = TRY(findSnapshot(subject, each->info.name));
        if (each->isExternal())
            TRY(deleteExternal(connection, subject, each->info.name, control));
        else
            TRY(check(virDomainSnapshotDelete(found.get(), 0), each->info.name));
    }
    return {};
}

} // namespace hosts::libvirt
