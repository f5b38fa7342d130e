// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Pictures over VNC, pixel by pixel: one in each encoding that is asked for, screens that change
// their size, and servers that say what can't be.

#include "console/ConsoleSession.h"
#include "console/SpiceHelperTransport.h"
#include "tests/support/console/ConsoleTestNames.h"
#include "tests/support/console/RfbEncoder.h"
#include "tests/support/console/RfbTestServer.h"

#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <vector>

using namespace console;
using tests::RfbEncoder;
using tests::RfbTestServer;

namespace {

const QString kHelper = QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-console");
constexpr int kPatience = 60'000;
const QSize kSize(150, 83); ///< no whole number of tiles of any encoding

/// `colours` of them, in patches; 0: as many as there are pixels.
QImage picture(QSize size, int colours, int seed)
{
    QImage out(size, QImage::Format_RGB32);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x) {
            const int patch = colours == 0 ? 0 : (x / 7 + y / 5 + seed) % colours;
            out.setPixel(x, y,
                colours == 0 ? qRgb((x + seed) & 255, (2 * y + seed) & 255, (x * y) & 255)
                             : qRgb(patch * 37 & 255, patch * 59 & 255, 255 - patch));
        }
    }
    return out;
}

/// Soft, as photographs are: a lossy encoding can come near to it.
QImage photograph(QSize size, int seed)
{
    QImage out(size, QImage::Format_RGB32);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x)
            out.setPixel(x, y, qRgb((x + seed) & 255, y + seed, 128));
    }
    return out;
}

/// How far apart the farthest channel of a pixel is.
int difference(const QImage& one, const QImage& other)
{
    if (one.size() != other.size())
        return 256;
    int most = 0;
    for (int y = 0; y < one.height(); ++y) {
        for (int x = 0; x < one.width(); ++x) {
            const QRgb a = one.pixel(x, y);
            const QRgb b = other.pixel(x, y);
            most = std::max({ most, std::abs(qRed(a) - qRed(b)), std::abs(qGreen(a) - qGreen(b)),
                std::abs(qBlue(a) - qBlue(b)) });
        }
    }
    return most;
}

struct Way {
    const char* name;
    int encoding;
    int colours; ///< -1: a photograph
    std::function<QByteArray(RfbEncoder&, const QImage&, QPoint)> encode;
    int tolerance = 0;
};

const std::vector<Way>& ways()
{
    using Tile = RfbEncoder::ZrleTile;
    using Encoder = RfbEncoder&;
    using Part = const QImage&;
    static const std::vector<Way> all {
        { "Raw", 0, 0, [](Encoder e, Part part, QPoint at) { return e.raw(part, at); } },
        { "RRE", 2, 5, [](Encoder e, Part part, QPoint at) { return e.rre(part, at); } },
        { "Hextile, one colour", 5, 1,
            [](Encoder e, Part part, QPoint at) { return e.hextile(part, at); } },
        { "Hextile, two colours", 5, 2,
            [](Encoder e, Part part, QPoint at) { return e.hextile(part, at); } },
        { "Hextile, some colours", 5, 5,
            [](Encoder e, Part part, QPoint at) { return e.hextile(part, at); } },
        { "Hextile, raw tiles", 5, 0,
            [](Encoder e, Part part, QPoint at) { return e.hextile(part, at); } },
        { "ZRLE, raw", 16, 0,
            [](Encoder e, Part part, QPoint at) { return e.zrle(part, at, Tile::Raw); } },
        { "ZRLE, one colour", 16, 1,
            [](Encoder e, Part part, QPoint at) { return e.zrle(part, at, Tile::Raw); } },
        { "ZRLE, two colours", 16, 2,
            [](Encoder e, Part part, QPoint at) { return e.zrle(part, at, Tile::Palette); } },
        { "ZRLE, four colours", 16, 4,
            [](Encoder e, Part part, QPoint at) { return e.zrle(part, at, Tile::Palette); } },
        { "ZRLE, 13 colours", 16, 13,
            [](Encoder e, Part part, QPoint at) { return e.zrle(part, at, Tile::Palette); } },
        { "ZRLE, runs", 16, 0,
            [](Encoder e, Part part, QPoint at) { return e.zrle(part, at, Tile::Runs); } },
        { "ZRLE, runs of a palette", 16, 9,
            [](Encoder e, Part part, QPoint at) { return e.zrle(part, at, Tile::PaletteRuns); } },
        { "Tight, filled", 7, 1,
            [](Encoder e, Part part, QPoint at) { return e.tightFill(part, at); } },
        { "Tight, copied", 7, 0,
            [](Encoder e, Part part, QPoint at) { return e.tightCopy(part, at, 0); } },
        { "Tight, two colours", 7, 2,
            [](Encoder e, Part part, QPoint at) { return e.tightPalette(part, at, 1); } },
        { "Tight, 20 colours", 7, 20,
            [](Encoder e, Part part, QPoint at) { return e.tightPalette(part, at, 2); } },
        { "Tight, gradient", 7, 0,
            [](Encoder e, Part part, QPoint at) { return e.tightGradient(part, at, 3); } },
        { "Tight, JPEG", 7, -1,
            [](Encoder e, Part part, QPoint at) { return e.tightJpeg(part, at, 95); }, 8 },
    };
    return all;
}

