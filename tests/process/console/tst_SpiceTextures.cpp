// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a local guest draws with OpenGL, through the real helper against a real SPICE server. Its
// textures are memory files, or those of the graphics card that VIRTDECK_TEST_CARD names.

#include "console/ConsoleSession.h"
#include "console/SpiceHelperTransport.h"
#include "tests/spice-server/Pattern.h"
#include "tests/support/console/ConsoleTestNames.h"
#include "tests/support/console/SpiceTestServer.h"

#include <QTest>

using namespace console;
using tests::SpiceTestServer;

namespace {

const QString kBin = QStringLiteral(VIRTDECK_BIN_DIR);
const QString kHelper = kBin + QStringLiteral("/virtdeck-console");
constexpr QSize kSize(320, 200);
constexpr int kPatience = 30'000; ///< ms; a card may be one in a guest without KVM

void drawFrame(QImage& image, quint32 frame, const QRect& within)
{
    for (int y = within.top(); y <= within.bottom(); ++y) {
        for (int x = within.left(); x <= within.right(); ++x)
            image.setPixel(x, y, 0xff000000u | tests::pattern::framePixel(frame, x, y));
    }
}

QImage frameOf(quint32 frame)
{
    QImage image(kSize, QImage::Format_RGB32);
    drawFrame(image, frame, image.rect());
    return image;
}

} // namespace

class tst_SpiceTextures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void texture_isShownToThePixel_data();
    void texture_isShownToThePixel();
    void drawing_isShownAndLetsTheGuestGoOn();
    void hiddenConsole_holdsNoGuestBack();
    void hiddenConsole_showsWhatWasDrawnMeanwhile();
    void otherTexture_keepsTheScreen();
    void newMode_takesTheTexturesPlace();
    void textureThatIsTooSmall_isRefusedWithWords();

private:
    void say(const char* line) { m_server->say(QString::fromLatin1(line)); }
    QImage shown() const { return m_session->frame().copy(); }
    qsizetype drawn() { return m_server->lines().count(QStringLiteral("DRAWN")); }

    std::unique_ptr<SpiceTestServer> m_server;
    std::unique_ptr<ConsoleSession> m_session;
};

void tst_SpiceTextures::init()
{
    QStringList options { QStringLiteral("--size"),
        QStringLiteral("%1x%2").arg(kSize.width()).arg(kSize.height()) };
    if (const QString card = qEnvironmentVariable("VIRTDECK_TEST_CARD"); !card.isEmpty())
        options << QStringLiteral("--card") << card;
    m_server = std::make_unique<SpiceTestServer>(kBin);
    QVERIFY(m_server->start(options));
    m_session = std::make_unique<ConsoleSession>(SpiceHelperTransport::factory(kHelper));
    m_session->open(m_server->endpoint());
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Live, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->frame().size(), kSize, kPatience);
}

void tst_SpiceTextures::cleanup()
{
    m_session.reset();
    m_server.reset();
}

void tst_SpiceTextures::texture_isShownToThePixel_data()
{
    QTest::addColumn<QString>("form");
    for (const char* form : { "rgb top", "rgb bottom", "bgr top", "bgr bottom" })
        QTest::newRow(form) << QString::fromLatin1(form);
}

void tst_SpiceTextures::texture_isShownToThePixel()
{
    QFETCH(const QString, form);
    m_server->say(QStringLiteral("texture %1 5").arg(form));
    QTRY_COMPARE_WITH_TIMEOUT(shown(), frameOf(5), kPatience);
    // A part of it: what is read from the wrong end shows here.
    say("draw-texture 9 40 30 100 20");
    QImage expected = frameOf(5);
    drawFrame(expected, 9, { 40, 30, 100, 20 });
    QTRY_COMPARE_WITH_TIMEOUT(shown(), expected, kPatience);
}

void tst_SpiceTextures::drawing_isShownAndLetsTheGuestGoOn()
{
    say("texture rgb bottom 1");
    for (quint32 frame = 2; frame < 40; ++frame) {
        m_server->say(QStringLiteral("draw-texture %1 0 0 320 200").arg(frame));
        QTRY_COMPARE_WITH_TIMEOUT(drawn(), qsizetype(frame - 1), kPatience);
    }
    QTRY_COMPARE_WITH_TIMEOUT(shown(), frameOf(39), kPatience);
}

void tst_SpiceTextures::hiddenConsole_holdsNoGuestBack()
{
    say("texture rgb top 1");
    QTRY_COMPARE_WITH_TIMEOUT(shown(), frameOf(1), kPatience);
    m_session->setVisible(false);
    for (int i = 1; i <= 5; ++i) {
        say("draw-texture 7 0 0 320 200");
        QTRY_COMPARE_WITH_TIMEOUT(drawn(), qsizetype(i), kPatience);
    }
}

void tst_SpiceTextures::hiddenConsole_showsWhatWasDrawnMeanwhile()
{
    say("texture rgb bottom 1");
    QTRY_COMPARE_WITH_TIMEOUT(shown(), frameOf(1), kPatience);
    m_session->setVisible(false);
    say("draw-texture 7 0 0 320 200");
    QTRY_COMPARE_WITH_TIMEOUT(drawn(), qsizetype(1), kPatience);
    m_session->setVisible(true);
    QTRY_COMPARE_WITH_TIMEOUT(shown(), frameOf(7), kPatience);
}

/// A guest that turns pages: nothing of what belongs to the screen is told anew.
void tst_SpiceTextures::otherTexture_keepsTheScreen()
{
    say("texture rgb top 1");
    QTRY_COMPARE_WITH_TIMEOUT(shown(), frameOf(1), kPatience);
    int resized = 0;
    connect(m_session.get(), &ConsoleSession::frameSized, this, [&] { ++resized; });
    for (quint32 frame = 2; frame < 12; ++frame) {
        m_server->say(QStringLiteral("texture rgb %1 %2")
                          .arg(frame % 2 ? QStringLiteral("top") : QStringLiteral("bottom"))
                          .arg(frame));
        say("draw-texture 20 0 0 1 1");
        QTRY_COMPARE_WITH_TIMEOUT(drawn(), qsizetype(frame - 1), kPatience);
    }
    QImage expected = frameOf(11);
    drawFrame(expected, 20, { 0, 0, 1, 1 });
    QTRY_COMPARE_WITH_TIMEOUT(shown(), expected, kPatience);
    QCOMPARE(resized, 0);
}

void tst_SpiceTextures::newMode_takesTheTexturesPlace()
{
    say("texture rgb top 3");
    QTRY_COMPARE_WITH_TIMEOUT(shown(), frameOf(3), kPatience);
    say("mode 640 480");
    QTRY_COMPARE_WITH_TIMEOUT(m_session->frame().size(), QSize(640, 480), kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(
        shown().pixel(600, 400), 0xff000000u | tests::pattern::kBackground, kPatience);
}

void tst_SpiceTextures::textureThatIsTooSmall_isRefusedWithWords()
{
    say("texture empty top 0");
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Lost, kPatience);
    QCOMPARE(m_session->endReason(), EndReason::UnsupportedDisplay);
    QVERIFY2(m_session->endDetail().contains(QStringLiteral("smaller than its size says")),
        qPrintable(m_session->endDetail()));
}

QTEST_GUILESS_MAIN(tst_SpiceTextures)
#include "tst_SpiceTextures.moc"
