// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/protocol/Codec.h"

#include "console/protocol/AgentChecks.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

namespace console::protocol {

namespace {

struct Header {
    std::uint32_t number = 0;
    std::uint32_t size = 0; ///< of the whole packet
};

bool isFlag(std::uint32_t value)
{
    return value <= 1;
}
bool isButtonSet(std::uint32_t buttons)
{
    return buttons < (1u << 7);
}
bool isLockSet(std::uint32_t locks)
{
    return locks < 8;
}
bool isScreen(std::uint32_t screen)
{
    return screen < kMaxHeads;
}
bool isExtent(std::int32_t value)
{
    return value > 0 && value <= kMaxExtent;
}

// One isValid per message: the whole of what a receiver may rely on.

bool isValid(const Hello&)
{
    return true;
} // another version is an answer, not an attack
bool isValid(const StageReached& m)
{
    return m.stage <= Stage::Live;
}
bool isValid(const SurfaceGone& m)
{
    return isScreen(m.screen);
}
bool isValid(const DisplayOn& m)
{
    return isScreen(m.screen) && isFlag(m.on);
}
bool isValid(const CursorPosition& m)
{
    return isScreen(m.screen) && m.x >= -kMaxExtent && m.x <= kMaxExtent && m.y >= -kMaxExtent
        && m.y <= kMaxExtent;
}
bool isValid(const MouseMode& m)
{
    return isFlag(m.absolute);
}
bool isValid(const KeyLocks& m)
{
    return isLockSet(m.locks);
}
bool isValid(const Bell& m)
{
    return m.times >= 1;
}
bool isValid(const Agent& m)
{
    return isFlag(m.connected);
}
bool isValid(const Ended& m)
{
    return m.failure <= Failure::Protocol && isFlag(m.wantsUser) && isTerminated(m.detail);
}

bool isValid(const Surface& m)
{
    return isScreen(m.screen) && m.format <= PixelFormat::Rgb565 && isExtent(m.width)
        && isExtent(m.height) && m.stride % 4 == 0 && m.stride >= m.width * bytesPerPixel(m.format)
        && m.stride <= kMaxExtent * 4;
}

bool isValid(const Damage& m)
{
    return isScreen(m.screen) && m.count >= 1 && m.count <= kMaxDamageRects
        && std::all_of(m.rects.begin(), m.rects.begin() + m.count,
            [](const Rect& rect) { return isWithin(rect, kMaxExtent, kMaxExtent); });
}

bool isValid(const CursorShape& m)
{
    const bool none = m.width == 0 && m.height == 0;
    if (!isScreen(m.screen) || !isFlag(m.ordinary))
        return false;
    return none
        || (!m.ordinary && m.width > 0 && m.width <= kMaxCursorExtent && m.height > 0
            && m.height <= kMaxCursorExtent && m.hotspotX >= 0 && m.hotspotX < m.width
            && m.hotspotY >= 0 && m.hotspotY < m.height);
}

bool arePreferences(Compression compression, const std::array<VideoCodec, kMaxCodecs>& codecs)
{
    return compression <= Compression::Lz4
        && std::all_of(codecs.begin(), codecs.end(),
            [](VideoCodec codec) { return codec <= VideoCodec::H265; });
}

bool isValid(const Open& m)
{
    return m.protocol <= ScreenProtocol::Vnc && isTerminated(m.unixSocket) && isTerminated(m.host)
        && isTerminated(m.userName) && isTerminated(m.password) && isTerminated(m.proxy)
        && isTerminated(m.tlsCaFile) && isTerminated(m.tlsSubject) && m.port <= 65535
        && m.tlsPort <= 65535 && isFlag(m.exclusive) && arePreferences(m.compression, m.codecs);
}

bool isValid(const Preferences& m)
{
    return arePreferences(m.compression, m.codecs);
}

bool isValid(const Acknowledge& m)
{
    return isScreen(m.screen);
}
bool isValid(const Visibility& m)
{
    return isFlag(m.visible);
}

bool isValid(const Key& m)
{
    const std::uint32_t code = m.xtScancode & 0xff;
    return m.xtScancode < 0x200 && code > 0 && code < 0x80 && isFlag(m.pressed);
}

bool isValid(const PointerPosition& m)
{
    return m.x >= 0 && m.x < kMaxExtent && m.y >= 0 && m.y < kMaxExtent && isButtonSet(m.buttons)
        && isScreen(m.head);
}

bool isValid(const PointerMotion& m)
{
    const auto isStep = [](std::int32_t step) { return step > -kMaxExtent && step < kMaxExtent; };
    return isStep(m.dx) && isStep(m.dy) && isButtonSet(m.buttons);
}

bool isValid(const Button& m)
{
    return m.button >= 1 && m.button <= 7 && isFlag(m.pressed) && isButtonSet(m.buttons);
}

std::size_t payloadSize(const CursorShape& m)
{
    return std::size_t(m.width) * m.height * 4;
}
template <typename M> std::size_t payloadSize(const M&)
{
    return 0;
}

template <typename Message>
std::vector<std::byte> encodeVariant(const Message& message, Payload payload)
{
    return std::visit(
        [&](const auto& body) {
            static_assert(std::is_trivially_copyable_v<std::remove_cvref_t<decltype(body)>>);
            const Header header { .number = std::uint32_t(message.index()),
                .size = std::uint32_t(sizeof(Header) + sizeof body + payload.size()) };
            std::vector<std::byte> packet(header.size);
            std::memcpy(packet.data(), &header, sizeof header);
            std::memcpy(packet.data() + sizeof header, &body, sizeof body);
            if (!payload.empty())
                std::memcpy(
                    packet.data() + sizeof header + sizeof body, payload.data(), payload.size());
            return packet;
        },
        message);
}

template <typename Message, typename Body> std::optional<Decoded<Message>> decodeBody(Bytes rest)
{
    Body body;
    if (rest.size() < sizeof body)
        return std::nullopt;
    std::memcpy(&body, rest.data(), sizeof body);
    const Payload payload = rest.subspan(sizeof body);
    if (!isValid(body) || payload.size() != payloadSize(body))
        return std::nullopt;
    return Decoded<Message> { Message(body), payload };
}

template <typename Message, std::size_t... Index>
std::optional<Decoded<Message>> decodeVariant(Bytes packet, std::index_sequence<Index...>)
{
    Header header;
    if (packet.size() < sizeof header || packet.size() > kMaxPacket)
        return std::nullopt;
    std::memcpy(&header, packet.data(), sizeof header);
    if (header.size != packet.size() || header.number >= sizeof...(Index))
        return std::nullopt;

    using Decoder = std::optional<Decoded<Message>> (*)(Bytes);
    static constexpr std::array<Decoder, sizeof...(Index)> decoders {
        &decodeBody<Message, std::variant_alternative_t<Index, Message>>...
    };
    return decoders[header.number](packet.subspan(sizeof header));
}

} // namespace

std::vector<std::byte> encode(const FromHelper& message, Payload payload)
{
    return encodeVariant(message, payload);
}

std::vector<std::byte> encode(const ToHelper& message, Payload payload)
{
    return encodeVariant(message, payload);
}

std::optional<Decoded<FromHelper>> decodeFromHelper(Bytes packet)
{
    return decodeVariant<FromHelper>(
        packet, std::make_index_sequence<std::variant_size_v<FromHelper>>());
}

std::optional<Decoded<ToHelper>> decodeToHelper(Bytes packet)
{
    return decodeVariant<ToHelper>(
        packet, std::make_index_sequence<std::variant_size_v<ToHelper>>());
}

bool isWithin(const Rect& rect, std::int32_t width, std::int32_t height)
{
    return rect.x >= 0 && rect.y >= 0 && rect.width > 0 && rect.height > 0 && rect.x < width
        && rect.y < height && rect.width <= width - rect.x && rect.height <= height - rect.y;
}

std::int32_t bytesPerPixel(PixelFormat format)
{
    return format == PixelFormat::Xrgb32 ? 4 : 2;
}

} // namespace console::protocol
