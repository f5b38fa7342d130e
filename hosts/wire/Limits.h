// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

/// Bounds of what travels over the wire. A writer keeps them, a reader insists on them. The biggest
/// allowed message of each type fits into a frame.
namespace hosts::wire {

inline constexpr qsizetype kMaxFrame = qsizetype(32) << 20; ///< bytes
inline constexpr qsizetype kMaxLine = 4096; ///< names, paths, URIs; UTF-16 units
inline constexpr qsizetype kMaxText = qsizetype(64) << 10; ///< descriptions, details; UTF-16 units
inline constexpr qsizetype kMaxXml = qsizetype(8) << 20; ///< UTF-16 units
inline constexpr qsizetype kMaxRows = qsizetype(1) << 16; ///< snapshots, images, cards
inline constexpr qsizetype kMaxDisks = 1024; ///< of one machine
inline constexpr qsizetype kMaxConsoles = 64; ///< of one machine
inline constexpr qsizetype kMaxList = 256; ///< abilities, missing features
inline constexpr qsizetype kMaxVms = 1'000'000; ///< of one host
inline constexpr qsizetype kMaxColumns = 64; ///< metrics of one machine
inline constexpr qsizetype kMaxMetricsVms = 50'000; ///< machines of one batch of metrics
inline constexpr qsizetype kChunkBytes = qsizetype(1) << 20; ///< aim for parts of an inventory
inline constexpr qsizetype kMaxPending = 1 << 17; ///< requests without a reply

} // namespace hosts::wire
