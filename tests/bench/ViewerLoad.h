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
inline constexpr int kRounds = 3;
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

/// In the middle of a viewer's picture, where it has its window at the X server's corner.
inline constexpr QPoint kMiddle(500, 400);

/// What each frame changes.
enum class Draws {
    WholeFrames, ///< every pixel
    Parts, ///< a few pixels of each region
};

/// What is in the middle of the X server's screen.
inline QImage pictureShown(QSize size)
{
    return QGuiApplication::primaryScreen()
        ->grabWindow(0, kMiddle.x(), kMiddle.y(), size.width(), size.height())
        .toImage();
}

/// How often the middle of a viewer's picture changes in a second: the frames that reach the X
/// server, if each changes it.
inline double framesShown(Draws draws)
{
    constexpr int kWatchMs = 4000;
    const QSize watched = draws == Draws::WholeFrames ? QSize(1, 1) : QSize(256, 128);
    int changes = 0;
    QImage last = pictureShown(watched);
    QElapsedTimer wall;
    wall.start();
    while (wall.elapsed() < kWatchMs) {
        QTest::qWait(2);
        QImage now = pictureShown(watched);
        changes += now != last ? 1 : 0;
        last = std::move(now);
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

inline ViewerLoad loadOf(const ViewerProcess& viewer, Draws draws)
{
    const double percent = viewer.percent();
    return { .percent = percent, .frames = framesShown(draws) };
}

inline ViewerLoad medianOf(const std::vector<ViewerLoad>& loads)
{
    std::vector<double> percents;
    std::vector<double> frames;
    for (const ViewerLoad& load : loads) {
        percents.push_back(load.percent);
        frames.push_back(load.frames);
    }
    return { .percent = median(percents), .frames = median(frames) };
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

/// Both, in turns, at the screen behind a unix socket; prints what ours costs, and how many frames
/// it shows; medians.
inline void measureBoth(const QString& bench, const QString& unixSocket, const QString& what,
    bool compare, Draws draws, const char* goal)
{
    const QString uri = spiceUri({ .unixSocket = unixSocket });
    const bool hasOther = compare && ViewerProcess::hasRemoteViewer();
    std::vector<ViewerLoad> ours;
    std::vector<ViewerLoad> others;
    for (int i = 0; i < kRounds; ++i) { // in turns: what else the machine does meets both
        if (hasOther)
            others.push_back(loadOf(*ViewerProcess::remoteViewer(uri), draws));
        ours.push_back(loadOf(*ViewerProcess::ours(uri), draws));
    }
    const ViewerLoad own = medianOf(ours);
    const ViewerLoad other = medianOf(others);
    printLoad(bench, what, own.percent, QStringLiteral("remote-viewer"), other.percent, goal);
    if (std::isnan(other.frames))
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
