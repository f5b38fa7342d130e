// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench-wall: sixteen live tiles of a wall of screens, whose pictures a host takes as fast as it is
// asked, and as many whose consoles are open and draw 25 times a second.
#include "models/StallMeter.h"
#include "tests/bench/Figure.h"
#include "tests/gui/WindowFixture.h"
#include "ui/consoles/ConsoleSessions.h"
#include "ui/consoles/ScreenWall.h"

#include <QApplication>
#include <QBuffer>
#include <QPainter>
#include <QTest>

#include <ctime>

namespace {

constexpr int kTiles = 16;
constexpr int kMeasureMs = 10'000;
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

void measure(bool withConsoles)
{
    tests::WindowFixture fixture;
    const QImage picture = busyPicture(7);
    fixture.consoles = [picture] { return std::make_unique<DrawingTransport>(picture); };
    tests::FakeHost* host = fixture.addHost();
    host->setScreenshot(
        { .png = png(busyPicture(3)), .width = kScreen.width(), .height = kScreen.height() });
    QVector<hosts::VmId> vms;
    for (int i = 0; i < kTiles; ++i) {
        hosts::VmInfo info
            = host->vm(host->addVm(QStringLiteral("vm%1").arg(i), vmm::VmState::Running));
        info.hasScreen = true;
        host->addKnownVm(info);
        vms.append(info.id);
    }
    fixture.open();
    QTest::qWait(200);
    QObject viewers[kTiles]; // as windows of their own would show them
    for (int i = 0; withConsoles && i < kTiles; ++i) {
        ui::ConsoleSessions& consoles = fixture.window->consoles();
        consoles.show(&viewers[i], consoles.open({ host, vms[i] }));
    }
    fixture.window->selection().setHost(host);
    fixture.window->openWall();
    fixture.window->wall()->resize(1100, 900);
    QTest::qWait(5000); // until each has its first picture
    models::StallMeter meter;
    meter.start();
    const double before = threadCpuMs();
    QTest::qWait(kMeasureMs);
    const double used = threadCpuMs() - before;
    const models::StallMeter::Report report = meter.stop();
    const QString source = withConsoles ? QStringLiteral("open consoles, 25 frames/s each")
                                        : QStringLiteral("pictures of the host");
    const QString bench = QStringLiteral("wall");
    bench::print({ .bench = bench,
        .metric = QStringLiteral("16 tiles, %1: stalls above 16 ms").arg(source),
        .value = double(report.above16ms),
        .unit = QStringLiteral("in 10 s"),
        .goal = QStringLiteral("0") });
    bench::print({ .bench = bench,
        .metric = QStringLiteral("16 tiles, %1: longest stall").arg(source),
        .value = double(report.longest.count()) / 1000,
        .unit = QStringLiteral("ms"),
        .goal = QStringLiteral("<= 16") });
    bench::print({ .bench = bench,
        .metric = QStringLiteral("16 tiles, %1: CPU of the window's thread").arg(source),
        .value = used * 100 / kMeasureMs,
        .unit = QStringLiteral("% of a core"),
        .goal = QStringLiteral("<= 10") });
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    measure(false);
    measure(true);
    return 0;
}
