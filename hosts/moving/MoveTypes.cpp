// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/moving/MoveTypes.h"

#include "vmm/base/EnumNames.h"

namespace hosts::moving {

namespace {

using Kind = Obstacle::Kind;
using Weight = Obstacle::Weight;

constexpr vmm::EnumName<Kind> kKindNames[] = {
    { Kind::SortOfHosts, "sort-of-hosts" },
    { Kind::RemoteCore, "remote-core" },
    { Kind::HostLacks, "host-lacks" },
    { Kind::NoPool, "no-pool" },
    { Kind::PoolStopped, "pool-stopped" },
    { Kind::TooLittleRoom, "too-little-room" },
    { Kind::NetworkMissing, "network-missing" },
    { Kind::NotOff, "not-off" },
    { Kind::SavedMemory, "saved-memory" },
    { Kind::Template, "template" },
    { Kind::NameTaken, "name-taken" },
    { Kind::AlreadyThere, "already-there" },
    { Kind::Broken, "broken" },
    { Kind::Snapshots, "snapshots" },
    { Kind::StoodUpon, "stood-upon" },
    { Kind::HostDevice, "host-device" },
    { Kind::SharedFolder, "shared-folder" },
    { Kind::TpmLost, "tpm-lost" },
    { Kind::NvramLost, "nvram-lost" },
    { Kind::Unsupported, "unsupported" },
    { Kind::DiskUnreachable, "disk-unreachable" },
    { Kind::DiskFlattened, "disk-flattened" },
    { Kind::DiskConverted, "disk-converted" },
    { Kind::DiskShared, "disk-shared" },
    { Kind::MediumEjected, "medium-ejected" },
    { Kind::NetworkReplaced, "network-replaced" },
    { Kind::PortForwardsDropped, "port-forwards-dropped" },
    { Kind::ScreenMoved, "screen-moved" },
    { Kind::AccelerationLost, "acceleration-lost" },
    { Kind::AccelerationUnused, "acceleration-unused" },
};

constexpr vmm::EnumName<Weight> kWeightNames[] = {
    { Weight::Fatal, "fatal" },
    { Weight::Loss, "loss" },
    { Weight::Note, "note" },
};

} // namespace

QString nameOf(Obstacle::Kind kind)
{
    return vmm::enumName<Kind>(kKindNames, kind);
}

QString nameOf(Obstacle::Weight weight)
{
    return vmm::enumName<Weight>(kWeightNames, weight);
}

} // namespace hosts::moving
