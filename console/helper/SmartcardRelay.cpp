// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/SmartcardRelay.h"

#include "console/protocol/Codec.h"

namespace console::helper {

SmartcardRelay::SmartcardRelay(WindowLink& link)
    : m_link(link)
{
}

void SmartcardRelay::useChannel(SpiceChannel* channel)
{
    m_channel = takeReference(channel);
    m_started = false;
    tell();
    start();
}

void SmartcardRelay::take(const protocol::UseSmartcards& wish)
{
    m_wanted = wish.on;
    start();
}

void SmartcardRelay::start()
{
    if (!m_wanted || !m_channel || m_started)
        return;
    m_started = true;
    m_signals.clear();
    if (SpiceSmartcardManager* manager = spice_smartcard_manager_get()) {
        Connections& signalsOfManager = m_signals.emplace_back(manager);
        signalsOfManager.add("reader-added", G_CALLBACK(&SmartcardRelay::readersChanged), this);
        signalsOfManager.add("reader-removed", G_CALLBACK(&SmartcardRelay::readersChanged), this);
    }
    spice_channel_connect(m_channel.get());
    tell();
}

void SmartcardRelay::readersChanged(SpiceSmartcardManager*, gpointer, gpointer self)
{
    static_cast<SmartcardRelay*>(self)->tell();
}

void SmartcardRelay::tell()
{
    guint count = 0;
    if (m_started) {
        GList* readers = spice_smartcard_manager_get_readers(spice_smartcard_manager_get());
        count = std::min(g_list_length(readers), 256u);
        g_list_free_full(
            readers, [](gpointer reader) { g_boxed_free(SPICE_TYPE_SMARTCARD_READER, reader); });
    }
    m_link.send(protocol::Smartcards { .offered = m_channel ? 1u : 0u,
        .readers = count,
        .problem = protocol::toText<256>(
            m_started && count == 0 ? "no smartcard reader was found (is pcscd running?)" : "") });
}

} // namespace console::helper
