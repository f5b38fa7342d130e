// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/AxisScale.h"

#include <algorithm>
#include <cmath>

namespace ui {

AxisScale AxisScale::upTo(double largest)
{
    if (!std::isfinite(largest) || largest <= 0)
        return {};
    double power = std::pow(10, std::floor(std::log10(largest)) - 1);
    while (true) {
        for (const double factor : { 1.0, 2.0, 5.0 }) {
            const double step = factor * power;
            const double steps = std::max(1.0, std::ceil(largest / step - 1e-9));
            if (steps <= 4)
                return { steps * step, step };
        }
        power *= 10;
    }
}

} // namespace ui
