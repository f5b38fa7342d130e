// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench-drawing: what a console costs while its server draws: full frames, many small rectangles,
// text that scrolls, a video stream, a small corner of a large screen, and large frames that take
// long to decompress. (What real guests draw is in bench-guest-screen.) Where Xvfb and
// remote-viewer are installed both viewers run on one X server, one after the other; else ours
// offscreen.
#include "models/StallMeter.h"
#include "tests/bench/ViewerLoad.h"
#include "tests/support/FreePort.h"

namespace {

using bench::Draws;
using bench::LiveConsole;

const QString kBench = QStringLiteral("drawing");

/// Beside remote-viewer, drawing so.
void measureDrawing(tests::SpiceTestServer& server, const char* drawing, const char* what,
    Draws draws, bool compare, const char* goal)
{
    server.say(QString::fromLatin1(drawing));
    bench::measureBoth(
        kBench, server.socketPath(), QString::fromLatin1(what), compare, draws, goal);
    server.say(QStringLiteral("animate 0"));
}

/// The same small corner of a large screen and of a small one.
void measureCorner(tests::SpiceTestServer& server)
{
    const auto loadAt = [&](const char* mode) {
        server.say(QString::fromLatin1(mode));
        server.say(QStringLiteral("animate 30 256 192"));
        const double percent
            = bench::ViewerProcess::ours(bench::spiceUri(server.endpoint()))->percent();
        server.say(QStringLiteral("animate 0"));
        return percent;
    };
    const double small = loadAt("mode 1024 768");
    const double large = loadAt("mode 3840 2160");
    bench::printLoad(kBench,
        QStringLiteral("a corner of 256 x 192, 30 times a second, of 3840 x 2160"), large,
        QStringLiteral("of 1024 x 768"), small, "ratio <= 1.2");
}

/// A stream of MJPEG pictures; the server sends 30 in a second at most.
void measureVideo(bool compare)
{
    tests::SpiceTestServer server(QStringLiteral(VIRTDECK_BIN_DIR));
    if (!server.start({ QStringLiteral("--video") }))
        qFatal("the SPICE test server does not start");
    measureDrawing(server, "animate 30 640 480", "MJPEG stream of 640 x 480", Draws::WholeFrames,
        compare, "ratio <= 1");
}

/// Frames that take a third of a second to decompress, over TCP: not on the window's thread.
void measureStall()
{
    tests::SpiceTestServer server(QStringLiteral(VIRTDECK_BIN_DIR));
    const quint16 port = tests::freePort();
    if (!server.start(
            { QStringLiteral("--port"), QString::number(port), QStringLiteral("--compression"),
                QStringLiteral("quic"), QStringLiteral("--size"), QStringLiteral("3840x2160") }))
        qFatal("the SPICE test server does not start");
    server.say(QStringLiteral("animate 4"));
    LiveConsole console;
    console.session.open({ .host = QStringLiteral("127.0.0.1"), .port = port });
    bench::runUntil(
        console.session, [&] { return console.session.firstFrameMs() >= 0; }, "no first frame");
    models::StallMeter meter;
    meter.start();
    QEventLoop loop; // QTest's waiting naps would be stalls
    QTimer::singleShot(bench::kLoadMs, &loop, &QEventLoop::quit);
    loop.exec();
    const auto stalls = meter.stop();
    bench::print({ .bench = kBench,
        .metric = QStringLiteral("longest stall of the window, frames of 3840 x 2160 in QUIC"),
        .value = double(stalls.longest.count()) / 1000,
        .unit = QStringLiteral("ms"),
        .goal = QStringLiteral("<= 16 ms") });
}

} // namespace

int main(int argc, char** argv)
{
    return bench::runBesideServer(argc, argv, [](tests::SpiceTestServer& server, bool compare) {
        measureDrawing(
            server, "animate 60", "60 full frames/s", Draws::WholeFrames, compare, "ratio <= 0.5");
        measureDrawing(server, "scatter 12000", "12,000 small rectangles/s", Draws::Parts, compare,
            "ratio <= 0.4");
        measureDrawing(server, "scroll 60", "text that scrolls, 60 lines/s", Draws::WholeFrames,
            compare, "ratio <= 1");
        measureVideo(compare);
        measureCorner(server);
        measureStall();
    });
}
