// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/MonitorRelay.h"

#include <algorithm>

namespace console::helper {

namespace {

struct ArrayUnref {
    void operator()(GArray* array) const { g_array_unref(array); }
};

} // namespace

MonitorRelay::MonitorRelay(WindowLink& link)
    : m_link(link)
{
}

void MonitorRelay::watch(SpiceDisplayChannel* channel, std::uint32_t number)
{
    m_screens[number] = std::unique_ptr<Screen>(new Screen { .relay = this,
        .number = number,
        .channel = takeReference(channel),
        .signals = Connections(channel) });
    Connections& signalsOfScreen = m_screens[number]->signals;
    gpointer screen = m_screens[number].get();
    signalsOfScreen.add("notify::monitors", G_CALLBACK(&MonitorRelay::changed), screen);
    signalsOfScreen.add("notify::monitors-max", G_CALLBACK(&MonitorRelay::changed), screen);
    if (number != 0 && m_screens[0])
        tell(*m_screens[0]); // there is one more to offer
}

void MonitorRelay::changed(GObject*, GParamSpec*, gpointer screen)
{
    const auto& told = *static_cast<Screen*>(screen);
    told.relay->tell(told);
}

std::uint32_t MonitorRelay::offered() const
{
    const auto screens = std::count_if(
        m_screens.begin(), m_screens.end(), [](const auto& screen) { return bool(screen); });
    if (screens > 1 || !m_screens[0])
        return std::uint32_t(std::max<std::ptrdiff_t>(screens, 1));
    guint most = 1;
    g_object_get(m_screens[0]->channel.get(), "monitors-max", &most, nullptr);
    return std::clamp<std::uint32_t>(most, 1, protocol::kMaxHeads);
}

void MonitorRelay::tell(const Screen& screen)
{
    GArray* raw = nullptr;
    g_object_get(screen.channel.get(), "monitors", &raw, nullptr);
    const std::unique_ptr<GArray, ArrayUnref> monitors(raw);
    protocol::Monitors message { .screen = screen.number, .offered = offered() };
    for (guint i = 0; monitors && i < monitors->len && message.count < protocol::kMaxHeads; ++i) {
        const auto& at = g_array_index(monitors.get(), SpiceDisplayMonitorConfig, i);
        constexpr guint most = guint(protocol::kMaxExtent);
        const std::uint32_t head = screen.number + std::min(at.id, guint(protocol::kMaxHeads));
        // A guest may say anything here; what makes no sense is no monitor.
        if (at.width == 0 || at.height == 0 || at.width > most || at.height > most || at.x > most
            || at.y > most || head >= protocol::kMaxHeads)
            continue;
        message.areas[message.count++] = { .head = head,
            .x = std::int32_t(at.x),
            .y = std::int32_t(at.y),
            .width = std::int32_t(at.width),
            .height = std::int32_t(at.height) };
    }
    m_link.send(message);
}

void MonitorRelay::arrange(SpiceMainChannel* main, const protocol::MonitorLayout& layout)
{
    for (std::uint32_t i = 0; i < protocol::kMaxHeads; ++i) {
        const auto& head = layout.heads[i];
        spice_main_channel_update_display_enabled(main, int(i), head.enabled != 0, FALSE);
        if (head.enabled)
            spice_main_channel_update_display(
                main, int(i), head.x, head.y, head.width, head.height, FALSE);
    }
    // At once: by itself the library would wait for a second.
    spice_main_channel_send_monitor_config(main);
}

} // namespace console::helper
