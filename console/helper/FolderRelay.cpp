// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/FolderRelay.h"

namespace console::helper {

FolderRelay::FolderRelay(WindowLink& link)
    : m_link(link)
{
}

void FolderRelay::setSession(SpiceSession* session)
{
    m_session = takeReference(session);
    share();
}

void FolderRelay::useChannel(SpiceChannel* channel)
{
    m_channel = takeReference(channel);
    m_connected = false;
    m_signals.emplace_back(channel).add(
        "notify::port-opened", G_CALLBACK(&FolderRelay::opened), this);
    tell();
    share();
}

void FolderRelay::take(const protocol::ShareFolder& wish)
{
    m_wish = wish;
    share();
    tell();
}

void FolderRelay::share()
{
    if (!m_session)
        return;
    const bool any = m_wish.path[0] != '\0';
    // Read-only first: for no moment may the guest write into what it must not change.
    g_object_set(m_session.get(), "share-dir-ro", gboolean(!any || m_wish.readOnly), nullptr);
    g_object_set(m_session.get(), "shared-dir", any ? m_wish.path.data() : nullptr, nullptr);
    if (any && m_channel && !m_connected) {
        m_connected = true;
        spice_channel_connect(m_channel.get());
    }
}

void FolderRelay::opened(SpiceChannel*, GParamSpec*, gpointer self)
{
    static_cast<FolderRelay*>(self)->tell();
}

void FolderRelay::tell()
{
    gboolean used = FALSE;
    if (m_channel && m_connected)
        g_object_get(m_channel.get(), "port-opened", &used, nullptr);
    m_link.send(protocol::FolderChannel { .offered = m_channel ? 1u : 0u, .used = used ? 1u : 0u });
}

} // namespace console::helper