QImage pictureFor(const Way& way, QSize size, int seed)
{
    return way.colours < 0 ? photograph(size, seed) : picture(size, way.colours, seed);
}

} // namespace

class tst_VncPictures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<RfbTestServer>();
        m_server->show(picture(kSize, 3, 1));
        m_session = std::make_unique<ConsoleSession>(SpiceHelperTransport::factory(kHelper));
    }
    void cleanup()
    {
        m_session.reset();
        m_server.reset();
    }

    void encoding_showsWhatWasSent_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < ways().size(); ++i)
            QTest::newRow(ways()[i].name) << int(i);
    }
    /// In parts that are no neighbours of a tile's edge, and again: streams go on.
    void encoding_showsWhatWasSent()
    {
        QFETCH(int, index);
        const Way& way = ways()[std::size_t(index)];
        goLive();
        QVERIFY(m_server->linesOf(QStringLiteral("encodings"))
                    .value(0)
                    .split(QLatin1Char(' '))
                    .contains(QString::number(way.encoding)));
        RfbEncoder encoder;
        const QList<QRect> parts { { 0, 0, 97, 83 }, { 97, 0, 53, 40 }, { 97, 40, 50, 43 },
            { 147, 40, 3, 1 }, { 147, 41, 3, 42 } };
        for (int seed = 2; seed < 5; ++seed) {
            const QImage wanted = pictureFor(way, kSize, seed);
            QByteArrayList rectangles;
            for (const QRect& part : parts)
                rectangles.append(way.encode(encoder, wanted.copy(part), part.topLeft()));
            m_server->update(rectangles.mid(0, 2));
            m_server->update(rectangles.mid(2));
            QTRY_VERIFY2_WITH_TIMEOUT(difference(m_session->frame(), wanted) <= way.tolerance,
                qPrintable(QStringLiteral("%1 off").arg(difference(m_session->frame(), wanted))),
                kPatience);
        }
        QCOMPARE(m_session->state(), SessionState::Live);
    }

    void copiedParts_mayOverlap()
    {
        goLive();
        QImage wanted = picture(kSize, 3, 1);
        QByteArrayList rectangles;
        const auto move = [&](const QRect& from, QPoint to) {
            const QImage part = wanted.copy(from);
            for (int y = 0; y < part.height(); ++y) {
                for (int x = 0; x < part.width(); ++x)
                    wanted.setPixel(to + QPoint(x, y), part.pixel(x, y));
            }
            rectangles.append(RfbEncoder::copyRect({ to, from.size() }, from.topLeft()));
        };
        move({ 3, 2, 60, 40 }, { 80, 40 });
        move({ 10, 10, 70, 60 }, { 13, 12 });
        move({ 40, 20, 90, 50 }, { 33, 20 });
        move({ 20, 30, 50, 50 }, { 20, 21 });
        m_server->update(rectangles);
        QTRY_COMPARE_WITH_TIMEOUT(difference(m_session->frame(), wanted), 0, kPatience);
    }

    void updateOfNoKnownLength_endsWithItsLastRectangle()
    {
        goLive();
        const QImage wanted = picture(kSize, 0, 2);
        const QByteArray name = "renamed";
        m_server->say(QByteArray("\0\0\xff\xff", 4) + RfbEncoder().hextile(wanted, {})
            + RfbEncoder::header({}, -307) + tests::bytesOf(quint32(name.size())) + name
            + RfbEncoder::header({}, -224));
        QTRY_COMPARE_WITH_TIMEOUT(difference(m_session->frame(), wanted), 0, kPatience);
        m_server->show(0x102030);
        QTRY_COMPARE_WITH_TIMEOUT(m_session->frame().pixel(9, 9) & 0xffffff, 0x102030u, kPatience);
    }

    /// Servers of VMware's, and QEMU, say it when the guest changes its mode.
    void pixelsOfAnotherForm_areShown()
    {
        goLive();
        const auto word = [](int value) {
            return QByteArray(1, char(value >> 8)) + QByteArray(1, char(value));
        };
        // 16 bits, 5-6-5, little-endian.
        const QByteArray format = QByteArray("\x10\x10\0\x01", 4) + word(31) + word(63) + word(31)
            + QByteArray("\x0b\x05\0\0\0\0", 6);
        QImage wanted = picture(kSize, 0, 3);
        QByteArray pixels;
        for (int y = 0; y < kSize.height(); ++y) {
            for (int x = 0; x < kSize.width(); ++x) {
                const QRgb rgb = wanted.pixel(x, y);
                const int value = qRed(rgb) >> 3 << 11 | qGreen(rgb) >> 2 << 5 | qBlue(rgb) >> 3;
                pixels += QByteArray(1, char(value)) + QByteArray(1, char(value >> 8));
            }
        }
        m_server->update({ RfbEncoder::header({ {}, kSize }, 0x574d5669) + format });
        m_server->update({ RfbEncoder::header({ {}, kSize }, 0) + pixels });
        QTRY_VERIFY2_WITH_TIMEOUT(difference(m_session->frame(), wanted) <= 8,
            qPrintable(QStringLiteral("%1 off").arg(difference(m_session->frame(), wanted))),
            kPatience);
        QCOMPARE(m_session->state(), SessionState::Live);
    }

    void otherSize_showsTheNewScreen_data()
    {
        QTest::addColumn<bool>("isExtended");
        QTest::newRow("DesktopSize") << false;
        QTest::newRow("ExtendedDesktopSize") << true;
    }
    void otherSize_showsTheNewScreen()
    {
        QFETCH(bool, isExtended);
        goLive();
        int seed = 0;
        for (const QSize size : { QSize(301, 200), QSize(40, 31), QSize(41, 31), kSize }) {
            const QImage wanted = picture(size, 0, ++seed);
            m_server->resize(wanted,
                { isExtended ? RfbEncoder::extendedDesktopSize(size)
                             : RfbEncoder::desktopSize(size) });
            QTRY_COMPARE_WITH_TIMEOUT(m_session->frame().size(), size, kPatience);
            QTRY_COMPARE_WITH_TIMEOUT(difference(m_session->frame(), wanted), 0, kPatience);
        }
    }

    void absurdSize_isRefusedInWords_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<QString>("when");
        for (const QSize size :
            { QSize(65535, 65535), QSize(0, 0), QSize(0, 600), QSize(800, 0), QSize(20000, 10) }) {
            for (const char* when : { "at first", "later", "later, extended" }) {
                QTest::addRow("%d x %d %s", size.width(), size.height(), when)
                    << size << QString::fromLatin1(when);
            }
        }
    }
    void absurdSize_isRefusedInWords()
    {
        QFETCH(QSize, size);
        QFETCH(QString, when);
        if (when == QStringLiteral("at first")) {
            m_server->claimSize(size);
            m_session->open(m_server->endpoint());
        } else {
            goLive();
            m_server->update(
                { when == QStringLiteral("later") ? RfbEncoder::desktopSize(size)
                                                  : RfbEncoder::extendedDesktopSize(size) });
        }
        QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Lost, kPatience);
        QCOMPARE(m_session->endReason(), EndReason::UnsupportedDisplay);
        QVERIFY2(m_session->endDetail().contains(
                     QStringLiteral("%1 x %2").arg(size.width()).arg(size.height())),
            qPrintable(m_session->endDetail()));
    }

    void lies_endInAStateWithAReason_data();
    void lies_endInAStateWithAReason();
    void nonsense_isToldAsSuch_data();
    void nonsense_isToldAsSuch();
    void jpegThatBreaksOff_isTheServersEnd();
    void jpegThatIsBrokenLater_isDrawnAsFarAsItGoes();

