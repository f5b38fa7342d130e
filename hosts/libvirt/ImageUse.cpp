// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/ImageUse.h"

#include "hosts/HostUri.h"
#include "hosts/libvirt/DomainReader.h"
#include "hosts/libvirt/Errors.h"
#include "hosts/libvirt/Overlapped.h"
#include "hosts/libvirt/PoolLease.h"
#include "hosts/libvirt/PoolXml.h"
#include "hosts/libvirt/ResourceLists.h"
#include "hosts/libvirt/SnapshotXml.h"
#include "hosts/libvirt/Volumes.h"
#include "hosts/libvirt/XmlText.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>

#include <vector>

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::Result;

/// A disk of a definition: its image, and what is below as far as the XML tells.
struct DiskImages {
    QString target {};
    QStringList chain {}; ///< paths, the disk's own image first
    QString pool {}; ///< instead of a path
    QString volume {};
    bool isLayered = false; ///< its format can stand on something
};

struct MachineImages {
    VmId id {};
    QString name {};
    bool isRunning = false; ///< then libvirt tells what its disks stand on
    QVector<DiskImages> disks {};
};

namespace {

QString pathIn(pugi::xml_node source)
{
    for (const char* name : { "file", "dev", "name" }) { // the last one of network disks
        if (const QString path = attributeOf(source, name); !path.isEmpty())
            return path;
    }
    return {};
}

void readChain(pugi::xml_node layer, QStringList& chain)
{
    for (; layer; layer = layer.child("backingStore")) {
        if (const QString path = pathIn(layer.child("source")); !path.isEmpty())
            chain.append(path);
    }
}

DiskImages readDisk(pugi::xml_node disk)
{
    const pugi::xml_node source = disk.child("source");
    DiskImages images { .target = attributeOf(disk.child("target"), "dev"),
        .pool = attributeOf(source, "pool"),
        .volume = attributeOf(source, "volume"),
        .isLayered = attributeOf(disk.child("driver"), "type") != QStringLiteral("raw") };
    readChain(disk, images.chain);
    return images;
}

QVector<DiskImages> readDisks(const QByteArray& domainXml)
{
    pugi::xml_document document;
    QVector<DiskImages> disks;
    if (!loadXml(document, domainXml))
        return disks;
    const pugi::xml_node domain = document.child("domain");
    for (const pugi::xml_node disk : domain.child("devices").children("disk")) {
        disks.append(readDisk(disk));
        // Where a copy that is under way goes.
        if (const QString mirror = pathIn(disk.child("mirror").child("source")); !mirror.isEmpty())
            disks.append({ .target = disks.last().target, .chain = { mirror } });
    }
    if (const QString variables = contentOf(domain.child("os").child("nvram"));
        !variables.isEmpty())
        disks.append({ .target = QStringLiteral("nvram"), .chain = { variables } });
    return disks;
}

/// The disks that it is stored with, that it runs with, and that its snapshots keep.
MachineImages readMachine(virDomainPtr domain)
{
    MachineImages machine { .id = idOf(domain),
        .name = QString::fromUtf8(virDomainGetName(domain)),
        .isRunning = virDomainIsActive(domain) == 1 };
    const LibvirtString stored(virDomainGetXMLDesc(domain, VIR_DOMAIN_XML_INACTIVE));
    if (stored)
        machine.disks += readDisks(stored.toByteArray());
    if (machine.isRunning) {
        if (const LibvirtString running(virDomainGetXMLDesc(domain, 0)); running)
            machine.disks += readDisks(running.toByteArray());
    }
    DomainSnapshotList snapshots;
    snapshots.setCount(virDomainListAllSnapshots(domain, snapshots.out(), 0));
    for (virDomainSnapshotPtr snapshot : snapshots) {
        const LibvirtString xml(virDomainSnapshotGetXMLDesc(snapshot, 0));
        const auto record
            = xml ? parseSnapshot(xml.toByteArray()) : Result<SnapshotRecord>(Error {});
        if (!record || !record->isExternal())
            continue;
        for (const SnapshotDisk& disk : record->disks)
            machine.disks.append({ .target = disk.target, .chain = { disk.path } });
    }
    return machine;
}

/// Where symbolic links lead to. A libvirtd that sees other files than we do is served no worse
/// than without: at most two images are taken for one.
QString followed(const QString& path)
{
    const QFileInfo file(path);
    if (const QString real = file.canonicalFilePath(); !real.isEmpty())
        return real;
    const QString folder = QFileInfo(file.path()).canonicalFilePath();
    return QDir::cleanPath(folder.isEmpty() ? path : folder + QLatin1Char('/') + file.fileName());
}

bool isHere(const Connection& connection)
{
    const LibvirtString text(virConnectGetURI(connection.get()));
    const auto uri = HostUri::parse(text ? text.toString() : QString());
    return uri.has_value() && uri->isLocal();
}

} // namespace

