// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/VideoEncoder.h"
#include "console/helper/WebmWriter.h"
#include "console/helper/WindowLink.h"

#include <deque>
#include <functional>
#include <memory>

namespace console::helper {

/// Films the guest's first screen: from now on into a file, or the last minute, which it keeps in
/// memory while that is wanted. Looks at the screen some times a second, whether a window shows it
/// or not; costs nothing while nobody wants a film. Default main context.
class ScreenRecorder {
public:
    using Screen = std::function<const FrameRelay*()>;
    using Wanted = std::function<void(bool)>;

    struct Times {
        GstClockTime kept = protocol::kKeptSeconds * GST_SECOND; ///< of the past, at least
        gint64 keyUs = 4'000'000; ///< a film can begin this often
    };

    /// `wanted` is told whether pictures are wanted, which a hidden screen may have to be asked
    /// for.
    ScreenRecorder(WindowLink& link, Screen screen, Wanted wanted)
        : ScreenRecorder(link, std::move(screen), std::move(wanted), Times {})
    {
    }
    ScreenRecorder(WindowLink& link, Screen screen, Wanted wanted, const Times& times);
    ~ScreenRecorder();

    void take(const protocol::RecordControl& control, protocol::Fd file);
    void finish(); ///< closes the files; waits some seconds for the disk

private:
    static gboolean tick(gpointer self);
    bool isWanted() const;
    void follow(); ///< looks at the screen, or stops it, as is wanted
    void rest();
    void film();
    void pass();
    void keep(VideoEncoder::Packet packet);
    void start(protocol::Fd file);
    void savePast(protocol::Fd file);
    void report(bool isPast, const WebmWriter::End& end);
    void dropEnded();

    WindowLink& m_link;
    Screen m_screen;
    Wanted m_wanted;
    Times m_times;
    Source m_timer;
    std::unique_ptr<VideoEncoder> m_encoder;
    std::unique_ptr<WebmWriter> m_film;
    std::unique_ptr<WebmWriter> m_past;
    protocol::Fd m_waiting; ///< the file of a film that has no first picture yet
    std::deque<VideoEncoder::Packet> m_kept; ///< begins with a key picture
    bool m_keepsPast = false;
    bool m_isStopping = false;
    std::uint64_t m_seen = 0; ///< changes of the screen
    gint64 m_lastPicture = 0; ///< monotonic, microseconds
    gint64 m_lastKey = 0;
};

} // namespace console::helper
