// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/Figure.h"
#include "tests/bench/LiveConsole.h"
#include "tests/bench/ProcessTree.h"

#include <QElapsedTimer>
#include <QPixmap>
#include <QProcess>
#include <QScreen>
#include <QStandardPaths>
#include <QTest>

/// What viewers cost while a screen is drawn to: ours and remote-viewer, one after the other.
namespace bench {

inline constexpr int kLoadMs = 8000;
inline constexpr int kViewerStartMs = 4000; ///< none tells when it shows the first frame

struct ViewerLoad {
    double percent = std::nan(""); ///< of a core: the viewer and its children
    double frames = std::nan(""); ///< shown in a second
};

inline double treeCpuMs(qint64 root)
{
    double sum = 0;
    for (const qint64 pid : descendants(root))
        sum += cpuMs(pid);
    return sum;
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

/// A viewer in a process of its own, shown on the X server until this ends.
class ViewerProcess {
public:
    ViewerProcess(const QString& program, const QStringList& arguments)
    {
        m_process.setStandardErrorFile(QProcess::nullDevice());
        m_process.start(program, arguments);
        QTest::qWait(kViewerStartMs);
    }
    ~ViewerProcess()
    {
        m_process.terminate();
        if (!m_process.waitForFinished(3000))
            m_process.kill();
        m_process.waitForFinished();
    }
    Q_DISABLE_COPY_MOVE(ViewerProcess)

    static bool hasRemoteViewer()
    {
        return !QStandardPaths::findExecutable(QStringLiteral("remote-viewer")).isEmpty();
    }
    /// Both at a screen's address: spiceUri().
    static std::unique_ptr<ViewerProcess> remoteViewer(const QString& uri)
    {
        return std::make_unique<ViewerProcess>(
            QStringLiteral("remote-viewer"), QStringList { uri });
    }
    static std::unique_ptr<ViewerProcess> ours(const QString& uri)
    {
        return std::make_unique<ViewerProcess>(
            QCoreApplication::applicationFilePath(), QStringList { QStringLiteral("--view"), uri });
    }

    double percent() const
    {
        QElapsedTimer wall;
        wall.start();
        const double before = treeCpuMs(m_process.processId());
        QTest::qWait(kLoadMs);
        return (treeCpuMs(m_process.processId()) - before) * 100 / double(wall.elapsed());
    }

private:
    QProcess m_process;
};

inline ViewerLoad loadOf(const ViewerProcess& viewer, bool wholeFrames)
{
    ViewerLoad load { .percent = viewer.percent() };
    if (wholeFrames)
        load.frames = framesShown();
    return load;
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

/// Both, one after the other, at the screen behind a unix socket; prints what ours costs, and how
/// many frames it shows if each is `wholeFrames`.
inline void measureBoth(const QString& bench, const QString& unixSocket, const QString& what,
    bool compare, bool wholeFrames, const char* goal)
{
    const QString uri = spiceUri({ .unixSocket = unixSocket });
    ViewerLoad other;
    if (compare && ViewerProcess::hasRemoteViewer())
        other = loadOf(*ViewerProcess::remoteViewer(uri), wholeFrames);
    const ViewerLoad own = loadOf(*ViewerProcess::ours(uri), wholeFrames && compare);
    printLoad(bench, what, own.percent, QStringLiteral("remote-viewer"), other.percent, goal);
    if (std::isnan(own.frames))
        return;
    print({ .bench = bench,
        .metric = QStringLiteral("frames shown, ") + what,
        .value = own.frames,
        .unit = QStringLiteral("1/s"),
        .against = QStringLiteral("remote-viewer: %1").arg(other.frames, 0, 'f', 1),
        .ratio = own.frames / other.frames,
        .goal = QStringLiteral("ratio >= 1") });
}

} // namespace bench
