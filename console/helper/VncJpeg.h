// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

namespace console::helper {

/// Whether gvnc, which decodes with the same library and looks at no error, can draw these bytes as
/// a picture of that size.
bool isJpegOf(std::span<const std::uint8_t> bytes, std::uint32_t width, std::uint32_t height);

} // namespace console::helper
