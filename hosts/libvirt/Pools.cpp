// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/Pools.h"

#include "hosts/libvirt/Errors.h"
#include "hosts/libvirt/ImageUse.h"
#include "hosts/libvirt/OperationHandles.h"
#include "hosts/libvirt/Overlapped.h"
#include "hosts/libvirt/PoolXml.h"
#include "hosts/libvirt/ResourceLists.h"

#include <algorithm>

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::Result;

namespace {

PoolState stateOf(int state)
{
    switch (state) {
    case VIR_STORAGE_POOL_BUILDING:
        return PoolState::Building;
    case VIR_STORAGE_POOL_RUNNING:
        return PoolState::Running;
    case VIR_STORAGE_POOL_DEGRADED:
        return PoolState::Degraded;
    case VIR_STORAGE_POOL_INACCESSIBLE:
        return PoolState::Inaccessible;
    default: // inactive, and what later versions may add
        return PoolState::Stopped;
    }
}

/// Of a pool that may vanish meanwhile: an empty name then.
PoolInfo readPool(virStoragePoolPtr pool)
{
    const LibvirtString xml(virStoragePoolGetXMLDesc(pool, 0));
    if (!xml)
        return {};
    PoolInfo info = parsePool(xml.toByteArray());
    virStoragePoolInfo figures {};
    if (virStoragePoolGetInfo(pool, &figures) == 0) {
        info.state = stateOf(figures.state);
        info.capacity = vmm::Bytes::fromBytes(figures.capacity);
        info.allocation = vmm::Bytes::fromBytes(figures.allocation);
        info.available = vmm::Bytes::fromBytes(figures.available);
    }
    int autostart = 0;
    info.isAutostart = virStoragePoolGetAutostart(pool, &autostart) == 0 && autostart != 0;
    info.isPersistent = virStoragePoolIsPersistent(pool) != 0;
    return info;
}

/// libvirt's code for a name that is taken is about machines elsewhere; here it is about a pool.
Error poolError(const QString& name)
{
    Error error = lastError(name);
    if (error.cause == ErrorCause::NameInUse)
        error.cause = ErrorCause::None;
    return error;
}

/// Nothing is built over data. Only what is formatted knows such a flag: a folder is just made, and
/// libvirt 9.0 refuses the flag for it after it has done so.
Result<void> buildPool(virStoragePoolPtr pool, const NewPool& wanted)
{
    const QStringList formatted { QStringLiteral("fs"), QStringLiteral("disk"),
        QStringLiteral("logical") };
    const unsigned int flags
        = formatted.contains(wanted.type) ? VIR_STORAGE_POOL_BUILD_NO_OVERWRITE : 0;
    if (virStoragePoolBuild(pool, flags) < 0)
        return poolError(wanted.name);
    return {};
}

Result<void> bringUp(virStoragePoolPtr pool, const NewPool& wanted)
{
    if (wanted.isBuilt)
        TRY(buildPool(pool, wanted));
    if (wanted.isStarted && virStoragePoolIsActive(pool) == 0 && virStoragePoolCreate(pool, 0) < 0)
        return poolError(wanted.name);
    if (wanted.isAutostart && virStoragePoolSetAutostart(pool, 1) < 0)
        return poolError(wanted.name);
    return {};
}

/// The paths of all volumes of a pool.
Result<QStringList> contentsOf(virStoragePoolPtr pool, const QString& name)
{
    VolumeList volumes;
    if (listAllVolumes(pool, volumes) < 0)
        return poolError(name);
    QStringList paths;
    for (virStorageVolPtr volume : volumes) {
        if (const LibvirtString path(virStorageVolGetPath(volume)); path)
            paths.append(path.toString());
    }
    return paths;
}

/// Machines need what their disks stand on, wherever those are; so do images of other pools.
Result<void> checkContents(
    const Connection& connection, virStoragePoolPtr pool, const DeletePool& operation)
{
    const QStringList paths = TRY(contentsOf(pool, operation.pool));
    const ImageUse use = TRY(ImageUse::read(connection, {}));
    QStringList needed;
    for (const QString& path : paths) {
        QStringList needs = use.machines(path);
        for (const QString& above : use.imagesOn(path)) {
            if (!paths.contains(above))
                needs.append(above);
        }
        if (!needs.isEmpty())
            needed.append(QStringLiteral("%1 (%2)").arg(
                path.section(QLatin1Char('/'), -1), needs.join(QStringLiteral(", "))));
    }
    needed += use.unresolved();
    if (needed.isEmpty())
        return {};
    return Error { ErrorKind::Busy, operation.pool,
        QStringLiteral("others need volumes of it: ") + needed.join(QStringLiteral(", ")),
        ErrorCause::ImageNeeded };
}

Result<void> deleteContents(virStoragePoolPtr pool, const QString& name, const Wanted& wanted)
{
    if (virStoragePoolIsActive(pool) == 0 && virStoragePoolCreate(pool, 0) < 0)
        return poolError(name);
    {
        VolumeList volumes;
        if (listAllVolumes(pool, volumes) < 0)
            return poolError(name);
        for (virStorageVolPtr volume : volumes) {
            TRY(wanted.check(name));
            if (virStorageVolDelete(volume, 0) < 0)
                return poolError(QString::fromUtf8(virStorageVolGetName(volume)));
        }
    }
    TRY(wanted.check(name));
    if (virStoragePoolDestroy(pool) < 0)
        return poolError(name);
    // A folder that holds something else stays, and that is not what was asked about.
    virStoragePoolDelete(pool, 0);
    return {};
}

/// Somebody else may have stored another definition since this one was read.
Result<void> checkBase(const Connection& connection, const QByteArray& base)
{
    if (base.isEmpty())
        return {};
    const QString name = parsePool(base).name;
    if (isSamePool(TRY(readPoolXml(connection, name)).toUtf8(), base))
        return {};
    return definitionChanged(name);
}

} // namespace

