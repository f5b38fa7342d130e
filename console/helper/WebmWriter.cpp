// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/WebmWriter.h"

#include <gst/app/gstappsrc.h>

namespace console::helper {

namespace {

constexpr guint64 kWaitNs = 3 * GST_SECOND;
/// What waits to be written is limited: a disk that is this slow does not keep up at all.
constexpr guint64 kMaxUnwritten = 64u << 20;

} // namespace

WebmWriter::WebmWriter(protocol::Fd file, GstCaps* caps, Ended ended)
    : m_file(std::move(file))
    , m_ended(std::move(ended))
{
    GError* raw = nullptr;
    const std::string line = "appsrc name=in format=time max-bytes=0 max-buffers=0 max-time=0"
                             " ! webmmux writing-app=VirtDeck ! fdsink sync=false fd="
        + std::to_string(m_file.get());
    m_pipeline.reset(
        gst_parse_launch_full(line.c_str(), nullptr, GST_PARSE_FLAG_FATAL_ERRORS, &raw));
    const GErrorPtr error(raw);
    if (!m_pipeline) {
        end({ .how = protocol::FilmEnd::Failed,
            .detail = error ? error->message : "GStreamer can't be used" });
        return;
    }
    m_in.reset(gst_bin_get_by_name(GST_BIN(m_pipeline.get()), "in"));
    gst_app_src_set_caps(GST_APP_SRC(m_in.get()), caps);
    const GstPtr<GstBus> bus(gst_element_get_bus(m_pipeline.get()));
    m_watch = Source(gst_bus_add_watch(bus.get(), &WebmWriter::message, this));
    gst_element_set_state(m_pipeline.get(), GST_STATE_PLAYING);
}

WebmWriter::~WebmWriter()
{
    m_watch.remove();
    if (m_pipeline)
        gst_element_set_state(m_pipeline.get(), GST_STATE_NULL);
}

void WebmWriter::add(GstBuffer* packet)
{
    if (isOver() || !m_in)
        return;
    if (gst_app_src_get_current_level_bytes(GST_APP_SRC(m_in.get())) > kMaxUnwritten)
        return end({ .how = protocol::FilmEnd::TooSlow });
    if (!GST_CLOCK_TIME_IS_VALID(m_first))
        m_first = GST_BUFFER_PTS(packet);
    GstBuffer* shifted = gst_buffer_copy(packet); // shares its bytes
    GST_BUFFER_PTS(shifted) -= m_first;
    GST_BUFFER_DTS(shifted) = GST_BUFFER_PTS(shifted);
    gst_app_src_push_buffer(GST_APP_SRC(m_in.get()), shifted); // takes it
}

void WebmWriter::finish()
{
    if (!isOver() && m_in)
        gst_app_src_end_of_stream(GST_APP_SRC(m_in.get()));
}

void WebmWriter::wait()
{
    if (isOver() || !m_pipeline)
        return;
    const GstPtr<GstBus> bus(gst_element_get_bus(m_pipeline.get()));
    GstMessage* last = gst_bus_timed_pop_filtered(
        bus.get(), kWaitNs, GstMessageType(GST_MESSAGE_EOS | GST_MESSAGE_ERROR));
    if (!last)
        return end({ .how = protocol::FilmEnd::TooSlow });
    take(last);
    gst_message_unref(last);
}

gboolean WebmWriter::message(GstBus*, GstMessage* message, gpointer self)
{
    static_cast<WebmWriter*>(self)->take(message);
    return G_SOURCE_CONTINUE;
}

void WebmWriter::take(GstMessage* message)
{
    if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_EOS)
        return end({});
    if (GST_MESSAGE_TYPE(message) != GST_MESSAGE_ERROR)
        return;
    GError* raw = nullptr;
    gst_message_parse_error(message, &raw, nullptr);
    const GErrorPtr error(raw);
    const bool isFull = error
        && g_error_matches(error.get(), GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NO_SPACE_LEFT);
    end({ .how = isFull ? protocol::FilmEnd::NoSpace : protocol::FilmEnd::Failed,
        .detail = error ? error->message : "the file can't be written" });
}

void WebmWriter::end(const End& how)
{
    if (const Ended ended = std::exchange(m_ended, {}))
        ended(how);
}

} // namespace console::helper
