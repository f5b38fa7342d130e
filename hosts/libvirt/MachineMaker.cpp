// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/MachineMaker.h"

#include "hosts/libvirt/DomainActions.h"
#include "hosts/libvirt/Errors.h"
#include "hosts/libvirt/HostFacts.h"
#include "hosts/libvirt/PoolLease.h"
#include "hosts/libvirt/ResourceLists.h"
#include "vmm/definition/MachineBuilder.h"

#include <cstring>

#include <pugixml.hpp>

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorKind;
using vmm::Result;

namespace {

/// The active pool that new disks go into, and its folder on the host.
struct DiskPool {
    Pool pool {};
    QString folder {};
};

Result<DiskPool> poolNamed(const Connection& connection, const QString& name)
{
    Pool pool(virStoragePoolLookupByName(connection.get(), name.toUtf8().constData()));
    if (!pool)
        return lastError(name);
    if (virStoragePoolIsActive(pool.get()) != 1)
        return Error { ErrorKind::WrongState, name,
            QStringLiteral("the storage pool does not run") };
    const QString folder = folderOfPool(pool.get());
    if (folder.isEmpty())
        return Error { ErrorKind::HostLacksFeature, name,
            QStringLiteral("a disk image can't be made in a storage pool that holds no files") };
    return DiskPool { std::move(pool), folder };
}

Result<DiskPool> findPool(const Connection& connection)
{
    PoolList pools;
    if (listAllPools(connection, pools, true) < 0)
        return lastError({});
    DiskPool best;
    for (virStoragePoolPtr pool : pools) {
        const QString folder = folderOfPool(pool);
        const bool isDefault = std::strcmp(virStoragePoolGetName(pool), "default") == 0;
        if (folder.isEmpty() || (best.pool && !isDefault))
            continue;
        virStoragePoolRef(pool);
        best = { Pool(pool), folder };
    }
    if (!best.pool)
        return Error { ErrorKind::HostLacksFeature, {},
            QStringLiteral("the host has no active storage pool to make a disk in") };
    return best;
}

Result<Volume> createDisk(const DiskPool& pool, const QString& name, vmm::Bytes size)
{
    // Both at once: a name may hold "%2".
    const QString xml = QStringLiteral("<volume><name>%1</name><capacity unit='bytes'>%2</capacity>"
                                       "<target><format type='qcow2'/></target></volume>")
                            .arg(name.toHtmlEscaped(), QString::number(size.count()));
    Volume volume(virStorageVolCreateXML(pool.pool.get(), xml.toUtf8().constData(), 0));
    if (!volume) {
        Error error = lastError(pool.folder + QLatin1Char('/') + name);
        error.cause = error.kind == ErrorKind::AlreadyExists ? vmm::ErrorCause::None : error.cause;
        return error;
    }
    return volume;
}

/// What the host's storage knows of an image; "raw" is never assumed for one that has another form.
QString imageFormat(const Connection& connection, const QString& path)
{
    const Volume volume(virStorageVolLookupByPath(connection.get(), path.toUtf8().constData()));
    pugi::xml_document document;
    if (volume) {
        const LibvirtString xml(virStorageVolGetXMLDesc(volume.get(), 0));
        if (xml && document.load_string(xml.toByteArray().constData())) {
            const char* format = document.child("volume")
                                     .child("target")
                                     .child("format")
                                     .attribute("type")
                                     .value();
            if (*format != '\0')
                return QString::fromLatin1(format);
        }
    }
    const bool isRaw
        = path.endsWith(QStringLiteral(".raw")) || path.endsWith(QStringLiteral(".img"));
    return isRaw ? QStringLiteral("raw") : QStringLiteral("qcow2");
}

Result<void> checkNetwork(const Connection& connection, const QString& name)
{
    if (name.isEmpty())
        return {};
    const Network network(virNetworkLookupByName(connection.get(), name.toUtf8().constData()));
    if (!network)
        return lastError(name);
    return {};
}

bool hasNetwork(const Connection& connection, const QString& name)
{
    const Network network(virNetworkLookupByName(connection.get(), name.toUtf8().constData()));
    return network && virNetworkIsActive(network.get()) == 1;
}

vmm::BuildDefaults defaultsOf(const Connection& connection, const vmm::NewMachine& machine)
{
    vmm::BuildDefaults defaults;
    const GuestDefaults guest = readGuestDefaults(connection);
    if (!guest.domainType.isEmpty())
        defaults.domainType = guest.domainType;
    if (!guest.architecture.isEmpty())
        defaults.architecture = guest.architecture;
    defaults.emulator = guest.emulator;
    defaults.spiceListen = QStringLiteral("address"); // which one is the host's to say
    if (hasNetwork(connection, defaults.networkName))
        defaults.networkType = QStringLiteral("network");
    if (!machine.diskImage.isEmpty())
        defaults.diskImageFormat = imageFormat(connection, machine.diskImage);
    return defaults;
}

} // namespace

Result<VmId> makeMachine(const Connection& connection, const vmm::NewMachine& machine)
{
    vmm::BuildDefaults defaults = defaultsOf(connection, machine);
    const bool wantsDisk = machine.newDisk != vmm::Bytes();
    DiskPool pool;
    const QString diskName = machine.name + QStringLiteral(".qcow2");
    if (wantsDisk) {
        pool = TRY(
            machine.pool.isEmpty() ? findPool(connection) : poolNamed(connection, machine.pool));
        defaults.newDiskPath = pool.folder + QLatin1Char('/') + diskName;
    }
    const vmm::Definition definition = TRY(vmm::buildDefinition(machine, defaults));
    TRY(checkNameIsFree(connection, definition.name(), definition.uuid()));
    for (const auto& card : definition.devices<vmm::NetworkInterface>())
        TRY(checkNetwork(connection, card.sourceNetwork));
    Volume disk;
    if (wantsDisk)
        disk = TRY(createDisk(pool, diskName, machine.newDisk));
    const auto defined = defineDomain(connection, definition.toXml());
    if (!defined.has_value() && disk)
        virStorageVolDelete(disk.get(), 0); // made by us a moment ago, used by nobody
    return defined;
}

} // namespace hosts::libvirt
