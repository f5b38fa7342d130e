// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

/// A text's line ends, as guests want them.
namespace console::helper {

std::string withCrLf(std::string_view text);
std::string withLf(std::string_view text);

} // namespace console::helper