private:
    void goLive()
    {
        m_session->open(m_server->endpoint());
        QTRY_VERIFY_WITH_TIMEOUT(m_session->firstFrameMs() >= 0, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(
            difference(m_session->frame(), picture(kSize, 3, 1)), 0, kPatience);
    }

    std::unique_ptr<RfbTestServer> m_server;
    std::unique_ptr<ConsoleSession> m_session;
};

void tst_VncPictures::lies_endInAStateWithAReason_data()
{
    QTest::addColumn<QByteArray>("rectangle");
    RfbEncoder encoder;
    const QImage part = picture({ 40, 30 }, 3, 0);
    const QPoint outside(130, 70);
    const auto garbage = [](int encoding, const QByteArray& bytes) {
        return RfbEncoder::header({ 0, 0, 40, 30 }, encoding) + bytes;
    };
    QTest::newRow("Raw outside") << encoder.raw(part, outside);
    QTest::newRow("RRE outside") << encoder.rre(part, outside);
    QTest::newRow("Hextile outside") << encoder.hextile(part, outside);
    QTest::newRow("ZRLE outside") << encoder.zrle(part, outside, RfbEncoder::ZrleTile::Raw);
    QTest::newRow("Tight outside") << encoder.tightCopy(part, outside, 0);
    QTest::newRow("filled outside") << encoder.tightFill(part, outside);
    QTest::newRow("JPEG outside") << encoder.tightJpeg(part, outside, 90);
    QTest::newRow("copied to outside") << RfbEncoder::copyRect({ outside, part.size() }, { 0, 0 });
    QTest::newRow("copied from outside") << RfbEncoder::copyRect({ 0, 0, 40, 30 }, outside);
    QTest::newRow("RRE with a part outside")
        << garbage(2, QByteArray("\0\0\0\x01\0\0\0\0\1\2\3\0\0\x20\0\x20\x40\0\x40\0", 20));
    QTest::newRow("Hextile with a part outside") << RfbEncoder::header({ 0, 0, 8, 8 }, 5)
            + QByteArray("\x0e\0\0\0\0\1\2\3\0\x01\xff\xff", 12);
    QTest::newRow("ZRLE of garbage")
        << garbage(16, QByteArray("\0\0\0\x14", 4) + QByteArray(20, 'x'));
    QTest::newRow("ZRLE of nothing") << garbage(16, QByteArray(4, '\0'));
    QTest::newRow("Tight of garbage") << garbage(7, QByteArray("\0\x14", 2) + QByteArray(20, 'x'));
    QTest::newRow("unknown filter") << garbage(7, QByteArray("\x40\x09\x14") + QByteArray(20, 'x'));
    QTest::newRow("JPEG of nothing") << garbage(7, QByteArray("\x90\0", 2));
    const QByteArray large = encoder.tightJpeg(picture({ 400, 300 }, 0, 1), {}, 90);
    QTest::newRow("larger JPEG") << garbage(7, large.mid(12));
    QTest::newRow("CoRRE") << garbage(4, QByteArray(8, '\0'));
    QTest::newRow("unknown encoding") << garbage(4711, QByteArray(8, '\0'));
    QTest::newRow("hot spot outside")
        << RfbEncoder::richCursor(QImage(4, 4, QImage::Format_ARGB32), { 60000, 60000 });
}

