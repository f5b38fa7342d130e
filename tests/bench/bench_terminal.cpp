// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench-terminal: a serial port that floods its terminal with coloured lines, at the end of a unix
// socket as a host's relay is.
#include "console/terminal/TerminalPanel.h"
#include "models/StallMeter.h"
#include "tests/bench/Figure.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLocalServer>
#include <QLocalSocket>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <ctime>

using namespace console;

namespace {

constexpr qint64 kFlood = 32 << 20; ///< bytes

QByteArray colouredLines(qint64 bytes)
{
    QByteArray out;
    for (int i = 0; out.size() < bytes; ++i)
        out += "\x1b[" + QByteArray::number(31 + i % 7) + "m[" + QByteArray::number(i)
            + ".000000]\x1b[0m usb 1-1: new high-speed device, \x1b[1maddress "
            + QByteArray::number(i % 128) + "\x1b[0m, product \xe2\x80\x9eStick\xe2\x80\x9c\r\n";
    return out;
}

double threadCpuMs()
{
    timespec now {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1000 + double(now.tv_nsec) / 1e6;
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    QTemporaryDir folder;
    QLocalServer server;
    const QString path = folder.filePath(QStringLiteral("port"));
    TerminalPanel panel;
    panel.resize(900, 600);
    panel.show();
    const bool isOpen = server.listen(path);
    panel.session().open(
        { .protocol = vmm::ConsoleEndpoint::Protocol::Serial, .unixSocket = path });
    if (!isOpen || !QTest::qWaitFor([&] { return server.hasPendingConnections(); })) {
        std::fprintf(stderr, "bench-terminal: no connection\n");
        return 1;
    }
    QLocalSocket* port = server.nextPendingConnection();
    const QByteArray flood = colouredLines(kFlood) + "\x1b]0;over\a";
    models::StallMeter meter;
    meter.start();
    QElapsedTimer timer;
    timer.start();
    const double before = threadCpuMs();
    port->write(flood);
    if (!QTest::qWaitFor(
            [&] { return panel.session().screen().title() == QStringLiteral("over"); }, 300'000)) {
        std::fprintf(stderr, "bench-terminal: the flood does not end\n");
        return 1;
    }
    const double seconds = double(timer.elapsed()) / 1000;
    const double cpu = threadCpuMs() - before;
    const models::StallMeter::Report report = meter.stop();
    const QString bench = QStringLiteral("terminal");
    bench::print({ .bench = bench,
        .metric = QStringLiteral("flood of coloured lines, parsed and shown"),
        .value = double(flood.size()) / seconds / (1 << 20),
        .unit = QStringLiteral("MiB/s"),
        .goal = QStringLiteral(">= 10") });
    bench::print({ .bench = bench,
        .metric = QStringLiteral("the same, CPU of the window's thread"),
        .value = cpu / (double(flood.size()) / (1 << 20)),
        .unit = QStringLiteral("ms/MiB"),
        .goal = QStringLiteral("<= 100") });
    bench::print({ .bench = bench,
        .metric = QStringLiteral("the same, longest stall of the window"),
        .value = double(report.longest.count()) / 1000,
        .unit = QStringLiteral("ms"),
        .goal = QStringLiteral("<= 16") });
    return 0;
}
