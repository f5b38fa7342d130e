// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/ExternalSnapshots.h"

#include "hosts/libvirt/BlockCommit.h"
#include "hosts/libvirt/Errors.h"
#include "hosts/libvirt/ImageUse.h"
#include "hosts/libvirt/Volumes.h"

#include <algorithm>

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorKind;
using vmm::Result;

namespace {

using Paths = QHash<QString, QString>; ///< by target

Result<QByteArray> secureXml(const Subject& subject, const QString& name)
{
    const DomainSnapshot snapshot = TRY(findSnapshot(subject, name));
    const LibvirtString xml(
        virDomainSnapshotGetXMLDesc(snapshot.get(), VIR_DOMAIN_SNAPSHOT_XML_SECURE));
    if (!xml)
        return lastError(name);
    return xml.toByteArray();
}

Result<void> redefine(const Subject& subject, const QByteArray& xml, unsigned int more = 0)
{
    const DomainSnapshot again(virDomainSnapshotCreateXML(
        subject.get(), xml.constData(), VIR_DOMAIN_SNAPSHOT_CREATE_REDEFINE | more));
    if (!again)
        return lastError(subject.name);
    return {};
}

bool isNeeded(const QVector<SnapshotRecord>& all, const QString& path, const QString& except = {})
{
    return std::any_of(all.begin(), all.end(), [&](const SnapshotRecord& each) {
        return each.info.name != except
            && std::any_of(each.disks.begin(), each.disks.end(),
                [&](const SnapshotDisk& disk) { return disk.path == path; });
    });
}

/// Overlays that are deleted again unless all went well.
class FreshOverlays {
public:
    explicit FreshOverlays(const Connection& connection)
        : m_connection(connection)
    {
    }
    FreshOverlays(const FreshOverlays&) = delete;
    FreshOverlays& operator=(const FreshOverlays&) = delete;
    ~FreshOverlays()
    {
        for (const QString& path : std::as_const(m_paths))
            (void)deleteVolume(m_connection, path);
    }

    Result<void> add(
        const SnapshotDisk& disk, const QString& snapshot, const QVector<SnapshotRecord>& all)
    {
        const QString path = overlayPath(namesake(all, disk.path), snapshot, randomWord());
        TRY(createOverlay(m_connection, path, disk.path, disk.format));
        m_paths.insert(disk.target, path);
        return {};
    }
    const Paths& paths() const { return m_paths; }
    void keep() { m_paths.clear(); }

private:
    const Connection& m_connection;
    Paths m_paths;
};

/// What a snapshot's memory was saved with, on other images.
Result<QByteArray> definitionOfMemory(
    const Connection& connection, const SnapshotRecord& snapshot, const Paths& paths)
{
    const QByteArray file = snapshot.memoryFile.toUtf8();
    const LibvirtString xml(virDomainSaveImageGetXMLDesc(
        connection.get(), file.constData(), VIR_DOMAIN_SAVE_IMAGE_XML_SECURE));
    if (!xml)
        return lastError(snapshot.memoryFile);
    return withImages(xml.toByteArray(), paths);
}

/// A revert once it changes the machine; until it has succeeded it can be taken back, but for what
/// a running machine had in memory.
class Reversal {
public:
    Reversal(const Connection& connection, const Subject& subject, QByteArray before)
        : m_connection(connection)
        , m_subject(subject)
        , m_before(std::move(before))
    {
    }

    /// First, so that a machine that runs goes on running if libvirt refuses it.
    Result<void> define(const QByteArray& xml)
    {
        TRY(storeAgain(m_connection, xml, m_subject.name));
        m_isDefined = true;
        return {};
    }

    Result<void> end() const
    {
        return m_subject.isActive ? check(virDomainDestroy(m_subject.get()), m_subject.name)
                                  : Result<void>();
    }

    Result<void> restore(const SnapshotRecord& snapshot, const QByteArray& xml)
    {
        TRY(check(virDomainRestoreFlags(m_connection.get(),
                      snapshot.memoryFile.toUtf8().constData(), xml.constData(), 0),
            snapshot.memoryFile));
        m_isRestored = true;
        return {};
    }

