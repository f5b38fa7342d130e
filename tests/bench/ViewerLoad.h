// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/StallMeter.h"
#include "tests/bench/Figure.h"
#include "tests/bench/LiveConsole.h"
#include "tests/bench/ProcessTree.h"

#include <QElapsedTimer>
#include <QPixmap>
#include <QProcess>
#include <QScreen>
#include <QTest>

/// What viewers cost while a screen is drawn to: ours and remote-viewer, one after the other.
namespace bench {

inline constexpr int kLoadMs = 8000;
inline constexpr int kSettleMs = 1000;
inline constexpr int kViewerStartMs = 4000; ///< it tells nobody when it shows the first frame

struct ViewerLoad {
    double percent = 0; ///< of a core: window and helper
    double updates = 0; ///< shown in a second
    models::StallMeter::Report stalls {};
};

inline ViewerLoad loadOf(LiveConsole& console)
{
    QTest::qWait(kSettleMs);
    const qint64 helper = console.transport->helperPid();
    ViewerLoad load;
    models::StallMeter meter;
    const auto counting = QObject::connect(&console.session, &console::ConsoleSession::damaged,
        &console.session, [&load] { load.updates += 1; });
    const double before = cpuMs(::getpid()) + cpuMs(helper);
    QElapsedTimer wall;
    wall.start();
    meter.start();
    QTest::qWait(kLoadMs);
    load.stalls = meter.stop();
    const double elapsed = double(wall.elapsed());
    load.percent = (cpuMs(::getpid()) + cpuMs(helper) - before) * 100 / elapsed;
    load.updates = load.updates * 1000 / elapsed;
    QObject::disconnect(counting);
    return load;
}

/// How often a pixel in the middle of a viewer's picture changes its colour, in a second: the
/// frames that reach the X server, if each has another colour there.
inline double framesShown()
{
    constexpr int kWatchMs = 4000;
    const QPoint middle(500, 400);
    int changes = 0;
    QRgb last = 0;
    QElapsedTimer wall;
    wall.start();
    while (wall.elapsed() < kWatchMs) {
        const QPixmap seen
            = QGuiApplication::primaryScreen()->grabWindow(0, middle.x(), middle.y(), 1, 1);
        const QRgb now = seen.toImage().pixel(0, 0);
        changes += now != last ? 1 : 0;
        last = now;
        QTest::qWait(2);
    }
    return changes * 1000.0 / double(wall.elapsed());
}

/// All NaN if it is not there.
inline ViewerLoad remoteViewerLoad(const QString& unixSocket)
{
    const QString program = QStandardPaths::findExecutable(QStringLiteral("remote-viewer"));
    if (program.isEmpty())
        return { .percent = std::nan(""), .updates = std::nan("") };
    QProcess viewer;
    viewer.setStandardErrorFile(QProcess::nullDevice());
    viewer.start(program, { QStringLiteral("spice+unix://") + unixSocket });
    QTest::qWait(kViewerStartMs);
    const double before = cpuMs(viewer.processId());
    QTest::qWait(kLoadMs);
    const double used = cpuMs(viewer.processId()) - before;
    const double frames = framesShown();
    viewer.kill();
    viewer.waitForFinished();
    return { .percent = used * 100 / kLoadMs, .updates = frames };
}

inline void printLoad(const QString& bench, const QString& what, double percent,
    const QString& against, double other, const char* goal)
{
    print({ .bench = bench,
        .metric = QStringLiteral("processor, window + helper, ") + what,
        .value = percent,
        .unit = QStringLiteral("% of a core"),
        .against = std::isnan(other)
            ? QString()
            : QStringLiteral("%1: %2 %").arg(against).arg(other, 0, 'f', 1),
        .ratio = percent / other,
        .goal = QString::fromLatin1(goal) });
}

/// Both beside each other at the screen behind a unix socket; prints what ours costs, and how many
/// frames it shows if each is `wholeFrames`.
inline ViewerLoad measureBoth(const QString& bench, const QString& unixSocket, const QString& what,
    bool compare, bool wholeFrames, const char* goal)
{
    const ViewerLoad none { .percent = std::nan(""), .updates = std::nan("") };
    const ViewerLoad other = compare ? remoteViewerLoad(unixSocket) : none;
    LiveConsole console;
    console.open({ .unixSocket = unixSocket });
    ViewerLoad load = loadOf(console);
    printLoad(bench, what, load.percent, QStringLiteral("remote-viewer"), other.percent, goal);
    if (!wholeFrames || !compare)
        return load;
    load.updates = framesShown();
    print({ .bench = bench,
        .metric = QStringLiteral("frames shown, ") + what,
        .value = load.updates,
        .unit = QStringLiteral("1/s"),
        .against = QStringLiteral("remote-viewer: %1").arg(other.updates, 0, 'f', 1),
        .ratio = load.updates / other.updates,
        .goal = QStringLiteral("ratio >= 1") });
    return load;
}

} // namespace bench
