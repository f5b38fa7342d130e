// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/SoundPipeline.h"

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>

#include <algorithm>
#include <string_view>

namespace console::helper {

namespace {

/// Half a second of sound may wait; more would only be heard too late.
constexpr int kWaitingPerSecond = 2;
/// Less than any sample can tell. At 0 the element makes gaps, which have to say when they are; a
/// guest's samples don't, and the loudspeaker could stay silent for good.
constexpr double kSilence = 1e-9;

std::string describe(SoundPipeline::Direction direction, const SoundFormat& format)
{
    const std::string caps = "audio/x-raw,format=S16LE,layout=interleaved,channels="
        + std::to_string(format.channels) + ",rate=" + std::to_string(format.rate);
    const auto waiting = std::to_string(format.channels * format.rate * 2 / kWaitingPerSecond);
    if (direction == SoundPipeline::Direction::Playback)
        return "appsrc name=ours is-live=true format=time max-bytes=" + waiting
            + " leaky-type=downstream caps=\"" + caps
            + "\" ! queue ! audioconvert ! audioresample ! volume name=volume"
              " ! autoaudiosink name=device";
    return "autoaudiosrc name=device ! queue ! audioconvert ! audioresample"
           " ! volume name=volume ! appsink name=ours sync=false drop=true max-buffers=64 caps=\""
        + caps + "\"";
}

void setState(GstElement* pipeline, gpointer state)
{
    gst_element_set_state(pipeline, GstState(GPOINTER_TO_INT(state)));
}

std::string textOf(GstMessage* message)
{
    GError* raw = nullptr;
    if (GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR)
        gst_message_parse_error(message, &raw, nullptr);
    else
        gst_message_parse_warning(message, &raw, nullptr);
    const GErrorPtr error(raw);
    return error ? error->message : std::string();
}

} // namespace

SoundPipeline::SoundPipeline(Direction direction, const SoundFormat& format, Opened opened)
    : m_opened(std::move(opened))
    , m_direction(direction)
{
    GError* raw = nullptr;
    if (gst_init_check(nullptr, nullptr, &raw))
        m_pipeline = gst_parse_launch_full(
            describe(direction, format).c_str(), nullptr, GST_PARSE_FLAG_FATAL_ERRORS, &raw);
    const GErrorPtr error(raw);
    if (!m_pipeline) {
        report(error ? error->message : "GStreamer can't be used");
        return;
    }
    GstBin* bin = GST_BIN(m_pipeline);
    m_ours = gst_bin_get_by_name(bin, "ours");
    m_device = gst_bin_get_by_name(bin, "device");
    m_volume = gst_bin_get_by_name(bin, "volume");
    const GObjectPtr<GstBus> bus(gst_element_get_bus(m_pipeline));
    m_watch = Source(gst_bus_add_watch(bus.get(), &SoundPipeline::message, this));
    gst_element_call_async(m_pipeline, &setState, GINT_TO_POINTER(GST_STATE_PLAYING), nullptr);
}

SoundPipeline::~SoundPipeline()
{
    if (!m_pipeline)
        return;
    m_watch.remove();
    for (GstElement* element : { m_ours, m_device, m_volume })
        gst_object_unref(element);
    // Holds a reference of its own until it is done.
    gst_element_call_async(m_pipeline, &setState, GINT_TO_POINTER(GST_STATE_NULL), nullptr);
    gst_object_unref(m_pipeline);
}

void SoundPipeline::report(const std::string& problem)
{
    if (const Opened opened = std::exchange(m_opened, {}))
        opened(problem);
}

/// The automatic element stands in with a silent one where it finds no device.
std::string SoundPipeline::whyNoDevice() const
{
    std::string out;
    GValue value = G_VALUE_INIT;
    const std::unique_ptr<GstIterator, decltype(&gst_iterator_free)> children(
        gst_bin_iterate_elements(GST_BIN(m_device)), &gst_iterator_free);
    while (gst_iterator_next(children.get(), &value) == GST_ITERATOR_OK) {
        auto* child = GST_ELEMENT(g_value_get_object(&value));
        const GstElementFactory* factory = gst_element_get_factory(child);
        const std::string_view name = factory ? GST_OBJECT_NAME(factory) : "";
        if (name == "fakesink" || name == "fakesrc" || name == "audiotestsrc")
            out = m_lastWarning.empty() ? "no sound server and no sound device was found"
                                        : m_lastWarning;
        g_value_reset(&value);
    }
    g_value_unset(&value);
    return out;
}

gboolean SoundPipeline::message(GstBus*, GstMessage* message, gpointer self)
{
    auto& me = *static_cast<SoundPipeline*>(self);
    switch (GST_MESSAGE_TYPE(message)) {
    case GST_MESSAGE_WARNING:
        me.m_lastWarning = textOf(message);
        break;
    case GST_MESSAGE_ERROR:
        me.report(textOf(message));
        break;
    case GST_MESSAGE_STATE_CHANGED: {
        // Ready: the device is chosen and open. It plays only once there are samples.
        GstState now = GST_STATE_NULL;
        gst_message_parse_state_changed(message, nullptr, &now, nullptr);
        if (GST_MESSAGE_SRC(message) == GST_OBJECT(me.m_pipeline) && now >= GST_STATE_READY)
            me.report(me.whyNoDevice());
        break;
    }
    default:
        break;
    }
    return G_SOURCE_CONTINUE;
}

void SoundPipeline::play(std::span<const std::uint8_t> samples)
{
    if (!m_pipeline || m_direction != Direction::Playback || samples.empty())
        return;
    GstBuffer* buffer = gst_buffer_new_allocate(nullptr, samples.size(), nullptr);
    gst_buffer_fill(buffer, 0, samples.data(), samples.size());
    gst_app_src_push_buffer(GST_APP_SRC(m_ours), buffer); // takes it
}

std::string SoundPipeline::take()
{
    if (!m_pipeline || m_direction != Direction::Microphone)
        return {};
    GstSample* sample = gst_app_sink_try_pull_sample(GST_APP_SINK(m_ours), 0);
    if (!sample)
        return {};
    std::string out;
    GstMapInfo map;
    GstBuffer* buffer = gst_sample_get_buffer(sample);
    if (buffer && gst_buffer_map(buffer, &map, GST_MAP_READ)) {
        out.assign(reinterpret_cast<const char*>(map.data), map.size);
        gst_buffer_unmap(buffer, &map);
    }
    gst_sample_unref(sample);
    return out;
}

void SoundPipeline::setGain(double linear)
{
    if (m_volume)
        g_object_set(m_volume, "volume", std::max(linear, kSilence), nullptr);
}

unsigned SoundPipeline::latencyMs() const
{
    GstClockTime least = 0;
    if (m_pipeline) {
        GstQuery* query = gst_query_new_latency();
        if (gst_element_query(m_pipeline, query))
            gst_query_parse_latency(query, nullptr, &least, nullptr);
        gst_query_unref(query);
    }
    return unsigned(GST_TIME_AS_MSECONDS(least));
}

} // namespace console::helper
