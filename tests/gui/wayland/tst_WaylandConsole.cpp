// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A console on a real Wayland compositor, with a keyboard and a mouse that are real ones for it.

#include "console/ClipboardBridge.h"
#include "console/ConsoleSession.h"
#include "console/ConsoleView.h"
#include "tests/support/console/ConsoleTestNames.h"
#include "tests/support/console/FakeTransport.h"
#include "tests/support/wayland/WaylandDesktop.h"
#include "tests/support/wayland/WaylandInput.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

#include <linux/input-event-codes.h>

#include <cstdio>

using namespace console;

namespace {

constexpr unsigned kLock = 0x2; // xkb's real modifiers
constexpr unsigned kControl = 0x4;
constexpr unsigned kAlt = 0x8;
constexpr unsigned kSuper = 0x40;

/// Written by the shortcut of the compositor in main().
QString g_shortcutFile;

} // namespace

class tst_WaylandConsole : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// One window for all, never closed: see WaylandDesktop::exit.
    void initTestCase()
    {
        QVERIFY(m_input.isUsable());
        m_window = new QWidget;
        m_view = new ConsoleView(m_window);
        m_neighbour = new QLineEdit(m_window);
        auto* column = new QVBoxLayout(m_window);
        column->setContentsMargins(0, 0, 0, 0);
        column->addWidget(m_view, 1);
        column->addWidget(m_neighbour);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window));
    }
    void init()
    {
        QFile::remove(g_shortcutFile);
        m_fake = {};
        m_session = std::make_unique<ConsoleSession>(m_fake.factory());
        m_view->setScaling(Scaling::FitWindow);
        m_neighbour->show();
        m_view->setGrabsKeyboard(false);
        m_view->setSession(m_session.get());
        m_view->setFocus();
        QTRY_VERIFY(m_view->hasFocus());
        m_session->open({});
        QTRY_VERIFY(m_fake.latest);
    }
    void cleanup()
    {
        m_view->setSession(nullptr);
        m_neighbour->setFocus();
        m_session.reset();
    }

    void keys_arriveAsScanCodes();
    void capsLock_isTakenAlong();
    void shortcuts_stayHereUnlessAskedFor();
    void ctrlAlt_givesTheKeyboardBackWithNowhereToGo();
    void relativePointer_isLockedAndKnowsNoEdges();
    void absolutePointer_arrivesWhereItIs();
    void clipboardThatIsToldAgain_isNotOfferedAgain();
    void anotherScaleFactor_isFollowed();

private:
    void goLive(bool absolute = true)
    {
        m_fake.latest->goLive({ 320, 200 }, absolute);
        QTRY_COMPARE(m_session->state(), SessionState::Live);
        m_fake.latest->log.clear();
    }
    void click(unsigned code)
    {
        m_input.key(code, true);
        m_input.key(code, false);
    }
    void pressSuper(unsigned code)
    {
        m_input.key(KEY_LEFTMETA, true);
        m_input.setModifiers(kSuper);
        click(code);
        m_input.setModifiers(0);
        m_input.key(KEY_LEFTMETA, false);
    }
    void pressSuperD() { pressSuper(KEY_D); }
    void pressCtrlAlt()
    {
        m_input.key(KEY_LEFTCTRL, true);
        m_input.setModifiers(kControl);
        m_input.key(KEY_LEFTALT, true);
        m_input.setModifiers(kControl | kAlt);
        m_input.key(KEY_LEFTALT, false);
        m_input.key(KEY_LEFTCTRL, false);
        m_input.setModifiers(0);
    }
    QStringList sent(const char* what) const
    {
        return m_fake.latest->log.filter(QString::fromLatin1(what));
    }
    QPoint motionSent() const
    {
        QPoint sum;
        for (const QString& line : sent("motion")) {
            const QStringList parts = line.section(QLatin1Char(' '), 1, 1).split(QLatin1Char(','));
            sum += QPoint(parts.value(0).toInt(), parts.value(1).toInt());
        }
        return sum;
    }
    QPoint onScreen(QPoint inView) const ///< sway shows the one window over the whole screen
    {
        return m_view->viewport()->mapTo(m_window, inView);
    }

    tests::WaylandInput m_input;
    tests::FakeTransports m_fake;
    std::unique_ptr<ConsoleSession> m_session;
    QWidget* m_window = nullptr;
    ConsoleView* m_view = nullptr;
    QLineEdit* m_neighbour = nullptr;
};

