// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/HostNetworks.h"

#include "hosts/libvirt/Errors.h"
#include "hosts/libvirt/NetworkXml.h"
#include "hosts/libvirt/Overlapped.h"
#include "hosts/libvirt/ResourceHandles.h"

#include <algorithm>

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::Result;

namespace {

Error networkError(const QString& name)
{
    Error error = lastError(name);
    if (error.cause == ErrorCause::NameInUse)
        error.cause = ErrorCause::None;
    return error;
}

Result<Network> findNetwork(const Connection& connection, const QString& name)
{
    Network network(virNetworkLookupByName(connection.get(), name.toUtf8().constData()));
    if (!network)
        return lastError(name);
    return network;
}

/// Of the running machines in it; empty where libvirt or the driver has no ports.
QVector<NetworkPort> portsOf(virNetworkPtr network)
{
    NetworkPortList ports;
    ports.setCount(virNetworkListAllPorts(network, ports.out(), 0));
    QVector<NetworkPort> found;
    for (virNetworkPortPtr port : ports) {
        const LibvirtString xml(virNetworkPortGetXMLDesc(port, 0));
        if (xml)
            found.append(parsePort(xml.toByteArray()));
    }
    return found;
}

QStringList ownersOf(virNetworkPtr network)
{
    QStringList names;
    for (const NetworkPort& port : portsOf(network)) {
        if (!port.machine.isEmpty())
            names.append(port.machine);
    }
    names.removeDuplicates();
    names.sort();
    return names;
}

NetworkInfo readNetwork(virNetworkPtr network)
{
    const LibvirtString xml(virNetworkGetXMLDesc(network, 0));
    if (!xml)
        return {}; // gone meanwhile
    NetworkInfo info = parseNetwork(xml.toByteArray());
    info.isActive = virNetworkIsActive(network) == 1;
    info.isPersistent = virNetworkIsPersistent(network) == 1;
    int autostart = 0;
    info.isAutostart = virNetworkGetAutostart(network, &autostart) == 0 && autostart != 0;
    if (info.isActive)
        info.machines = ownersOf(network);
    return info;
}

Result<void> bringUp(virNetworkPtr network, const QString& name, const NewNetwork& wanted)
{
    if (wanted.isStarted && virNetworkIsActive(network) == 0 && virNetworkCreate(network) < 0)
        return networkError(name);
    if (wanted.isAutostart && virNetworkSetAutostart(network, 1) < 0)
        return networkError(name);
    return {};
}

void addDevice(const QString& parent, const QHash<QString, QVector<HostDevice>>& below,
    QVector<HostDevice>& ordered, int depth)
{
    constexpr int kDeepest = 64;
    if (depth > kDeepest)
        return;
    for (const HostDevice& device : below.value(parent)) {
        ordered.append(device);
        addDevice(device.name, below, ordered, depth + 1);
    }
}

/// Somebody else may have stored another definition since this one was read.
Result<void> checkBase(const Connection& connection, const QString& base)
{
    if (base.isEmpty())
        return {};
    const QString name = parseNetwork(base.toUtf8()).name;
    if (TRY(readNetworkXml(connection, name)) == base)
        return {};
    return definitionChanged(name);
}

} // namespace

Result<QVector<NetworkInfo>> listNetworks(const Connection& connection, int width)
{
    NetworkList networks;
    const int count = virConnectListAllNetworks(connection.get(), networks.out(), 0);
    if (count < 0)
        return lastError({});
    networks.setCount(count);
    return readByName(networks, width, readNetwork);
}

Result<QString> readNetworkXml(const Connection& connection, const QString& name)
{
    const Network network = TRY(findNetwork(connection, name));
    const bool isStored = virNetworkIsPersistent(network.get()) == 1;
    const LibvirtString xml(
        virNetworkGetXMLDesc(network.get(), isStored ? VIR_NETWORK_XML_INACTIVE : 0));
    if (!xml)
        return lastError(name);
    return xml.toString();
}

