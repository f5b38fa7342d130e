// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What hosts offer and what is asked of them, in words.
#include "ui/text/ResourceText.h"
#include "ui/text/Text.h"
#include "ui/text/Units.h"

#include <QFileInfo>

namespace ui {

using hosts::Feature;
using vmm::VmAction;

QString Text::feature(Feature feature)
{
    switch (feature) {
    case Feature::Start:
        return tr("Starting machines");
    case Feature::Pause:
        return tr("Pausing machines");
    case Feature::Resume:
        return tr("Resuming machines");
    case Feature::ShutDown:
        return tr("Shutting machines down");
    case Feature::Reboot:
        return tr("Rebooting machines");
    case Feature::Reset:
        return tr("Resetting machines");
    case Feature::ForceOff:
        return tr("Forcing machines off");
    case Feature::Save:
        return tr("Saving machines to disk");
    case Feature::Undefine:
        return tr("Removing machines");
    case Feature::Inventory:
        return tr("Listing machines");
    case Feature::Define:
        return tr("Storing definitions");
    case Feature::Create:
        return tr("Creating machines");
    case Feature::CreateDisk:
        return tr("Creating disks");
    case Feature::Console:
        return tr("Consoles");
    case Feature::Screenshot:
        return tr("Pictures of screens");
    case Feature::PendingDefinition:
        return tr("Changing a running machine for its next start");
    case Feature::Autostart:
        return tr("Starting machines by itself");
    case Feature::Rename:
        return tr("Renaming machines");
    case Feature::Trash:
        return tr("A trash for removed machines");
    case Feature::HotPlug:
        return tr("Changing devices of a running machine");
    case Feature::Balloon:
        return tr("Changing the memory of a running machine");
    case Feature::VcpuHotPlug:
        return tr("Changing the CPUs of a running machine");
    case Feature::ResizeDisk:
        return tr("Growing disks");
    case Feature::Snapshots:
        return tr("Snapshots");
    case Feature::ExternalSnapshots:
        return tr("Snapshots outside of the disk images");
    case Feature::Checkpoints:
        return tr("Checkpoints");
    case Feature::Backup:
        return tr("Backups of running machines");
    case Feature::Notes:
        return tr("Titles, notes and tags");
    case Feature::RemoveStorage:
        return tr("Deleting disks with their machine");
    case Feature::SendKeys:
        return tr("Pressing keys without a console");
    case Feature::InjectNmi:
        return tr("Non-maskable interrupts");
    case Feature::DumpMemory:
        return tr("Writing a guest's memory to a file");
    case Feature::Clone:
        return tr("Cloning machines");
    case Feature::InstantClone:
        return tr("Instant clones");
    case Feature::Templates:
        return tr("Templates");
    case Feature::Images:
        return tr("Disk images");
    case Feature::GuestAgent:
        return tr("Talking to the agent in the guest");
    case Feature::Storage:
        return tr("Storage pools");
    case Feature::ChangePools:
        return tr("Changing storage pools");
    case Feature::CreateVolumes:
        return tr("Making and deleting volumes");
    case Feature::ResizeVolumes:
        return tr("Growing volumes");
    case Feature::TransferVolumes:
        return tr("Uploading and downloading volumes");
    case Feature::Networks:
        return tr("Networks");
    case Feature::ChangeNetworks:
        return tr("Changing networks");
    case Feature::NetworkLeases:
        return tr("Addresses given out by networks");
    case Feature::HostDevices:
        return tr("Devices of the host");
    case Feature::Migration:
        return tr("Moving machines to other hosts");
    case Feature::LoadDetail:
        return tr("Load in detail");
    case Feature::VmCpuLoad:
        return tr("CPU load of machines");
    case Feature::VmMemoryUse:
        return tr("Memory use of machines");
    case Feature::VmDiskRates:
        return tr("Disk rates of machines");
    case Feature::VmNetworkRates:
        return tr("Network rates of machines");
    case Feature::HostLoad:
        return tr("Load of the host");
    }
    return {};
}

QString Text::snapshotKind(vmm::SnapshotKind kind)
{
    switch (kind) {
    case vmm::SnapshotKind::Live:
        return tr("Disks and memory");
    case vmm::SnapshotKind::DiskOnly:
        return tr("Disks alone, while running");
    case vmm::SnapshotKind::Offline:
        return tr("Disks, switched off");
    }
    return {};
}

QString Text::snapshotPlace(vmm::SnapshotPlace place)
{
    switch (place) {
    case vmm::SnapshotPlace::Automatic:
        return tr("where it suits");
    case vmm::SnapshotPlace::Inside:
        return tr("inside the disk images");
    case vmm::SnapshotPlace::Layer:
        return tr("as layers below the disks");
    }
    return {};
}

QString Text::cloneKind(vmm::CloneKind kind)
{
    switch (kind) {
    case vmm::CloneKind::Full:
        return tr("Full clone");
    case vmm::CloneKind::Linked:
        return tr("Linked clone");
    case vmm::CloneKind::Instant:
        return tr("Instant clone");
    }
    return {};
}

namespace {

QString fileName(const QString& path)
{
    return QFileInfo(path).fileName();
}

QString performTask(VmAction action, const QString& name)
{
    switch (action) {
    case VmAction::Start:
        return Text::tr("Start %1").arg(name);
    case VmAction::Pause:
        return Text::tr("Pause %1").arg(name);
    case VmAction::Resume:
        return Text::tr("Resume %1").arg(name);
    case VmAction::ShutDown:
        return Text::tr("Shut down %1").arg(name);
    case VmAction::Reset:
        return Text::tr("Reset %1").arg(name);
    case VmAction::ForceOff:
        return Text::tr("Force off %1").arg(name);
    case VmAction::Reboot:
        return Text::tr("Reboot %1").arg(name);
    case VmAction::Save:
        return Text::tr("Save %1").arg(name);
    case VmAction::DiscardSave:
        return Text::tr("Discard the saved memory of %1").arg(name);
    case VmAction::Undefine:
        return Text::tr("Remove %1").arg(name);
    }
    return {};
}

// One overload per operation: a new one without words does not compile.
struct Wording {
    QString name; ///< of the machine

