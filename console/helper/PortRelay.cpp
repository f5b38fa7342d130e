// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/PortRelay.h"

#include "console/protocol/Codec.h"

#include <algorithm>

namespace console::helper {

namespace {

constexpr std::size_t kMaxWaiting = 4 << 20;
constexpr guint kRetryMs = 5;

PortRelay& portOf(gpointer self)
{
    return *static_cast<PortRelay*>(self);
}

} // namespace

PortRelay::PortRelay(WindowLink& link, SpiceChannel* channel, std::uint32_t id)
    : m_link(link)
    , m_channel(takeReference(channel))
    , m_cancel(g_cancellable_new())
    , m_id(id)
    , m_signals(channel)
{
    m_signals.add("port-data", G_CALLBACK(&PortRelay::received), this);
    m_signals.add("notify::port-name", G_CALLBACK(&PortRelay::opened), this);
    m_signals.add("notify::port-opened", G_CALLBACK(&PortRelay::opened), this);
    spice_channel_connect(channel);
}

PortRelay::~PortRelay()
{
    g_cancellable_cancel(m_cancel.get());
}

/// A port that nobody in the guest has open is told of by its name alone.
void PortRelay::opened(SpiceChannel* channel, GParamSpec*, gpointer self)
{
    PortRelay& me = portOf(self);
    gchar* name = nullptr;
    gboolean open = FALSE;
    g_object_get(channel, "port-name", &name, "port-opened", &open, nullptr);
    me.m_link.send(protocol::Port {
        .id = me.m_id, .open = open ? 1u : 0u, .name = protocol::toText<128>(name ? name : "") });
    g_free(name);
}

void PortRelay::received(SpiceChannel*, gpointer bytes, gint size, gpointer self)
{
    PortRelay& me = portOf(self);
    if (size <= 0)
        return;
    const std::size_t room = kMaxWaiting - std::min(kMaxWaiting, me.m_waiting.size());
    me.m_waiting.append(static_cast<const char*>(bytes), std::min(std::size_t(size), room));
    if (!me.m_retry.isActive() && !me.sendWaiting())
        me.m_retry = Source(g_timeout_add(kRetryMs, &PortRelay::retry, self));
}

gboolean PortRelay::retry(gpointer self)
{
    if (!portOf(self).sendWaiting())
        return G_SOURCE_CONTINUE;
    portOf(self).m_retry.forget();
    return G_SOURCE_REMOVE;
}

bool PortRelay::sendWaiting()
{
    std::size_t sent = 0;
    while (sent < m_waiting.size() && !m_link.hasUnsent()) {
        const auto size = std::min<std::size_t>(protocol::kMaxPortData, m_waiting.size() - sent);
        const protocol::Bytes all = std::as_bytes(std::span(m_waiting));
        m_link.send(protocol::PortData { .id = m_id, .size = std::uint32_t(size) },
            all.subspan(sent, size));
        sent += size;
    }
    m_waiting.erase(0, sent);
    return m_waiting.empty();
}

void PortRelay::write(protocol::Payload bytes)
{
    auto* kept = new std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    const auto written = [](GObject* channel, GAsyncResult* result, gpointer data) {
        const std::unique_ptr<std::string> done(static_cast<std::string*>(data));
        spice_port_channel_write_finish(SPICE_PORT_CHANNEL(channel), result, nullptr);
    };
    spice_port_channel_write_async(SPICE_PORT_CHANNEL(m_channel.get()), kept->data(), kept->size(),
        m_cancel.get(), written, kept);
}

} // namespace console::helper
