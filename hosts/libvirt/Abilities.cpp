// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/Abilities.h"

#include "hosts/libvirt/Errors.h"
#include "hosts/libvirt/OperationHandles.h"
#include "hosts/libvirt/Overlapped.h"
#include "hosts/libvirt/ResourceLists.h"

#include <cstring>
#include <functional>
#include <iterator>
#include <optional>

namespace hosts::libvirt {

namespace {

/// No driver knows it; those that have the call refuse it first.
constexpr unsigned int kNoSuchFlag = 1u << 31;

bool saysNoSupport(int answer)
{
    const virErrorPtr last = answer < 0 ? virGetLastError() : nullptr;
    return last != nullptr && last->code == VIR_ERR_NO_SUPPORT;
}

struct Probe {
    Feature feature;
    int (*call)(virDomainPtr domain);
    bool isForAll = false; ///< would do nothing to a machine that runs, were it not refused
};

const Probe kProbes[] = {
    { Feature::Snapshots, [](virDomainPtr vm) { return virDomainSnapshotNum(vm, 0); }, true },
    { Feature::Checkpoints,
        [](virDomainPtr vm) { return virDomainListAllCheckpoints(vm, nullptr, kNoSuchFlag); },
        true },
    { Feature::Backup,
        [](virDomainPtr vm) { return virDomainBackupBegin(vm, "<probe/>", nullptr, kNoSuchFlag); },
        true },
    { Feature::Save, [](virDomainPtr vm) { return virDomainManagedSave(vm, kNoSuchFlag); } },
    { Feature::Autostart,
        [](virDomainPtr vm) {
            int isOn = 0;
            return virDomainGetAutostart(vm, &isOn);
        },
        true },
    { Feature::Rename, [](virDomainPtr vm) { return virDomainRename(vm, "probe", kNoSuchFlag); } },
    { Feature::Notes,
        [](virDomainPtr vm) {
            return virDomainSetMetadata(
                vm, VIR_DOMAIN_METADATA_TITLE, nullptr, nullptr, nullptr, kNoSuchFlag);
        } },
    { Feature::HotPlug,
        [](virDomainPtr vm) { return virDomainAttachDeviceFlags(vm, "<probe/>", kNoSuchFlag); },
        true },
    { Feature::Balloon,
        [](virDomainPtr vm) { return virDomainSetMemoryFlags(vm, 1024, kNoSuchFlag); } },
    { Feature::VcpuHotPlug,
        [](virDomainPtr vm) { return virDomainSetVcpusFlags(vm, 1, kNoSuchFlag); } },
    { Feature::ResizeDisk,
        [](virDomainPtr vm) { return virDomainBlockResize(vm, "probe", 0, kNoSuchFlag); }, true },
    { Feature::GuestAgent,
        [](virDomainPtr vm) {
            TypedParameters none;
            return virDomainGetGuestInfo(vm, 0, none.out(), none.outCount(), kNoSuchFlag);
        } },
    { Feature::SendKeys,
        [](virDomainPtr vm) {
            unsigned int shift = 42;
            return virDomainSendKey(vm, VIR_KEYCODE_SET_LINUX, 0, &shift, 1, kNoSuchFlag);
        } },
    { Feature::InjectNmi, [](virDomainPtr vm) { return virDomainInjectNMI(vm, kNoSuchFlag); } },
    { Feature::Reset, [](virDomainPtr vm) { return virDomainReset(vm, kNoSuchFlag); } },
    { Feature::Reboot, [](virDomainPtr vm) { return virDomainReboot(vm, kNoSuchFlag); } },
    { Feature::DumpMemory,
        [](virDomainPtr vm) {
            return virDomainCoreDumpWithFormat(
                vm, "/probe", VIR_DOMAIN_CORE_DUMP_FORMAT_RAW, kNoSuchFlag);
        } },
};

Domain someDomain(const Connection& connection, unsigned int which)
{
    DomainList domains;
    domains.setCount(virConnectListAllDomains(connection.get(), domains.out(), which));
    return domains.count() > 0 ? shareDomain(*domains.begin()) : Domain();
}

QHash<Feature, QString> probe(const Connection& connection, int width)
{
    QHash<Feature, QString> missing;
    const Domain off = someDomain(connection, VIR_CONNECT_LIST_DOMAINS_INACTIVE);
    const Domain vm = off ? off : someDomain(connection, VIR_CONNECT_LIST_DOMAINS_ACTIVE);
    if (!vm)
        return missing;
    std::optional<QString> reasons[std::size(kProbes)];
    overlapped(static_cast<int>(std::size(kProbes)), width, [&](int i) {
        if ((off || kProbes[i].isForAll) && saysNoSupport(kProbes[i].call(vm.get())))
            reasons[i] = lackReason(lastError({}));
    });
    for (size_t i = 0; i < std::size(kProbes); ++i) {
        if (reasons[i])
            missing.insert(kProbes[i].feature, *reasons[i]);
    }
    return missing;
}

/// What no libvirt host has, whatever its driver.
QHash<Feature, QString> neverOffered()
{
    return {
        { Feature::Trash, QStringLiteral("libvirt keeps nothing of a machine that was removed.") },
        { Feature::InstantClone,
            QStringLiteral("libvirt can't share the memory of a running machine with another.") },
        { Feature::Images,
            QStringLiteral("libvirt knows images as volumes of its storage pools only.") },
    };
}

bool isOfType(const Connection& connection, const char* type)
{
    const char* own = virConnectGetType(connection.get());
    return own != nullptr && std::strcmp(own, type) == 0;
}

/// Of VMware: what its driver has in some form, but not in the one that is needed, and what it
/// would only tell when it is asked for.
QHash<Feature, QString> notOfferedByVmware()
{
    QHash<Feature, QString> missing;
    for (const Feature feature :
        { Feature::Define, Feature::Create, Feature::CreateDisk, Feature::Clone })
        missing.insert(feature,
            QStringLiteral("libvirt can't store the definitions that VirtDeck makes on VMware "
                           "hosts; make machines with VMware's own tools."));
    for (const Feature feature :
        { Feature::ChangePools, Feature::CreateVolumes, Feature::ResizeVolumes })
        missing.insert(feature,
            QStringLiteral("VMware's datastores and disks are changed with its own tools."));
    for (const Feature feature : { Feature::Balloon, Feature::VcpuHotPlug })
        missing.insert(feature,
            QStringLiteral("What a machine of a VMware host has is changed with VMware's own "
                           "tools."));
    missing.insert(Feature::RemoveStorage,
        QStringLiteral("libvirt does not know which files of a datastore are a machine's own."));
    missing.insert(Feature::Migration,
        QStringLiteral("The libvirt driver of VMware hosts moves no machines to other hosts."));
    missing.insert(Feature::HostDevices,
        QStringLiteral("The libvirt driver of VMware hosts lists no devices."));
    missing.insert(Feature::LoadDetail,
        QStringLiteral("VMware hosts tell figures of whole machines, every 20 seconds."));
    missing.insert(Feature::PendingDefinition,
        QStringLiteral("A machine of a VMware host has one definition, whether it runs or not."));
    return missing;
}

/// Of containers.
QHash<Feature, QString> notOfferedByLxc()
{
    QHash<Feature, QString> missing;
    for (const Feature feature : { Feature::Create, Feature::CreateDisk })
        missing.insert(feature,
            QStringLiteral("VirtDeck makes virtual machines; a container is made with the tools of "
                           "its system."));
    return missing;
}

} // namespace

bool isLack(const vmm::Error& error)
{
    return error.kind == vmm::ErrorKind::HostLacksFeature
        && error.detail.contains(QStringLiteral("not supported by the connection driver"));
}

QString lackReason(const vmm::Error& error)
{
    return QStringLiteral("The libvirt driver of this host does not have it (%1).")
        .arg(error.detail);
}

QHash<Feature, QString> readMissing(const Connection& connection, int width)
{
    QHash<Feature, QString> missing = neverOffered();
    std::optional<QString> lacksPools;
    const std::function<void()> questions[] = {
        [&] { missing.insert(probe(connection, width)); },
        [&] {
            PoolList pools;
            if (saysNoSupport(listAllPools(connection, pools)))
                lacksPools = lackReason(lastError({}));
        },
    };
    overlapped(2, 2, [&](int i) { questions[i](); });
    if (lacksPools) {
        for (const Feature feature : { Feature::Clone, Feature::RemoveStorage })
            missing.insert(feature, *lacksPools);
    }
    // Overlays and merges are QEMU's.
    if (missing.contains(Feature::Snapshots))
        missing.insert(Feature::ExternalSnapshots, missing.value(Feature::Snapshots));
    else if (!isOfType(connection, "QEMU"))
        missing.insert(Feature::ExternalSnapshots,
            QStringLiteral("The libvirt driver of this host keeps snapshots in one form alone."));
    if (missing.contains(Feature::Notes))
        missing.insert(Feature::Templates, missing.value(Feature::Notes));
    if (isOfType(connection, "ESX"))
        missing.insert(notOfferedByVmware());
    if (isOfType(connection, "LXC"))
        missing.insert(notOfferedByLxc());
    return missing;
}

} // namespace hosts::libvirt
