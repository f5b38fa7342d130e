// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/Backoff.h"

#include <QRandomGenerator>

#include <algorithm>

namespace hosts::wire {

std::chrono::milliseconds Backoff::next()
{
    constexpr int kMaxSteps = 20; // 2^20 times anything is beyond any limit, and doesn't overflow
    const auto full = std::min<std::chrono::milliseconds>(
        m_options.longest, m_options.first * (qint64(1) << m_step));
    m_step = std::min(m_step + 1, kMaxSteps);
    const double chance
        = m_options.chance ? m_options.chance() : QRandomGenerator::global()->generateDouble();
    const double factor = 1.0 - m_options.jitter * chance;
    return std::chrono::milliseconds(
        static_cast<qint64>(static_cast<double>(full.count()) * factor));
}

} // namespace hosts::wire
