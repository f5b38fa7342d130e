// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace console::protocol {

/// Zero-terminated text of a fixed size, so that a message has one size.
template <std::size_t Size> using Text = std::array<char, Size>;

template <std::size_t Size> bool isTerminated(const Text<Size>& text)
{
    return std::find(text.begin(), text.end(), '\0') != text.end();
}

} // namespace console::protocol