/// What it may be: the end with a reason, or the next picture. Never the end of the helper.
void tst_VncPictures::lies_endInAStateWithAReason()
{
    QFETCH(QByteArray, rectangle);
    goLive();
    QSignalSpy connecting(m_session.get(), &ConsoleSession::stateChanged);
    const QImage wanted = picture(kSize, 4, 3);
    m_server->update({ rectangle });
    m_server->update({ RfbEncoder().raw(wanted, {}) });
    QTimer::singleShot(3000, m_server.get(), [this] { m_server->hangUp(); });
    QTRY_VERIFY_WITH_TIMEOUT(m_session->state() == SessionState::Lost
            || m_session->state() == SessionState::TakenOver
            || difference(m_session->frame(), wanted) == 0,
        kPatience);
    for (const auto& change : connecting)
        QVERIFY(change[0].value<SessionState>() != SessionState::Connecting); // a second helper
    if (m_session->state() != SessionState::Live)
        QVERIFY2(m_session->endDetail().size() > 10, qPrintable(m_session->endDetail()));
}

void tst_VncPictures::nonsense_isToldAsSuch_data()
{
    QTest::addColumn<QByteArray>("rectangle");
    QTest::addColumn<QString>("words");
    const auto header = [](QSize size, int encoding) {
        return RfbEncoder::header({ QPoint(), size }, encoding);
    };
    const auto row = [](const char* name, const QByteArray& rectangle, const char* words) {
        QTest::newRow(name) << rectangle << QString::fromLatin1(words);
    };
    const QSize part(40, 30);
    const QSize absurd(65535, 65535);
    row("JPEG of garbage", header(part, 7) + QByteArray("\x90\x14", 2) + QByteArray(20, 'x'),
        "a JPEG that can't be read");
    row("JPEG of much garbage",
        header(part, 7) + QByteArray("\x90\x80\x80\x01", 4) + QByteArray(1 << 14, 'x'),
        "a JPEG that can't be read");
    row("JPEG of nothing", header(part, 7) + QByteArray("\x90\0", 2), "a JPEG of no bytes");
    const QByteArray small = RfbEncoder().tightJpeg(picture({ 20, 20 }, 0, 1), {}, 90);
    row("smaller JPEG", header(part, 7) + small.mid(12), "is not of 40 x 30");
    row("pointer", header(absurd, -239), "a pointer of 65535 x 65535");
    row("pointer of two colours", header(absurd, -240), "a pointer of 65535 x 65535");
    row("pointer with alpha", header(absurd, -314), "a pointer of 65535 x 65535");
    row("ZRLE", header(part, 16) + QByteArray(4, '\xff'), "4294967295 bytes for a picture");
    row("pixels of 0 bits", header(kSize, 0x574d5669) + QByteArray(16, '\0'), "pixels of 0 bits");
    row("palette without colours",
        header(kSize, 0x574d5669) + QByteArray("\x08\x08\0\0", 4) + QByteArray(12, '\0')
            + header(part, 0) + QByteArray(1200, '\1') + header({}, -224),
        "colours that it has not told");
    row("outside", header({ 400, 300 }, 0), "outside");
    row("unknown encoding", header(part, 4711), "4711");
}

