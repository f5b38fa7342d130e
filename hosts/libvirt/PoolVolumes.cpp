// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/PoolVolumes.h"

#include "hosts/libvirt/Errors.h"
#include "hosts/libvirt/ImageUse.h"
#include "hosts/libvirt/JobWatch.h"
#include "hosts/libvirt/OperationHandles.h"
#include "hosts/libvirt/Overlapped.h"
#include "hosts/libvirt/PoolXml.h"
#include "hosts/libvirt/Pools.h"
#include "hosts/libvirt/ResourceLists.h"

#include <algorithm>

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::Result;

namespace {

/// libvirt's code for a name that is taken is about machines elsewhere; here it is about a volume.
Error poolVolumeError(const QString& name)
{
    Error error = lastError(name);
    if (error.cause == ErrorCause::NameInUse)
        error.cause = ErrorCause::None;
    return error;
}

Result<Pool> findActivePool(const Connection& connection, const QString& name)
{
    Pool pool = TRY(findPool(connection, name));
    if (virStoragePoolIsActive(pool.get()) == 0)
        return Error { ErrorKind::WrongState, name, QStringLiteral("the pool is stopped") };
    return pool;
}

Result<VolumeInfo> describe(virStorageVolPtr volume, const QString& pool, const QString& name)
{
    const LibvirtString xml(virStorageVolGetXMLDesc(volume, 0));
    if (!xml)
        return poolVolumeError(name);
    VolumeInfo info = parseVolume(xml.toByteArray());
    info.pool = pool;
    return info;
}

/// Who stands on whom in one pool, and which machines need what is below.
void noteUse(QVector<VolumeInfo>& volumes, const DiskUse& use)
{
    QHash<QString, qsizetype> rows;
    for (qsizetype i = 0; i < volumes.size(); ++i) {
        rows.insert(volumes[i].path, i);
        volumes[i].machines = use.machines(volumes[i]);
    }
    for (const VolumeInfo& volume : std::as_const(volumes)) {
        if (const auto below = rows.constFind(volume.backing); below != rows.constEnd())
            volumes[*below].dependents.append(volume.path);
    }
    for (qsizetype i = 0; i < volumes.size(); ++i) {
        const QStringList users = use.machines(volumes[i]);
        qsizetype row = i;
        for (qsizetype depth = 0; depth < volumes.size() && !users.isEmpty(); ++depth) {
            const auto below = rows.constFind(volumes[row].backing);
            if (below == rows.constEnd())
                break;
            row = *below;
            volumes[row].machines += users;
        }
    }
    for (VolumeInfo& volume : volumes)
        volume.machines.removeDuplicates();
}

Error running(const QString& name, const QStringList& machines)
{
    return { ErrorKind::Busy, name,
        QStringLiteral("%1 runs with it").arg(machines.join(QStringLiteral(", "))) };
}

/// The kernel names partitions. libvirt 9.0 looks for that when it has made one, and leaves the
/// one on the disk that it refuses. What a disk is called by a link ("by-id") is not known here.
Result<void> checkPartitionName(virStoragePoolPtr pool, const QString& name)
{
    const LibvirtString xml(virStoragePoolGetXMLDesc(pool, 0));
    const PoolInfo info = xml ? parsePool(xml.toByteArray()) : PoolInfo {};
    if (info.type != QStringLiteral("disk") || info.source.contains(QStringLiteral("/by-")))
        return {};
    QString stem = info.source.section(QLatin1Char('/'), -1);
    if (!stem.isEmpty() && stem.back().isDigit())
        stem += QLatin1Char('p');
    bool isNumber = false;
    const int number = name.startsWith(stem) ? name.mid(stem.size()).toInt(&isNumber) : 0;
    if (isNumber && number > 0)
        return {};
    return Error { ErrorKind::InvalidConfig, name,
        QStringLiteral("partitions of this disk are called %1, by their numbers")
            .arg(stem + QStringLiteral("1, ") + stem + QLatin1Char('2')) };
}

} // namespace

Result<QVector<VolumeInfo>> listVolumes(
    const Connection& connection, const QString& name, const DiskUse& use, int width)
{
    const Pool pool = TRY(findActivePool(connection, name));
    VolumeList volumes;
    if (listAllVolumes(pool.get(), volumes) < 0)
        return lastError(name);
    QVector<VolumeInfo> found = readByName(volumes, width, [&](virStorageVolPtr volume) {
        return describe(volume, name, {}).value_or(VolumeInfo {}); // else deleted a moment ago
    });
    noteUse(found, use);
    return found;
}

