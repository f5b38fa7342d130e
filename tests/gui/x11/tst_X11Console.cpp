// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A console on a real X server, with keys that come from a keyboard and others who want them.
#include "console/ConsoleSession.h"
#include "console/ConsoleView.h"
#include "tests/support/console/FakeTransport.h"
#include "tests/support/console/XClient.h"
#include "tests/support/console/XServer.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QShortcut>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

#include <linux/input-event-codes.h>
#include <xcb/xproto.h>

using namespace console;

class tst_X11Console : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (QGuiApplication::platformName() != QLatin1StringView("xcb"))
            QSKIP("no Xvfb");
        m_client = std::make_unique<tests::XClient>();
        if (!m_client->isUsable())
            QSKIP("the X server lacks XTEST or RANDR");
        // As a window manager has them.
        m_client->keep(KEY_TAB, XCB_MOD_MASK_1);
        m_client->keep(KEY_D, XCB_MOD_MASK_4);
    }
    void init()
    {
        m_fake = {};
        m_session = std::make_unique<ConsoleSession>(m_fake.factory());
        m_window = std::make_unique<QWidget>();
        m_view = new ConsoleView(m_window.get());
        m_neighbour = new QLineEdit(m_window.get());
        auto* column = new QVBoxLayout(m_window.get());
        column->addWidget(m_view, 1);
        column->addWidget(m_neighbour);
        m_view->setSession(m_session.get());
        m_window->setGeometry(20, 20, 600, 400);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_view->setFocus();
        QTRY_VERIFY(m_view->hasFocus());
        m_session->open({ .unixSocket = QStringLiteral("/x") });
        m_fake.latest->goLive();
        m_client->keptPresses();
        m_fake.latest->log.clear();
    }
    void cleanup()
    {
        m_window.reset();
        m_session.reset();
    }

    void keys_arriveAsScanCodes()
    {
        for (const unsigned code :
            { KEY_A, KEY_Z, KEY_KPENTER, KEY_RIGHT, KEY_PAUSE, KEY_102ND, KEY_TAB, KEY_F12 })
            m_client->click(code);
        m_client->key(KEY_RIGHTALT, true); // AltGr
        m_client->click(KEY_Q);
        m_client->key(KEY_RIGHTALT, false);
        QTRY_COMPARE(keysSent(),
            QStringLiteral("1e+ 1e- 2c+ 2c- 11c+ 11c- 14d+ 14d- 146+ 146- 56+ 56- f+ f- 58+ 58- "
                           "138+ 10+ 10- 138-"));
        QVERIFY(m_view->hasFocus());
    }

    void capsLock_isTakenAlong()
    {
        m_client->click(KEY_CAPSLOCK);
        QTRY_COMPARE(keysSent(), QStringLiteral("3a+ 3a-"));
        m_neighbour->setFocus();
        m_view->setFocus(); // somebody may have locked it elsewhere
        m_fake.latest->log.clear();
        m_client->click(KEY_A);
        QTRY_VERIFY(m_fake.latest->log.contains(QStringLiteral("locks caps 1 num 0")));
        m_client->click(KEY_CAPSLOCK);
    }

    /// The server repeats it; where its next press is late, Qt takes that for a release.
    void heldKey_repeatsUntilItIsReleased()
    {
        m_client->key(KEY_J, true);
        QTRY_VERIFY(keysSent().count(QStringLiteral("24+")) >= 3);
        m_client->key(KEY_J, false);
        QTRY_VERIFY(keysSent().endsWith(QStringLiteral(" 24-")));
        QVERIFY(!keysSent().contains(QStringLiteral("24- 24-")));
    }

    void keysOfTheDesktop_stayHereUnlessAskedFor()
    {
        QCOMPARE(KeyboardGrab::whyNot(), QString());
        press({ KEY_LEFTALT, KEY_TAB });
        press({ KEY_LEFTMETA, KEY_D });
        QCOMPARE(m_client->keptPresses(), 2);
        QTRY_VERIFY(keysSent().endsWith(QStringLiteral("15b-")));
        QCOMPARE(keysSent(), QStringLiteral("38+ 38- 15b+ 15b-"));

        QSignalSpy grabs(m_view, &ConsoleView::keyboardGrabChanged);
        m_view->setGrabsKeyboard(true);
        QTRY_VERIFY(m_view->isKeyboardGrabbed());
        QCOMPARE(grabs.size(), 1);
        auto* hint = m_view->findChild<QLabel*>(QStringLiteral("consoleHint"));
        QVERIFY(hint->isVisible() && hint->text().contains(QStringLiteral("Ctrl+Alt")));
        m_fake.latest->log.clear();
        pressBoth();
        QTRY_COMPARE(keysSent(), kBoth);
        QCOMPARE(m_client->keptPresses(), 0);

        // What the machine does not get, the desktop has.
        m_view->setViewOnly(true);
        QVERIFY(!m_view->isKeyboardGrabbed());
        QTRY_VERIFY(hasDesktopBoth());
        m_view->setViewOnly(false);
        QVERIFY(m_view->isKeyboardGrabbed());

        // Ctrl+Alt leaves, and the desktop has its keys again.
        press({ KEY_LEFTCTRL, KEY_LEFTALT });
        QTRY_VERIFY(!m_view->hasFocus());
        QVERIFY(!m_view->isKeyboardGrabbed());
        QTRY_VERIFY(hasDesktopBoth());
    }

    void wholeKeyboard_isTheMachinesAgainAfterAMenu()
    {
        m_view->setGrabsKeyboard(true);
        QTRY_VERIFY(m_view->isKeyboardGrabbed());
        QMenu menu;
        menu.addAction(QStringLiteral("entry"));
        menu.popup(m_window->mapToGlobal(QPoint(10, 10)));
        QVERIFY(QTest::qWaitForWindowExposed(&menu));
        m_client->click(KEY_ESC);
        QTRY_VERIFY(!menu.isVisible());
        QTRY_VERIFY(m_view->isKeyboardGrabbed());
        m_fake.latest->log.clear();
        pressBoth();
        QTRY_COMPARE(keysSent(), kBoth);
        QCOMPARE(m_client->keptPresses(), 0);
    }

    /// Whoever has keys of the desktop's takes the releases as well.
    void modifierReleasedElsewhere_isNotHeldThere()
    {
        m_client->key(KEY_LEFTALT, true);
        m_client->key(KEY_TAB, true); // from here on everything is the desktop's
        m_client->key(KEY_LEFTALT, false);
        m_client->key(KEY_TAB, false);
        QCOMPARE(m_client->keptPresses(), 1);
        m_client->click(KEY_A);
        QTRY_VERIFY(keysSent().endsWith(QStringLiteral("1e-")));
        QCOMPARE(keysSent(), QStringLiteral("38+ 38- 1e+ 1e-"));
    }

    void shortcutThatStaysHere_firesHereAndOnlyHere()
    {
        const QKeySequence keys(Qt::CTRL | Qt::SHIFT | Qt::Key_T);
        int fired = 0;
        QShortcut stays(keys, m_window.get());
        connect(&stays, &QShortcut::activated, this, [&fired] { ++fired; });
        int other = 0;
        QShortcut goes(QKeySequence(Qt::CTRL | Qt::Key_T), m_window.get());
        connect(&goes, &QShortcut::activated, this, [&other] { ++other; });
        m_view->setHostShortcuts({ keys });
        for (const bool isWhole : { false, true }) {
            m_view->setGrabsKeyboard(isWhole);
            QTRY_COMPARE(m_view->isKeyboardGrabbed(), isWhole);
            m_fake.latest->log.clear();
            fired = 0;
            press({ KEY_LEFTCTRL, KEY_LEFTSHIFT, KEY_T });
            QTRY_COMPARE(fired, 1);
            QTRY_COMPARE(keysSent(), QStringLiteral("1d+ 2a+ 2a- 1d-"));
            press({ KEY_LEFTCTRL, KEY_T });
            QTRY_VERIFY(keysSent().endsWith(QStringLiteral("1d+ 14+ 14- 1d-")));
            QCOMPARE(fired, 1);
            QCOMPARE(other, 0);
        }
        m_view->setHostShortcuts({});
        m_fake.latest->log.clear();
        press({ KEY_LEFTCTRL, KEY_LEFTSHIFT, KEY_T });
        QTRY_COMPARE(keysSent(), QStringLiteral("1d+ 2a+ 14+ 14- 2a- 1d-"));
        QCOMPARE(fired, 1);
    }