Result<void> defineNetwork(const Connection& connection, const DefineNetwork& operation)
{
    const NewNetwork& wanted = operation.network;
    const QByteArray xml = TRY(networkXml(wanted));
    TRY(checkBase(connection, operation.base));
    const QString name = wanted.xml.isEmpty() ? wanted.name : parseNetwork(xml).name;
    const Network before(virNetworkLookupByName(connection.get(), name.toUtf8().constData()));
    if (before && wanted.xml.isEmpty())
        return Error { ErrorKind::AlreadyExists, name,
            QStringLiteral("there is a network with this name") };
    const Network network(virNetworkDefineXML(connection.get(), xml.constData()));
    if (!network)
        return networkError(name);
    const Result<void> isUp = bringUp(network.get(), name, wanted);
    if (!isUp && !before) {
        virNetworkDestroy(network.get());
        virNetworkUndefine(network.get());
    }
    return isUp;
}

Result<void> changeNetwork(const Connection& connection, const ChangeNetwork& operation)
{
    const Network network = TRY(findNetwork(connection, operation.network));
    int done = -1;
    switch (operation.action) {
    case ResourceAction::Start:
        done = virNetworkCreate(network.get());
        break;
    case ResourceAction::Stop:
        done = virNetworkDestroy(network.get());
        break;
    case ResourceAction::EnableAutostart:
        done = virNetworkSetAutostart(network.get(), 1);
        break;
    case ResourceAction::DisableAutostart:
        done = virNetworkSetAutostart(network.get(), 0);
        break;
    case ResourceAction::Refresh:
        return {}; // there is nothing that could be out of date
    }
    if (done < 0)
        return networkError(operation.network);
    return {};
}

Result<void> deleteNetwork(const Connection& connection, const QString& name)
{
    const Network network = TRY(findNetwork(connection, name));
    const bool isStored = virNetworkIsPersistent(network.get()) == 1;
    if (virNetworkIsActive(network.get()) == 1 && virNetworkDestroy(network.get()) < 0)
        return networkError(name);
    if (isStored && virNetworkUndefine(network.get()) < 0)
        return networkError(name);
    return {};
}

Result<QVector<DhcpLease>> listLeases(const Connection& connection, const QString& name)
{
    const Network network = TRY(findNetwork(connection, name));
    Leases leases;
    const int count = virNetworkGetDHCPLeases(network.get(), nullptr, leases.out(), 0);
    if (count < 0)
        return networkError(name);
    leases.setCount(count);
    QHash<QString, QString> machines;
    for (const NetworkPort& port : portsOf(network.get()))
        machines.insert(port.mac, port.machine);
    QVector<DhcpLease> found;
    for (virNetworkDHCPLeasePtr lease : leases)
        found.append({ .network = name,
            .mac = QString::fromUtf8(lease->mac),
            .address
            = QString::fromUtf8(lease->ipaddr) + QLatin1Char('/') + QString::number(lease->prefix),
            .hostName = QString::fromUtf8(lease->hostname),
            .expires = lease->expirytime > 0
                ? QDateTime::fromSecsSinceEpoch(lease->expirytime, Qt::UTC)
                : QDateTime(),
            .machine = machines.value(QString::fromUtf8(lease->mac)) });
    return found;
}

Result<QVector<HostDevice>> listHostDevices(const Connection& connection, int width)
{
    NodeDeviceList devices;
    const int count = virConnectListAllNodeDevices(connection.get(), devices.out(), 0);
    if (count < 0)
        return lastError({});
    devices.setCount(count);
    const QVector<HostDevice> found = readByName(devices, width, [](virNodeDevicePtr device) {
        const LibvirtString xml(virNodeDeviceGetXMLDesc(device, 0));
        return xml ? parseDevice(xml.toByteArray()) : HostDevice {};
    });
    QSet<QString> names;
    for (const HostDevice& device : found)
        names.insert(device.name);
    QHash<QString, QVector<HostDevice>> below;
    for (const HostDevice& device : found)
        below[names.contains(device.parent) ? device.parent : QString()].append(device);
    QVector<HostDevice> ordered;
    addDevice({}, below, ordered, 0);
    return ordered;
}

} // namespace hosts::libvirt
