// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/FrameRelay.h"
#include "console/helper/ScanoutRelay.h"

#include <spice-client.h>

#include <functional>
#include <string>

namespace console::helper {

/// One SPICE display channel on its way to the window.
class DisplayRelay {
public:
    /// `unsupported` is told why a screen can't be shown.
    DisplayRelay(SpiceDisplayChannel* channel, WindowLink& link, std::uint32_t screen,
        std::function<void(const std::string&)> unsupported);

    void acknowledge(std::uint32_t serial) { m_frames.acknowledge(serial); }
    void setVisible(bool visible);
    void drop() { m_frames.drop(); } ///< there is no picture any more
    const FrameRelay& frames() const { return m_frames; }
    SpiceChannel* channel() const { return m_channel.get(); }

private:
    static void created(
        SpiceChannel*, gint format, gint width, gint height, gint stride, gint, gpointer, gpointer);
    static void destroyed(SpiceChannel*, gpointer self);
    static void invalidated(SpiceChannel*, gint x, gint y, gint w, gint h, gpointer self);
    static void marked(SpiceChannel*, gboolean mark, gpointer self);
    void createSurface(const SpiceDisplayPrimary& primary);
    void showPrimary();

    GObjectPtr<SpiceChannel> m_channel;
    WindowLink& m_link;
    std::uint32_t m_screen;
    std::function<void(const std::string&)> m_unsupported;
    FrameRelay m_frames;
    ScanoutRelay m_scanout;
    Connections m_signals; // last: undone first
};

} // namespace console::helper
