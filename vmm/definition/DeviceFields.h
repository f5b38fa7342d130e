// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/definition/Devices.h"

#include <QStringList>

#include <pugixml.hpp>

/// All device types that a definition knows, for what has to be said of each: use(Disk) use(...)
/// ...
#define VIRTDECK_FOR_EACH_DEVICE(use)                                                              \
    use(Disk) use(NetworkInterface) use(Graphics) use(Video) use(Input) use(SerialPort)            \
        use(ConsolePort) use(Channel) use(RandomGenerator) use(MemoryBalloon) use(Sound)           \
            use(Controller) use(UsbRedirection) use(HostDevice) use(Watchdog) use(Tpm)             \
                use(FileSystem) use(Panic)

namespace vmm {

/// Name of the XML element that a device type stands for: "disk", "interface".
template <typename Device> const char* elementOf();

/// Reads the members of a device from its element; what the element doesn't say keeps its default.
template <typename Device> Device readDevice(pugi::xml_node element);

/// Writes the members of a device into its element and leaves everything else in it alone.
template <typename Device> void writeDevice(pugi::xml_node element, const Device& device);

/// "devices/disk/target@dev", for every member of every device.
QStringList devicePaths();

} // namespace vmm
