// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/GlibHandles.h"
#include "console/helper/ScanoutReader.h"

#include <spice-client.h>

#include <functional>
#include <memory>
#include <string>

namespace console::helper {

/// What a guest on this machine draws with OpenGL: a display channel then shows textures and no
/// drawing commands (spice-client-glib: "gl-scanout", "gl-draw"). The guest draws on when its last
/// picture was read, so as fast as the window shows it; for a hidden one it is not waited.
class ScanoutRelay : public PictureAccess {
public:
    /// `ended` is called when the channel shows no texture any more; `unsupported` is told why one
    /// can't be shown.
    ScanoutRelay(SpiceDisplayChannel* channel, FrameRelay& frames, std::function<void()> ended,
        std::function<void(const std::string&)> unsupported);

    bool isShown() const { return m_reader != nullptr; }
    void drop(); ///< something else is shown
    void setVisible(bool visible);

    void begin(std::span<const protocol::Rect> places) override;
    void end() override;

private:
    static void changed(SpiceDisplayChannel* channel, GParamSpec*, gpointer self);
    static void drawn(
        SpiceDisplayChannel*, guint x, guint y, guint width, guint height, gpointer self);
    static void channelEvent(SpiceChannel*, SpiceChannelEvent event, gpointer self);
    static gboolean waitedEnough(gpointer self);
    void show(const SpiceGlScanout& scanout);
    void letDraw();

    GObjectPtr<SpiceDisplayChannel> m_channel;
    FrameRelay& m_frames;
    std::function<void()> m_ended;
    std::function<void(const std::string&)> m_unsupported;
    std::unique_ptr<ScanoutReader> m_reader;
    int m_owed = 0; ///< drawings whose end the server was not told
    bool m_isVisible = true;
    Source m_patience;
    Connections m_signals; // last: undone first
};

} // namespace console::helper
