// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Reads what a guest with OpenGL would draw: a memory file, or, where VIRTDECK_TEST_CARD names a
// graphics card, memory of that card through its driver.

#include "console/helper/GlScanout.h"
#include "console/helper/ScanoutReader.h"
#include "tests/spice-server/Pattern.h"
#include "tests/support/console/Texture.h"

#include <QTest>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstring>

using console::helper::GlScanout;
using console::helper::Scanout;
using console::helper::ScanoutReader;
using console::protocol::Rect;
using tests::Texture;

namespace {

constexpr int kWidth = 120;
constexpr int kHeight = 70;

std::string card()
{
    return qgetenv("VIRTDECK_TEST_CARD").toStdString();
}

Scanout scanoutOf(const Texture& texture)
{
    return { .fd = texture.duplicate(),
        .width = kWidth,
        .height = kHeight,
        .stride = texture.stride(),
        .fourcc = texture.fourcc(),
        .isTopFirst = texture.isTopFirst() };
}

quint32 pixelOf(const ScanoutReader& reader, int x, int y)
{
    quint32 pixel = 0;
    std::memcpy(&pixel, reader.picture().pixels + y * reader.picture().stride + 4 * x, 4);
    return pixel & 0xffffffu;
}

/// The first pixel of a place that is not the frame's; nothing: all are.
QString differenceFrom(quint32 frame, const ScanoutReader& reader, const Rect& place)
{
    for (int y = place.y; y < place.y + place.height; ++y) {
        for (int x = place.x; x < place.x + place.width; ++x) {
            const quint32 expected = tests::pattern::framePixel(frame, x, y);
            if (pixelOf(reader, x, y) != expected)
                return QStringLiteral("%1,%2: %3 and not %4")
                    .arg(x)
                    .arg(y)
                    .arg(pixelOf(reader, x, y), 6, 16)
                    .arg(expected, 6, 16);
        }
    }
    return {};
}

} // namespace

class tst_ScanoutReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pixels_areThoseThatWereDrawn_data();
    void pixels_areThoseThatWereDrawn();
    void laterDrawing_isReadWhereItIsAskedFor();
    void nonsense_isRefusedWithAReason_data();
    void nonsense_isRefusedWithAReason();
};

void tst_ScanoutReader::pixels_areThoseThatWereDrawn_data()
{
    QTest::addColumn<bool>("isSwapped");
    QTest::addColumn<bool>("isTopFirst");
    QTest::newRow("rgb, top first") << false << true;
    QTest::newRow("rgb, bottom first") << false << false;
    QTest::newRow("bgr, top first") << true << true;
    QTest::newRow("bgr, bottom first") << true << false;
}

void tst_ScanoutReader::pixels_areThoseThatWereDrawn()
{
    QFETCH(const bool, isSwapped);
    QFETCH(const bool, isTopFirst);
    Texture texture(
        card(), kWidth, kHeight, isSwapped ? Texture::Order::Bgr : Texture::Order::Rgb, isTopFirst);
    QVERIFY(texture.isUsable());
    const Rect whole { .width = kWidth, .height = kHeight };
    texture.draw(3, 0, 0, kWidth, kHeight);
    std::string problem;
    const Scanout scanout = scanoutOf(texture);
    const auto reader = ScanoutReader::open(scanout, problem);
    QVERIFY2(reader, problem.c_str());
    ::close(scanout.fd); // the reader keeps what it needs
    // A card's memory is read by its driver: nobody else knows how it lies there.
    QCOMPARE(dynamic_cast<const GlScanout*>(reader.get()) != nullptr, !card().empty());
    reader->begin({ &whole, 1 });
    QCOMPARE(differenceFrom(3, *reader, whole), QString());
    reader->end();
}

void tst_ScanoutReader::laterDrawing_isReadWhereItIsAskedFor()
{
    Texture texture(card(), kWidth, kHeight, Texture::Order::Bgr, false);
    const Rect whole { .width = kWidth, .height = kHeight };
    const Rect place { .x = 17, .y = 9, .width = 50, .height = 21 };
    std::string problem;
    const Scanout scanout = scanoutOf(texture);
    const auto reader = ScanoutReader::open(scanout, problem);
    QVERIFY2(reader, problem.c_str());
    ::close(scanout.fd);
    texture.draw(1, 0, 0, kWidth, kHeight);
    reader->begin({ &whole, 1 });
    reader->end();
    texture.draw(2, 0, 0, kWidth, kHeight);
    reader->begin({ &place, 1 });
    QCOMPARE(differenceFrom(2, *reader, place), QString());
    QCOMPARE(pixelOf(*reader, 0, 0), tests::pattern::framePixel(1, 0, 0));
    QCOMPARE(pixelOf(*reader, 17, 8), tests::pattern::framePixel(1, 17, 8));
    QCOMPARE(pixelOf(*reader, 17, 30), tests::pattern::framePixel(1, 17, 30));
    reader->end();
}

void tst_ScanoutReader::nonsense_isRefusedWithAReason_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<quint32>("stride");
    QTest::addColumn<quint32>("fourcc");
    QTest::addColumn<QString>("reason");
    constexpr quint32 kXrgb = 0x34325258;
    const QString tooSmall = QStringLiteral("smaller than its size says");
    QTest::newRow("no width") << 0 << 10 << 400u << kXrgb << QStringLiteral("0 x 10");
    QTest::newRow("negative") << -5 << 10 << 400u << kXrgb << QStringLiteral("-5 x 10");
    QTest::newRow("more rows than memory") << 100 << 1000 << 400u << kXrgb << tooSmall;
    QTest::newRow("rows that overlap") << 100 << 10 << 100u << kXrgb << tooSmall;
    QTest::newRow("unknown form") << 100 << 10 << 400u << 0x3231564eu
                                  << QStringLiteral("unknown form");
}

void tst_ScanoutReader::nonsense_isRefusedWithAReason()
{
    QFETCH(const int, width);
    QFETCH(const int, height);
    QFETCH(const quint32, stride);
    QFETCH(const quint32, fourcc);
    QFETCH(const QString, reason);
    const int file = ::memfd_create("texture", MFD_CLOEXEC);
    QCOMPARE(::ftruncate(file, 100 * 4 * 10), 0);
    std::string problem;
    const auto reader = ScanoutReader::open(
        { .fd = file, .width = width, .height = height, .stride = stride, .fourcc = fourcc },
        problem);
    QVERIFY(!reader);
    QVERIFY2(QString::fromStdString(problem).contains(reason), problem.c_str());
    ::close(file);
}

QTEST_GUILESS_MAIN(tst_ScanoutReader)
#include "tst_ScanoutReader.moc"
