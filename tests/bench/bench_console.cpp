// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench-console: how soon a console shows its first frame and answers a key, beside remote-viewer
// on the same X server, and what its helper occupies. What drawing costs is in bench-drawing.
#include "tests/bench/Figure.h"
#include "tests/bench/LiveConsole.h"
#include "tests/bench/ProcessTree.h"
#include "tests/bench/ViewerLoad.h"
#include "tests/support/FreePort.h"

#include <QElapsedTimer>
#include <QPixmap>
#include <QProcess>
#include <QScreen>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>

namespace {

using bench::LiveConsole;
using bench::ViewerProcess;

const QString kBench = QStringLiteral("console");
constexpr int kOpenRounds = 15;
constexpr int kTimeToClick = 300; ///< ms, from a machine chosen to its console
constexpr int kViewerRounds = 5;
constexpr int kEchoRounds = 200;
constexpr int kViewerPatience = 20'000;
constexpr QRgb kSignal = 0xff00c040; ///< what the whole screen of the server shows

/// From the timer's start to the colour of the server's screen on the X server's, in ms; NaN if it
/// never shows.
double untilShown(const QElapsedTimer& timer)
{
    while (timer.elapsed() < kViewerPatience) {
        if (bench::pictureShown({ 1, 1 }).pixel(0, 0) == kSignal)
            return double(timer.nsecsElapsed()) / 1e6;
        QTest::qWait(2);
    }
    return std::nan("");
}

/// From exec to the server's screen on the X server's, in ms.
double viewerOpenMs(const tests::SpiceTestServer& server)
{
    const QString program = QStandardPaths::findExecutable(QStringLiteral("remote-viewer"));
    if (program.isEmpty())
        return std::nan("");
    QElapsedTimer timer;
    timer.start();
    QProcess viewer;
    viewer.setStandardErrorFile(QProcess::nullDevice());
    viewer.start(program, { QStringLiteral("spice+unix://") + server.socketPath() });
    const double took = untilShown(timer);
    viewer.kill();
    viewer.waitForFinished();
    return took;
}

void measureOpening(tests::SpiceTestServer& server, bool isOnXvfb)
{
    server.say(QStringLiteral("fill 0 0 1024 768 %1").arg(kSignal & 0xffffff, 0, 16));
    std::vector<double> viewer;
    for (int i = 0; isOnXvfb && i < kViewerRounds; ++i)
        viewer.push_back(viewerOpenMs(server));
    const double against = viewer.empty() ? std::nan("") : bench::median(viewer);
    double helperBytes = 0;
    LiveConsole console;
    // A machine that is looked at has its console prepared; one that is opened at once has not.
    for (const bool isPrepared : { true, false }) {
        std::vector<double> own;
        for (int i = 0; i < kOpenRounds; ++i) {
            if (isPrepared)
                console.helpers->prepare();
            QTest::qWait(kTimeToClick);
            QElapsedTimer timer;
            timer.start();
            console.open(server.endpoint());
            own.push_back(isOnXvfb ? untilShown(timer) : double(console.session.firstFrameMs()));
            helperBytes = bench::pss(console.transport->helperPid());
            console.session.close();
        }
        bench::print({ .bench = kBench,
            .metric = QStringLiteral("open to picture on the X server, %1, median of %2")
                          .arg(isPrepared ? QStringLiteral("of the machine looked at")
                                          : QStringLiteral("unprepared"))
                          .arg(kOpenRounds),
            .value = bench::median(own),
            .unit = QStringLiteral("ms"),
            .against = std::isnan(against)
                ? QString()
                : QStringLiteral("remote-viewer, from exec: %1 ms").arg(against, 0, 'f', 0),
            .ratio = bench::median(own) / against,
            .goal = isPrepared ? QStringLiteral("ratio <= 0.35") : QString() });
    }
    bench::print({ .bench = kBench,
        .metric = QStringLiteral("helper's memory (PSS), 1024 x 768"),
        .value = helperBytes / (1 << 20),
        .unit = QStringLiteral("MiB"),
        .goal = QStringLiteral("<= 25 MiB") });
}

/// Keys and pictures at the X server, so that every viewer is measured alike.
class XProbe {
public:
    XProbe()
    {
        m_manager.setStandardErrorFile(QProcess::nullDevice());
        m_manager.start(QStringLiteral("openbox"), {}); // gives windows the keyboard
        m_keys.start(QStringLiteral("xdotool"), { QStringLiteral("-") });
        QTest::qWait(500);
    }
    ~XProbe()
    {
        for (QProcess* process : { &m_keys, &m_manager }) {
            process->kill();
            process->waitForFinished();
        }
    }
    Q_DISABLE_COPY_MOVE(XProbe)

    bool canProbe() const
    {
        return m_keys.state() == QProcess::Running && m_manager.state() == QProcess::Running;
    }
    void press() { say("keydown --delay 0 a\n"); }
    void release() { say("keyup --delay 0 a\n"); }
    void tap() { say("key --delay 0 a\n"); }