Result<Volume> findVolume(const Connection& connection, const QString& pool, const QString& name)
{
    const Pool place = TRY(findActivePool(connection, pool));
    Volume volume(virStorageVolLookupByName(place.get(), name.toUtf8().constData()));
    if (!volume)
        return poolVolumeError(name);
    return volume;
}

Result<void> createVolume(const Connection& connection, const CreateVolume& operation)
{
    const QByteArray xml = TRY(volumeXml(operation.volume));
    const Pool pool = TRY(findActivePool(connection, operation.pool));
    TRY(checkPartitionName(pool.get(), operation.volume.name));
    const Volume made(virStorageVolCreateXML(pool.get(), xml.constData(), 0));
    if (made)
        return {};
    const Error error = poolVolumeError(operation.volume.name);
    virStoragePoolRefresh(pool.get(), 0); // it may have got halfway
    return error;
}

Result<void> resizePoolVolume(
    const Connection& connection, const ResizeVolume& operation, const DiskUse& use)
{
    const Volume volume = TRY(findVolume(connection, operation.pool, operation.volume));
    const VolumeInfo known = TRY(describe(volume.get(), operation.pool, operation.volume));
    if (operation.capacity < known.capacity)
        return Error { ErrorKind::InvalidConfig, operation.volume,
            QStringLiteral("smaller than it is: %1 bytes").arg(known.capacity.count()) };
    const QStringList busy = use.runningMachines(known);
    if (!busy.isEmpty())
        return running(operation.volume, busy);
    if (virStorageVolResize(volume.get(), operation.capacity.count(), 0) < 0)
        return poolVolumeError(operation.volume);
    return {};
}

Result<void> cloneVolume(const Connection& connection, const CloneVolume& operation,
    const DiskUse& use, JobControl& control)
{
    const Volume original = TRY(findVolume(connection, operation.pool, operation.volume));
    const VolumeInfo known = TRY(describe(original.get(), operation.pool, operation.volume));
    const QStringList busy = use.runningMachines(known);
    if (!busy.isEmpty())
        return running(operation.volume, busy);
    NewVolume copy = operation.copy;
    if (copy.capacity.count() == 0)
        copy.capacity = known.capacity;
    const QByteArray xml = TRY(volumeXml(copy));
    const Pool to = TRY(findActivePool(
        connection, operation.targetPool.isEmpty() ? operation.pool : operation.targetPool));
    const QByteArray name = copy.name.toUtf8();
    Volume made;
    {
        const double all = std::max(1.0, static_cast<double>(known.allocation.count()));
        const JobWatch watch(control, [&] {
            const Volume growing(virStorageVolLookupByName(to.get(), name.constData()));
            virStorageVolInfo info {};
            if (growing && virStorageVolGetInfo(growing.get(), &info) == 0)
                control.setProgress(static_cast<int>(
                    std::min(99.0, 100.0 * static_cast<double>(info.allocation) / all)));
        });
        made = Volume(virStorageVolCreateXMLFrom(to.get(), xml.constData(), original.get(), 0));
    }
    if (!made)
        return poolVolumeError(copy.name);
    if (control.isCancelled()) {
        virStorageVolDelete(made.get(), 0); // ours, made a moment ago
        return Error { ErrorKind::Cancelled, copy.name };
    }
    return {};
}

Result<void> deletePoolVolume(
    const Connection& connection, const DeleteVolume& operation, const Wanted& wanted)
{
    const Volume volume = TRY(findVolume(connection, operation.pool, operation.volume));
    TRY(checkNeedless(connection, volume));
    TRY(wanted.check(operation.volume));
    if (virStorageVolDelete(volume.get(), 0) < 0)
        return poolVolumeError(operation.volume);
    return {};
}

Result<void> checkNeedless(const Connection& connection, const Volume& volume)
{
    const QString name = QString::fromUtf8(virStorageVolGetName(volume.get()));
    const LibvirtString path(virStorageVolGetPath(volume.get()));
    if (!path)
        return poolVolumeError(name);
    const ImageUse use = TRY(ImageUse::read(connection, { path.toString() }));
    const Result<void> isNeedless = use.checkNeedless(path.toString());
    if (isNeedless)
        return {};
    Error error = isNeedless.error();
    error.subject = name;
    return error;
}

} // namespace hosts::libvirt