void tst_VncPictures::nonsense_isToldAsSuch()
{
    QFETCH(QByteArray, rectangle);
    QFETCH(QString, words);
    goLive();
    QSignalSpy states(m_session.get(), &ConsoleSession::stateChanged);
    m_server->say(QByteArray("\0\0\xff\xff", 4) + rectangle);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Lost, kPatience);
    QCOMPARE(states.size(), 1); // and no second helper
    QCOMPARE(m_session->endReason(), EndReason::ServerViolation);
    QVERIFY2(m_session->endDetail().contains(words), qPrintable(m_session->endDetail()));
}

/// Its beginning is sound: it is drawn as far as it goes, as other viewers do.
void tst_VncPictures::jpegThatIsBrokenLater_isDrawnAsFarAsItGoes()
{
    goLive();
    QByteArray jpeg = RfbEncoder().tightJpeg(picture(kSize, 0, 1), {}, 90);
    for (qsizetype i = jpeg.size() / 3; i < jpeg.size(); ++i)
        jpeg[i] = char(i * 37);
    m_server->say(QByteArray("\0\0\0\2", 4) + jpeg + RfbEncoder().raw(picture(kSize, 1, 1), {}));
    QTRY_COMPARE_WITH_TIMEOUT(difference(m_session->frame(), picture(kSize, 1, 1)), 0, kPatience);
    QCOMPARE(m_session->state(), SessionState::Live);
}

/// What has not come is not decoded.
void tst_VncPictures::jpegThatBreaksOff_isTheServersEnd()
{
    goLive();
    QSignalSpy states(m_session.get(), &ConsoleSession::stateChanged);
    const QByteArray jpeg = RfbEncoder().tightJpeg(picture(kSize, 0, 1), {}, 90);
    m_server->say(QByteArray("\0\0\0\1", 4) + jpeg.left(jpeg.size() / 2));
    m_server->hangUp();
    QTRY_VERIFY_WITH_TIMEOUT(m_session->state() != SessionState::Live, kPatience);
    QCOMPARE(states.size(), 1);
    QVERIFY(m_session->endReason() != EndReason::HelperCrashed);
}

QTEST_GUILESS_MAIN(tst_VncPictures)
#include "tst_VncPictures.moc"
