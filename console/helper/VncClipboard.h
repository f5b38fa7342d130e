// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/GlibHandles.h"
#include "console/helper/VncWire.h"
#include "console/helper/WindowLink.h"

#include <gvnc.h>

#include <deque>
#include <optional>
#include <string>

namespace console::helper {

/// The clipboard between a VNC server and the window: text alone. A server that knows the extended
/// clipboard (QEMU from 6.1, TigerVNC) is told that there is something, asks for it, and both ways
/// it is UTF-8. Any other is sent the text as soon as it is offered, in Latin-1, as the protocol
/// has it, and its own comes unasked. Nothing crosses, nor is it kept, in a direction that the
/// window has not opened.
/// Source: RFC 6143, 7.5.6 and 7.6.4; rfbproto, "Extended Clipboard Pseudo-Encoding".
class VncClipboard {
public:
    static constexpr gint32 kEncoding = gint32(0xc0a1e5ceu); ///< of the extended one
    /// QEMU hangs up on who sends more than a megabyte, and holds no more itself.
    static constexpr std::size_t kMaxBytes = (1u << 20) - 4096;

    VncClipboard(::VncConnection* vnc, WindowLink& link);
    ~VncClipboard();

    /// The server lets us in, and nothing was sent since. Not `readable`: its bytes are wrapped up
    /// in a way that hides them, so the extended clipboard has to do without.
    void begin(bool isReadable);
    bool offersExtended() const { return m_isReadable; }
    bool isSoundOffered() const { return m_fromServer.hasSound(); } ///< as far as is read
    const std::string& refusal() const { return m_fromServer.refusal(); }

    void take(const protocol::ClipboardDirection& message);
    void take(const protocol::ClipboardOffer& message);
    void take(const protocol::ClipboardRequest& message);
    void take(const protocol::ClipboardAnswer& message, int fd);

private:
    struct Extended {
        std::uint32_t flags = 0;
        std::vector<std::uint8_t> body {};
    };

    static void cutTextCame(::VncConnection*, const char* text, gpointer self);
    static gboolean handleWaiting(gpointer self);
    static gboolean graceOver(gpointer self);
    void handle(const Extended& message);
    void noteCapabilities(const Extended& message);
    void offerToWindow(bool isThere);
    void askWindow();
    void answerWindow(const std::optional<std::string>& text);
    void sendText(std::string_view utf8);
    void sendExtended(std::uint32_t flags, std::span<const std::uint8_t> body = {});

    ::VncConnection* m_vnc;
    WindowLink& m_link;
    VncServerStream m_fromServer;
    VncClientStream m_toServer;
    bool m_isReadable = false;
    bool m_isExtended = false; ///< the server knows it
    bool m_endsInCrLf = false; ///< as it wants its lines
    bool m_toGuest = false;
    bool m_fromGuest = false;
    bool m_isOffered = false; ///< the server may ask for ours
    std::uint32_t m_question = 0; ///< the window's answer to it is waited for; 0: none
    std::uint32_t m_lastQuestion = 0;
    bool m_isThere = false; ///< the server has something
    std::optional<std::string> m_cutText; ///< what came unasked, in UTF-8, until the next
    std::deque<std::uint32_t> m_wishes; ///< of the window, not answered yet
    std::deque<Extended> m_waiting; ///< they come while the library reads
    Source m_handling;
    Source m_grace; ///< in which the server may still say that it knows the extended clipboard
    Connections m_signals;
};

} // namespace console::helper
