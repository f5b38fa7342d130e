// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <tuple>
#include <type_traits>

/// What of each value travels, in which order: specialised for each of them (Fields.h and those
/// that it includes). Fields may be appended: a reader skips what it does not know.
namespace hosts::wire {

template <typename T> inline constexpr auto kFields = nullptr;

/// How an enumerator is found by its stable name.
template <typename T> inline constexpr auto kFromName = nullptr;

template <typename T>
concept HasFields = !std::is_same_v<std::remove_cvref_t<decltype(kFields<T>)>, std::nullptr_t>;
template <typename T>
concept IsNamed = std::is_enum_v<T>;

} // namespace hosts::wire
