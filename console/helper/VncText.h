// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Clipboard text in the forms that VNC has for it.
namespace console::helper {

struct Latin1 {
    std::string text {};
    std::uint32_t replaced = 0; ///< characters that it has not, now question marks
};
Latin1 toLatin1(std::string_view utf8);
std::string fromLatin1(std::string_view latin1);

/// A text as the body of an extended clipboard's message: its size and itself, compressed; never
/// 4 bytes short of a multiple of 256 (VncClientStream). Empty: it could not be done.
std::vector<std::uint8_t> packText(std::string_view text);
/// Nothing if it is broken, or larger than `limit` bytes.
std::optional<std::string> unpackText(std::span<const std::uint8_t> body, std::size_t limit);

} // namespace console::helper
