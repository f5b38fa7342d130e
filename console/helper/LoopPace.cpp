// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/LoopPace.h"

#include <algorithm>

namespace console::helper {

namespace {

constexpr gint64 kPeriodUs = 20'000;
constexpr int kManyPerPeriod = 60; ///< 3,000 in a second
constexpr gint kNapMs = 4;

constexpr gint64 kLookUs = 1'000;

int g_noted = 0;
gint64 g_lastPoll = 0;
gint64 g_periodStart = 0;
bool g_isBusy = false;

} // namespace

void LoopPace::install()
{
    g_main_context_set_poll_func(nullptr, &LoopPace::wait);
}

void LoopPace::note()
{
    ++g_noted;
}

gint LoopPace::wait(GPollFD* descriptors, guint count, gint timeoutMs)
{
    const gint64 now = g_get_monotonic_time();
    if (now - g_periodStart >= kPeriodUs) {
        g_isBusy = g_noted >= kManyPerPeriod && now - g_periodStart < 2 * kPeriodUs;
        g_noted = 0;
        g_periodStart = now;
    }
    if (g_isBusy && timeoutMs != 0) { // only here, where the loop would wait in any case
        const gint nap = timeoutMs < 0 ? kNapMs : std::min(kNapMs, timeoutMs);
        g_usleep(gulong(nap) * 1000);
        if (timeoutMs > 0)
            timeoutMs -= nap;
    }
    // The library reads a few messages in each turn of the loop; what else there may be is asked
    // often enough.
    if (g_isBusy && timeoutMs == 0 && now - g_lastPoll < kLookUs) {
        std::for_each_n(descriptors, count, [](GPollFD& fd) { fd.revents = 0; });
        return 0;
    }
    g_lastPoll = now;
    return g_poll(descriptors, count, timeoutMs);
}

} // namespace console::helper
