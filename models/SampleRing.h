// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Metrics.h"

#include <array>
#include <span>
#include <vector>

namespace models {

/// The last samples of one machine or host, oldest first. Starts small; widens to the full length
/// only for who is sampled every second, so 10,000 hidden machines stay cheap.
class SampleRing {
public:
    static constexpr int kColumns = hosts::kVmMetricCount;
    static constexpr int kShortLength = 60; ///< ten minutes of a hidden machine
    static constexpr int kFullLength = 300; ///< five minutes at one sample a second
    static constexpr qint64 kGapMs = 25'000; ///< hidden machines come every ten seconds
    static constexpr qint64 kDenseMs = 3'000; ///< closer than that: somebody looks

    struct Sample {
        qint64 timeMs = 0;
        std::array<float, kColumns> values {};
    };

    /// O(1). A pause longer than kGapMs leaves a gap. A clock that jumped back starts afresh; the
    /// same instant twice keeps the later values.
    void append(qint64 timeMs, std::span<const double> values);
    /// The machine stopped, or is another run of itself: nothing joins over this point.
    void appendGap();

    int size() const { return static_cast<int>(m_samples.size()); }
    const Sample& at(int i) const { return m_samples[static_cast<size_t>(wrap(m_first + i))]; }
    const Sample& last() const { return at(size() - 1); }
    size_t bytes() const { return sizeof(*this) + m_samples.capacity() * sizeof(Sample); }

private:
    int wrap(int i) const { return i < size() ? i : i - size(); }
    void push(const Sample& sample, int length);
    bool isGap(const Sample& sample) const;

    std::vector<Sample> m_samples;
    int m_first = 0;
};

} // namespace models
