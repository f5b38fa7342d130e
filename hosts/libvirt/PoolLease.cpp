// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/PoolLease.h"

#include "hosts/libvirt/Errors.h"
#include "hosts/libvirt/ResourceLists.h"

#include <QUuid>

#include <cstring>
#include <map>
#include <mutex>
#include <utility>

#include <pugixml.hpp>

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::Result;

namespace {

QString poolXml(const QString& name, const QString& folder)
{
    return QStringLiteral("<pool type='dir'><name>%1</name><target><path>%2</path></target></pool>")
        .arg(name, folder.toHtmlEscaped());
}

} // namespace

/// A folder of a host, for as long as the process lives: there are few.
struct PoolLease::Place {
    std::mutex mutex; ///< held while a pool is looked for, made or ended
    std::weak_ptr<Lent> lent;
};

class PoolLease::Lent {
public:
    Lent(Place& place, Connection connection, Pool pool)
        : m_place(place)
        , m_connection(std::move(connection))
        , m_pool(std::move(pool))
    {
    }
    Lent(const Lent&) = delete;
    Lent& operator=(const Lent&) = delete;
    ~Lent()
    {
        const std::lock_guard guard(m_place.mutex);
        virStoragePoolDestroy(m_pool.get()); // forgets it; the files stay
    }

    /// The same pool on another connection to its host.
    Pool on(const Connection& connection) const
    {
        return Pool(
            virStoragePoolLookupByName(connection.get(), virStoragePoolGetName(m_pool.get())));
    }

private:
    Place& m_place;
    Connection m_connection;
    Pool m_pool;
};

PoolLease::Place& PoolLease::placeOf(const Connection& connection, const QString& folder)
{
    static std::mutex mutex;
    static std::map<std::pair<QString, QString>, Place> places;
    const LibvirtString uri(virConnectGetURI(connection.get()));
    const std::lock_guard guard(mutex);
    return places[{ uri ? uri.toString() : QString(), folder }];
}

/// One that is there, or a new one. `lent`: the one that was made, here or before.
Result<Pool> PoolLease::findOrLend(
    const Connection& connection, const QString& folder, std::shared_ptr<Lent>& lent)
{
    Place& place = placeOf(connection, folder);
    const std::lock_guard guard(place.mutex);
    lent = place.lent.lock();
    if (lent) {
        if (Pool pool = lent->on(connection))
            return pool;
        return lastError(folder);
    }
    PoolList pools;
    if (listAllPools(connection, pools, true) < 0)
        return lastError(folder);
    for (virStoragePoolPtr pool : pools) {
        if (folderOfPool(pool) != folder)
            continue;
        virStoragePoolRef(pool);
        return Pool(pool);
    }
    const QString name
        = QStringLiteral("virtdeck-%1").arg(QUuid::createUuid().toString(QUuid::Id128).left(12));
    Pool made(
        virStoragePoolCreateXML(connection.get(), poolXml(name, folder).toUtf8().constData(), 0));
    if (!made)
        return lastError(folder);
    lent = std::make_shared<Lent>(place, connection, made);
    place.lent = lent;
    return made;
}

Result<PoolLease> PoolLease::of(const Connection& connection, const QString& folder)
{
    PoolLease lease;
    lease.m_pool = TRY(findOrLend(connection, folder, lease.m_lent));
    return lease;
}

Result<Volume> PoolLease::volume(const QString& path) const
{
    const QByteArray name = path.section(QLatin1Char('/'), -1).toUtf8();
    Volume volume(virStorageVolLookupByName(m_pool.get(), name.constData()));
    if (!volume) {
        virStoragePoolRefresh(m_pool.get(), 0);
        volume = Volume(virStorageVolLookupByName(m_pool.get(), name.constData()));
    }
    if (!volume)
        return volumeError(path);
    return volume;
}

QString folderOfPool(virStoragePoolPtr pool)
{
    const LibvirtString xml(virStoragePoolGetXMLDesc(pool, 0));
    pugi::xml_document document;
    if (!xml || !document.load_string(xml.toByteArray().constData()))
        return {};
    const pugi::xml_node root = document.child("pool");
    const char* type = root.attribute("type").value();
    const bool isFolder = std::strcmp(type, "dir") == 0 || std::strcmp(type, "fs") == 0
        || std::strcmp(type, "netfs") == 0;
    return isFolder ? QString::fromUtf8(root.child("target").child("path").text().get())
                    : QString();
}

/// libvirt's code for a name that is taken is about machines elsewhere; here it is about a file.
Error volumeError(const QString& path)
{
    Error error = lastError(path);
    if (error.kind == ErrorKind::NotFound)
        error.cause = ErrorCause::ImageMissing;
    else if (error.kind == ErrorKind::AlreadyExists)
        error.cause = ErrorCause::None;
    return error;
}

} // namespace hosts::libvirt
