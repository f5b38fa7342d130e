// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/LivenessWatch.h"

#include <gio/gio.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>

namespace console::helper {

namespace {

constexpr guint kLookEveryMs = 500;
constexpr int kPatience = 6; ///< looks
constexpr int kMotionsPerAnswer = 8; ///< 4, and 4 that the library may hold back

bool isUnread(GSocket* socket)
{
    int bytes = 0;
    return g_socket_get_family(socket) == G_SOCKET_FAMILY_UNIX
        && ::ioctl(g_socket_get_fd(socket), SIOCOUTQ, &bytes) == 0 && bytes > 0;
}

} // namespace

LivenessWatch::LivenessWatch(SpiceInputsChannel* inputs, WindowLink& link)
    : m_channel(takeReference(SPICE_CHANNEL(inputs)))
    , m_link(link)
    , m_timer(g_timeout_add(kLookEveryMs, &LivenessWatch::look, this))
{
}

bool LivenessWatch::isStuck()
{
    gulong read = 0;
    GSocket* raw = nullptr;
    g_object_get(m_channel.get(), "total-read-bytes", &read, "socket", &raw, nullptr);
    const GObjectPtr<GSocket> socket(raw);
    if (read != m_lastRead) {
        m_lastRead = read;
        m_unanswered = 0;
        return false;
    }
    return m_unanswered >= kMotionsPerAnswer || (socket && isUnread(socket.get()));
}

gboolean LivenessWatch::look(gpointer self)
{
    auto& me = *static_cast<LivenessWatch*>(self);
    me.m_stuckLooks = me.isStuck() ? me.m_stuckLooks + 1 : 0;
    const bool isStale = me.m_stuckLooks >= kPatience;
    if (isStale != me.m_isTold) {
        me.m_isTold = isStale;
        me.m_link.send(protocol::Responsive { .yes = isStale ? 0u : 1u });
    }
    return G_SOURCE_CONTINUE;
}

} // namespace console::helper