    Result<void> takeBack() const
    {
        if (m_isRestored)
            virDomainDestroy(m_subject.get());
        return m_isDefined ? storeAgain(m_connection, m_before, m_subject.name) : Result<void>();
    }

private:
    const Connection& m_connection;
    const Subject& m_subject;
    QByteArray m_before;
    bool m_isDefined = false;
    bool m_isRestored = false;
};

bool isMadeBySnapshots(const QVector<SnapshotRecord>& all, const QString& path)
{
    return std::any_of(all.begin(), all.end(), [&](const SnapshotRecord& each) {
        return std::any_of(each.disks.begin(), each.disks.end(),
            [&](const SnapshotDisk& disk) { return disk.overlay == path; });
    });
}

/// Overlays that a revert has left behind: what is not known to be made by a snapshot of this
/// machine, or may be of use to anybody, stays.
void deleteUnneeded(const Connection& connection, const QVector<SnapshotDisk>& images,
    const QVector<SnapshotRecord>& all)
{
    QStringList doomed;
    for (const SnapshotDisk& disk : images) {
        const auto facts = inspectVolume(connection, disk.path);
        const bool isOverlay = facts.has_value() && !facts->backing.isEmpty();
        if (isOverlay && isMadeBySnapshots(all, disk.path) && !isNeeded(all, disk.path))
            doomed.append(disk.path);
    }
    if (doomed.isEmpty())
        return;
    const auto use = ImageUse::read(connection, doomed);
    for (const QString& path : std::as_const(doomed)) {
        if (use && use->checkNeedless(path))
            (void)deleteVolume(connection, path);
    }
}

/// A machine that is off, started for a merge: its guest never runs, and it is off again however
/// this ends, even if the connection is lost.
class PausedRun {
public:
    ~PausedRun()
    {
        if (m_domain)
            virDomainDestroy(m_domain.get());
    }
    PausedRun() = default;
    PausedRun(const PausedRun&) = delete;
    PausedRun& operator=(const PausedRun&) = delete;

    Result<void> start(const Subject& subject)
    {
        if (hasSavedMemory(subject))
            return Error { ErrorKind::WrongState, subject.name,
                QStringLiteral("its memory is saved, and the disks must stay as they are for it; "
                               "start the machine, or discard what was saved") };
        TRY(check(virDomainCreateWithFlags(
                      subject.get(), VIR_DOMAIN_START_PAUSED | VIR_DOMAIN_START_AUTODESTROY),
            subject.name));
        m_domain = subject.domain;
        return {};
    }

private:
    Domain m_domain;
};

/// What the deletion of a snapshot does to the images.
struct Merge {
    QVector<DiskLayer> layers {};
    QHash<QString, QString> formats {}; ///< of the images that are merged into, by path
    QStringList orphans {}; ///< images that only the snapshot needed
    bool hasBegun = false;
    bool isForgotten = false; ///< the snapshot's entry is gone
};

Result<ImageUse> useOf(
    const Connection& connection, const SnapshotRecord& snapshot, const QVector<SnapshotDisk>& now)
{
    QStringList paths;
    for (const SnapshotDisk& disk : snapshot.disks + now)
        paths.append(disk.path);
    const ImageUse use = TRY(ImageUse::read(connection, paths));
    const QStringList unresolved = use.unresolved();
    if (unresolved.isEmpty())
        return use;
    return Error { ErrorKind::Busy, paths.value(0), unresolved.join(QStringLiteral(", ")),
        vmm::ErrorCause::ImageNeeded };
}

/// Whether more than the machine's own image `above` needs it.
bool isSharedBeside(const ImageUse& use, VmId own, const QString& path, const QString& above)
{
    QStringList images = use.imagesOn(path);
    images.removeAll(use.normal(above));
    return !images.isEmpty() || !use.machines(path, own).isEmpty();
}

Result<Merge> planMerge(const Connection& connection, const Subject& subject,
    const SnapshotRecord& snapshot, const QVector<SnapshotRecord>& all)
{
    Merge merge;
    const QByteArray xml = TRY(subject.isActive ? runningXml(subject) : storedXml(subject));
    const QVector<SnapshotDisk> now = writableDisks(xml);
    const ImageUse use = TRY(useOf(connection, snapshot, now));
    const VmId own = idOf(subject.get());
    for (const SnapshotDisk& disk : snapshot.disks) {
        if (disk.overlay.isEmpty() || isNeeded(all, disk.path, snapshot.info.name))
            continue;
        const auto current = std::find_if(now.begin(), now.end(),
            [&](const SnapshotDisk& each) { return each.target == disk.target; });
        const QStringList chain
            = current == now.end() ? QStringList() : TRY(imageChain(connection, current->path));
        const qsizetype place = chain.indexOf(disk.path);
        // Another branch, clone or machine stands on it: it stays what it is.
        if (isSharedBeside(use, own, disk.path, chain.value(place - 1)))
            continue;
        if (place < 0)
            merge.orphans.append(disk.path);
        if (place <= 0 || isSharedBeside(use, own, chain[place - 1], chain.value(place - 2)))
            continue; // what is merged is deleted
        merge.layers.append({ .target = disk.target,
            .top = chain[place - 1],
            .base = disk.path,
            .isActive = place == 1 });
        merge.formats.insert(disk.path, disk.format);
    }
    return merge;
}

/// Snapshots whose state was in a layer that was merged have it in the image below now.
Result<void> followMerge(const Subject& subject, const DiskLayer& layer, const QString& format,
    const QVector<SnapshotRecord>& all)
{
    for (const SnapshotRecord& each : all) {
        if (each.pathOf(layer.target) != layer.top)
            continue;
        const QByteArray xml = TRY(secureXml(subject, each.info.name));
        TRY(redefine(subject, withImageMerged(xml, layer.top, layer.base, format),
            each.info.isCurrent ? unsigned(VIR_DOMAIN_SNAPSHOT_CREATE_CURRENT) : 0u));
    }
    return {};
}

Result<void> forget(const Subject& subject, const QString& name)
{
    const DomainSnapshot entry = TRY(findSnapshot(subject, name));
    return check(
        virDomainSnapshotDelete(entry.get(), VIR_DOMAIN_SNAPSHOT_DELETE_METADATA_ONLY), name);
}

Result<void> carryOut(const Connection& connection, const Subject& subject, const QString& name,
    Merge& merge, const QVector<SnapshotRecord>& all, JobControl& control)
{
    PausedRun run;
    if (!merge.layers.isEmpty() && !subject.isActive)
        TRY(run.start(subject));
    for (const DiskLayer& layer : std::as_const(merge.layers)) {
        TRY(beginCommit(subject, layer));
        // From the first byte on the snapshot can't be gone back to, and we may not live to say so:
        // a connection that is lost ends a paused run, and the merge with it.
        if (!merge.isForgotten)
            merge.isForgotten = forget(subject, name).has_value();
        merge.hasBegun = true;
        TRY(awaitCommit(subject, layer, control));
        TRY(followMerge(subject, layer, merge.formats.value(layer.base), all));
        (void)deleteVolume(connection, layer.top); // nobody needs it; left behind it does no harm
    }
    return {};
}

/// A revert that left the machine neither here nor there.
Error notTakenBack(Error why, const Error& obstacle, const QVector<SnapshotDisk>& disks)
{
    QStringList images;
    for (const SnapshotDisk& disk : disks)
        images.append(QStringLiteral("%1: %2").arg(disk.target, disk.path));
    why.detail += QStringLiteral("; the definition of before could not be put back (%1), in which "
                                 "the disks were %2")
                      .arg(obstacle.detail, images.join(QStringLiteral(", ")));
    return why;
}

} // namespace