    /// Moves into the viewer that is shown and finds the square that its server turns with each
    /// key; false if no key gets there.
    bool find()
    {
        say("mousemove 700 500\n");
        QTest::qWait(300);
        for (int attempt = 0; attempt < 10; ++attempt) {
            const QImage before = screen().toImage();
            tap();
            QTest::qWait(400);
            const QImage after = screen().toImage();
            for (int y = 0; y < after.height(); ++y) {
                for (int x = 0; x < after.width(); ++x) {
                    const QRgb now = after.pixel(x, y);
                    if (now != before.pixel(x, y) && (now == 0xffffffff || now == 0xff000000)) {
                        m_square = QPoint(x + 8, y + 8);
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /// From one key to the turned square on the X server's screen, in ms; median of many.
    double medianMs(bool isHeld)
    {
        std::vector<double> times;
        for (int i = 0; i < kProbeRounds; ++i) {
            const QRgb before = colour();
            QElapsedTimer timer;
            timer.start();
            isHeld ? press() : tap();
            while (colour() == before && timer.elapsed() < kProbePatience)
                QCoreApplication::processEvents();
            times.push_back(double(timer.nsecsElapsed()) / 1e6);
            if (isHeld)
                release();
            QTest::qWait(60 + i % 11); // off the rhythm of any timer
        }
        return bench::median(times);
    }

private:
    static constexpr int kProbeRounds = 60;
    static constexpr int kProbePatience = 2000;

    void say(const char* line)
    {
        m_keys.write(line);
        m_keys.waitForBytesWritten();
    }
    static QPixmap screen() { return QGuiApplication::primaryScreen()->grabWindow(0); }
    QRgb colour() const
    {
        return QGuiApplication::primaryScreen()
            ->grabWindow(0, m_square.x(), m_square.y(), 1, 1)
            .toImage()
            .pixel(0, 0);
    }

    QProcess m_manager;
    QProcess m_keys;
    QPoint m_square;
};

struct KeyTimes {
    double tap = std::nan("");
    double held = std::nan("");
};

KeyTimes timesOf(XProbe& probe, const char* viewer)
{
    if (!probe.find())
        qFatal("no key reaches the server through %s", viewer);
    return { .tap = probe.medianMs(false), .held = probe.medianMs(true) };
}

void printKeys(const char* what, const char* where, double own, double other, const char* goal)
{
    bench::print({ .bench = kBench,
        .metric = QStringLiteral("a %1 key to the pixel on the X server, %2, median")
                      .arg(QLatin1String(what), QLatin1String(where)),
        .value = own,
        .unit = QStringLiteral("ms"),
        .against = QStringLiteral("remote-viewer: %1 ms").arg(other, 0, 'f', 1),
        .ratio = own / other,
        .goal = QString::fromLatin1(goal) });
}

/// From a key of the X server to the changed pixel on its screen, beside remote-viewer.
void measureKeys(const vmm::ConsoleEndpoint& screen, const char* where, const char* heldGoal)
{
    XProbe probe;
    if (!probe.canProbe() || !ViewerProcess::hasRemoteViewer())
        return;
    const QString uri = bench::spiceUri(screen);
    KeyTimes other;
    {
        const auto viewer = ViewerProcess::remoteViewer(uri);
        other = timesOf(probe, "remote-viewer");
    }
    const auto console = ViewerProcess::ours(uri);
    const KeyTimes own = timesOf(probe, "our console");
    printKeys("tapped", where, own.tap, other.tap, "ratio <= 1");
    printKeys("held", where, own.held, other.held, heldGoal);
}

/// Over TCP, remote-viewer waits whether a key is released at once (spice-gtk's keypress-delay:
/// 100 ms, none on unix sockets), and then sends both.
void measureKeysOverTcp()
{
    const quint16 port = tests::freePort();
    tests::SpiceTestServer server(QStringLiteral(VIRTDECK_BIN_DIR));
    if (!server.start({ QStringLiteral("--port"), QString::number(port) }))
        qFatal("the SPICE test server does not start");
    measureKeys({ .host = QStringLiteral("127.0.0.1"), .port = port }, "over TCP", "ratio <= 0.3");
}

void measureEcho(tests::SpiceTestServer& server)
{
    LiveConsole console;
    console.open(server.endpoint());
    std::vector<double> times;
    for (int i = 0; i < kEchoRounds; ++i) {
        const QRgb before = console.session.frame().pixel(5, 5);
        QElapsedTimer timer;
        timer.start();
        console.session.key(0x1e, true);
        bench::runUntil(
            console.session, [&] { return console.session.frame().pixel(5, 5) != before; },
            "no echo");
        const qint64 took = timer.nsecsElapsed();
        console.session.key(0x1e, false);
        times.push_back(double(took) / 1e6);
        QTest::qWait(3 + i % 11); // off the rhythm of any timer
    }
    std::sort(times.begin(), times.end());
    bench::print({ .bench = kBench,
        .metric = QStringLiteral("key to changed pixel, p50"),
        .value = bench::median(times),
        .unit = QStringLiteral("ms"),
        .goal = QStringLiteral("<= 3") });
    bench::print({ .bench = kBench,
        .metric = QStringLiteral("key to changed pixel, p90"),
        .value = times[times.size() * 9 / 10],
        .unit = QStringLiteral("ms"),
        .goal = QStringLiteral("<= 10") });
}

} // namespace

int main(int argc, char** argv)
{
    return bench::runBesideServer(argc, argv, [](tests::SpiceTestServer& server, bool isOnXvfb) {
        measureOpening(server, isOnXvfb);
        measureEcho(server);
        if (!isOnXvfb)
            return;
        measureKeys(server.endpoint(), "local", "ratio <= 1");
        measureKeysOverTcp();
    });
}
