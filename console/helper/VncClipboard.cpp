// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/VncClipboard.h"

#include "console/helper/LineEnds.h"
#include "console/helper/VncJpeg.h"
#include "console/helper/VncText.h"
#include "console/protocol/SealedFile.h"

#include <cstring>

namespace console::helper {

namespace {

using protocol::ClipboardType;
using protocol::Selection;

// Of the flags of an extended cut text.
constexpr std::uint32_t kText = 1u << 0;
constexpr std::uint32_t kFormats = 0xffff;
constexpr std::uint32_t kCapabilities = 1u << 24;
constexpr std::uint32_t kRequest = 1u << 25;
constexpr std::uint32_t kPeek = 1u << 26;
constexpr std::uint32_t kNotify = 1u << 27;
constexpr std::uint32_t kProvide = 1u << 28;

constexpr guint kGraceMs = 1000;

constexpr std::uint32_t kTextBit = 1u << std::uint32_t(ClipboardType::Text);

VncClipboard& clipboardOf(gpointer self)
{
    return *static_cast<VncClipboard*>(self);
}

} // namespace

VncClipboard::VncClipboard(::VncConnection* vnc, WindowLink& link)
    : m_vnc(vnc)
    , m_link(link)
    , m_fromServer(
          [this](std::uint32_t flags, std::span<const std::uint8_t> body) {
              // The library is in the middle of reading: what it is to send now it would forget.
              m_waiting.push_back({ .flags = flags, .body = { body.begin(), body.end() } });
              if (!m_handling.isActive())
                  m_handling = Source(g_idle_add(&VncClipboard::handleWaiting, this));
          },
          &isJpegOf)
    , m_signals(vnc)
{
    m_signals.add("vnc-server-cut-text", G_CALLBACK(&VncClipboard::cutTextCame), this);
}

VncClipboard::~VncClipboard()
{
    followWire(nullptr, nullptr);
}

void VncClipboard::begin(bool isReadable)
{
    m_isReadable = isReadable;
    if (!isReadable)
        return;
    followWire(&m_fromServer, &m_toServer);
    m_grace = Source(g_timeout_add(kGraceMs, &VncClipboard::graceOver, this));
}

gboolean VncClipboard::graceOver(gpointer self)
{
    VncClipboard& me = clipboardOf(self);
    me.m_grace.forget();
    if (!me.m_isExtended)
        me.askWindow();
    return G_SOURCE_REMOVE;
}

gboolean VncClipboard::handleWaiting(gpointer self)
{
    VncClipboard& me = clipboardOf(self);
    me.m_handling.forget();
    const auto waiting = std::exchange(me.m_waiting, {});
    for (const Extended& message : waiting)
        me.handle(message);
    return G_SOURCE_REMOVE;
}

void VncClipboard::handle(const Extended& message)
{
    const bool isText = (message.flags & kText) != 0;
    if (message.flags & kCapabilities)
        return noteCapabilities(message);
    if (message.flags & kNotify) {
        m_cutText.reset();
        offerToWindow(isText);
    } else if (message.flags & kRequest && isText)
        askWindow();
    else if (message.flags & kPeek)
        sendExtended(kNotify | (m_isOffered && m_toGuest ? kText : 0));
    else if (message.flags & kProvide && isText && m_fromGuest) {
        m_isThere = true;
        answerWindow(unpackText(message.body, protocol::kMaxClipboardBytes));
    }
}

/// QEMU knows no question after what there is, and hands texts on as they are: with the line ends
/// of the clipboard here, which the others do not want.
void VncClipboard::noteCapabilities(const Extended& message)
{
    if (!(message.flags & kText) || std::exchange(m_isExtended, true))
        return;
    m_endsInCrLf = (message.flags & kPeek) != 0;
    m_toServer.setExtended(true);
    // Texts of any size may be announced, none is to come unasked.
    constexpr std::uint8_t unasked[4] {};
    sendExtended(kCapabilities | kRequest | kNotify | kProvide | kText, unasked);
    if (m_toGuest && m_isOffered)
        sendExtended(kNotify | kText);
}

void VncClipboard::take(const protocol::ClipboardDirection& message)
{
    const bool hadFromGuest = std::exchange(m_fromGuest, message.fromGuest != 0);
    const bool hadToGuest = std::exchange(m_toGuest, message.toGuest != 0);
    if (!m_toGuest) {
        m_question = 0;
        if (std::exchange(m_isOffered, false) && hadToGuest && m_isExtended)
            sendExtended(kNotify);
    }
    if (!m_fromGuest)
        m_cutText.reset();
    else if (!hadFromGuest && m_isThere && (m_isExtended || m_cutText))
        offerToWindow(true);
}

void VncClipboard::take(const protocol::ClipboardOffer& message)
{
    if (!m_toGuest || message.selection != Selection::Clipboard)
        return;
    const bool isText = (message.types & kTextBit) != 0;
    if (!isText && !m_isOffered)
        return;
    m_isOffered = isText;
    if (isText)
        m_isThere = false; // ours replaces its own
    if (m_isExtended)
        sendExtended(kNotify | (isText ? kText : 0));
    else if (isText && !m_grace.isActive())
        askWindow(); // it has no way to ask
}

void VncClipboard::askWindow()
{
    if (!m_toGuest || !m_isOffered)
        return;
    m_question = ++m_lastQuestion;
    m_link.send(protocol::ClipboardRequest { .request = m_question });
}

void VncClipboard::take(const protocol::ClipboardAnswer& message, int fd)
{
    if (message.request != m_question || m_question == 0)
        return; // it came too late
    m_question = 0;
    const auto file = message.found ? protocol::SealedFile::map(fd, message.size) : nullptr;
    if (!file || !m_toGuest)
        return;
    const auto bytes = file->bytes();
    if (bytes.size() > kMaxBytes)
        m_link.send(protocol::ClipboardCut { .limit = kMaxBytes });
    else
        sendText({ reinterpret_cast<const char*>(bytes.data()), bytes.size() });
}

void VncClipboard::sendText(std::string_view utf8)
{
    if (!m_isExtended) {
        const Latin1 latin1 = toLatin1(withLf(utf8));
        vnc_connection_client_cut_text(m_vnc, latin1.text.data(), latin1.text.size());
        if (latin1.replaced > 0)
            m_link.send(protocol::ClipboardCut { .replaced = latin1.replaced });
        return;
    }
    std::string text = m_endsInCrLf ? withCrLf(utf8) : std::string(utf8);
    if (m_endsInCrLf)
        text += '\0';
    sendExtended(kProvide | kText, packText(text));
}

void VncClipboard::sendExtended(std::uint32_t flags, std::span<const std::uint8_t> body)
{
    if (!m_isExtended || m_fromServer.isLost())
        return;
    std::vector<std::uint8_t> message { std::uint8_t(flags >> 24), std::uint8_t(flags >> 16),
        std::uint8_t(flags >> 8), std::uint8_t(flags) };
    message.insert(message.end(), body.begin(), body.end());
    vnc_connection_client_cut_text(m_vnc, message.data(), message.size());
}

void VncClipboard::cutTextCame(::VncConnection*, const char* text, gpointer self)
{
    VncClipboard& me = clipboardOf(self);
    me.m_isThere = true;
    if (!me.m_fromGuest || !text)
        return; // and not kept
    me.m_cutText = fromLatin1(text);
    me.offerToWindow(!me.m_cutText->empty());
}

void VncClipboard::offerToWindow(bool isThere)
{
    m_isThere = isThere;
    if (isThere)
        m_isOffered = false; // its own replaces ours
    if (m_fromGuest)
        m_link.send(protocol::ClipboardOffer { .types = isThere ? kTextBit : 0 });
}

void VncClipboard::take(const protocol::ClipboardRequest& message)
{
    const bool isText
        = message.selection == Selection::Clipboard && message.type == ClipboardType::Text;
    if (!m_fromGuest || !isText || !m_isThere || (!m_isExtended && !m_cutText)) {
        m_link.send(protocol::ClipboardAnswer { .request = message.request });
        return;
    }
    m_wishes.push_back(message.request);
    if (m_cutText)
        answerWindow(m_cutText);
    else
        sendExtended(kRequest | kText);
}

/// To all who asked.
void VncClipboard::answerWindow(const std::optional<std::string>& text)
{
    std::string utf8 = text ? withLf(*text) : std::string();
    while (!utf8.empty() && utf8.back() == '\0')
        utf8.pop_back();
    for (const std::uint32_t request : std::exchange(m_wishes, {})) {
        protocol::ClipboardAnswer answer { .request = request, .size = utf8.size() };
        if (utf8.empty() || utf8.size() > protocol::kMaxClipboardBytes) {
            m_link.send(answer);
            continue;
        }
        const protocol::Fd file = protocol::SealedFile::write(std::as_bytes(std::span(utf8)));
        answer.found = file.isValid();
        m_link.send(answer, {}, file.get());
    }
}

} // namespace console::helper