void tst_WaylandConsole::keys_arriveAsScanCodes()
{
    goLive();
    for (const unsigned code : { KEY_A, KEY_Z, KEY_RIGHT, KEY_KPENTER, KEY_102ND, KEY_TAB })
        click(code);
    const QStringList expected { QStringLiteral("key 1e down"), QStringLiteral("key 1e up"),
        QStringLiteral("key 2c down"), QStringLiteral("key 2c up"), QStringLiteral("key 14d down"),
        QStringLiteral("key 14d up"), QStringLiteral("key 11c down"), QStringLiteral("key 11c up"),
        QStringLiteral("key 56 down"), QStringLiteral("key 56 up"), QStringLiteral("key f down"),
        QStringLiteral("key f up") };
    QTRY_COMPARE(sent("key "), expected);
    QVERIFY(m_view->hasFocus());
}

void tst_WaylandConsole::capsLock_isTakenAlong()
{
    goLive();
    m_input.setModifiers(0, kLock);
    click(KEY_A);
    QTRY_VERIFY(sent("locks").contains(QStringLiteral("locks caps 1 num 0")));
    m_input.setModifiers(0);
}

void tst_WaylandConsole::shortcuts_stayHereUnlessAskedFor()
{
    goLive();
    QCOMPARE(KeyboardGrab::whyNot(), QString());
    pressSuperD();
    QTRY_VERIFY(QFile::exists(g_shortcutFile));
    QVERIFY(sent("key 20").isEmpty()); // D
    QVERIFY(QFile::remove(g_shortcutFile));

    QSignalSpy grabs(m_view, &ConsoleView::keyboardGrabChanged);
    m_view->setGrabsKeyboard(true);
    QTRY_VERIFY(m_view->isKeyboardGrabbed());
    QCOMPARE(grabs.size(), 1);
    auto* hint = m_view->findChild<QLabel*>(QStringLiteral("consoleHint"));
    QVERIFY(hint->isVisible() && hint->text().contains(QStringLiteral("Ctrl+Alt")));
    m_fake.latest->log.clear();
    pressSuperD();
    const QStringList expected { QStringLiteral("key 15b down"), QStringLiteral("key 20 down"),
        QStringLiteral("key 20 up"), QStringLiteral("key 15b up") };
    QTRY_COMPARE(sent("key "), expected);
    QVERIFY(!QFile::exists(g_shortcutFile));

    // What the machine does not get, the desktop has.
    m_view->setViewOnly(true);
    QVERIFY(!m_view->isKeyboardGrabbed());
    m_view->setViewOnly(false);
    QTRY_VERIFY(m_view->isKeyboardGrabbed());
    m_view->setNotice({ .title = QStringLiteral("The machine is paused") });
    QVERIFY(!m_view->isKeyboardGrabbed());
    m_view->setNotice({});
    QTRY_VERIFY(m_view->isKeyboardGrabbed());
    grabs.clear();

    // Ctrl+Alt leaves, and the desktop has its keys again.
    pressCtrlAlt();
    QTRY_VERIFY(!m_view->hasFocus());
    QVERIFY(!m_view->isKeyboardGrabbed());
    QCOMPARE(grabs.size(), 1);
    pressSuperD();
    QTRY_VERIFY(QFile::exists(g_shortcutFile));
}

void tst_WaylandConsole::ctrlAlt_givesTheKeyboardBackWithNowhereToGo()
{
    goLive();
    m_neighbour->hide();
    m_view->setGrabsKeyboard(true);
    QTRY_VERIFY(m_view->isKeyboardGrabbed());
    pressCtrlAlt();
    QTRY_VERIFY(!m_view->isKeyboardGrabbed());
    QVERIFY(m_view->hasFocus());
    auto* hint = m_view->findChild<QLabel*>(QStringLiteral("consoleHint"));
    QVERIFY(hint->isVisible() && hint->text().contains(QStringLiteral("Click")));
    pressSuperD();
    QTRY_VERIFY(QFile::exists(g_shortcutFile));
    m_input.moveTo(onScreen(m_view->viewport()->rect().center()));
    m_input.button(BTN_LEFT, true);
    m_input.button(BTN_LEFT, false);
    QTRY_VERIFY(m_view->isKeyboardGrabbed());
}

void tst_WaylandConsole::relativePointer_isLockedAndKnowsNoEdges()
{
    goLive(false);
    const QPoint start = onScreen({ 200, 150 });
    m_input.moveTo(start);
    m_input.button(BTN_LEFT, true);
    m_input.button(BTN_LEFT, false);
    QTRY_VERIFY(m_view->isPointerCaptured());
    const auto isHeard = [this] {
        m_input.moveBy({ 0, 1 });
        return !sent("motion").isEmpty();
    };
    QTRY_VERIFY(isHeard()); // the compositor has been asked for it meanwhile

    // Three times the width of the screen, and yet the pointer stays where it is (below).
    for (int i = 0; i < 40; ++i)
        m_input.moveBy({ 100.25, 0 });
    QTRY_COMPARE(motionSent().x(), 4010);
    QVERIFY(sent("position").isEmpty());
    m_input.button(BTN_RIGHT, true);
    m_input.button(BTN_RIGHT, false);
    QTRY_COMPARE(sent("button 3 up").size(), 1);
    QCOMPARE(sent("button 3 down").size(), 1);

    m_view->releasePointer();
    m_fake.latest->log.clear();
    const QPoint kept = QCursor::pos();
    QCOMPARE(kept.x(), start.x());
    const auto moves = [&] {
        m_input.moveBy({ 0, 1 });
        return QCursor::pos().y() > kept.y();
    };
    QTRY_VERIFY(moves());
    QCOMPARE(QCursor::pos().x(), start.x());
    QVERIFY(sent("motion").isEmpty());
}

