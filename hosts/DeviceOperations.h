// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/Patience.h"
#include "vmm/base/DeviceScope.h"

/// What can be changed of a machine, running or not; see Operations.h.
namespace hosts {

using vmm::DeviceScope;

/// Adds a device, as libvirt XML ("<disk ...>", "<interface ...>", "<hostdev ...>"). Completes when
/// the guest can see it. Errors: InvalidConfig, Busy (ImageLocked), HostLacksFeature (this sort
/// can't be plugged).
struct AttachDevice {
    using Reply = void;
    static constexpr Feature kFeature = Feature::HotPlug;
    static constexpr Patience kPatience = Patience::Step;
    VmId vm {};
    QString xml {};
    DeviceScope scope = DeviceScope::Both;
    bool operator==(const AttachDevice&) const = default;
};

/// Removes the device that the XML names (a disk by its target, an interface by its MAC). Completes
/// when the guest has let go of it. Errors: RefusedByGuest (it did not within a moment).
struct DetachDevice {
    using Reply = void;
    static constexpr Feature kFeature = Feature::HotPlug;
    static constexpr Patience kPatience = Patience::Step;
    VmId vm {};
    QString xml {};
    DeviceScope scope = DeviceScope::Both;
    bool operator==(const DetachDevice&) const = default;
};

/// Changes what can be changed of a device that is there: the medium of a CD drive (no source:
/// ejected), the link of an interface, I/O limits of a disk.
struct UpdateDevice {
    using Reply = void;
    static constexpr Feature kFeature = Feature::HotPlug;
    static constexpr Patience kPatience = Patience::Step;
    VmId vm {};
    QString xml {};
    DeviceScope scope = DeviceScope::Both;
    bool operator==(const UpdateDevice&) const = default;
};

/// Has the balloon leave so much to the guest; also stored. Completes when it was asked.
struct SetMemory {
    using Reply = void;
    static constexpr Feature kFeature = Feature::Balloon;
    VmId vm {};
    vmm::Bytes memory {};
    bool operator==(const SetMemory&) const = default;
};

/// Plugs or unplugs vCPUs, up to the machine's maximum; also stored.
struct SetVcpus {
    using Reply = void;
    static constexpr Feature kFeature = Feature::VcpuHotPlug;
    static constexpr Patience kPatience = Patience::Step;
    VmId vm {};
    int count = 1;
    bool operator==(const SetVcpus&) const = default;
};

/// Grows a disk, running or not. Errors: InvalidConfig (smaller than it is).
struct ResizeDisk {
    using Reply = void;
    static constexpr Feature kFeature = Feature::ResizeDisk;
    static constexpr Patience kPatience = Patience::Step;
    VmId vm {};
    QString target {}; ///< vda
    vmm::Bytes size {};
    bool operator==(const ResizeDisk&) const = default;
};

} // namespace hosts
