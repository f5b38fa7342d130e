// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench-wall: sixteen live tiles of a wall of screens, whose pictures a host takes as fast as it is
// asked, as many whose consoles are open and draw 25 times a second, and as many of real consoles
// at real servers, beside sixteen times one of them.
#include "console/HelperStarter.h"
#include "console/SpiceHelperTransport.h"
#include "models/StallMeter.h"
#include "tests/bench/Figure.h"
#include "tests/bench/ProcessTree.h"
#include "tests/gui/WindowFixture.h"
#include "tests/support/console/SpiceTestServer.h"
#include "ui/consoles/ConsoleSessions.h"
#include "ui/consoles/ScreenWall.h"
#include "ui/consoles/Thumbnails.h"

#include <QApplication>
#include <QBuffer>
#include <QPainter>
#include <QTest>

#include <ctime>

namespace {

constexpr int kTiles = 16;
constexpr int kMeasureMs = 10'000;
constexpr int kLiveMs = 20'000; ///< the processor's time is counted in steps of 10 ms
constexpr int kFirstPicturesMs = 5000;
const QString kBench = QStringLiteral("wall");
const QSize kScreen(1024, 768);

QImage busyPicture(int seed)
{
    QImage image(kScreen, QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < image.width(); ++x)
            line[x] = qRgb((x * seed) % 256, (y + seed) % 256, (x ^ y) % 256);
    }
    return image;
}

QByteArray png(const QImage& image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.scaled(480, 300).save(&buffer, "PNG");
    return bytes;
}

/// A console that draws at a steady rate.
class DrawingTransport : public tests::SilentTransport {
public:
    explicit DrawingTransport(const QImage& picture)
        : tests::SilentTransport(picture)
        , m_area(picture.rect())
    {
        connect(&m_tick, &QTimer::timeout, this, [this] { Q_EMIT damaged(QRegion(m_area)); });
        m_tick.start(40);
    }
    void setVisible(bool visible) override
    {
        if (visible)
            m_tick.start(40);
        else
            m_tick.stop();
    }

private:
    QRect m_area;
    QTimer m_tick;
};

