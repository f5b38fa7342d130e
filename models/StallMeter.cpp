// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/StallMeter.h"

#include <algorithm>

namespace models {

using namespace std::chrono;
using namespace std::chrono_literals;

namespace {

constexpr auto kInterval = 5ms;

} // namespace

StallMeter::StallMeter(QObject* parent)
    : QObject(parent)
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(kInterval);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        const auto since = nanoseconds(m_sinceTick.nsecsElapsed());
        m_sinceTick.restart();
        ++m_report.ticks;
        note(m_report, duration_cast<microseconds>(since - kInterval));
    });
}

void StallMeter::start()
{
    m_report = {};
    m_sinceStart.start();
    m_sinceTick.start();
    m_timer.start();
}

StallMeter::Report StallMeter::stop()
{
    const Report last = report();
    m_timer.stop();
    m_report = last;
    return last;
}

StallMeter::Report StallMeter::report() const
{
    if (!isRunning())
        return m_report;
    Report now = m_report;
    note(now, duration_cast<microseconds>(nanoseconds(m_sinceTick.nsecsElapsed()) - kInterval));
    now.measuredFor = milliseconds(m_sinceStart.elapsed());
    return now;
}

void StallMeter::note(Report& report, microseconds late)
{
    if (late > 16ms)
        ++report.above16ms;
    if (late > 50ms)
        ++report.above50ms;
    report.longest = std::max(report.longest, late);
}

} // namespace models
