// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How a server sends its pictures over the network, compressed or as a film, and what it is told
// of that: a session through the real helper process against a real SPICE server over TCP.

#include "console/ConsoleCard.h"
#include "console/ConsoleSession.h"
#include "console/SpiceHelperTransport.h"
#include "tests/spice-server/Pattern.h"
#include "tests/support/FreePort.h"
#include "tests/support/console/ConsoleTestNames.h"
#include "tests/support/console/SpiceTestServer.h"
#include "tests/support/console/SpiceWire.h"

#include <QTest>

#include <gst/gst.h>

#include <algorithm>
#include <cstdlib>

using namespace console;
using tests::SpiceTestServer;
using tests::SpiceWire;

namespace {

const QString kBin = QStringLiteral(VIRTDECK_BIN_DIR);
constexpr int kPatience = 60'000;
constexpr QSize kFilm { 320, 240 };
const QString kAnimate = QStringLiteral("animate 25 320 240");
const QString kStill = QStringLiteral("animate 0");

QImage frameOfPattern(quint32 n, QSize size)
{
    QImage out(size, QImage::Format_RGB32);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x)
            out.setPixel(x, y, 0xff000000u | tests::pattern::framePixel(n, x, y));
    }
    return out;
}

/// Which of the pattern's frames a picture is, of 256, and how far its colours are off on average.
struct Likeness {
    int frame = -1;
    double distance = 256;
};

Likeness likeness(const QImage& picture, QSize size)
{
    Likeness best;
    for (int n = 0; n < 256; ++n) {
        qint64 sum = 0;
        int count = 0;
        for (int y = 5; y < size.height(); y += 13) {
            for (int x = 5; x < size.width(); x += 13, ++count) {
                const QRgb is = picture.pixel(x, y);
                const QRgb should = tests::pattern::framePixel(quint32(n), x, y);
                sum += std::abs(qRed(is) - qRed(should)) + std::abs(qGreen(is) - qGreen(should))
                    + std::abs(qBlue(is) - qBlue(should));
            }
        }
        const double distance = double(sum) / (3 * count);
        if (distance < best.distance)
            best = { n, distance };
    }
    return best;
}

bool hasElement(const char* name)
{
    GstElementFactory* factory = gst_element_factory_find(name);
    if (factory)
        gst_object_unref(factory);
    return factory != nullptr;
}

struct Codec {
    const char* name;
    VideoCodec codec;
    int onTheWire;
    const char* encoder; ///< GStreamer's, in the server
    const char* decoder; ///< in the helper
};
constexpr std::array kCodecs {
    Codec { "mjpeg", VideoCodec::Mjpeg, SPICE_VIDEO_CODEC_TYPE_MJPEG, "avenc_mjpeg", "jpegdec" },
    Codec { "vp8", VideoCodec::Vp8, SPICE_VIDEO_CODEC_TYPE_VP8, "vp8enc", "vp8dec" },
    Codec { "vp9", VideoCodec::Vp9, SPICE_VIDEO_CODEC_TYPE_VP9, "vp9enc", "vp9dec" },
    Codec { "h264", VideoCodec::H264, SPICE_VIDEO_CODEC_TYPE_H264, "x264enc", "avdec_h264" },
};

/// Empty, or what is to be installed.
QString missingFor(const Codec& codec)
{
    for (const char* element : { codec.encoder, codec.decoder }) {
        if (!hasElement(element))
            return QStringLiteral("GStreamer's %1 is not installed")
                .arg(QLatin1StringView(element));
    }
    return {};
}

} // namespace

class tst_SpicePictures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { gst_init(nullptr, nullptr); }
    void init()
    {
        m_server = std::make_unique<SpiceTestServer>(kBin);
        m_session = std::make_unique<ConsoleSession>(
            SpiceHelperTransport::factory(kBin + QStringLiteral("/virtdeck-console")));
    }
    void cleanup()
    {
        m_session.reset();
        m_wire.reset();
        m_server.reset();
    }

    void compressedPictures_areExact_data();
    void compressedPictures_areExact();
    void preferredCompression_reachesTheServer_data();
    void preferredCompression_reachesTheServer();
    void film_isShownInItsColours_data();
    void film_isShownInItsColours();
    void preferredCodec_reachesTheServer_data();
    void preferredCodec_reachesTheServer();
    void absurdSize_isRefusedInWords_data();
    void absurdSize_isRefusedInWords();
    void longestSides_areShown_data();
    void longestSides_areShown();

