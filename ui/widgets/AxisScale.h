// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ui {

/// A value axis that starts at 0: a top and a step of 1, 2 or 5 times a power of ten, with at most
/// five ticks.
struct AxisScale {
    double top = 1;
    double step = 1;

    static AxisScale upTo(double largest);
    int ticks() const { return static_cast<int>(top / step + 0.5) + 1; }
    bool operator==(const AxisScale&) const = default;
};

} // namespace ui
