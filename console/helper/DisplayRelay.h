// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/DamageRegion.h"
#include "console/helper/GlibHandles.h"
#include "console/helper/SharedSurface.h"
#include "console/helper/WindowLink.h"

#include <spice-client.h>

#include <functional>
#include <string>

namespace console::helper {

/// One display channel on its way to the window: its screen is copied where it changed, at most
/// every 8 ms, and only after the window has taken what was sent before and while it is seen.
class DisplayRelay {
public:
    /// `unsupported` is told why a screen can't be shown.
    DisplayRelay(SpiceDisplayChannel* channel, WindowLink& link, std::uint32_t screen,
        std::function<void(const std::string&)> unsupported);

    void acknowledge(std::uint32_t serial);
    void setVisible(bool visible);

private:
    static void created(
        SpiceChannel*, gint format, gint width, gint height, gint stride, gint, gpointer, gpointer);
    static void destroyed(SpiceChannel*, gpointer self);
    static void invalidated(SpiceChannel*, gint x, gint y, gint w, gint h, gpointer self);
    static void marked(SpiceChannel*, gboolean mark, gpointer self);
    static gboolean flushTimer(gpointer self);
    void createSurface(const SpiceDisplayPrimary& primary);
    void dropSurface();
    void scheduleFlush();
    void flush();

    GObjectPtr<SpiceChannel> m_channel;
    WindowLink& m_link;
    std::uint32_t m_screen;
    std::function<void(const std::string&)> m_unsupported;
    std::unique_ptr<SharedSurface> m_surface;
    const std::uint8_t* m_source = nullptr; ///< the library's pixels; gone after destroyed()
    std::ptrdiff_t m_sourceStride = 0;
    DamageRegion m_damage;
    Source m_timer;
    gint64 m_lastFlush = 0; ///< monotonic, microseconds
    std::uint32_t m_surfaceSerial = 0;
    std::uint32_t m_damageSerial = 0;
    bool m_awaitsAcknowledge = false;
    bool m_visible = true;
    Connections m_signals; // last: undone first
};

} // namespace console::helper
