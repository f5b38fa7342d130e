// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/GlibHandles.h"
#include "console/helper/VideoEncoder.h"
#include "console/protocol/PacketSocket.h"
#include "console/protocol/RecordMessages.h"

#include <functional>
#include <string>

namespace console::helper {

/// Puts encoded packets into a WebM file, on a thread of GStreamer's. The file is whole after
/// finish(), and can be played up to its end if that never comes.
class WebmWriter {
public:
    struct End {
        protocol::FilmEnd how = protocol::FilmEnd::Whole;
        std::string detail {}; ///< of a Failed one
    };
    using Ended = std::function<void(const End&)>;

    /// `file` is a regular one, empty. `ended` is called once, from the main context.
    WebmWriter(protocol::Fd file, GstCaps* caps, Ended ended);
    ~WebmWriter();
    WebmWriter(const WebmWriter&) = delete;
    WebmWriter& operator=(const WebmWriter&) = delete;

    void add(GstBuffer* packet); ///< the first one is a key picture; the file's time begins with it
    void finish();
    /// Waits, at most three seconds, until the file is closed; for the end of the program.
    void wait();
    bool isOver() const { return !m_ended; }

private:
    static gboolean message(GstBus*, GstMessage* message, gpointer self);
    void take(GstMessage* message);
    void end(const End& end);

    protocol::Fd m_file;
    Ended m_ended;
    GstPtr<GstElement> m_pipeline;
    GstPtr<GstElement> m_in;
    Source m_watch;
    GstClockTime m_first = GST_CLOCK_TIME_NONE;
};

} // namespace console::helper
