// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/SampleRing.h"

#include <QMetaType>

#include <memory>

namespace models {

/// A view of one metric over time, oldest first. Copying it copies no samples; it shows what the
/// store appends later, too, and stays valid (frozen) when the store has forgotten the machine.
class MetricsSeries {
public:
    struct Point {
        qint64 timeMs = 0; ///< host's wall clock, milliseconds since 1970 UTC
        double value = hosts::kNotOffered; ///< NaN: a gap; don't join its neighbours

        bool isGap() const { return value != value; }
    };

    MetricsSeries() = default;
    MetricsSeries(std::shared_ptr<const SampleRing> ring, int column)
        : m_ring(std::move(ring))
        , m_column(column)
    {
    }

    int size() const { return m_ring ? m_ring->size() : 0; }
    bool isEmpty() const { return size() == 0; }
    Point at(int i) const
    {
        const SampleRing::Sample& sample = m_ring->at(i);
        return { sample.timeMs, sample.values[static_cast<size_t>(m_column)] };
    }
    Point last() const { return isEmpty() ? Point {} : at(size() - 1); }

private:
    std::shared_ptr<const SampleRing> m_ring;
    int m_column = 0;
};

} // namespace models

Q_DECLARE_METATYPE(models::MetricsSeries)
