// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Pointer, keys, cursor and size over VNC: a session through the real helper against a server that
// writes down what it is told.

#include "console/ConsoleSession.h"
#include "console/SpiceHelperTransport.h"
#include "tests/support/console/ConsoleTestNames.h"
#include "tests/support/console/RfbEncoder.h"
#include "tests/support/console/RfbTestServer.h"

#include <QTest>

#include <cstdlib>
#include <vector>

using namespace console;
using tests::RfbEncoder;
using tests::RfbTestServer;

namespace {

const QString kHelper = QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-console");
constexpr int kPatience = 60'000;
constexpr int kShift = 0x2a;
constexpr int kRightControl = 0x11d;

/// An arrow's upper left corner: something to see, a rim, and nothing.
QImage pointerShape(QSize size)
{
    QImage out(size, QImage::Format_ARGB32);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x)
            out.setPixel(x, y, x < y ? 0xff204060 : x == y ? 0xffe0f010 : 0x00000000);
    }
    return out;
}

} // namespace

class tst_VncInput : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_known = 0;
        m_server = std::make_unique<RfbTestServer>();
        m_session = std::make_unique<ConsoleSession>(SpiceHelperTransport::factory(kHelper));
    }
    void cleanup()
    {
        m_session.reset();
        m_server.reset();
    }

    void pointerAndWheel_reachTheServer()
    {
        goLive();
        m_session->movePointerTo({ 10, 20 });
        expect({ "0 10 20" });
        m_session->button(PointerButton::Left, true);
        m_session->movePointerTo({ 12, 22 });
        m_session->button(PointerButton::Left, false);
        expect({ "1 10 20", "1 12 22", "0 12 22" });
        m_session->button(PointerButton::Middle, true);
        m_session->button(PointerButton::Right, true);
        m_session->button(PointerButton::Middle, false);
        m_session->button(PointerButton::Right, false);
        expect({ "2 12 22", "6 12 22", "4 12 22", "0 12 22" });
        for (const auto wheel : { PointerButton::WheelUp, PointerButton::WheelDown }) {
            m_session->button(wheel, true);
            m_session->button(wheel, false);
        }
        expect({ "8 12 22", "0 12 22", "16 12 22", "0 12 22" });
        // The wheel is turned while a button is held: it stays held.
        m_session->button(PointerButton::Right, true);
        m_session->button(PointerButton::WheelDown, true);
        m_session->button(PointerButton::WheelDown, false);
        m_session->button(PointerButton::Right, false);
        expect({ "4 12 22", "20 12 22", "4 12 22", "0 12 22" });
        // Outside of the screen there is nothing; a screen is 64 x 64.
        m_session->movePointerTo({ 4000, 64 });
        expect({ "0 63 63" });
    }

    void relativePointer_isToldAsDistances()
    {
        goLive();
        m_server->update({ RfbEncoder::pointerMode(false) });
        QTRY_COMPARE_WITH_TIMEOUT(m_session->isMouseAbsolute(), false, kPatience);
        m_session->movePointerBy({ 3, -2 });
        m_session->button(PointerButton::Left, true);
        m_session->movePointerBy({ -100, 70 });
        m_session->button(PointerButton::Left, false);
        m_session->button(PointerButton::WheelUp, true);
        m_session->button(PointerButton::WheelUp, false);
        expect({ "0 32770 32765", "1 32767 32767", "1 32667 32837", "0 32767 32767",
            "8 32767 32767", "0 32767 32767" });
        m_server->update({ RfbEncoder::pointerMode(true) });
        QTRY_COMPARE_WITH_TIMEOUT(m_session->isMouseAbsolute(), true, kPatience);
        m_session->movePointerTo({ 5, 6 });
        expect({ "0 5 6" });
    }

    void keys_areToldByWhatTheServerKnows()
    {
        goLive();
        const auto tap = [this](int scancode) {
            m_session->key(scancode, true);
            m_session->key(scancode, false);
        };
        m_session->key(kShift, true);
        tap(0x1e);
        m_session->key(kShift, false);
        tap(kRightControl);
        const QStringList symbols { QStringLiteral("65505 1"), QStringLiteral("65 1"),
            QStringLiteral("65 0"), QStringLiteral("65505 0"), QStringLiteral("65508 1"),
            QStringLiteral("65508 0") };
        QTRY_COMPARE_WITH_TIMEOUT(m_server->linesOf(QStringLiteral("key")), symbols, kPatience);

        m_server->update({ RfbEncoder::keyCodes(), RfbEncoder::pointerMode(false) });
        QTRY_COMPARE_WITH_TIMEOUT(m_session->isMouseAbsolute(), false, kPatience);
        tap(0x1e);
        tap(kRightControl);
        const QStringList codes { QStringLiteral("30 97 1"), QStringLiteral("30 97 0"),
            QStringLiteral("157 65508 1"), QStringLiteral("157 65508 0") };
        QTRY_COMPARE_WITH_TIMEOUT(m_server->linesOf(QStringLiteral("scancode")), codes, kPatience);
    }

    void heldKeysAndButtons_areReleasedBeforeTheEnd_data()
    {
        QTest::addColumn<bool>("knowsScancodes");
        QTest::newRow("by symbols") << false;
        QTest::newRow("by scan codes") << true;
    }
    /// Not every server does it for a client that goes.
    void heldKeysAndButtons_areReleasedBeforeTheEnd()
    {
        QFETCH(bool, knowsScancodes);
        goLive();
        if (knowsScancodes) {
            m_server->update({ RfbEncoder::keyCodes(), RfbEncoder::pointerMode(false) });
            QTRY_COMPARE_WITH_TIMEOUT(m_session->isMouseAbsolute(), false, kPatience);
        }
        m_session->key(kShift, true);
        m_session->key(0x1e, true);
        m_session->button(PointerButton::Left, true);
        m_session->key(0x1e, false);
        m_session->key(kRightControl, true);
        m_session->close();
        QTRY_VERIFY_WITH_TIMEOUT(m_server->lines().contains(QStringLiteral("gone")), kPatience);
        QStringList held;
        for (const QString& key : m_server->linesOf(
                 knowsScancodes ? QStringLiteral("scancode") : QStringLiteral("key"))) {
            const QString what = key.section(QLatin1Char(' '), 0, 0);
            if (key.endsWith(QLatin1Char('1')))
                held.append(what);
            else
                held.removeAll(what);
        }
        QCOMPARE(held, QStringList());
        QVERIFY(
            m_server->linesOf(QStringLiteral("pointer")).last().startsWith(QLatin1String("0 ")));
    }

    void cursorShape_isTheServers_data()
    {
        QTest::addColumn<QByteArray>("rectangle");
        QTest::addColumn<QImage>("shape");
        const QImage shape = pointerShape({ 21, 17 });
        QTest::newRow("RichCursor") << RfbEncoder::richCursor(shape, { 4, 5 }) << shape;
        QTest::newRow("XCursor") << RfbEncoder::twoColourCursor(shape, { 4, 5 }, 0xff204060,
            0xffe0f010) << shape;
        QImage soft = shape;
        for (int x = 0; x < soft.width(); ++x)
            soft.setPixel(x, 3, 0x80ffffff);
        QTest::newRow("with alpha") << RfbEncoder::alphaCursor(soft, { 4, 5 }) << soft;
    }
    void cursorShape_isTheServers()
    {
        QFETCH(QByteArray, rectangle);
        QFETCH(QImage, shape);
        m_server->setName("QEMU (guest)");
        goLive();
        m_server->update({ rectangle });
        QTRY_VERIFY_WITH_TIMEOUT(m_session->cursor().isSet, kPatience);
        QCOMPARE(m_session->cursor().hotspot, QPoint(4, 5));
        QCOMPARE(m_session->cursor().image.size(), shape.size());
        const QImage seen = m_session->cursor().image.convertToFormat(QImage::Format_ARGB32);
        for (int y = 0; y < shape.height(); ++y) {
            for (int x = 0; x < shape.width(); ++x) {
                const QRgb wanted = shape.pixel(x, y);
                const QRgb got = seen.pixel(x, y);
                QVERIFY2(qAlpha(wanted) == qAlpha(got)
                        && (qAlpha(wanted) == 0
                            || (std::abs(qRed(wanted) - qRed(got)) < 3
                                && std::abs(qGreen(wanted) - qGreen(got)) < 3
                                && std::abs(qBlue(wanted) - qBlue(got)) < 3)),
                    qPrintable(QStringLiteral("%1, %2: %3 instead of %4")
                                   .arg(x)
                                   .arg(y)
                                   .arg(got, 0, 16)
                                   .arg(wanted, 0, 16)));
            }
        }
        m_server->update({ RfbEncoder::header({ 0, 0, 0, 0 }, -239) });
        QTRY_VERIFY_WITH_TIMEOUT(m_session->cursor().image.isNull(), kPatience);
        QVERIFY(m_session->cursor().isSet); // hidden is not unknown
    }

    /// What QEMU sends is not what the protocol prescribes, and the library knows one of the two.
    void pointerWithAlpha_isAskedForOfQemuAlone_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<bool>("isAsked");
        QTest::newRow("QEMU") << QByteArray("QEMU") << true;
        QTest::newRow("QEMU with a guest") << QByteArray("QEMU (guest)") << true;
        QTest::newRow("another") << QByteArray("desktop:1 (user)") << false;
        QTest::newRow("without a name") << QByteArray() << false;
    }
    void pointerWithAlpha_isAskedForOfQemuAlone()
    {
        QFETCH(QByteArray, name);
        QFETCH(bool, isAsked);
        m_server->setName(name);
        goLive();
        const QStringList encodings
            = m_server->linesOf(QStringLiteral("encodings")).value(0).split(QLatin1Char(' '));
        QCOMPARE(encodings.contains(QStringLiteral("-314")), isAsked);
        QVERIFY(encodings.contains(QStringLiteral("-239")));
    }

    void largeCursor_isCut()
    {
        goLive();
        m_server->update({ RfbEncoder::richCursor(pointerShape({ 300, 250 }), { 250, 200 }) });
        QTRY_VERIFY_WITH_TIMEOUT(m_session->cursor().isSet, kPatience);
        const QImage seen = m_session->cursor().image;
        QCOMPARE(seen.size(), QSize(192, 192));
        QVERIFY(seen.rect().contains(m_session->cursor().hotspot));
        QCOMPARE(seen.pixel(3, 3), 0xffe0f010);
    }

    void sizeIsAskedFor_whereTheServerTakesSizes()
    {
        goLive();
        m_session->requestGuestSize({ 200, 150 }); // it has not said that it does
        m_server->update({ RfbEncoder::extendedDesktopSize({ 64, 64 }) });
        m_server->update({ RfbEncoder::pointerMode(false) });
        QTRY_COMPARE_WITH_TIMEOUT(m_session->isMouseAbsolute(), false, kPatience);
        QCOMPARE(m_server->linesOf(QStringLiteral("size")), QStringList());
        m_session->requestGuestSize({ 200, 150 });
        QTRY_COMPARE_WITH_TIMEOUT(m_server->linesOf(QStringLiteral("size")),
            QStringList(QStringLiteral("200 150")), kPatience);
        QImage larger(200, 150, QImage::Format_RGB32);
        larger.fill(0x123456);
        m_server->resize(larger, { RfbEncoder::extendedDesktopSize({ 200, 150 }, 1) });
        QTRY_COMPARE_WITH_TIMEOUT(m_session->frame().size(), QSize(200, 150), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(
            m_session->frame().pixel(199, 149) & 0xffffff, 0x123456u, kPatience);
    }

    void sizeThatIsRefused_changesNothing()
    {
        goLive();
        m_server->update({ RfbEncoder::extendedDesktopSize({ 64, 64 }) });
        m_server->update({ RfbEncoder::pointerMode(false) });
        QTRY_COMPARE_WITH_TIMEOUT(m_session->isMouseAbsolute(), false, kPatience);
        m_session->requestGuestSize({ 200, 150 });
        QTRY_COMPARE_WITH_TIMEOUT(m_server->linesOf(QStringLiteral("size")).size(), 1, kPatience);
        m_server->update({ RfbEncoder::extendedDesktopSize({ 64, 64 }, 1, 1) });
        m_server->update({ RfbEncoder::pointerMode(true) });
        QTRY_COMPARE_WITH_TIMEOUT(m_session->isMouseAbsolute(), true, kPatience);
        m_server->show(0x654321);
        QTRY_COMPARE_WITH_TIMEOUT(
            m_session->frame().pixel(63, 63) & 0xffffff, 0x654321u, kPatience);
        QCOMPARE(m_session->frame().size(), QSize(64, 64));
        QCOMPARE(m_session->state(), SessionState::Live);
    }

private:
    void goLive()
    {
        m_session->open(m_server->endpoint());
        QTRY_VERIFY_WITH_TIMEOUT(m_session->firstFrameMs() >= 0, kPatience);
    }
    /// What the server heard of the pointer since the last time.
    void expect(const std::vector<const char*>& news)
    {
        QStringList said;
        for (const char* line : news)
            said.append(QLatin1StringView(line));
        QTRY_COMPARE_WITH_TIMEOUT(
            m_server->linesOf(QStringLiteral("pointer")).size(), m_known + said.size(), kPatience);
        QCOMPARE(m_server->linesOf(QStringLiteral("pointer")).mid(m_known), said);
        m_known += said.size();
    }

    qsizetype m_known = 0;
    std::unique_ptr<RfbTestServer> m_server;
    std::unique_ptr<ConsoleSession> m_session;
};

QTEST_GUILESS_MAIN(tst_VncInput)
#include "tst_VncInput.moc"
