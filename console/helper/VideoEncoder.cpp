// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/VideoEncoder.h"

#include "console/helper/GlibHandles.h"
#include "console/protocol/Codec.h"

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>
#include <gst/video/video.h>

#include <algorithm>
#include <cstring>

namespace console::helper {

namespace {

/// Enough for text to stay readable, little enough for a minute to be some megabytes.
constexpr double kBitsPerPixel = 0.15;
constexpr int kUsualRate = 15;
constexpr guint64 kDrainNs = 2 * GST_SECOND;

const char* nameOf(protocol::PixelFormat format)
{
    switch (format) {
    case protocol::PixelFormat::Xrgb32:
        return "BGRx";
    case protocol::PixelFormat::Rgb555:
        return "RGB15";
    case protocol::PixelFormat::Rgb565:
        return "RGB16";
    }
    return "BGRx";
}

/// Frames come when the screen changes, so their rate is told as variable. The encoder must not
/// take its time: what it does not do in real time is lost.
std::string describe(const FrameRelay::Picture& picture)
{
    const auto bits = std::max(
        500'000, int(double(picture.width) * picture.height * kUsualRate * kBitsPerPixel));
    return "appsrc name=in is-live=true format=time max-buffers=4 max-bytes=0 max-time=0"
           " leaky-type=downstream"
           " ! videoconvert ! videoscale add-borders=true ! video/x-raw,format=I420,width="
        + std::to_string(picture.width) + ",height=" + std::to_string(picture.height)
        + ",pixel-aspect-ratio=1/1"
          " ! vp8enc deadline=1 cpu-used=12 threads=2 lag-in-frames=0 error-resilient=0"
          " end-usage=vbr min-quantizer=4 max-quantizer=48 keyframe-max-dist=9999 target-bitrate="
        + std::to_string(bits) + " ! appsink name=out sync=false wait-on-eos=false";
}

} // namespace

VideoEncoder::VideoEncoder(const FrameRelay::Picture& picture)
    : m_width(picture.width)
    , m_height(picture.height)
    , m_begun(g_get_monotonic_time())
{
    GError* raw = nullptr;
    if (gst_init_check(nullptr, nullptr, &raw))
        m_pipeline.reset(gst_parse_launch_full(
            describe(picture).c_str(), nullptr, GST_PARSE_FLAG_FATAL_ERRORS, &raw));
    const GErrorPtr error(raw);
    if (!m_pipeline) {
        m_problem = error ? error->message : "GStreamer can't be used";
        return;
    }
    m_in.reset(gst_bin_get_by_name(GST_BIN(m_pipeline.get()), "in"));
    m_out.reset(gst_bin_get_by_name(GST_BIN(m_pipeline.get()), "out"));
    setFormat(picture);
    gst_element_set_state(m_pipeline.get(), GST_STATE_PLAYING);
}

VideoEncoder::~VideoEncoder()
{
    if (m_pipeline)
        gst_element_set_state(m_pipeline.get(), GST_STATE_NULL);
}

void VideoEncoder::setFormat(const FrameRelay::Picture& picture)
{
    m_format = picture;
    m_format.pixels = nullptr;
    const GstCapsPtr caps(gst_caps_new_simple("video/x-raw", "format", G_TYPE_STRING,
        nameOf(picture.format), "width", G_TYPE_INT, picture.width, "height", G_TYPE_INT,
        picture.height, "framerate", GST_TYPE_FRACTION, 0, 1, "max-framerate", GST_TYPE_FRACTION,
        kUsualRate, 1, "pixel-aspect-ratio", GST_TYPE_FRACTION, 1, 1, nullptr));
    gst_app_src_set_caps(GST_APP_SRC(m_in.get()), caps.get());
}

bool VideoEncoder::isSizedAs(const FrameRelay::Picture& picture) const
{
    return picture.width == m_width && picture.height == m_height;
}

void VideoEncoder::add(const FrameRelay::Picture& picture, bool asKey)
{
    if (!m_pipeline || !picture.pixels)
        return;
    if (picture.width != m_format.width || picture.height != m_format.height
        || picture.format != m_format.format)
        setFormat(picture);
    if (asKey)
        gst_element_send_event(m_out.get(),
            gst_video_event_new_upstream_force_key_unit(GST_CLOCK_TIME_NONE, FALSE, 0));
    // GStreamer's rows of these formats end on four bytes.
    const auto row = std::size_t(picture.width) * size_t(protocol::bytesPerPixel(picture.format));
    const std::size_t stride = (row + 3) & ~std::size_t(3);
    GstBuffer* buffer = gst_buffer_new_allocate(nullptr, stride * size_t(picture.height), nullptr);
    GstMapInfo map;
    if (gst_buffer_map(buffer, &map, GST_MAP_WRITE)) {
        for (std::int32_t y = 0; y < picture.height; ++y)
            std::memcpy(map.data + size_t(y) * stride, picture.pixels + y * picture.stride, row);
        gst_buffer_unmap(buffer, &map);
    }
    m_last = std::max(m_last + 1, GstClockTime(g_get_monotonic_time() - m_begun) * GST_USECOND);
    GST_BUFFER_PTS(buffer) = m_last;
    gst_app_src_push_buffer(GST_APP_SRC(m_in.get()), buffer); // takes it
}

std::optional<VideoEncoder::Packet> VideoEncoder::packetOf(GstSample* sample)
{
    if (!sample)
        return std::nullopt;
    if (!m_caps)
        m_caps.reset(gst_caps_ref(gst_sample_get_caps(sample)));
    GstBuffer* buffer = gst_sample_get_buffer(sample);
    Packet packet { .buffer = GstBufferPtr(gst_buffer_ref(buffer)),
        .isKey = !GST_BUFFER_FLAG_IS_SET(buffer, GST_BUFFER_FLAG_DELTA_UNIT) };
    gst_sample_unref(sample);
    return packet;
}

std::optional<VideoEncoder::Packet> VideoEncoder::take()
{
    if (!m_pipeline)
        return std::nullopt;
    return packetOf(gst_app_sink_try_pull_sample(GST_APP_SINK(m_out.get()), 0));
}

void VideoEncoder::drain()
{
    if (!m_pipeline)
        return;
    gst_app_src_end_of_stream(GST_APP_SRC(m_in.get()));
    const GstPtr<GstBus> bus(gst_element_get_bus(m_pipeline.get()));
    GstMessage* end = gst_bus_timed_pop_filtered(
        bus.get(), kDrainNs, GstMessageType(GST_MESSAGE_EOS | GST_MESSAGE_ERROR));
    if (end)
        gst_message_unref(end);
}

} // namespace console::helper