private:
    /// All down in turn, then up again in reverse.
    void press(const QList<unsigned>& codes)
    {
        for (const unsigned code : codes)
            m_client->key(code, true);
        for (auto code = codes.crbegin(); code != codes.crend(); ++code)
            m_client->key(*code, false);
    }
    void pressBoth()
    {
        press({ KEY_LEFTALT, KEY_TAB });
        press({ KEY_LEFTMETA, KEY_D });
    }
    bool hasDesktopBoth()
    {
        pressBoth();
        return m_client->keptPresses() == 2;
    }
    /// "1e+ 1e-": scan codes in hexadecimal, down and up.
    QString keysSent() const
    {
        QStringList out;
        for (const QString& line : m_fake.latest->log.filter(QStringLiteral("key "))) {
            const QStringList words = line.split(QLatin1Char(' '));
            out << words[1]
                    + (words[2] == QLatin1StringView("down") ? QLatin1Char('+') : QLatin1Char('-'));
        }
        return out.join(QLatin1Char(' '));
    }

    const QString kBoth = QStringLiteral("38+ f+ f- 38- 15b+ 20+ 20- 15b-");
    std::unique_ptr<tests::XClient> m_client;
    tests::FakeTransports m_fake;
    std::unique_ptr<ConsoleSession> m_session;
    std::unique_ptr<QWidget> m_window;
    ConsoleView* m_view = nullptr;
    QLineEdit* m_neighbour = nullptr;
};

int main(int argc, char** argv)
{
    const tests::XServer server;
    QApplication app(argc, argv);
    tst_X11Console test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_X11Console.moc"