private:
    void goLive(const QStringList& options)
    {
        const quint16 port = tests::freePort();
        QVERIFY(m_server->start(
            QStringList { QStringLiteral("--port"), QString::number(port) } + options));
        m_wire = std::make_unique<SpiceWire>(port);
        m_session->open({ .host = QStringLiteral("127.0.0.1"), .port = m_wire->port() });
        QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Live, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(m_session->firstFrameMs() >= 0, kPatience);
    }
    /// Returns what it took.
    qint64 bytesOfFrame(quint32 n)
    {
        m_wire->forget();
        m_server->say(QStringLiteral("frame %1").arg(n));
        const QImage expected = frameOfPattern(n, m_session->frame().size());
        const bool isShown
            = QTest::qWaitFor([&] { return m_session->frame().copy() == expected; }, kPatience);
        return isShown ? m_wire->displayBytes() : -1;
    }
    /// Until pictures of a film are shown, lossy ones.
    void awaitFilm(int codec)
    {
        m_wire->forget();
        m_server->say(kAnimate);
        QTRY_COMPARE_WITH_TIMEOUT(m_wire->streams(), QSet<int> { codec }, kPatience);
        QSet<int> frames;
        double distance = 256;
        const auto isShown = [&] {
            const Likeness is = likeness(m_session->frame(), kFilm);
            distance = is.distance;
            if (distance > 0 && distance < kTolerance)
                frames.insert(is.frame);
            return frames.size() >= 10;
        };
        QTRY_VERIFY2_WITH_TIMEOUT(isShown(),
            qPrintable(QStringLiteral("%1 frames; off by %2").arg(frames.size()).arg(distance)),
            kPatience);
        QVERIFY(m_wire->streamedPictures() >= 10);
    }
    /// What stands still is sent once more, as it is.
    void awaitStill()
    {
        m_server->say(kStill);
        QTRY_COMPARE_WITH_TIMEOUT(likeness(m_session->frame(), kFilm).distance, 0., kPatience);
        const Likeness is = likeness(m_session->frame(), kFilm);
        QCOMPARE(m_session->frame().copy(QRect({}, kFilm)), frameOfPattern(is.frame, kFilm));
    }

    static constexpr double kTolerance = 12; ///< of 255
    std::unique_ptr<SpiceTestServer> m_server;
    std::unique_ptr<SpiceWire> m_wire;
    std::unique_ptr<ConsoleSession> m_session;
};

#define CHECKED(call)                                                                              \
    call;                                                                                          \
    if (QTest::currentTestFailed())                                                                \
    return

void tst_SpicePictures::compressedPictures_areExact_data()
{
    QTest::addColumn<QString>("compression");
    QTest::addColumn<QSet<int>>("types");
    const auto row = [](const char* name, const QSet<int>& types) {
        QTest::newRow(name) << QString::fromLatin1(name) << types;
    };
    row("off", { SPICE_IMAGE_TYPE_BITMAP });
    row("quic", { SPICE_IMAGE_TYPE_QUIC });
    row("lz", { SPICE_IMAGE_TYPE_LZ_RGB });
    row("glz", { SPICE_IMAGE_TYPE_GLZ_RGB });
    row("auto_lz", { SPICE_IMAGE_TYPE_LZ_RGB, SPICE_IMAGE_TYPE_QUIC });
    row("auto_glz", { SPICE_IMAGE_TYPE_GLZ_RGB, SPICE_IMAGE_TYPE_QUIC });
    row("lz4", { SPICE_IMAGE_TYPE_LZ4 });
}

