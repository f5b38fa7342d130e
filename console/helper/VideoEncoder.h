// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/FrameRelay.h"
#include "console/helper/GstHandles.h"

#include <functional>
#include <optional>
#include <string>

namespace console::helper {

/// Pictures of a screen in, VP8 out. Scales and encodes on threads of GStreamer's; the pictures are
/// copied, and left out where the encoder does not keep up. Its video keeps the size of the first
/// picture (isSizedAs): those of another size are fitted in.
class VideoEncoder {
public:
    struct Packet {
        GstBufferPtr buffer {}; ///< with its time since the encoder was made
        bool isKey = false; ///< a video can begin here
    };

    /// `picture` is the first one to come.
    explicit VideoEncoder(const FrameRelay::Picture& picture);
    ~VideoEncoder();
    VideoEncoder(const VideoEncoder&) = delete;
    VideoEncoder& operator=(const VideoEncoder&) = delete;

    const std::string& problem() const { return m_problem; } ///< empty: it works
    bool isSizedAs(const FrameRelay::Picture& picture) const;
    void add(const FrameRelay::Picture& picture, bool asKey);
    std::optional<Packet> take(); ///< what is ready by now
    /// Waits, at most two seconds, for what was added; for the end.
    void drain();
    GstCaps* caps() const { return m_caps.get(); } ///< of the packets; null before the first

private:
    void setFormat(const FrameRelay::Picture& picture);
    std::optional<Packet> packetOf(GstSample* sample);

    GstPtr<GstElement> m_pipeline;
    GstPtr<GstElement> m_in;
    GstPtr<GstElement> m_out;
    GstCapsPtr m_caps;
    FrameRelay::Picture m_format; ///< without pixels
    std::string m_problem;
    std::int32_t m_width; ///< of the video
    std::int32_t m_height;
    gint64 m_begun = 0; ///< monotonic, microseconds
    GstClockTime m_last = 0;
};

} // namespace console::helper
