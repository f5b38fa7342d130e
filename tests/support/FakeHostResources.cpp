// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Storage, networks, devices and migration of a FakeHost.
#include "tests/support/FakeHost.h"

#include <algorithm>

namespace tests {

using hosts::DhcpLease;
using hosts::HostDevice;
using hosts::NetworkInfo;
using hosts::PoolInfo;
using hosts::PoolState;
using hosts::ResourceAction;
using hosts::ResourceKind;
using hosts::VmInfo;
using hosts::VolumeInfo;
using vmm::Bytes;
using vmm::Error;
using vmm::ErrorKind;

namespace {

QString word(const char* latin1)
{
    return QString::fromLatin1(latin1);
}

template <typename List> auto byName(List& list, const QString& name)
{
    return std::find_if(
        list.begin(), list.end(), [&](const auto& each) { return each.name == name; });
}

vmm::Future<void> noSuch(const QString& name)
{
    return vmm::async::failed<void>({ ErrorKind::NotFound, name });
}

VolumeInfo volume(const char* name, const char* format, int gibibytes, const char* backing = "")
{
    return { .name = word(name),
        .pool = word("images"),
        .path = word("/images/") + word(name),
        .format = word(format),
        .capacity = Bytes::fromGiB(static_cast<quint64>(gibibytes)),
        .allocation = Bytes::fromMiB(static_cast<quint64>(gibibytes) * 311),
        .backing = word(backing) };
}

QString nameIn(const QString& xml)
{
    return xml.section(word("<name>"), 1).section(word("</name>"), 0, 0);
}

} // namespace

void FakeHost::seedResources()
{
    m_pools = { { .name = word("archive"),
                    .type = word("netfs"),
                    .state = PoolState::Inaccessible,
                    .isAutostart = true,
                    .target = word("/mnt/archive"),
                    .source = word("nas:/export/archive") },
        { .name = word("images"),
            .type = word("dir"),
            .state = PoolState::Running,
            .isAutostart = true,
            .capacity = Bytes::fromGiB(500),
            .allocation = Bytes::fromGiB(212),
            .available = Bytes::fromGiB(288),
            .target = word("/images") },
        { .name = word("vg0"), .type = word("logical"), .source = word("vg0") } };
    m_volumes[word("images")] = { volume("debian-12.iso", "iso", 1),
        volume("golden.qcow2", "qcow2", 20), volume("spare.img", "raw", 40),
        volume("twin.qcow2", "qcow2", 20, "/images/golden.qcow2") };
    m_networks = {
        { .name = word("default"),
            .mode = word("nat"),
            .bridge = word("virbr0"),
            .addresses
            = { { word("192.168.122.1/24"), word("192.168.122.2"), word("192.168.122.254") } },
            .isActive = true,
            .isAutostart = true },
        { .name = word("lab"), .mode = word("isolated"), .bridge = word("virbr1") },
        { .name = word("office"), .mode = word("bridge"), .bridge = word("br0"), .isActive = true }
    };
    m_leases = { { .network = word("default"),
        .mac = word("52:54:00:12:34:56"),
        .address = word("192.168.122.17/24"),
        .hostName = word("web-01"),
        .expires = QDateTime::currentDateTimeUtc().addSecs(2400) } };
    m_devices = { { .name = word("computer"), .kind = word("system"), .product = word("Server") },
        { .name = word("pci_0000_00_1f_6"),
            .parent = word("computer"),
            .kind = word("pci"),
            .product = word("Ethernet Connection"),
            .vendor = word("Intel Corporation"),
            .driver = word("e1000e"),
            .address = word("0000:00:1f.6"),
            .iommuGroup = 7,
            .ids = { word("0x8086"), word("0x15bc") } },
        { .name = word("net_eno1_aa_bb_cc_dd_ee_ff"),
            .parent = word("pci_0000_00_1f_6"),
            .kind = word("net"),
            .address = word("aa:bb:cc:dd:ee:ff") },
        { .name = word("usb_1_3"),
            .parent = word("computer"),
            .kind = word("usb_device"),
            .product = word("Smart Card Reader"),
            .vendor = word("Example"),
            .address = word("1:3") } };
}

const PoolInfo* FakeHost::pool(const QString& name) const
{
    const auto found = byName(m_pools, name);
    return found == m_pools.end() ? nullptr : &*found;
}

const NetworkInfo* FakeHost::network(const QString& name) const
{
    const auto found = byName(m_networks, name);
    return found == m_networks.end() ? nullptr : &*found;
}

VolumeInfo* FakeHost::findVolume(const QString& pool, const QString& name)
{
    auto& all = m_volumes[pool];
    const auto found = byName(all, name);
    return found == all.end() ? nullptr : &*found;
}

vmm::Future<void> FakeHost::done(ResourceKind kind)
{
    QMetaObject::invokeMethod(
        this, [this, kind] { Q_EMIT resourcesChanged(kind); }, Qt::QueuedConnection);
    return vmm::async::ready<void>({});
}

QString FakeHost::resourceXml(const QString& name, const char* kind) const
{
    return m_resourceXml.value(word(kind) + name,
        word("<%1>\n  <name>%2</name>\n  <folder type='dir'/>\n</%1>\n").arg(word(kind), name));
}

vmm::Result<void> FakeHost::storeXml(
    const char* kind, const QString& name, const QString& xml, const QString& base)
{
    if (!base.isEmpty() && base != resourceXml(name, kind))
        return Error { ErrorKind::Busy, name, word("fake"), vmm::ErrorCause::DefinitionChanged };
    if (!xml.isEmpty())
        m_resourceXml[word(kind) + name] = xml;
    return {};
}

vmm::Future<QVector<PoolInfo>> FakeHost::answer(const hosts::ListPools&)
{
    return vmm::async::ready<QVector<PoolInfo>>(m_pools);
}

vmm::Future<QString> FakeHost::answer(const hosts::GetPoolXml& operation)
{
    return vmm::async::ready<QString>(resourceXml(operation.pool, "pool"));
}

vmm::Future<void> FakeHost::answer(const hosts::DefinePool& operation)
{
    const hosts::NewPool& wanted = operation.pool;
    const QString name = wanted.xml.isEmpty() ? wanted.name : nameIn(wanted.xml);
    if (pool(name) && wanted.xml.isEmpty())
        return vmm::async::failed<void>({ ErrorKind::AlreadyExists, name });
    if (const auto stored = storeXml("pool", name, wanted.xml, operation.base); !stored)
        return vmm::async::failed<void>(stored.error());
    if (!pool(name))
        m_pools.append({ .name = name,
            .type = wanted.type,
            .state = wanted.isStarted ? PoolState::Running : PoolState::Stopped,
            .isAutostart = wanted.isAutostart,
            .capacity = Bytes::fromGiB(100),
            .available = Bytes::fromGiB(100),
            .target = wanted.target });
    return done(ResourceKind::Storage);
}

vmm::Future<void> FakeHost::answer(const hosts::ChangePool& operation)
{
    const auto found = byName(m_pools, operation.pool);
    if (found == m_pools.end())
        return noSuch(operation.pool);
    if (operation.action == ResourceAction::Start)
        found->state = PoolState::Running;
    else if (operation.action == ResourceAction::Stop)
        found->state = PoolState::Stopped;
    else if (operation.action != ResourceAction::Refresh)
        found->isAutostart = operation.action == ResourceAction::EnableAutostart;
    return done(ResourceKind::Storage);
}

vmm::Future<void> FakeHost::answer(const hosts::DeletePool& operation)
{
    const auto found = byName(m_pools, operation.pool);
    if (found == m_pools.end())
        return noSuch(operation.pool);
    m_pools.erase(found);
    m_volumes.remove(operation.pool);
    return done(ResourceKind::Storage);
}

vmm::Future<QVector<VolumeInfo>> FakeHost::answer(const hosts::ListVolumes& operation)
{
    QVector<VolumeInfo> all = m_volumes.value(operation.pool);
    for (VolumeInfo& each : all) {
        for (const VmInfo& vm : std::as_const(m_vms)) {
            if (vm.disks.contains(each.path))
                each.machines << vm.name;
        }
        for (const VolumeInfo& other : std::as_const(all)) {
            if (other.backing == each.path)
                each.dependents << other.path;
        }
    }
    return vmm::async::ready<QVector<VolumeInfo>>(all);
}

vmm::Future<void> FakeHost::answer(const hosts::CreateVolume& operation)
{
    const hosts::NewVolume& wanted = operation.volume;
    if (findVolume(operation.pool, wanted.name))
        return vmm::async::failed<void>({ ErrorKind::AlreadyExists, wanted.name });
    m_volumes[operation.pool].append({ .name = wanted.name,
        .pool = operation.pool,
        .path = word("/images/") + wanted.name,
        .format = wanted.format,
        .capacity = wanted.capacity,
        .allocation = wanted.allocation,
        .backing = wanted.backing });
    return done(ResourceKind::Storage);
}

vmm::Future<void> FakeHost::answer(const hosts::ResizeVolume& operation)
{
    VolumeInfo* found = findVolume(operation.pool, operation.volume);
    if (!found)
        return noSuch(operation.volume);
    found->capacity = operation.capacity;
    return done(ResourceKind::Storage);
}

vmm::Future<void> FakeHost::answer(const hosts::CloneVolume& operation)
{
    const VolumeInfo* found = findVolume(operation.pool, operation.volume);
    if (!found)
        return noSuch(operation.volume);
    VolumeInfo copy = *found;
    copy.name = operation.copy.name;
    copy.pool = operation.targetPool.isEmpty() ? operation.pool : operation.targetPool;
    copy.path = word("/images/") + copy.name;
    copy.backing.clear();
    return job([this, copy]() -> vmm::Result<void> {
        m_volumes[copy.pool].append(copy);
        done(ResourceKind::Storage);
        return {};
    });
}

vmm::Future<void> FakeHost::answer(const hosts::DeleteVolume& operation)
{
    auto& all = m_volumes[operation.pool];
    const auto found = byName(all, operation.volume);
    if (found == all.end())
        return noSuch(operation.volume);
    all.erase(found);
    return done(ResourceKind::Storage);
}

vmm::Future<void> FakeHost::answer(const hosts::UploadVolume& operation)
{
    return job([this, operation]() -> vmm::Result<void> {
        if (!findVolume(operation.pool, operation.volume))
            m_volumes[operation.pool].append({ .name = operation.volume,
                .pool = operation.pool,
                .path = word("/images/") + operation.volume,
                .format = word("raw"),
                .capacity = Bytes::fromMiB(1) });
        done(ResourceKind::Storage);
        return {};
    });
}

vmm::Future<void> FakeHost::answer(const hosts::DownloadVolume& operation)
{
    if (!findVolume(operation.pool, operation.volume))
        return noSuch(operation.volume);
    return job([]() -> vmm::Result<void> { return {}; });
}

vmm::Future<QVector<NetworkInfo>> FakeHost::answer(const hosts::ListNetworks&)
{
    return vmm::async::ready<QVector<NetworkInfo>>(m_networks);
}

vmm::Future<QString> FakeHost::answer(const hosts::GetNetworkXml& operation)
{
    return vmm::async::ready<QString>(resourceXml(operation.network, "network"));
}

vmm::Future<void> FakeHost::answer(const hosts::DefineNetwork& operation)
{
    const hosts::NewNetwork& wanted = operation.network;
    const QString name = wanted.xml.isEmpty() ? wanted.name : nameIn(wanted.xml);
    if (network(name) && wanted.xml.isEmpty())
        return vmm::async::failed<void>({ ErrorKind::AlreadyExists, name });
    if (const auto stored = storeXml("network", name, wanted.xml, operation.base); !stored)
        return vmm::async::failed<void>(stored.error());
    if (!network(name))
        m_networks.append({ .name = name,
            .mode = wanted.mode,
            .bridge = wanted.bridge,
            .addresses = wanted.addresses,
            .isActive = wanted.isStarted,
            .isAutostart = wanted.isAutostart });
    return done(ResourceKind::Networks);
}

vmm::Future<void> FakeHost::answer(const hosts::ChangeNetwork& operation)
{
    const auto found = byName(m_networks, operation.network);
    if (found == m_networks.end())
        return noSuch(operation.network);
    if (operation.action == ResourceAction::Start || operation.action == ResourceAction::Stop)
        found->isActive = operation.action == ResourceAction::Start;
    else
        found->isAutostart = operation.action == ResourceAction::EnableAutostart;
    return done(ResourceKind::Networks);
}

vmm::Future<void> FakeHost::answer(const hosts::DeleteNetwork& operation)
{
    const auto found = byName(m_networks, operation.network);
    if (found == m_networks.end())
        return noSuch(operation.network);
    m_networks.erase(found);
    return done(ResourceKind::Networks);
}

vmm::Future<QVector<DhcpLease>> FakeHost::answer(const hosts::ListLeases& operation)
{
    QVector<DhcpLease> found;
    for (const DhcpLease& lease : std::as_const(m_leases)) {
        if (lease.network == operation.network)
            found.append(lease);
    }
    return vmm::async::ready<QVector<DhcpLease>>(found);
}

vmm::Future<QVector<HostDevice>> FakeHost::answer(const hosts::ListHostDevices&)
{
    return vmm::async::ready<QVector<HostDevice>>(m_devices);
}

vmm::Future<QVector<hosts::MigrationObstacle>> FakeHost::answer(const hosts::CheckMigration&)
{
    return vmm::async::ready<QVector<hosts::MigrationObstacle>>(m_obstacles);
}

vmm::Future<void> FakeHost::answer(const hosts::MigrateMachine& operation)
{
    m_migrating.insert(operation.vm);
    const auto moved = job([this, operation]() -> vmm::Result<void> {
        if (!operation.request.isKept)
            removeVm(operation.vm);
        return {};
    });
    vmm::async::onFinished(
        moved, this, [this, vm = operation.vm](const auto&) { m_migrating.remove(vm); });
    return moved;
}

vmm::Future<hosts::MigrationProgress> FakeHost::answer(const hosts::GetMigrationProgress& operation)
{
    if (!m_migrating.contains(operation.vm))
        return vmm::async::ready<hosts::MigrationProgress>(hosts::MigrationProgress {});
    const hosts::MigrationProgress progress { .isActive = true,
        .elapsedMs = 12'000,
        .total = Bytes::fromGiB(8),
        .remaining = Bytes::fromGiB(3),
        .rate = Bytes::fromMiB(400),
        .dirtyRate = Bytes::fromMiB(90),
        .rounds = 2,
        .downtimeMs = 180 };
    return vmm::async::ready<hosts::MigrationProgress>(progress);
}

vmm::Future<void> FakeHost::answer(const hosts::SwitchToPostCopy& operation)
{
    if (!m_migrating.contains(operation.vm))
        return vmm::async::failed<void>({ ErrorKind::WrongState, m_vms[operation.vm].name,
            QStringLiteral("it is not being moved") });
    return vmm::async::ready<void>({});
}

} // namespace tests
