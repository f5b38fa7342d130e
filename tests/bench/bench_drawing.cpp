// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench-drawing: what a console costs while its server draws: full frames, many small rectangles, a
// small corner of a large screen, and large frames that take long to decompress. Where Xvfb and
// remote-viewer are installed both viewers run on one X server, one after the other; else ours
// offscreen.
#include "models/StallMeter.h"
#include "tests/bench/Figure.h"
#include "tests/bench/LiveConsole.h"
#include "tests/bench/ProcessTree.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTcpServer>
#include <QTest>

namespace {

using bench::LiveConsole;

const QString kBench = QStringLiteral("drawing");
constexpr int kCpuMs = 8000;
constexpr int kSettleMs = 1000;
constexpr int kViewerStartMs = 4000; ///< it tells nobody when it shows the first frame

struct Load {
    double percent = 0; ///< of a core: window and helper
    double updates = 0; ///< shown in a second
    models::StallMeter::Report stalls {};
};

Load loadOf(LiveConsole& console)
{
    QTest::qWait(kSettleMs);
    const qint64 helper = console.transport->helperPid();
    Load load;
    models::StallMeter meter;
    const auto counting = QObject::connect(&console.session, &console::ConsoleSession::damaged,
        &console.session, [&load] { load.updates += 1; });
    const double before = bench::cpuMs(::getpid()) + bench::cpuMs(helper);
    QElapsedTimer wall;
    wall.start();
    meter.start();
    QTest::qWait(kCpuMs);
    load.stalls = meter.stop();
    const double elapsed = double(wall.elapsed());
    load.percent = (bench::cpuMs(::getpid()) + bench::cpuMs(helper) - before) * 100 / elapsed;
    load.updates = load.updates * 1000 / elapsed;
    QObject::disconnect(counting);
    return load;
}

/// % of a core; NaN if it is not there.
double viewerLoad(const tests::SpiceTestServer& server)
{
    const QString program = QStandardPaths::findExecutable(QStringLiteral("remote-viewer"));
    if (program.isEmpty())
        return std::nan("");
    QProcess viewer;
    viewer.setStandardErrorFile(QProcess::nullDevice());
    viewer.start(program, { QStringLiteral("spice+unix://") + server.socketPath() });
    QTest::qWait(kViewerStartMs);
    const double before = bench::cpuMs(viewer.processId());
    QTest::qWait(kCpuMs);
    const double used = bench::cpuMs(viewer.processId()) - before;
    viewer.kill();
    viewer.waitForFinished();
    return used * 100 / kCpuMs;
}

void printCpu(
    const QString& what, double percent, const QString& against, double other, const char* goal)
{
    bench::print({ .bench = kBench,
        .metric = QStringLiteral("processor, window + helper, ") + what,
        .value = percent,
        .unit = QStringLiteral("% of a core"),
        .against = std::isnan(other)
            ? QString()
            : QStringLiteral("%1: %2 %").arg(against).arg(other, 0, 'f', 1),
        .ratio = percent / other,
        .goal = QString::fromLatin1(goal) });
}

/// Beside remote-viewer, drawing so.
Load measureBoth(tests::SpiceTestServer& server, const QString& drawing, const QString& what,
    bool compare, const char* goal)
{
    server.say(drawing);
    const double other = compare ? viewerLoad(server) : std::nan("");
    LiveConsole console;
    console.open(server);
    const Load load = loadOf(console);
    server.say(QStringLiteral("animate 0"));
    printCpu(what, load.percent, QStringLiteral("remote-viewer"), other, goal);
    return load;
}

/// The same small corner of a large screen and of a small one.
void measureCorner(tests::SpiceTestServer& server)
{
    const auto loadAt = [&](const char* mode) {
        server.say(QString::fromLatin1(mode));
        server.say(QStringLiteral("animate 30 256 192"));
        LiveConsole console;
        console.open(server);
        const Load load = loadOf(console);
        server.say(QStringLiteral("animate 0"));
        return load.percent;
    };
    const double small = loadAt("mode 1024 768");
    const double large = loadAt("mode 3840 2160");
    printCpu(QStringLiteral("a corner of 256 x 192, 30 times a second, of 3840 x 2160"), large,
        QStringLiteral("of 1024 x 768"), small, "ratio <= 1.2");
}

quint16 freePort()
{
    QTcpServer probe;
    return probe.listen(QHostAddress::LocalHost) ? probe.serverPort() : 0;
}

/// Frames that take a third of a second to decompress, over TCP: not on the window's thread.
void measureStall()
{
    tests::SpiceTestServer server(QStringLiteral(VIRTDECK_BIN_DIR));
    const quint16 port = freePort();
    if (!server.start({ QStringLiteral("--port"), QString::number(port), QStringLiteral("--quic"),
            QStringLiteral("--size"), QStringLiteral("3840x2160") }))
        qFatal("the SPICE test server does not start");
    server.say(QStringLiteral("animate 4"));
    LiveConsole console;
    console.session.open({ .host = QStringLiteral("127.0.0.1"), .port = port });
    bench::runUntil(
        console.session, [&] { return console.session.firstFrameMs() >= 0; }, "no first frame");
    const Load load = loadOf(console);
    bench::print({ .bench = kBench,
        .metric = QStringLiteral("longest stall of the window, frames of 3840 x 2160 in QUIC"),
        .value = double(load.stalls.longest.count()) / 1000,
        .unit = QStringLiteral("ms"),
        .goal = QStringLiteral("<= 16 ms") });
}

} // namespace

int main(int argc, char** argv)
{
    return bench::runBesideServer(argc, argv, [](tests::SpiceTestServer& server, bool compare) {
        const Load full = measureBoth(server, QStringLiteral("animate 60"),
            QStringLiteral("60 full frames/s"), compare, "ratio <= 0.5");
        bench::print({ .bench = kBench,
            .metric = QStringLiteral("frames shown of 60 full frames/s"),
            .value = full.updates,
            .unit = QStringLiteral("1/s"),
            .goal = QStringLiteral(">= 57") });
        measureBoth(server, QStringLiteral("scatter 12000"),
            QStringLiteral("12,000 small rectangles/s"), compare, "ratio <= 0.4");
        measureBoth(server, QStringLiteral("animate 30"), QStringLiteral("30 full frames/s"),
            compare, "ratio <= 1");
        measureCorner(server);
        measureStall();
    });
}