    QString operator()(const hosts::Perform& operation) const
    {
        return performTask(operation.action, name);
    }
    QString operator()(const hosts::Define&) const
    {
        return name.isEmpty() ? Text::tr("Store the definition of a machine")
                              : Text::tr("Change the definition of %1").arg(name);
    }
    QString operator()(const hosts::CreateMachine&) const
    {
        return Text::tr("Create %1").arg(name);
    }
    QString operator()(const hosts::GetDefinition&) const
    {
        return Text::tr("Read the definition of %1").arg(name);
    }
    QString operator()(const hosts::GetRunningDefinition&) const
    {
        return Text::tr("Read what %1 runs with").arg(name);
    }
    QString operator()(const hosts::GetConsole&) const
    {
        return Text::tr("Find the screen of %1").arg(name);
    }
    QString operator()(const hosts::OpenSerial&) const
    {
        return Text::tr("Open a serial port of %1").arg(name);
    }
    QString operator()(const hosts::SetAutostart& operation) const
    {
        return operation.isOn ? Text::tr("Have %1 start with its host").arg(name)
                              : Text::tr("Don't have %1 start with its host").arg(name);
    }
    QString operator()(const hosts::Rename& operation) const
    {
        return Text::tr("Rename %1 to %2").arg(name, operation.name);
    }
    QString operator()(const hosts::ListTrash&) const { return Text::tr("List the trash"); }
    QString operator()(const hosts::RestoreTrashed&) const
    {
        return Text::tr("Bring back %1 from the trash").arg(name);
    }
    QString operator()(const hosts::EmptyTrash& operation) const
    {
        return operation.vms.isEmpty() ? Text::tr("Empty the trash")
                                       : Text::tr("Delete %Ln machine(s) from the trash", nullptr,
                                           static_cast<int>(operation.vms.size()));
    }
    QString operator()(const hosts::AttachDevice&) const
    {
        return Text::tr("Add a device to %1").arg(name);
    }
    QString operator()(const hosts::DetachDevice&) const
    {
        return Text::tr("Remove a device from %1").arg(name);
    }
    QString operator()(const hosts::UpdateDevice&) const
    {
        return Text::tr("Change a device of %1").arg(name);
    }
    QString operator()(const hosts::SetMemory& operation) const
    {
        return Text::tr("Leave %1 to the guest of %2").arg(Units::bytes(operation.memory), name);
    }
    QString operator()(const hosts::SetVcpus& operation) const
    {
        return Text::tr("Give %1 %2").arg(name, Text::cpuCount(operation.count));
    }
    QString operator()(const hosts::ResizeDisk& operation) const
    {
        return Text::tr("Grow disk %1 of %2 to %3")
            .arg(operation.target, name, Units::bytes(operation.size));
    }
    QString operator()(const hosts::ListSnapshots&) const
    {
        return Text::tr("List the snapshots of %1").arg(name);
    }
    QString operator()(const hosts::CreateSnapshot& operation) const
    {
        return operation.request.name.isEmpty()
            ? Text::tr("Take a snapshot of %1").arg(name)
            : Text::tr("Take snapshot %1 of %2").arg(operation.request.name, name);
    }
    QString operator()(const hosts::RevertSnapshot& operation) const
    {
        return Text::tr("Revert %1 to snapshot %2").arg(name, operation.name);
    }
    QString operator()(const hosts::DeleteSnapshot& operation) const
    {
        return Text::tr("Delete snapshot %1 of %2").arg(operation.name, name);
    }
    QString operator()(const hosts::ListCheckpoints&) const
    {
        return Text::tr("List the checkpoints of %1").arg(name);
    }
    QString operator()(const hosts::CreateCheckpoint& operation) const
    {
        return operation.request.name.isEmpty()
            ? Text::tr("Make a checkpoint of %1").arg(name)
            : Text::tr("Make checkpoint %1 of %2").arg(operation.request.name, name);
    }
    QString operator()(const hosts::DeleteCheckpoint& operation) const
    {
        return Text::tr("Delete checkpoint %1 of %2").arg(operation.name, name);
    }
    QString operator()(const hosts::BackUpMachine& operation) const
    {
        return operation.request.since.isEmpty()
            ? Text::tr("Back up %1").arg(name)
            : Text::tr("Back up %1 since %2").arg(name, operation.request.since);
    }
    QString operator()(const hosts::CloneMachine& operation) const
    {
        return Text::tr("Clone %1 as %2").arg(name, operation.request.name);
    }
    QString operator()(const hosts::SetTemplate& operation) const
    {
        return operation.isOn ? Text::tr("Make %1 a template").arg(name)
                              : Text::tr("Make template %1 a machine again").arg(name);
    }
    QString operator()(const hosts::GetGuestFacts&) const
    {
        return Text::tr("Ask the guest of %1 about itself").arg(name);
    }
    QString operator()(const hosts::RunInGuest& operation) const
    {
        return Text::tr("Run %1 in the guest of %2").arg(operation.command.program, name);
    }
    QString operator()(const hosts::SetGuestTime&) const
    {
        return Text::tr("Set the clock of the guest of %1").arg(name);
    }
    QString operator()(const hosts::GetScreenshot&) const
    {
        return Text::tr("Take a picture of the screen of %1").arg(name);
    }
    QString operator()(const hosts::SetGuestPassword& operation) const
    {
        return Text::tr("Set the password of %1 in the guest of %2").arg(operation.user, name);
    }
    QString operator()(const hosts::FreezeGuest& operation) const
    {
        return operation.isFrozen ? Text::tr("Freeze the file systems of %1").arg(name)
                                  : Text::tr("Thaw the file systems of %1").arg(name);
    }
    QString operator()(const hosts::SetNotes&) const
    {
        return Text::tr("Change the notes to %1").arg(name);
    }
    QString operator()(const hosts::RemoveWithDisks& operation) const
    {
        return Text::tr(
            "Remove %1 and %Ln disk image(s)", nullptr, static_cast<int>(operation.disks.size()))
            .arg(name);
    }
    QString operator()(const hosts::SendKeys& operation) const
    {
        return Text::tr("Press %1 at %2").arg(operation.keys.join(QLatin1Char('+')), name);
    }
    QString operator()(const hosts::InjectNmi&) const
    {
        return Text::tr("Interrupt %1 (NMI)").arg(name);
    }
    QString operator()(const hosts::DumpMemory& operation) const
    {
        return Text::tr("Write the memory of %1 to %2").arg(name, fileName(operation.path));
    }
    QString operator()(const hosts::GetLoadDetail&) const
    {
        return Text::tr("Measure %1").arg(name);
    }
    QString operator()(const hosts::GetHostLoadDetail&) const
    {
        return Text::tr("Measure the host");
    }
    QString operator()(const hosts::ListImages&) const { return Text::tr("List the disk images"); }
    QString operator()(const hosts::InspectImage& operation) const
    {
        return Text::tr("Inspect image %1").arg(fileName(operation.path));
    }
    QString operator()(const hosts::CreateImage& operation) const
    {
        return Text::tr("Create image %1").arg(fileName(operation.image.path));
    }
    QString operator()(const hosts::ResizeImage& operation) const
    {
        return Text::tr("Grow image %1 to %2")
            .arg(fileName(operation.path), Units::bytes(operation.size));
    }
    QString operator()(const hosts::ConvertImage& operation) const
    {
        return Text::tr("Convert image %1 to %2")
            .arg(fileName(operation.conversion.source), fileName(operation.conversion.target));
    }
    QString operator()(const hosts::FlattenImage& operation) const
    {
        return Text::tr("Flatten image %1").arg(fileName(operation.path));
    }
    QString operator()(const hosts::CheckImage& operation) const
    {
        return operation.repair ? Text::tr("Repair image %1").arg(fileName(operation.path))
                                : Text::tr("Check image %1").arg(fileName(operation.path));
    }
    QString operator()(const hosts::DeleteImage& operation) const
    {
        return Text::tr("Delete image %1").arg(fileName(operation.path));
    }
    QString operator()(const hosts::ListPools&) const { return Text::tr("List the storage pools"); }
    QString operator()(const hosts::GetPoolXml& operation) const
    {
        return Text::tr("Read the definition of pool %1").arg(operation.pool);
    }
    QString operator()(const hosts::DefinePool& operation) const
    {
        return operation.pool.name.isEmpty() ? Text::tr("Store the definition of a pool")
                                             : Text::tr("Create pool %1").arg(operation.pool.name);
    }
    QString operator()(const hosts::ChangePool& operation) const
    {
        return ResourceText::changePool(operation.action, operation.pool);
    }
    QString operator()(const hosts::DeletePool& operation) const
    {
        return operation.deletesContents
            ? Text::tr("Delete pool %1 with its volumes").arg(operation.pool)
            : Text::tr("Delete pool %1").arg(operation.pool);
    }
    QString operator()(const hosts::ListVolumes& operation) const
    {
        return Text::tr("List the volumes of %1").arg(operation.pool);
    }
    QString operator()(const hosts::CreateVolume& operation) const
    {
        return Text::tr("Create volume %1 in %2").arg(operation.volume.name, operation.pool);
    }
    QString operator()(const hosts::ResizeVolume& operation) const
    {
        return Text::tr("Grow volume %1 to %2")
            .arg(operation.volume, Units::bytes(operation.capacity));
    }
    QString operator()(const hosts::CloneVolume& operation) const
    {
        return Text::tr("Clone volume %1 as %2").arg(operation.volume, operation.copy.name);
    }
    QString operator()(const hosts::DeleteVolume& operation) const
    {
        return Text::tr("Delete volume %1").arg(operation.volume);
    }
    QString operator()(const hosts::UploadVolume& operation) const
    {
        return Text::tr("Upload %1 to %2").arg(fileName(operation.file), operation.pool);
    }
    QString operator()(const hosts::DownloadVolume& operation) const
    {
        return Text::tr("Download %1 from %2").arg(operation.volume, operation.pool);
    }
    QString operator()(const hosts::ListNetworks&) const { return Text::tr("List the networks"); }
    QString operator()(const hosts::GetNetworkXml& operation) const
    {
        return Text::tr("Read the definition of network %1").arg(operation.network);
    }
    QString operator()(const hosts::DefineNetwork& operation) const
    {
        return operation.network.name.isEmpty()
            ? Text::tr("Store the definition of a network")
            : Text::tr("Create network %1").arg(operation.network.name);
    }
    QString operator()(const hosts::ChangeNetwork& operation) const
    {
        return ResourceText::changeNetwork(operation.action, operation.network);
    }
    QString operator()(const hosts::DeleteNetwork& operation) const
    {
        return Text::tr("Delete network %1").arg(operation.network);
    }
    QString operator()(const hosts::ListLeases& operation) const
    {
        return Text::tr("List the addresses of network %1").arg(operation.network);
    }
    QString operator()(const hosts::ListHostDevices&) const
    {
        return Text::tr("List the devices of the host");
    }
    QString operator()(const hosts::CheckMigration&) const
    {
        return Text::tr("Check whether %1 can move").arg(name);
    }
    QString operator()(const hosts::MigrateMachine& operation) const
    {
        return Text::tr("Move %1 to %2").arg(name, operation.request.target);
    }
    QString operator()(const hosts::GetMigrationProgress&) const
    {
        return Text::tr("Ask how far %1 is").arg(name);
    }
    QString operator()(const hosts::SwitchToPostCopy&) const
    {
        return Text::tr("Let %1 go on over there").arg(name);
    }
    QString operator()(const hosts::SetScreenPassword& operation) const
    {
        return operation.password.isEmpty()
            ? Text::tr("Have the screen of %1 ask for no password").arg(name)
            : Text::tr("Set the password of the screen of %1").arg(name);
    }
};

} // namespace

QString Text::task(const models::TaskInfo& info)
{
    return std::visit(Wording { info.vmName }, info.operation);
}

} // namespace ui
