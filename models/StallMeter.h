// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <chrono>

namespace models {

/// Measures how long its thread's event loop kept a timer waiting: that long the window could not
/// have painted. Fires every few milliseconds; meant for tests, benchmarks and a debug display.
class StallMeter : public QObject {
    Q_OBJECT

public:
    struct Report {
        int ticks = 0;
        int above16ms = 0; ///< a frame was dropped
        int above50ms = 0; ///< a person feels it
        std::chrono::microseconds longest {};
        std::chrono::milliseconds measuredFor {};
    };

    explicit StallMeter(QObject* parent = nullptr);

    void start(); ///< afresh
    Report stop();
    Report report() const; ///< so far; counts a stall that is going on
    bool isRunning() const { return m_timer.isActive(); }

private:
    static void note(Report& report, std::chrono::microseconds late);

    QTimer m_timer;
    QElapsedTimer m_sinceTick;
    QElapsedTimer m_sinceStart;
    Report m_report;
};

} // namespace models