void tst_SpicePictures::compressedPictures_areExact()
{
    QFETCH(QString, compression);
    QFETCH(QSet<int>, types);
    CHECKED(goLive({ QStringLiteral("--compression"), compression }));
    QSet<int> seen;
    for (quint32 n : { 7, 8, 9, 7 }) { // what came before is in a dictionary
        QVERIFY(bytesOfFrame(n) > 0);
        seen += m_wire->images();
    }
    QVERIFY(!seen.isEmpty());
    QVERIFY(types.contains(seen));
}

void tst_SpicePictures::preferredCompression_reachesTheServer_data()
{
    QTest::addColumn<ImageCompression>("compression");
    QTest::addColumn<int>("type");
    QTest::newRow("off") << ImageCompression::Off << int(SPICE_IMAGE_TYPE_BITMAP);
    QTest::newRow("quic") << ImageCompression::Quic << int(SPICE_IMAGE_TYPE_QUIC);
    QTest::newRow("glz") << ImageCompression::Glz << int(SPICE_IMAGE_TYPE_GLZ_RGB);
    QTest::newRow("lz") << ImageCompression::Lz << int(SPICE_IMAGE_TYPE_LZ_RGB);
    QTest::newRow("lz4") << ImageCompression::Lz4 << int(SPICE_IMAGE_TYPE_LZ4);
}

void tst_SpicePictures::preferredCompression_reachesTheServer()
{
    QFETCH(ImageCompression, compression);
    QFETCH(int, type);
    const bool isOff = compression == ImageCompression::Off;
    m_session->setOptions({ .compression = compression });
    CHECKED(goLive({ QStringLiteral("--compression"),
        isOff ? QStringLiteral("quic") : QStringLiteral("off") }));
    const qint64 whole = 1024 * 768 * 4;
    const qint64 bytes = bytesOfFrame(7);
    QCOMPARE(m_wire->images(), QSet<int> { type });
    QVERIFY2(isOff ? bytes >= whole : bytes > 0 && bytes < whole / 2,
        qPrintable(QString::number(bytes)));

    m_session->prefer(isOff ? ImageCompression::Quic : ImageCompression::Off, {});
    const QSet<int> other { isOff ? int(SPICE_IMAGE_TYPE_QUIC) : int(SPICE_IMAGE_TYPE_BITMAP) };
    qint64 after = 0;
    for (quint32 n = 8; m_wire->images() != other && n < 20;
         ++n) // the first may have been too quick
        after = bytesOfFrame(n);
    QCOMPARE(m_wire->images(), other);
    QVERIFY2(isOff ? after < whole / 2 : after >= whole, qPrintable(QString::number(after)));
}

void tst_SpicePictures::film_isShownInItsColours_data()
{
    QTest::addColumn<QString>("encoder");
    QTest::addColumn<int>("codec");
    QTest::newRow("mjpeg of the server") << QStringLiteral("spice") << 0;
    for (size_t i = 0; i < kCodecs.size(); ++i)
        QTest::newRow(kCodecs[i].name) << QStringLiteral("gstreamer") << int(i);
}

void tst_SpicePictures::film_isShownInItsColours()
{
    QFETCH(QString, encoder);
    QFETCH(int, codec);
    const Codec& film = kCodecs[size_t(codec)];
    if (const QString why = missingFor(film);
        encoder != QLatin1StringView("spice") && !why.isEmpty())
        QSKIP(qPrintable(why));
    CHECKED(goLive(
        { QStringLiteral("--codec"), encoder + QLatin1Char(':') + QLatin1StringView(film.name) }));
    CHECKED(awaitFilm(film.onTheWire));
    awaitStill();
}

void tst_SpicePictures::preferredCodec_reachesTheServer_data()
{
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("second");
    QTest::newRow("vp8, then mjpeg") << 1 << 0;
    QTest::newRow("vp9, then vp8") << 2 << 1;
    QTest::newRow("h264, then vp9") << 3 << 2;
    QTest::newRow("mjpeg, then h264") << 0 << 3;
}