/// One look at all of a host.
class ImageUseReader {
public:
    ImageUseReader(const Connection& connection, int width)
        : m_connection(connection)
        , m_width(width)
    {
        m_use.m_isHere = isHere(connection);
    }

    Result<ImageUse> read(const QStringList& paths)
    {
        TRY(readMachines());
        PoolList pools;
        if (listAllPools(m_connection, pools) < 0)
            return lastError({});
        readPools(pools);
        readFolders(paths);
        for (const MachineImages& machine : m_machines) {
            for (const DiskImages& disk : machine.disks)
                addDisk(machine, disk);
        }
        return m_use;
    }

private:
    Result<void> readMachines()
    {
        DomainList domains;
        const int count = virConnectListAllDomains(m_connection.get(), domains.out(), 0);
        if (count < 0)
            return lastError({});
        domains.setCount(count);
        m_machines.resize(static_cast<size_t>(count));
        overlapped(count, m_width,
            [&](int i) { m_machines[static_cast<size_t>(i)] = readMachine(domains.begin()[i]); });
        return {};
    }

    void readPools(const PoolList& pools)
    {
        std::vector<QString> folders(static_cast<size_t>(pools.count()));
        std::vector<char> active(static_cast<size_t>(pools.count()));
        overlapped(pools.count(), m_width, [&](int i) {
            virStoragePoolPtr pool = pools.begin()[i];
            const auto at = static_cast<size_t>(i);
            active[at] = virStoragePoolIsActive(pool) == 1;
            folders[at] = active[at] != 0 ? folderOfPool(pool) : QString();
            // What QEMU has made is not known otherwise; other pools hold no overlays of QEMU's.
            if (!folders[at].isEmpty())
                virStoragePoolRefresh(pool, 0);
        });
        for (int i = 0; i < pools.count(); ++i) {
            const QString name = QString::fromUtf8(virStoragePoolGetName(pools.begin()[i]));
            if (active[static_cast<size_t>(i)] == 0) {
                m_stopped.insert(name);
                continue;
            }
            if (const auto done = readVolumes(pools.begin()[i], name))
                m_folders.insert(m_use.normal(folders[static_cast<size_t>(i)]));
            else if (done.error().kind
                != ErrorKind::NotFound) // made for a moment, by somebody else
                m_use.m_unresolved.append({ .path
                    = QStringLiteral("perhaps volumes of the pool %1, which can't be listed")
                          .arg(name) });
        }
    }

    Result<void> readVolumes(virStoragePoolPtr pool, const QString& name)
    {
        VolumeList volumes;
        if (listAllVolumes(pool, volumes) < 0)
            return lastError(name);
        std::vector<VolumeInfo> found(static_cast<size_t>(volumes.count()));
        overlapped(volumes.count(), m_width, [&](int i) {
            const LibvirtString xml(virStorageVolGetXMLDesc(volumes.begin()[i], 0));
            if (xml) // else deleted a moment ago
                found[static_cast<size_t>(i)] = parseVolume(xml.toByteArray());
        });
        for (const VolumeInfo& volume : found) {
            m_volumes.insert({ name, volume.name }, volume.path);
            m_use.addLayer(volume.path, volume.backing);
        }
        return {};
    }

