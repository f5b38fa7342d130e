// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/HostTypes.h"

#include "vmm/base/EnumNames.h"

namespace hosts {

namespace {

constexpr vmm::EnumName<ConnectionState> kConnectionNames[] = {
    { ConnectionState::Disconnected, "disconnected" },
    { ConnectionState::Connecting, "connecting" },
    { ConnectionState::Connected, "connected" },
    { ConnectionState::Reconnecting, "reconnecting" },
    { ConnectionState::Failed, "failed" },
};

constexpr vmm::EnumName<Feature> kFeatureNames[] = {
    { Feature::Start, "start" },
    { Feature::Pause, "pause" },
    { Feature::Resume, "resume" },
    { Feature::ShutDown, "shut-down" },
    { Feature::Reset, "reset" },
    { Feature::ForceOff, "force-off" },
    { Feature::Undefine, "undefine" },
    { Feature::Inventory, "inventory" },
    { Feature::Reboot, "reboot" },
    { Feature::Save, "save" },
    { Feature::Define, "define" },
    { Feature::Create, "create" },
    { Feature::CreateDisk, "create-disk" },
    { Feature::Console, "console" },
    { Feature::Screenshot, "screenshot" },
    { Feature::PendingDefinition, "pending-definition" },
    { Feature::Autostart, "autostart" },
    { Feature::Rename, "rename" },
    { Feature::Trash, "trash" },
    { Feature::HotPlug, "hot-plug" },
    { Feature::Balloon, "balloon" },
    { Feature::VcpuHotPlug, "vcpu-hot-plug" },
    { Feature::ResizeDisk, "resize-disk" },
    { Feature::Snapshots, "snapshots" },
    { Feature::ExternalSnapshots, "external-snapshots" },
    { Feature::Checkpoints, "checkpoints" },
    { Feature::Backup, "backup" },
    { Feature::Clone, "clone" },
    { Feature::InstantClone, "instant-clone" },
    { Feature::Templates, "templates" },
    { Feature::Images, "images" },
    { Feature::GuestAgent, "guest-agent" },
    { Feature::Notes, "notes" },
    { Feature::RemoveStorage, "remove-storage" },
    { Feature::SendKeys, "send-keys" },
    { Feature::InjectNmi, "inject-nmi" },
    { Feature::DumpMemory, "dump-memory" },
    { Feature::Storage, "storage" },
    { Feature::ChangePools, "change-pools" },
    { Feature::CreateVolumes, "create-volumes" },
    { Feature::ResizeVolumes, "resize-volumes" },
    { Feature::TransferVolumes, "transfer-volumes" },
    { Feature::Networks, "networks" },
    { Feature::ChangeNetworks, "change-networks" },
    { Feature::NetworkLeases, "network-leases" },
    { Feature::HostDevices, "host-devices" },
    { Feature::Migration, "migration" },
    { Feature::LoadDetail, "load-detail" },
    { Feature::VmCpuLoad, "vm-cpu-load" },
    { Feature::VmMemoryUse, "vm-memory-use" },
    { Feature::VmDiskRates, "vm-disk-rates" },
    { Feature::VmNetworkRates, "vm-network-rates" },
    { Feature::HostLoad, "host-load" },
};

} // namespace

Feature featureFor(vmm::VmAction action)
{
    switch (action) {
    case vmm::VmAction::Start:
        return Feature::Start;
    case vmm::VmAction::Pause:
        return Feature::Pause;
    case vmm::VmAction::Resume:
        return Feature::Resume;
    case vmm::VmAction::ShutDown:
        return Feature::ShutDown;
    case vmm::VmAction::Reset:
        return Feature::Reset;
    case vmm::VmAction::ForceOff:
        return Feature::ForceOff;
    case vmm::VmAction::Reboot:
        return Feature::Reboot;
    case vmm::VmAction::Save:
    case vmm::VmAction::DiscardSave:
        return Feature::Save;
    case vmm::VmAction::Undefine:
        return Feature::Undefine;
    }
    Q_UNREACHABLE();
}

QString nameOf(ConnectionState state)
{
    return vmm::enumName<ConnectionState>(kConnectionNames, state);
}

QString nameOf(Feature feature)
{
    return vmm::enumName<Feature>(kFeatureNames, feature);
}

std::optional<ConnectionState> connectionStateFromString(const QString& name)
{
    return vmm::enumValue<ConnectionState>(kConnectionNames, name);
}

std::optional<Feature> featureFromString(const QString& name)
{
    return vmm::enumValue<Feature>(kFeatureNames, name);
}

} // namespace hosts
