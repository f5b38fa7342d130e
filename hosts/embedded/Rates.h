// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/LoadDetail.h"

namespace hosts::embedded {

/// What a counter grew by per second; kNotMeasured if it was set back or no time has passed.
inline double rate(quint64 now, quint64 before, qint64 elapsedNs)
{
    if (elapsedNs <= 0 || now < before)
        return vmm::kNotMeasured;
    return static_cast<double>(now - before) * 1e9 / static_cast<double>(elapsedNs);
}

/// A measurement that is asked for again within this time is given once more: two clients that look
/// at the same thing must not make each other's intervals short.
inline constexpr qint64 kShortestIntervalNs = 200'000'000;
/// Rates over a longer time would say nothing of now.
inline constexpr qint64 kLongestIntervalNs = 15'000'000'000;

} // namespace hosts::embedded
