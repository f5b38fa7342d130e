// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench-console: the console against a SPICE server that draws 60 full frames of 1024 x 768 a
// second. Where Xvfb and remote-viewer are installed both viewers run on one X server, else ours
// offscreen.
#include "console/ConsoleSession.h"
#include "console/ConsoleView.h"
#include "console/SpiceHelperTransport.h"
#include "tests/bench/Figure.h"
#include "tests/support/console/SpiceTestServer.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QPointer>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>
#include <QTimer>

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>

using namespace console;
using bench::Figure;

namespace {

const QString kBin = QStringLiteral(VIRTDECK_BIN_DIR);
const QString kBench = QStringLiteral("console");
constexpr int kOpenRounds = 15;
constexpr int kEchoRounds = 200;
constexpr int kCpuMs = 8000;

/// Processor time that a process has used so far, in ms.
double cpuMs(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = file.readAll();
    const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
    const double ticks = fields.value(11).toDouble() + fields.value(12).toDouble();
    return ticks * 1000 / double(::sysconf(_SC_CLK_TCK));
}

/// Starts an X server without a screen and points this process at it. Before QApplication.
pid_t startXvfb()
{
    int display[2];
    if (QStandardPaths::findExecutable(QStringLiteral("Xvfb")).isEmpty() || ::pipe(display) != 0)
        return 0;
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        ::close(display[0]);
        const QByteArray fd = QByteArray::number(display[1]);
        ::execlp("Xvfb", "Xvfb", "-displayfd", fd.constData(), "-screen", "0", "1280x900x24",
            "-nolisten", "tcp", nullptr);
        ::_exit(127);
    }
    ::close(display[1]);
    // Number and line end come in two writes; closing in between would kill the server.
    QByteArray number;
    char byte = 0;
    while (::read(display[0], &byte, 1) == 1 && byte != '\n')
        number.append(byte);
    ::close(display[0]);
    if (number.isEmpty())
        return 0;
    qputenv("DISPLAY", ':' + number);
    qputenv("QT_QPA_PLATFORM", "xcb");
    return pid;
}

void need(bool condition, const char* what)
{
    if (condition)
        return;
    std::fprintf(stderr, "bench-console: %s\n", what);
    ::_exit(1);
}

/// Runs the event loop until `done`, looked at whenever the session has news. (QTest's waiting naps
/// between two looks, and the naps would be measured.)
template <typename F> void runUntil(ConsoleSession& session, F done, const char* what)
{
    QEventLoop loop;
    QTimer deadline;
    const auto look = [&] {
        if (done())
            loop.quit();
    };
    QObject::connect(&session, &ConsoleSession::damaged, &loop, look);
    QObject::connect(&session, &ConsoleSession::stateChanged, &loop, look);
    QObject::connect(&deadline, &QTimer::timeout, [what] { need(false, what); });
    deadline.start(20000);
    loop.exec();
}

struct Console {
    QPointer<SpiceHelperTransport> transport;
    ConsoleSession session { [this] {
        auto made
            = std::make_unique<SpiceHelperTransport>(kBin + QStringLiteral("/virtdeck-console"));
        transport = made.get();
        return made;
    } };
    ConsoleView view;

    Console()
    {
        view.setSession(&session);
        view.setScaling(Scaling::OneToOne);
        view.resize(1024, 768);
        view.show();
    }
    void open(const tests::SpiceTestServer& server)
    {
        session.open(server.endpoint());
        runUntil(
            session,
            [this] { return session.firstFrameMs() >= 0 && session.state() == SessionState::Live; },
            "no first frame");
    }
};

void measureOpening(tests::SpiceTestServer& server)
{
    Console console;
    std::vector<double> times;
    for (int i = 0; i < kOpenRounds; ++i) {
        console.open(server);
        times.push_back(double(console.session.firstFrameMs()));
        console.session.close();
    }
    bench::print({ .bench = kBench,
        .metric = QStringLiteral("open to first frame, median of %1").arg(kOpenRounds),
        .value = bench::median(times),
        .unit = QStringLiteral("ms"),
        .goal = QStringLiteral("<= 150") });
}

void measureEcho(tests::SpiceTestServer& server)
{
    Console console;
    console.open(server);
    std::vector<double> times;
    for (int i = 0; i < kEchoRounds; ++i) {
        const QRgb before = console.session.frame().pixel(5, 5);
        QElapsedTimer timer;
        timer.start();
        console.session.key(0x1e, true);
        runUntil(
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

double measureRemoteViewer(const tests::SpiceTestServer& server)
{
    const QString program = QStandardPaths::findExecutable(QStringLiteral("remote-viewer"));
    if (program.isEmpty())
        return std::nan("");
    QProcess viewer;
    viewer.setStandardErrorFile(QProcess::nullDevice());
    viewer.start(program, { QStringLiteral("spice+unix://") + server.socketPath() });
    QTest::qWait(4000); // it tells nobody when it shows the first frame
    const double before = cpuMs(viewer.processId());
    QTest::qWait(kCpuMs);
    const double used = cpuMs(viewer.processId()) - before;
    viewer.kill();
    viewer.waitForFinished();
    return used * 100 / kCpuMs;
}

void measureCpu(tests::SpiceTestServer& server, bool compare)
{
    server.say(QStringLiteral("animate 60"));
    const double other = compare ? measureRemoteViewer(server) : std::nan("");
    Console console;
    console.open(server);
    QTest::qWait(1000);
    int updates = 0;
    QObject::connect(
        &console.session, &ConsoleSession::damaged, &console.session, [&updates] { ++updates; });
    const double ownBefore = cpuMs(::getpid());
    const double helperBefore = cpuMs(console.transport->helperPid());
    QElapsedTimer wall;
    wall.start();
    QTest::qWait(kCpuMs);
    const double elapsed = double(wall.elapsed());
    const double own = (cpuMs(::getpid()) - ownBefore) * 100 / elapsed;
    const double helper = (cpuMs(console.transport->helperPid()) - helperBefore) * 100 / elapsed;
    server.say(QStringLiteral("animate 0"));
    bench::print({ .bench = kBench,
        .metric = QStringLiteral("frames shown of 60 full frames/s"),
        .value = updates * 1000 / elapsed,
        .unit = QStringLiteral("1/s"),
        .goal = QStringLiteral(">= 57") });
    bench::print({ .bench = kBench,
        .metric = QStringLiteral("processor, window + helper, 60 full frames/s"),
        .value = own + helper,
        .unit = QStringLiteral("% of a core"),
        .against = compare ? QStringLiteral("remote-viewer") : QString(),
        .ratio = (own + helper) / other,
        .goal = QStringLiteral("ratio <= 1") });
}

} // namespace

int main(int argc, char** argv)
{
    const pid_t xvfb = startXvfb();
    {
        QApplication app(argc, argv);
        tests::SpiceTestServer server(kBin);
        need(server.start(), "the SPICE test server does not start");
        measureOpening(server);
        measureEcho(server);
        measureCpu(server, xvfb > 0);
    }
    if (xvfb > 0) {
        ::kill(xvfb, SIGTERM);
        ::waitpid(xvfb, nullptr, 0);
    }
    return 0;
}
