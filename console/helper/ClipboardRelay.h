// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/GlibHandles.h"
#include "console/helper/WindowLink.h"

#include <spice-client.h>

#include <array>
#include <deque>
#include <map>

namespace console::helper {

/// The clipboard between the guest's agent and the window. Nothing crosses, not even that there is
/// something, in a direction that the window has not opened. Data crosses only when it is asked
/// for, and never stays here.
class ClipboardRelay {
public:
    ClipboardRelay(SpiceMainChannel* channel, WindowLink& link);

    void take(const protocol::ClipboardDirection& message, int);
    void take(const protocol::ClipboardOffer& message, int);
    void take(const protocol::ClipboardRequest& message, int);
    void take(const protocol::ClipboardAnswer& message, int fd);
    /// The agent came or went: what was asked of the last one is not answered any more.
    void agentChanged(bool connected);

private:
    struct Wish { ///< of the window, that the guest has not answered yet
        protocol::ClipboardType type;
        std::uint32_t request;
    };
    struct Question { ///< of the guest, that the window has not answered yet
        protocol::Selection selection;
        protocol::ClipboardType type;
    };

    static gboolean grabbed(
        SpiceMainChannel*, guint selection, guint32* types, guint count, gpointer self);
    static void released(SpiceMainChannel*, guint selection, gpointer self);
    static gboolean requested(SpiceMainChannel*, guint selection, guint type, gpointer self);
    static void arrived(
        SpiceMainChannel*, guint selection, guint type, gpointer data, guint size, gpointer self);
    void offerToWindow(protocol::Selection selection);
    void answerWindow(std::uint32_t request, std::string_view bytes);
    void answerGuest(const Question& question, std::string_view bytes);
    bool wantsCrLf() const;

    GObjectPtr<SpiceMainChannel> m_channel;
    WindowLink& m_link;
    bool m_toGuest = false;
    bool m_fromGuest = false;
    std::array<std::uint32_t, protocol::kSelections> m_guestTypes {}; ///< what it last offered
    std::array<bool, protocol::kSelections> m_grabbed {}; ///< the guest was told we have something
    std::array<std::deque<Wish>, protocol::kSelections> m_wishes;
    std::map<std::uint32_t, Question> m_questions;
    std::uint32_t m_lastQuestion = 0;
    Connections m_signals; // last: undone first
};

} // namespace console::helper
