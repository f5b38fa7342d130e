// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/MoveText.h"

#include <QLocale>

namespace ui {

using hosts::moving::Obstacle;

MoveText MoveText::of(const Obstacle& obstacle)
{
    for (const auto& section : { ofHosts, ofMachine, ofDisk, ofChange }) {
        if (MoveText text = section(obstacle); !text.what.isEmpty())
            return text;
    }
    return { nameOf(obstacle.kind), obstacle.detail };
}

namespace {

/// "qcow2 -> raw", for people.
QString arrow(QString detail)
{
    return detail.replace(QStringLiteral(" -> "), QStringLiteral(" → "));
}

} // namespace

/// "free needed", in bytes.
QString MoveText::room(const QString& detail)
{
    const QLocale locale;
    const auto size = [&](int index) {
        return locale.formattedDataSize(
            detail.section(QLatin1Char(' '), index, index).toLongLong());
    };
    return tr("%1 are free, about %2 are needed.").arg(size(0), size(1));
}

// Each of these knows its own kinds; a test sees to it that none is left out.
MoveText MoveText::ofHosts(const Obstacle& obstacle)
{
    using Kind = Obstacle::Kind;
    const QString& what = obstacle.subject;
    switch (obstacle.kind) {
    case Kind::SortOfHosts:
        return { tr("Between these two hosts nothing can move like this."),
            tr("It goes between this computer and QEMU hosts of libvirt.") };
    case Kind::RemoteCore:
        return { tr("The disks of %1 are on that computer, out of reach from here.").arg(what),
            tr("Move the machine with a VirtDeck that runs there.") };
    case Kind::HostLacks:
        return { tr("%1 can't take part in this.").arg(what), obstacle.detail };
    case Kind::NoPool:
        return { what.isEmpty() ? tr("The host over there has no running storage pool of files.")
                                : tr("There is no storage pool called %1 over there.").arg(what),
            tr("Make one in its Storage tab, or choose another.") };
    case Kind::PoolStopped:
        return { tr("The storage pool %1 does not run.").arg(what),
            tr("Start it in the Storage tab of its host.") };
    case Kind::TooLittleRoom:
        return { tr("There is too little room in %1.").arg(what), room(obstacle.detail) };
    case Kind::NetworkMissing:
        return { tr("The network %1 is not there, or does not run.").arg(what),
            tr("Start it in the Networks tab of its host, or choose another.") };
    default:
        return {};
    }
}

MoveText MoveText::ofMachine(const Obstacle& obstacle)
{
    using Kind = Obstacle::Kind;
    const QString& what = obstacle.subject;
    switch (obstacle.kind) {
    case Kind::NotOff:
        return { tr("%1 is not switched off.").arg(what),
            tr("Shut it down: its disks change while it runs.") };
    case Kind::SavedMemory:
        return { tr("%1 has saved memory, which would not fit any more.").arg(what),
            tr("Start it and shut it down, or discard what was saved.") };
    case Kind::Template:
        return { tr("%1 is a template.").arg(what), tr("Move a clone of it instead.") };
    case Kind::NameTaken:
        return { tr("Another machine over there is called %1.").arg(what),
            tr("Choose another name.") };
    case Kind::AlreadyThere:
        return { tr("The machine is over there already, as %1.").arg(what),
            tr("Remove that one, or make a copy with an identity of its own.") };
    case Kind::Broken:
        return { tr("The definition can't be carried over: %1").arg(what), obstacle.detail };
    case Kind::Snapshots:
        return { tr("Its snapshots stay behind (%1).").arg(obstacle.detail),
            tr("The machine goes on from its present state.") };
    case Kind::StoodUpon:
        return { tr("Others need the disk %1: %2.").arg(what, obstacle.detail),
            tr("Make a copy, which leaves it where it is.") };
    case Kind::HostDevice:
        return { tr("A device of the host (%1) belongs to the machine.").arg(what),
            tr("Remove it from the hardware first: it can't come along.") };
    case Kind::SharedFolder:
        return { tr("The folder %1 of the host is shared with the guest.").arg(what),
            tr("What is in it does not come along; over there it is the folder of that name.") };
    case Kind::TpmLost:
        return { tr("What its TPM holds can't be read, and stays behind."),
            tr("Disks that are encrypted with it (BitLocker) will ask for their recovery key.") };
    case Kind::NvramLost:
        return { tr("The variables of its firmware stay behind."),
            tr("Boot entries and enrolled keys begin anew.") + QLatin1Char(' ') + obstacle.detail };
    case Kind::Unsupported:
        return { obstacle.detail.isEmpty()
                ? tr("The host over there does not support %1.").arg(what)
                : tr("The host over there does not support %1: %2.").arg(what, obstacle.detail),
            tr("Change or remove it in the hardware first.") };
    default:
        return {};
    }
}

MoveText MoveText::ofDisk(const Obstacle& obstacle)
{
    using Kind = Obstacle::Kind;
    const QString& what = obstacle.subject;
    switch (obstacle.kind) {
    case Kind::DiskUnreachable:
        return { tr("%1 can't be read.").arg(what),
            tr("It is in no storage pool of files that could be read: %1").arg(obstacle.detail) };
    case Kind::DiskFlattened:
        return { tr("Disk %1 stands on another image, and will stand alone.").arg(what),
            obstacle.detail };
    case Kind::DiskConverted:
        return { tr("Disk %1 is converted.").arg(what), arrow(obstacle.detail) };
    case Kind::DiskShared:
        return { tr("Disk %1 is shared with other machines.").arg(what),
            tr("What arrives is a copy of it.") };
    default:
        return {};
    }
}

MoveText MoveText::ofChange(const Obstacle& obstacle)
{
    using Kind = Obstacle::Kind;
    const QString& what = obstacle.subject;
    switch (obstacle.kind) {
    case Kind::MediumEjected:
        return { tr("The drive %1 will be empty.").arg(what),
            tr("Its medium stays here: %1").arg(obstacle.detail) };
    case Kind::NetworkReplaced:
        return { tr("The card %1 gets another network.").arg(what), arrow(obstacle.detail) };
    case Kind::PortForwardsDropped:
        return { tr("Ports of this computer no longer lead to the card %1.").arg(what), {} };
    case Kind::ScreenMoved:
        return { tr("Its screen (%1) is reached in another way.").arg(what),
            arrow(obstacle.detail) };
    case Kind::AccelerationLost:
        return { tr("It will be slower."), tr("The host over there has no KVM.") };
    case Kind::AccelerationUnused:
        return { tr("It stays without hardware acceleration."),
            tr("There is KVM over there, but the machine's type is “qemu”.") };
    default:
        return {};
    }
}

} // namespace ui