void tst_SpicePictures::preferredCodec_reachesTheServer()
{
    QFETCH(int, first);
    QFETCH(int, second);
    for (const Codec& codec : kCodecs) {
        if (const QString why = missingFor(codec); !why.isEmpty())
            QSKIP(qPrintable(why));
    }
    m_session->setOptions({ .codecs = { kCodecs[size_t(first)].codec } });
    CHECKED(goLive({ QStringLiteral("--codec"),
        first == 0 ? QStringLiteral("gstreamer:h264;gstreamer:vp9;gstreamer:vp8;spice:mjpeg")
                   : QStringLiteral("spice:mjpeg;gstreamer:vp8;gstreamer:vp9;gstreamer:h264") }));
    CHECKED(awaitFilm(kCodecs[size_t(first)].onTheWire));
    CHECKED(awaitStill());
    m_session->prefer(ImageCompression::Auto, { kCodecs[size_t(second)].codec });
    CHECKED(awaitFilm(kCodecs[size_t(second)].onTheWire));
    awaitStill();
}

void tst_SpicePictures::absurdSize_isRefusedInWords_data()
{
    QTest::addColumn<QString>("size");
    QTest::addColumn<QString>("words");
    QTest::newRow("wide") << QStringLiteral("20000 1") << QStringLiteral("20000 x 1");
    QTest::newRow("high") << QStringLiteral("1 20000") << QStringLiteral("1 x 20000");
    QTest::newRow("one too many") << QStringLiteral("16385 64") << QStringLiteral("16385 x 64");
}

void tst_SpicePictures::absurdSize_isRefusedInWords()
{
    QFETCH(QString, size);
    QFETCH(QString, words);
    CHECKED(goLive({}));
    const QImage before = m_session->frame().copy();
    m_server->say(QStringLiteral("mode %1 xrgb").arg(size));
    const auto isRefused = [&] {
        return m_session->state() == SessionState::Lost
            && m_session->endReason() == EndReason::UnsupportedDisplay;
    };
    QTRY_VERIFY2_WITH_TIMEOUT(isRefused(), qPrintable(m_session->endDetail()), kPatience);
    QVERIFY2(m_session->endDetail().contains(words), qPrintable(m_session->endDetail()));
    QCOMPARE(m_session->frame().copy(), before);
    const ConsoleCard::Content card
        = ConsoleCard::describe(m_session->state(), m_session->endReason(), m_session->endDetail());
    QVERIFY(!card.reason.isEmpty());

    m_session->reconnect(); // it is as before
    QTRY_VERIFY_WITH_TIMEOUT(m_session->state() != SessionState::Lost, kPatience);
    QTRY_VERIFY2_WITH_TIMEOUT(isRefused(), qPrintable(m_session->endDetail()), kPatience);
    m_server->say(QStringLiteral("mode 640 480 xrgb"));
    m_session->reconnect();
    QTRY_COMPARE_WITH_TIMEOUT(m_session->frame().size(), QSize(640, 480), kPatience);
    QCOMPARE(m_session->state(), SessionState::Live);
}

void tst_SpicePictures::longestSides_areShown_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("a line") << QSize(16384, 1);
    QTest::newRow("a column") << QSize(1, 16384);
    QTest::newRow("a pixel") << QSize(1, 1);
}

void tst_SpicePictures::longestSides_areShown()
{
    QFETCH(QSize, size);
    CHECKED(goLive({ QStringLiteral("--size"),
        QStringLiteral("%1x%2").arg(size.width()).arg(size.height()) }));
    QCOMPARE(m_session->frame().size(), size);
    m_server->say(
        QStringLiteral("fill %1 %2 1 1 00ff00").arg(size.width() - 1).arg(size.height() - 1));
    QTRY_COMPARE_WITH_TIMEOUT(m_session->frame().pixelColor(size.width() - 1, size.height() - 1),
        QColor(0, 255, 0), kPatience);
}

QTEST_GUILESS_MAIN(tst_SpicePictures)
#include "tst_SpicePictures.moc"
