// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/VncLiveness.h"

namespace console::helper {

namespace {

constexpr guint kLookEveryMs = 500;
constexpr int kAskAfter = 2; ///< looks
constexpr int kPatience = 9; ///< looks; QEMU looks at a quiet screen every three seconds only

} // namespace

void VncLiveness::noteInput()
{
    if (m_timer.isActive())
        return;
    m_silentLooks = 0;
    m_timer = Source(g_timeout_add(kLookEveryMs, &VncLiveness::look, this));
}

void VncLiveness::noteUpdate()
{
    m_timer.remove();
    if (std::exchange(m_isTold, false))
        m_link.send(protocol::Responsive { .yes = 1 });
}

gboolean VncLiveness::look(gpointer self)
{
    auto& me = *static_cast<VncLiveness*>(self);
    ++me.m_silentLooks;
    if (me.m_silentLooks == kAskAfter)
        vnc_connection_framebuffer_update_request(me.m_vnc, FALSE, 0, 0, 1, 1);
    if (me.m_silentLooks < kAskAfter + kPatience)
        return G_SOURCE_CONTINUE;
    me.m_timer.forget();
    if (!std::exchange(me.m_isTold, true))
        me.m_link.send(protocol::Responsive { .yes = 0 });
    return G_SOURCE_REMOVE;
}

} // namespace console::helper
