// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/AudioRelay.h"
#include "console/helper/FolderRelay.h"
#include "console/helper/PortRelay.h"
#include "console/helper/SmartcardRelay.h"
#include "console/helper/UsbRelay.h"

namespace console::helper {

/// The guest's devices besides screen, keyboard and mouse. What goes wrong with one of them is told
/// and never ends the console.
class DeviceRelays {
public:
    explicit DeviceRelays(WindowLink& link);

    void setSession(SpiceSession* session); ///< before it connects
    void useChannel(SpiceChannel* channel, int type);
    void dropChannel(SpiceChannel* channel); ///< it is gone, in a migration or at the end
    /// Whether the message was meant for one of them.
    bool handle(const protocol::ToHelper& message, protocol::Payload payload);

private:
    WindowLink& m_link;
    AudioRelay m_audio;
    UsbRelay m_usb;
    FolderRelay m_folder;
    SmartcardRelay m_smartcards;
    std::vector<std::unique_ptr<PortRelay>> m_ports;
    std::uint32_t m_nextPort = 0;
};

} // namespace console::helper