Result<QVector<PoolInfo>> listPools(const Connection& connection, int width)
{
    PoolList pools;
    if (listAllPools(connection, pools) < 0)
        return lastError({});
    return readByName(pools, width, readPool);
}

Result<Pool> findPool(const Connection& connection, const QString& name)
{
    Pool pool(virStoragePoolLookupByName(connection.get(), name.toUtf8().constData()));
    if (!pool)
        return lastError(name);
    return pool;
}

Result<QString> readPoolXml(const Connection& connection, const QString& name)
{
    const Pool pool = TRY(findPool(connection, name));
    // Of one that was never stored there is only what it runs with.
    LibvirtString xml(virStoragePoolGetXMLDesc(
        pool.get(), virStoragePoolIsPersistent(pool.get()) == 1 ? VIR_STORAGE_XML_INACTIVE : 0));
    if (!xml)
        return lastError(name);
    return xml.toString();
}

Result<void> definePool(const Connection& connection, const DefinePool& operation)
{
    const NewPool& wanted = operation.pool;
    const QByteArray xml = TRY(poolXml(wanted));
    TRY(checkBase(connection, operation.base.toUtf8()));
    NewPool known = wanted;
    if (!wanted.xml.isEmpty())
        known.name = parsePool(xml).name;
    const Pool before(
        virStoragePoolLookupByName(connection.get(), known.name.toUtf8().constData()));
    if (before && wanted.xml.isEmpty())
        return Error { ErrorKind::AlreadyExists, known.name,
            QStringLiteral("there is a pool with this name") };
    const Pool pool(virStoragePoolDefineXML(connection.get(), xml.constData(), 0));
    if (!pool)
        return poolError(known.name);
    const Result<void> isUp = bringUp(pool.get(), known);
    if (!isUp && !before) {
        virStoragePoolDestroy(pool.get());
        virStoragePoolUndefine(pool.get());
    }
    return isUp;
}

Result<void> changePool(const Connection& connection, const ChangePool& operation)
{
    const Pool pool = TRY(findPool(connection, operation.pool));
    int done = -1;
    switch (operation.action) {
    case ResourceAction::Start:
        done = virStoragePoolCreate(pool.get(), 0);
        break;
    case ResourceAction::Stop:
        done = virStoragePoolDestroy(pool.get());
        break;
    case ResourceAction::Refresh:
        done = virStoragePoolRefresh(pool.get(), 0);
        break;
    case ResourceAction::EnableAutostart:
        done = virStoragePoolSetAutostart(pool.get(), 1);
        break;
    case ResourceAction::DisableAutostart:
        done = virStoragePoolSetAutostart(pool.get(), 0);
        break;
    }
    if (done < 0)
        return poolError(operation.pool);
    return {};
}

Result<void> deletePool(
    const Connection& connection, const DeletePool& operation, const Wanted& wanted)
{
    const Pool pool = TRY(findPool(connection, operation.pool));
    const bool isPersistent = virStoragePoolIsPersistent(pool.get()) == 1;
    if (operation.deletesContents) {
        if (virStoragePoolIsActive(pool.get()) == 0 && virStoragePoolCreate(pool.get(), 0) < 0)
            return poolError(operation.pool);
        TRY(checkContents(connection, pool.get(), operation));
        TRY(deleteContents(pool.get(), operation.pool, wanted));
    } else if (virStoragePoolIsActive(pool.get()) == 1 && virStoragePoolDestroy(pool.get()) < 0) {
        return poolError(operation.pool);
    }
    TRY(wanted.check(operation.pool));
    if (isPersistent && virStoragePoolUndefine(pool.get()) < 0)
        return poolError(operation.pool);
    return {};
}

} // namespace hosts::libvirt
