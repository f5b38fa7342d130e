// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/DamageRegion.h"
#include "console/helper/GlibHandles.h"
#include "console/helper/SharedSurface.h"
#include "console/helper/WindowLink.h"

#include <optional>
#include <span>
#include <string>

namespace console::helper {

/// Pixels that are somebody else's as well: they are read only between the two.
class PictureAccess {
public:
    virtual ~PictureAccess() = default;
    virtual void begin(std::span<const protocol::Rect> places) = 0; ///< only these are read
    virtual void end() = 0;
};

/// A screen that some protocol's library draws, on its way to the window: it is copied where it
/// changed, when what the server has sent so far is drawn, but not too often, and only after the
/// window has taken what was sent before and while it is seen.
class FrameRelay {
public:
    /// The pixels that the library draws into; they must live until drop() or the next show().
    struct Picture {
        protocol::PixelFormat format = protocol::PixelFormat::Xrgb32;
        std::int32_t width = 0;
        std::int32_t height = 0;
        std::ptrdiff_t stride = 0; ///< bytes; negative: the lowest row lies first
        const std::uint8_t* pixels = nullptr; ///< of the highest row
        PictureAccess* access = nullptr; ///< null: they can be read at any time
    };

    /// Lasts while a picture's pixels are read.
    class Reading {
    public:
        Reading(const Picture& picture, std::span<const protocol::Rect> places)
            : m_access(picture.access)
        {
            if (m_access)
                m_access->begin(places);
        }
        ~Reading()
        {
            if (m_access)
                m_access->end();
        }
        Reading(const Reading&) = delete;
        Reading& operator=(const Reading&) = delete;

    private:
        PictureAccess* m_access;
    };

    /// `screen` is its number for the window.
    explicit FrameRelay(WindowLink& link, std::uint32_t screen = 0)
        : m_link(link)
        , m_screen(screen)
    {
    }

    static bool isShowable(std::int32_t width, std::int32_t height);

    /// Tells the window of a new screen. Returns why it can't be shown, nothing if it can.
    std::optional<std::string> show(const Picture& picture);
    /// Goes on with other pixels of the same screen, all of them new. False, and nothing done, if
    /// their form is another one.
    bool exchange(const Picture& picture);
    void drop();
    bool isShown() const { return m_surface != nullptr; }
    const Picture& picture() const { return m_picture; } ///< no pixels: there is none
    std::uint64_t changeCount() const { return m_changes; } ///< grows with each change of it

    void damage(const protocol::Rect& rect);
    void damageAll();

    void acknowledge(std::uint32_t serial);
    void setVisible(bool visible);

private:
    static gboolean flushTimer(gpointer self);
    void scheduleFlush();
    gint64 interval() const;
    void flush();

    WindowLink& m_link;
    std::uint32_t m_screen;
    std::unique_ptr<SharedSurface> m_surface;
    Picture m_picture;
    DamageRegion m_damage;
    Source m_timer;
    gint64 m_lastFlush = 0; ///< monotonic, microseconds
    gint64 m_waitingSince = 0; ///< for a quiet moment; 0: it does not
    int m_gathered = 0; ///< changes since the last flush
    bool m_isBusy = false; ///< there were many before that one
    std::uint32_t m_surfaceSerial = 0;
    std::uint32_t m_damageSerial = 0;
    std::uint64_t m_changes = 0;
    bool m_awaitsAcknowledge = false;
    bool m_visible = true;
};

} // namespace console::helper
