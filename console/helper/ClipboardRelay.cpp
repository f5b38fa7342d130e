// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/ClipboardRelay.h"

#include "console/helper/LineEnds.h"
#include "console/protocol/SealedFile.h"

#include <spice/vd_agent.h>

#include <algorithm>
#include <string>
#include <vector>

namespace console::helper {

namespace {

using protocol::ClipboardType;
using protocol::Selection;

constexpr std::array<guint32, protocol::kClipboardTypes> kAgentTypes { VD_AGENT_CLIPBOARD_UTF8_TEXT,
    VD_AGENT_CLIPBOARD_IMAGE_PNG, VD_AGENT_CLIPBOARD_IMAGE_BMP, VD_AGENT_CLIPBOARD_IMAGE_TIFF,
    VD_AGENT_CLIPBOARD_IMAGE_JPG };
/// Questions of a guest that wait for the window; a guest that asks on and on gets nothing.
constexpr std::size_t kMaxQuestions = 16;

ClipboardRelay& relayOf(gpointer self)
{
    return *static_cast<ClipboardRelay*>(self);
}

guint32 toAgent(ClipboardType type)
{
    return kAgentTypes[std::size_t(type)];
}

std::optional<ClipboardType> fromAgent(guint32 type)
{
    const auto it = std::find(kAgentTypes.begin(), kAgentTypes.end(), type);
    if (it == kAgentTypes.end())
        return std::nullopt;
    return ClipboardType(it - kAgentTypes.begin());
}

std::string_view asText(protocol::Bytes bytes)
{
    return { reinterpret_cast<const char*>(bytes.data()), bytes.size() };
}

/// No answer at all would leave a program in the guest waiting: an empty one of no type.
void sayNothing(SpiceMainChannel* channel, guint selection)
{
    spice_main_channel_clipboard_selection_notify(
        channel, selection, VD_AGENT_CLIPBOARD_NONE, nullptr, 0);
}

} // namespace

ClipboardRelay::ClipboardRelay(SpiceMainChannel* channel, WindowLink& link)
    : m_channel(takeReference(channel))
    , m_link(link)
    , m_signals(channel)
{
    // The library refuses what is larger with a warning only; a guest's megabytes are cut off here.
    g_object_set(channel, "max-clipboard", int(protocol::kMaxClipboardBytes + 1), nullptr);
    m_signals.add("main-clipboard-selection-grab", G_CALLBACK(&ClipboardRelay::grabbed), this);
    m_signals.add("main-clipboard-selection-release", G_CALLBACK(&ClipboardRelay::released), this);
    m_signals.add("main-clipboard-selection-request", G_CALLBACK(&ClipboardRelay::requested), this);
    m_signals.add("main-clipboard-selection", G_CALLBACK(&ClipboardRelay::arrived), this);
}

void ClipboardRelay::take(const protocol::ClipboardDirection& message, int)
{
    const bool hadFromGuest = std::exchange(m_fromGuest, message.fromGuest != 0);
    m_toGuest = message.toGuest != 0;
    for (std::uint32_t i = 0; i < protocol::kSelections; ++i) {
        if (!m_toGuest && std::exchange(m_grabbed[i], false))
            spice_main_channel_clipboard_selection_release(m_channel.get(), i);
        if (m_fromGuest && !hadFromGuest && m_guestTypes[i] != 0)
            offerToWindow(Selection(i));
    }
    if (!m_toGuest) {
        const auto questions = std::exchange(m_questions, {});
        for (const auto& [number, question] : questions)
            answerGuest(question, {});
    }
}

void ClipboardRelay::take(const protocol::ClipboardOffer& message, int)
{
    if (!m_toGuest)
        return;
    const auto selection = std::size_t(message.selection);
    if (message.types == 0) {
        if (std::exchange(m_grabbed[selection], false))
            spice_main_channel_clipboard_selection_release(m_channel.get(), guint(selection));
        return;
    }
    std::vector<guint32> types;
    for (std::size_t i = 0; i < kAgentTypes.size(); ++i) {
        if (message.types & (1u << i))
            types.push_back(kAgentTypes[i]);
    }
    m_grabbed[selection] = true;
    m_guestTypes[selection] = 0; // ours replaces its own
    spice_main_channel_clipboard_selection_grab(
        m_channel.get(), guint(selection), types.data(), int(types.size()));
}

void ClipboardRelay::take(const protocol::ClipboardRequest& message, int)
{
    const auto selection = std::size_t(message.selection);
    if (!m_fromGuest || !(m_guestTypes[selection] & (1u << std::uint32_t(message.type)))) {
        m_link.send(protocol::ClipboardAnswer { .request = message.request });
        return;
    }
    m_wishes[selection].push_back({ .type = message.type, .request = message.request });
    spice_main_channel_clipboard_selection_request(
        m_channel.get(), guint(selection), toAgent(message.type));
}

void ClipboardRelay::take(const protocol::ClipboardAnswer& message, int fd)
{
    const auto question = m_questions.find(message.request);
    if (question == m_questions.end())
        return; // it came too late
    const Question asked = question->second;
    m_questions.erase(question);
    const auto file = message.found ? protocol::SealedFile::map(fd, message.size) : nullptr;
    answerGuest(asked, file && m_toGuest ? asText(file->bytes()) : std::string_view());
}

void ClipboardRelay::answerGuest(const Question& question, std::string_view bytes)
{
    const bool isText = question.type == ClipboardType::Text;
    const std::string converted = isText && wantsCrLf() ? withCrLf(bytes) : std::string();
    const std::string_view out = converted.empty() ? bytes : converted;
    if (out.empty() || out.size() > protocol::kMaxClipboardBytes) {
        sayNothing(m_channel.get(), guint(question.selection));
        return;
    }
    spice_main_channel_clipboard_selection_notify(m_channel.get(), guint(question.selection),
        toAgent(question.type), reinterpret_cast<const guchar*>(out.data()), out.size());
}

void ClipboardRelay::agentChanged(bool connected)
{
    m_grabbed.fill(false);
    m_questions.clear();
    for (std::uint32_t i = 0; i < protocol::kSelections; ++i) {
        const auto wishes = std::exchange(m_wishes[i], {});
        for (const Wish& wish : wishes)
            m_link.send(protocol::ClipboardAnswer { .request = wish.request });
        if (!connected && std::exchange(m_guestTypes[i], 0) != 0)
            offerToWindow(Selection(i));
    }
}

bool ClipboardRelay::wantsCrLf() const
{
    return spice_main_channel_agent_test_capability(
        m_channel.get(), VD_AGENT_CAP_GUEST_LINEEND_CRLF);
}

void ClipboardRelay::offerToWindow(Selection selection)
{
    if (m_fromGuest)
        m_link.send(protocol::ClipboardOffer {
            .selection = selection, .types = m_guestTypes[std::size_t(selection)] });
}

gboolean ClipboardRelay::grabbed(
    SpiceMainChannel*, guint selection, guint32* types, guint count, gpointer self)
{
    ClipboardRelay& me = relayOf(self);
    if (selection >= protocol::kSelections)
        return FALSE;
    std::uint32_t set = 0;
    for (guint i = 0; i < count; ++i) {
        if (const auto type = fromAgent(types[i]))
            set |= 1u << std::uint32_t(*type);
    }
    me.m_guestTypes[selection] = set;
    me.m_grabbed[selection] = false;
    me.offerToWindow(Selection(selection));
    return TRUE;
}

void ClipboardRelay::released(SpiceMainChannel*, guint selection, gpointer self)
{
    ClipboardRelay& me = relayOf(self);
    if (selection >= protocol::kSelections || me.m_guestTypes[selection] == 0)
        return;
    me.m_guestTypes[selection] = 0;
    me.offerToWindow(Selection(selection));
}

gboolean ClipboardRelay::requested(
    SpiceMainChannel*, guint selection, guint agentType, gpointer self)
{
    ClipboardRelay& me = relayOf(self);
    const auto type = fromAgent(agentType);
    if (!me.m_toGuest || selection >= protocol::kSelections || !me.m_grabbed[selection] || !type
        || me.m_questions.size() >= kMaxQuestions) {
        sayNothing(me.m_channel.get(), selection);
        return TRUE;
    }
    const std::uint32_t number = ++me.m_lastQuestion;
    me.m_questions[number] = { .selection = Selection(selection), .type = *type };
    me.m_link.send(protocol::ClipboardRequest {
        .selection = Selection(selection), .type = *type, .request = number });
    return TRUE;
}

void ClipboardRelay::arrived(
    SpiceMainChannel*, guint selection, guint agentType, gpointer data, guint size, gpointer self)
{
    ClipboardRelay& me = relayOf(self);
    if (selection >= protocol::kSelections || me.m_wishes[selection].empty())
        return; // nobody asked
    const Wish wish = me.m_wishes[selection].front();
    me.m_wishes[selection].pop_front();
    const bool isIt = me.m_fromGuest && fromAgent(agentType) == wish.type && data;
    std::string_view bytes
        = isIt ? std::string_view(static_cast<const char*>(data), size) : std::string_view();
    if (wish.type != ClipboardType::Text) {
        me.answerWindow(wish.request, bytes);
        return;
    }
    while (!bytes.empty() && bytes.back() == '\0') // agents of Windows send it along
        bytes.remove_suffix(1);
    me.answerWindow(wish.request, me.wantsCrLf() ? withLf(bytes) : bytes);
}

void ClipboardRelay::answerWindow(std::uint32_t request, std::string_view bytes)
{
    protocol::ClipboardAnswer answer { .request = request, .size = bytes.size() };
    if (bytes.empty() || bytes.size() > protocol::kMaxClipboardBytes) {
        m_link.send(answer);
        return;
    }
    const protocol::Fd file = protocol::SealedFile::write(std::as_bytes(std::span(bytes)));
    answer.found = file.isValid();
    m_link.send(answer, {}, file.get());
}

} // namespace console::helper
