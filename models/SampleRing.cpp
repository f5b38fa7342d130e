// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/SampleRing.h"

#include <algorithm>
#include <cmath>

namespace models {

void SampleRing::append(qint64 timeMs, std::span<const double> values)
{
    Sample sample { .timeMs = timeMs };
    sample.values.fill(std::numeric_limits<float>::quiet_NaN());
    const size_t count = std::min(values.size(), sample.values.size());
    std::transform(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(count),
        sample.values.begin(), [](double value) { return static_cast<float>(value); });

    qint64 sinceLast = 0;
    if (size() > 0) {
        sinceLast = timeMs - last().timeMs;
        if (sinceLast < 0) {
            m_samples.clear();
            m_first = 0;
        } else if (sinceLast == 0 && !isGap(last())) {
            m_samples[static_cast<size_t>(wrap(m_first + size() - 1))] = sample;
            return;
        } else if (sinceLast > kGapMs) {
            appendGap();
        }
    }
    const bool isWide = size() > kShortLength;
    push(sample, isWide || sinceLast <= kDenseMs ? kFullLength : kShortLength);
}

void SampleRing::appendGap()
{
    if (size() == 0 || isGap(last()))
        return;
    Sample gap { .timeMs = last().timeMs };
    gap.values.fill(std::numeric_limits<float>::quiet_NaN());
    push(gap, std::max(kShortLength, size()));
}

void SampleRing::push(const Sample& sample, int length)
{
    if (size() < length) {
        if (m_first != 0) { // growing again: the oldest goes back to the front
            std::rotate(m_samples.begin(), m_samples.begin() + m_first, m_samples.end());
            m_first = 0;
        }
        if (m_samples.size() == m_samples.capacity())
            m_samples.reserve(std::min<size_t>(
                static_cast<size_t>(length), std::max<size_t>(8, m_samples.size() * 2)));
        m_samples.push_back(sample);
        return;
    }
    m_samples[static_cast<size_t>(m_first)] = sample;
    m_first = wrap(m_first + 1);
}

bool SampleRing::isGap(const Sample& sample) const
{
    return std::all_of(
        sample.values.begin(), sample.values.end(), [](float value) { return std::isnan(value); });
}

} // namespace models