Result<void> revertExternal(const Connection& connection, const Subject& subject,
    const SnapshotRecord& snapshot, const QVector<SnapshotRecord>& all, JobControl& control)
{
    const QByteArray before = TRY(storedXml(subject, VIR_DOMAIN_XML_SECURE));
    const QByteArray secure = TRY(secureXml(subject, snapshot.info.name));
    FreshOverlays overlays(connection);
    for (const SnapshotDisk& disk : snapshot.disks) {
        if (!disk.overlay.isEmpty())
            TRY(overlays.add(disk, snapshot.info.name, all));
    }
    const Paths paths = overlays.paths();
    QByteArray memory;
    if (!snapshot.memoryFile.isEmpty())
        memory = TRY(definitionOfMemory(connection, snapshot, paths));
    if (control.isCancelled())
        return Error { ErrorKind::Cancelled, snapshot.info.name };
    Reversal reversal(connection, subject, before);
    const auto carryOut = [&]() -> Result<void> {
        TRY(reversal.define(domainOf(secure, paths)));
        TRY(reversal.end());
        if (!snapshot.memoryFile.isEmpty())
            TRY(reversal.restore(snapshot, memory));
        return redefine(subject, withOverlays(secure, paths), VIR_DOMAIN_SNAPSHOT_CREATE_CURRENT);
    };
    const Result<void> reverted = carryOut();
    const Result<void> takenBack = reverted ? Result<void>() : reversal.takeBack();
    if (reverted || !takenBack)
        overlays.keep(); // the machine has them
    if (!takenBack)
        return notTakenBack(reverted.error(), takenBack.error(), writableDisks(before));
    if (!reverted)
        return reverted;
    deleteUnneeded(connection, writableDisks(before), all);
    return {};
}

Result<void> deleteExternal(
    const Connection& connection, const Subject& subject, const QString& name, JobControl& control)
{
    const QVector<SnapshotRecord> all = TRY(readSnapshots(subject));
    const auto snapshot = std::find_if(
        all.begin(), all.end(), [&](const SnapshotRecord& each) { return each.info.name == name; });
    if (snapshot == all.end())
        return Error { ErrorKind::NotFound, name };
    Merge merge = TRY(planMerge(connection, subject, *snapshot, all));
    const Result<void> merged = carryOut(connection, subject, name, merge, all, control);
    if (!merged && !merge.hasBegun)
        return merged;
    if (!merge.isForgotten)
        TRY(forget(subject, name));
    if (!merged)
        return merged;
    for (const QString& path : std::as_const(merge.orphans))
        (void)deleteVolume(connection, path);
    if (!snapshot->memoryFile.isEmpty())
        (void)deleteVolume(connection, snapshot->memoryFile);
    return {};
}

} // namespace hosts::libvirt
