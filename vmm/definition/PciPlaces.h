// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/definition/Definition.h"

#include <compare>

namespace vmm {

/// Where a device sits on the machine's PCI buses. Bus 0 is the root bus.
struct PciPlace {
    int bus = 0;
    int slot = 0;
    int function = 0;

    auto operator<=>(const PciPlace&) const = default;
    QString toString() const; ///< 0000:01:00.0, as a guest writes it
};

/// A device with a place of its own choice.
struct PlacedDevice {
    QString element {}; ///< disk, interface
    int index = 0; ///< among those of that element
    PciPlace place {};

    bool operator==(const PlacedDevice&) const = default;
};

/// What <address type='pci' bus='1' slot='0' function='0'/> says, of all devices but the PCI
/// controllers. <address type='pci'/> alone leaves it to the host. Errors: InvalidConfig: no number
/// that a PCI bus has, another domain than 0, two devices at one place.
Result<QVector<PlacedDevice>> pciPlaces(const Definition& definition);

} // namespace vmm
