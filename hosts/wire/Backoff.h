// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>

namespace hosts::wire {

/// How long to wait before the next attempt: twice as long each time, up to a limit, and a little
/// less by chance, so that forty hosts that were lost at once don't all come back at once.
class Backoff {
public:
    struct Options {
        std::chrono::milliseconds first { 200 };
        std::chrono::milliseconds longest { 30'000 };
        double jitter = 0.25; ///< the share that chance may take away
        std::function<double()> chance {}; ///< 0..1; empty: QRandomGenerator
    };

    explicit Backoff(Options options)
        : m_options(std::move(options))
    {
    }

    std::chrono::milliseconds next();
    void reset() { m_step = 0; }

private:
    Options m_options;
    int m_step = 0;
};

} // namespace hosts::wire
