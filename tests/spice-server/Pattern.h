// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

/// What the test server draws, so that a test can draw the same and compare every pixel.
namespace tests::pattern {

struct Draw {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
    std::uint32_t colour = 0; ///< RRGGBB
};

/// A number without visible order, the same everywhere.
inline std::uint32_t mix(std::uint32_t value)
{
    value ^= value >> 16;
    value *= 0x7feb352du;
    value ^= value >> 15;
    value *= 0x846ca68bu;
    return value ^ (value >> 16);
}

/// The n-th rectangle of a screen of width x height.
inline Draw draw(std::uint32_t n, int width, int height)
{
    const int w = 1 + int(mix(4 * n) % 120u);
    const int h = 1 + int(mix(4 * n + 1) % 90u);
    return { .x = int(mix(4 * n + 2) % unsigned(width - w)),
        .y = int(mix(4 * n + 3) % unsigned(height - h)),
        .width = w,
        .height = h,
        .colour = mix(n) & 0xffffffu };
}

/// A pixel of the n-th full frame.
inline std::uint32_t framePixel(std::uint32_t n, int x, int y)
{
    const std::uint32_t step = n * 4;
    return ((unsigned(x) + step) & 255u) << 16 | ((unsigned(y) + step) & 255u) << 8 | (n & 255u);
}

inline constexpr std::uint32_t kBackground = 0x203040;
inline constexpr int kEchoSize = 64; ///< the square at 0,0 that turns white and black with keys

} // namespace tests::pattern