double threadCpuMs()
{
    timespec now {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1000 + double(now.tv_nsec) / 1e6;
}

/// What a wall costs while it is looked at.
struct WallLoad {
    double thread = 0; ///< of the window's thread, % of a core
    double processes = 0; ///< the window and its consoles' helpers, % of a core
    double pictures = 0; ///< new ones a second in each tile
    models::StallMeter::Report stalls {};
};

/// The window and its helpers, in ms; the servers of the screens are children, too.
double ownCpuMs()
{
    double sum = 0;
    const QList<qint64> all = bench::descendants(QCoreApplication::applicationPid());
    for (const qint64 pid : all) {
        if (!bench::programName(pid).startsWith("spice-test"))
            sum += bench::cpuMs(pid);
    }
    return sum;
}

hosts::VmId addScreen(tests::FakeHost* host, int number)
{
    hosts::VmInfo info
        = host->vm(host->addVm(QStringLiteral("vm%1").arg(number), vmm::VmState::Running));
    info.hasScreen = true;
    host->addKnownVm(info);
    return info.id;
}

WallLoad loadOfWall(
    tests::WindowFixture& fixture, tests::FakeHost* host, int tiles, int measureMs = kMeasureMs)
{
    fixture.window->selection().setHost(host);
    fixture.window->openWall();
    fixture.window->wall()->resize(1100, 900);
    QTest::qWait(kFirstPicturesMs);
    int pictures = 0;
    QObject counter;
    QObject::connect(&fixture.window->thumbnails(), &ui::Thumbnails::changed, &counter,
        [&pictures] { ++pictures; });
    models::StallMeter meter;
    meter.start();
    const double threadBefore = threadCpuMs();
    const double before = ownCpuMs();
    QTest::qWait(measureMs);
    return { .thread = (threadCpuMs() - threadBefore) * 100 / measureMs,
        .processes = (ownCpuMs() - before) * 100 / measureMs,
        .pictures = pictures * 1000.0 / measureMs / tiles,
        .stalls = meter.stop() };
}

void printStalls(const WallLoad& load, const QString& source, const char* time = "in 10 s")
{
    bench::print({ .bench = kBench,
        .metric = QStringLiteral("16 tiles, %1: stalls above 16 ms").arg(source),
        .value = double(load.stalls.above16ms),
        .unit = QString::fromLatin1(time),
        .goal = QStringLiteral("<= 0") });
    bench::print({ .bench = kBench,
        .metric = QStringLiteral("16 tiles, %1: longest stall").arg(source),
        .value = double(load.stalls.longest.count()) / 1000,
        .unit = QStringLiteral("ms"),
        .goal = QStringLiteral("<= 16") });
}

void measure(bool withConsoles)
{
    tests::WindowFixture fixture;
    const QImage picture = busyPicture(7);
    fixture.consoles = [picture] { return std::make_unique<DrawingTransport>(picture); };
    tests::FakeHost* host = fixture.addHost();
    host->setScreenshot(
        { .png = png(busyPicture(3)), .width = kScreen.width(), .height = kScreen.height() });
    QVector<hosts::VmId> vms;
    for (int i = 0; i < kTiles; ++i)
        vms.append(addScreen(host, i));
    fixture.open();
    QTest::qWait(200);
    QObject viewers[kTiles]; // as windows of their own would show them
    for (int i = 0; withConsoles && i < kTiles; ++i) {
        ui::ConsoleSessions& consoles = fixture.window->consoles();
        consoles.show(&viewers[i], consoles.open({ host, vms[i] }));
    }
    const WallLoad load = loadOfWall(fixture, host, kTiles);
    const QString source = withConsoles ? QStringLiteral("open consoles, 25 frames/s each")
                                        : QStringLiteral("pictures of the host");
    printStalls(load, source);
    bench::print({ .bench = kBench,
        .metric = QStringLiteral("16 tiles, %1: CPU of the window's thread").arg(source),
        .value = load.thread,
        .unit = QStringLiteral("% of a core"),
        .goal = QStringLiteral("<= 10") });
}

/// Tiles of consoles with helpers of their own at servers that draw whole frames as often as
/// pictures are taken.
WallLoad loadOfLiveTiles(int tiles)
{
    std::vector<std::unique_ptr<tests::SpiceTestServer>> servers;
    tests::WindowFixture fixture;
    fixture.consoles
        = console::SpiceHelperTransport::factory(std::make_shared<console::HelperStarter>(
            QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-console")));
    tests::FakeHost* host = fixture.addHost();
    fixture.open();
    QTest::qWait(200);
    QObject viewers[kTiles];
    for (int i = 0; i < tiles; ++i) {
        auto& server = *servers.emplace_back(
            std::make_unique<tests::SpiceTestServer>(QStringLiteral(VIRTDECK_BIN_DIR)));
        if (!server.start())
            qFatal("the SPICE test server does not start");
        server.say(QStringLiteral("animate 2"));
        host->setScreenSocket(server.socketPath());
        ui::ConsoleSessions& consoles = fixture.window->consoles();
        ui::OpenConsole* console = consoles.open({ host, addScreen(host, i) });
        consoles.show(&viewers[i], console);
        if (!QTest::qWaitFor([&] { return console->session().firstFrameMs() >= 0; }, 20'000))
            qFatal("no first frame");
    }
    return loadOfWall(fixture, host, tiles, kLiveMs);
}

void measureLiveTiles()
{
    const WallLoad one = loadOfLiveTiles(1);
    const WallLoad all = loadOfLiveTiles(kTiles);
    const QString source = QStringLiteral("real consoles, 2 frames/s each");
    printStalls(all, source, "in 20 s");
    bench::print({ .bench = kBench,
        .metric = QStringLiteral("16 tiles, %1: CPU, window + helpers").arg(source),
        .value = all.processes,
        .unit = QStringLiteral("% of a core"),
        .against = QStringLiteral("16 times one tile: %1 %").arg(kTiles * one.processes, 0, 'f', 1),
        .ratio = all.processes / (kTiles * one.processes),
        .goal = QStringLiteral("ratio <= 1.5") });
    bench::print({ .bench = kBench,
        .metric = QStringLiteral("16 tiles, %1: new pictures in each").arg(source),
        .value = all.pictures,
        .unit = QStringLiteral("1/s"),
        .against = QStringLiteral("one tile: %1").arg(one.pictures, 0, 'f', 2),
        .ratio = all.pictures / one.pictures,
        .goal = QStringLiteral("ratio >= 0.9") });
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    measure(false);
    measure(true);
    measureLiveTiles();
    return 0;
}