    /// Folders without a pool that matter: where the images are that are asked about, and the disks
    /// of machines that are off, of which nobody else tells what they stand on.
    void readFolders(const QStringList& paths)
    {
        QSet<QString> folders;
        for (const QString& path : paths)
            folders.insert(m_use.normal(folderOf(path)));
        for (const MachineImages& machine : m_machines) {
            for (const DiskImages& disk : machine.disks) {
                if (disk.chain.size() == 1 && disk.isLayered && !machine.isRunning)
                    folders.insert(m_use.normal(folderOf(disk.chain.first())));
            }
        }
        for (const QString& folder : std::as_const(folders)) {
            const bool isFolder = folder.startsWith(QLatin1Char('/'))
                && !QString(folder + QLatin1Char('/')).startsWith(QStringLiteral("/dev/"));
            if (!isFolder || m_folders.contains(folder))
                continue;
            const auto lease = PoolLease::of(m_connection, folder);
            if (!lease)
                continue; // no such folder: there is no image in it
            virStoragePoolRefresh(lease->get(), 0);
            (void)readVolumes(lease->get(), {});
        }
    }

    void addDisk(const MachineImages& machine, const DiskImages& disk)
    {
        const auto add = [&](const QString& path) {
            if (!path.isEmpty())
                m_use.m_users.insert(
                    m_use.normal(path), { .vm = machine.id, .name = machine.name });
        };
        for (qsizetype i = 0; i < disk.chain.size(); ++i) {
            add(disk.chain[i]);
            if (i > 0)
                m_use.addLayer(disk.chain[i - 1], disk.chain[i]);
        }
        if (disk.volume.isEmpty())
            return;
        add(m_volumes.value({ disk.pool, disk.volume }));
        if (m_stopped.contains(disk.pool))
            m_use.m_unresolved.append({ .vm = machine.id,
                .name = machine.name,
                .path
                = QStringLiteral("perhaps %1, whose disk %2 is in the pool %3, which is stopped")
                      .arg(machine.name, disk.target, disk.pool) });
    }

    const Connection& m_connection;
    int m_width;
    std::vector<MachineImages> m_machines;
    QHash<QPair<QString, QString>, QString> m_volumes; ///< paths by pool and name
    QSet<QString> m_folders; ///< of pools
    QSet<QString> m_stopped; ///< pools
    ImageUse m_use;
};

Result<ImageUse> ImageUse::read(const Connection& connection, const QStringList& paths, int width)
{
    return ImageUseReader(connection, width).read(paths);
}

QString ImageUse::normal(const QString& path) const
{
    if (!path.startsWith(QLatin1Char('/')))
        return path;
    return m_isHere ? followed(path) : QDir::cleanPath(path);
}

void ImageUse::addLayer(const QString& above, const QString& below)
{
    if (above.isEmpty() || below.isEmpty())
        return;
    QStringList& images = m_above[normal(below)];
    if (const QString path = normal(above); !images.contains(path))
        images.append(path);
}

QStringList ImageUse::machines(const QString& path, VmId except) const
{
    QStringList found;
    QStringList images { normal(path) };
    for (qsizetype i = 0; i < images.size(); ++i) {
        const auto users = m_users.equal_range(images[i]);
        for (auto user = users.first; user != users.second; ++user) {
            if (user->vm != except && !found.contains(user->name))
                found.append(user->name);
        }
        for (const QString& above : m_above.value(images[i])) {
            if (!images.contains(above))
                images.append(above);
        }
    }
    return found;
}

QStringList ImageUse::imagesOn(const QString& path) const
{
    return m_above.value(normal(path));
}

QStringList ImageUse::needs(const QString& path, VmId except) const
{
    return machines(path, except) + imagesOn(path);
}

QStringList ImageUse::unresolved(VmId except) const
{
    QStringList words;
    for (const User& user : m_unresolved) {
        const bool isOther = except.isNull() || user.vm != except;
        if (isOther && !words.contains(user.path))
            words.append(user.path);
    }
    return words;
}

Result<void> ImageUse::checkNeedless(const QString& path, VmId except) const
{
    const QStringList all = needs(path, except) + unresolved(except);
    if (all.isEmpty())
        return {};
    return Error { ErrorKind::Busy, path, all.join(QStringLiteral(", ")), ErrorCause::ImageNeeded };
}

} // namespace hosts::libvirt