void tst_WaylandConsole::absolutePointer_arrivesWhereItIs()
{
    m_view->setScaling(Scaling::OneToOne);
    goLive();
    const QPoint corner(
        (m_view->viewport()->width() - 320) / 2, (m_view->viewport()->height() - 200) / 2);
    m_input.moveTo(onScreen(corner + QPoint(40, 30)));
    QTRY_VERIFY(sent("position").contains(QStringLiteral("position 40,30 buttons 0")));
}

/// Here that is told each time the focus comes; the machine may have copied something since.
void tst_WaylandConsole::clipboardThatIsToldAgain_isNotOfferedAgain()
{
    goLive();
    QClipboard* clipboard = QGuiApplication::clipboard();
    QStringList& log = m_fake.latest->channel.log;
    const auto tellAgain = [&] {
        m_neighbour->setFocus();
        log.clear();
        Q_EMIT clipboard->changed(QClipboard::Clipboard);
        m_view->setFocus();
        return !log.filter(QStringLiteral("offer 0")).isEmpty();
    };
    ClipboardBridge bridge(*m_view);
    clipboard->setText(QStringLiteral("old"));
    bridge.setSession(m_session.get());
    bridge.setSharing(ClipboardSharing::ToGuest);
    QTRY_VERIFY(!log.filter(QStringLiteral("offer 0: 0")).isEmpty());
    QVERIFY(!tellAgain());
    m_neighbour->setFocus();
    clipboard->setText(QStringLiteral("new"));
    QVERIFY(tellAgain());
    QVERIFY(!tellAgain());
}

void tst_WaylandConsole::anotherScaleFactor_isFollowed()
{
    const QSize tiled = m_view->size();
    pressSuper(KEY_F); // so that it keeps its size
    QTRY_VERIFY(m_view->size() != tiled);
    goLive();
    Q_EMIT m_fake.latest->agentChanged(true);
    m_view->setGuestFollowsSize(true);
    QImage arrow(16, 16, QImage::Format_ARGB32);
    arrow.fill(Qt::green);
    Q_EMIT m_fake.latest->cursorChanged({ .isSet = true, .image = arrow });
    const auto sizeAskedFor = [this] {
        const QSizeF room = QSizeF(m_view->maximumViewportSize()) * m_view->devicePixelRatioF();
        return QStringLiteral("size %1x%2")
            .arg(int(room.width()) & ~1)
            .arg(int(room.height()) & ~1);
    };
    QTRY_COMPARE(m_fake.latest->log.filter(QStringLiteral("size")).value(0), sizeAskedFor());
    const QSize size = m_view->size();
    for (const auto& [code, factor] : { std::pair(KEY_2, 2.0), std::pair(KEY_1, 1.0) }) {
        m_fake.latest->log.clear();
        pressSuper(code);
        QTRY_COMPARE(m_view->devicePixelRatioF(), factor);
        QCOMPARE(m_view->size(), size);
        Q_EMIT m_fake.latest->damaged(QRect(0, 0, 1, 1)); // sooner or later
        QTRY_COMPARE(m_view->viewport()->cursor().pixmap().devicePixelRatio(), factor);
        QTRY_COMPARE(m_fake.latest->log.filter(QStringLiteral("size")).value(0), sizeAskedFor());
    }
    m_view->setGuestFollowsSize(false);
    pressSuper(KEY_F);
}

int main(int argc, char** argv)
{
    tests::WaylandDesktop desktop;
    g_shortcutFile = desktop.folder() + QStringLiteral("/shortcut");
    const QString problem = desktop.start({ QStringLiteral("default_border none"),
        QStringLiteral("bindsym Mod4+d exec touch %1").arg(g_shortcutFile),
        QStringLiteral("bindsym Mod4+1 output HEADLESS-1 scale 1"),
        QStringLiteral("bindsym Mod4+2 output HEADLESS-1 scale 2"),
        QStringLiteral("bindsym Mod4+f floating toggle") });
    if (!problem.isEmpty()) {
        std::fprintf(stderr, "%s\n", qPrintable(problem));
        return 1;
    }
    QApplication application(argc, argv);
    tst_WaylandConsole test;
    desktop.exit(QTest::qExec(&test, argc, argv));
}

#include "tst_WaylandConsole.moc"
