// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/protocol/Messages.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace console::protocol {

using Bytes = std::span<const std::byte>;
using Payload = Bytes; ///< what follows a message's struct; points into the packet

inline constexpr std::size_t kMaxPacket = 4 * kMaxCursorExtent * kMaxCursorExtent + 2048;

template <typename Message> struct Decoded {
    Message message;
    Payload payload;
};

std::vector<std::byte> encode(const FromHelper& message, Payload payload = {});
std::vector<std::byte> encode(const ToHelper& message, Payload payload = {});

/// What a packet says, or nothing if any part of it is not as it must be: number, size, enumerator,
/// range, terminated text, payload. The packet is as hostile as a stranger's.
std::optional<Decoded<FromHelper>> decodeFromHelper(Bytes packet);
std::optional<Decoded<ToHelper>> decodeToHelper(Bytes packet);

/// Whether `rect` is not empty and lies within width x height, without overflow.
bool isWithin(const Rect& rect, std::int32_t width, std::int32_t height);
std::int32_t bytesPerPixel(PixelFormat format);

/// Cuts what does not fit.
template <std::size_t Size> Text<Size> toText(std::string_view text)
{
    Text<Size> out {};
    text.copy(out.data(), Size - 1);
    return out;
}
/// Whether `text` fits uncut and holds no zero.
template <std::size_t Size> bool fits(std::string_view text, const Text<Size>&)
{
    return text.size() < Size && text.find('\0') == std::string_view::npos;
}
template <std::size_t Size> std::string fromText(const Text<Size>& text)
{
    return std::string(text.data());
}

} // namespace console::protocol
