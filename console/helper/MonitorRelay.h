// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/GlibHandles.h"
#include "console/helper/WindowLink.h"

#include <spice-client.h>

#include <array>

namespace console::helper {

/// Which monitors a guest has and how they lie on its screens. A guest has several either as
/// several screens (virtio: one display channel each) or as parts of one (QXL under Linux); the
/// window is told heads, numbered as SPICE numbers them: channel + monitor.
class MonitorRelay {
public:
    explicit MonitorRelay(WindowLink& link);

    void watch(SpiceDisplayChannel* channel, std::uint32_t screen);
    /// Asks the agent for all monitors at once.
    static void arrange(SpiceMainChannel* main, const protocol::MonitorLayout& layout);

private:
    struct Screen {
        MonitorRelay* relay = nullptr;
        std::uint32_t number = 0;
        GObjectPtr<SpiceDisplayChannel> channel {};
        Connections signals {};
    };

    static void changed(GObject* channel, GParamSpec*, gpointer screen);
    void tell(const Screen& screen);
    std::uint32_t offered() const;

    WindowLink& m_link;
    std::array<std::unique_ptr<Screen>, protocol::kMaxHeads> m_screens;
};

} // namespace console::helper
