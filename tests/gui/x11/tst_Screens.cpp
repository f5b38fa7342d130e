// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A machine's displays on several screens of a real X server, which are plugged and unplugged.
#include "console/ConsoleView.h"
#include "tests/gui/WindowFixture.h"
#include "tests/support/console/FakeTransport.h"
#include "tests/support/console/XClient.h"
#include "tests/support/console/XServer.h"
#include "ui/consoles/ConsoleSessions.h"
#include "ui/consoles/FurtherDisplays.h"
#include "ui/pages/ConsoleTab.h"
#include "ui/widgets/FullScreenConsole.h"
#include "ui/widgets/HeadWindow.h"

#include <QApplication>
#include <QMenu>
#include <QScreen>

using tests::FakeHost;
using tests::WindowFixture;

namespace {

const QRect kFirst(0, 0, 640, 440);
const QRect kRight(640, 0, 600, 400);
const QRect kBelow(0, 440, 560, 380);

} // namespace

class tst_Screens : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (QGuiApplication::platformName() != QLatin1StringView("xcb"))
            QSKIP("no Xvfb");
        m_client = std::make_unique<tests::XClient>();
        if (!m_client->isUsable())
            QSKIP("the X server lacks XTEST or RANDR");
    }
    void init()
    {
        plug({ kFirst, kRight, kBelow });
        m_fake = {};
        m_fixture = std::make_unique<WindowFixture>();
        m_fixture->consoles = m_fake.factory();
        FakeHost* host = m_fixture->addHost();
        hosts::VmInfo info = host->vm(host->addVm(QStringLiteral("vm"), vmm::VmState::Running));
        info.hasScreen = true;
        host->addKnownVm(info);
        m_fixture->open().setGeometry(kFirst.adjusted(20, 20, -20, -20));
        m_fixture->window->showVm({ host, info.id }, ui::VmPage::Tab::Console);
        QTRY_VERIFY(m_fake.latest);
        m_fake.latest->goLive({ 320, 200 });
        Q_EMIT m_fake.latest->agentChanged(true);
        Q_EMIT m_fake.latest->channel.monitorsChanged(0, {}, 3);
        m_console = m_fixture->window->consoles().find({ host, info.id });
        QVERIFY(m_console);
        m_fixture->action("consoleFollow")->trigger();
    }
    void cleanup() { m_fixture.reset(); }

    void allDisplays_haveAScreenEach_andLieAsTheScreensDo()
    {
        showAll();
        QTRY_COMPARE(placeOf(fullScreen()), kFirst);
        QTRY_COMPARE(placeOf(display(1)), kRight);
        QTRY_COMPARE(placeOf(display(2)), kBelow);
        for (const QWidget* window : { fullScreen(), display(1), display(2) })
            QVERIFY(window->isFullScreen() && window->isVisible());
        QTRY_COMPARE(
            asked(), QStringLiteral("monitors 0:640x440+0+0 1:600x400+640+0 2:560x380+0+440"));
        QTest::keyClick(display(1)->findChild<console::ConsoleView*>(), Qt::Key_F11);
        QTRY_VERIFY(!display(1)->isFullScreen());
        display(1)->setGeometry(20, 460, 300, 200); // over the third
        QTRY_COMPARE(
            asked(), QStringLiteral("monitors 0:640x440+0+0 1:300x200+0+440 2:560x380+300+440"));
    }

    void screenLeftOfTheFirst_isLeftInTheMachine()
    {
        plug({ kRight, kFirst }); // the first is the right one now
        m_fixture->window->setGeometry(kRight.adjusted(20, 20, -20, -20));
        QTRY_COMPARE(m_fixture->window->screen()->geometry(), kRight);
        showAll();
        QTRY_COMPARE(placeOf(fullScreen()), kRight);
        QTRY_COMPARE(placeOf(display(1)), kFirst);
        QTRY_COMPARE(asked(), QStringLiteral("monitors 0:600x400+640+0 1:640x440+0+0"));
    }

    void unpluggedScreen_givesItsDisplayBackAsAWindow()
    {
        showAll();
        QTRY_COMPARE(placeOf(display(1)), kRight);
        QTRY_COMPARE(placeOf(display(2)), kBelow);
        plug({ kFirst, kBelow });
        QPointer<QWidget> window = display(1);
        QTRY_VERIFY(!window->isFullScreen());
        QVERIFY(window->isVisible());
        QTRY_VERIFY(isOnAScreen(*window));
        QVERIFY(m_console->session().isHeadRequested(1));
        // The others stay as they were.
        QVERIFY(fullScreen()->isFullScreen() && display(2)->isFullScreen());
        QCOMPARE(placeOf(fullScreen()), kFirst);
        QCOMPARE(placeOf(display(2)), kBelow);
        QTRY_VERIFY(asked().startsWith(QStringLiteral("monitors 0:640x440+0+0 1:"))
            && asked().endsWith(QStringLiteral(" 2:560x380+0+%1").arg(bottomOfTheUpper())));
        // Plugged in again it can have it back.
        plug({ kFirst, kRight, kBelow });
        auto* head = qobject_cast<ui::HeadWindow*>(window);
        head->setFullScreen(true, screenAt(kRight));
        QTRY_COMPARE(placeOf(window), kRight);
        QTRY_VERIFY(asked().contains(QStringLiteral(" 1:600x400+640+0 ")));
    }

    void windowOfTheUnpluggedScreen_comesToOneThatIsThere()
    {
        m_console->furtherDisplays().show(1, true);
        QWidget* window = display(1);
        window->setGeometry(kRight.adjusted(50, 50, -50, -50));
        QTRY_COMPARE(window->screen()->geometry(), kRight);
        QTest::keyClick(display(1)->findChild<console::ConsoleView*>(), Qt::Key_F11);
        QTRY_COMPARE(placeOf(window), kRight);
        plug({ kFirst });
        QTRY_VERIFY(!window->isFullScreen());
        QVERIFY(window->isVisible());
        QTRY_VERIFY(isOnAScreen(*window));
    }

    void unpluggedScreenOfTheConsole_givesItBackToItsWindow()
    {
        QAction* action = entry("fullScreenOn2");
        action->trigger();
        QTRY_COMPARE(placeOf(fullScreen()), kRight);
        plug({ kFirst });
        QTRY_VERIFY(!m_fixture->window->findChild<ui::FullScreenConsole*>());
        auto* view = m_fixture->find<console::ConsoleView>("consoleView");
        QVERIFY(view->isVisible());
        QCOMPARE(view->window(), m_fixture->window.get());
        QVERIFY(m_fixture->window->isVisible());
        QVERIFY(isOnAScreen(*m_fixture->window));
        QVERIFY(!m_fixture->action("actionFullScreen")->isChecked());
        QCOMPARE(m_console->session().state(), console::SessionState::Live);
        m_fake.latest->log.clear();
        view->setFocus();
        QTest::keyClick(view, Qt::Key_A);
        QVERIFY(m_fake.latest->log.contains(QStringLiteral("key 1e down")));
    }

private:
    void plug(const QList<QRect>& monitors)
    {
        m_client->setMonitors(monitors);
        const bool areThere = QTest::qWaitFor([&] {
            QList<QRect> found;
            for (const QScreen* screen : QGuiApplication::screens())
                found.append(screen->geometry());
            return found.size() == monitors.size()
                && std::all_of(monitors.begin(), monitors.end(),
                    [&](const QRect& monitor) { return found.contains(monitor); });
        });
        if (!areThere)
            qFatal("Qt does not see the screens");
    }
    static QScreen* screenAt(const QRect& place)
    {
        for (QScreen* screen : QGuiApplication::screens()) {
            if (screen->geometry() == place)
                return screen;
        }
        return nullptr;
    }
    /// Enough of it to be taken hold of.
    static bool isOnAScreen(const QWidget& window)
    {
        for (const QScreen* screen : QGuiApplication::screens()) {
            const QRect seen = screen->geometry() & window.geometry();
            if (seen.width() >= 100 && seen.height() >= 100)
                return true;
        }
        return false;
    }
    /// Where the X server has it.
    QRect placeOf(const QWidget* window) const
    {
        return window ? m_client->placeOf(quint32(window->winId())) : QRect();
    }
    QAction* entry(const char* name)
    {
        auto* menu = m_fixture->find<QMenu>("fullScreenMenu");
        Q_EMIT menu->aboutToShow();
        return m_fixture->action(name);
    }
    void showAll() { entry("fullScreenAll")->trigger(); }
    QWidget* fullScreen() const
    {
        return m_fixture->find<ui::FullScreenConsole>("fullScreenConsole");
    }
    QWidget* display(int number) const { return m_console->furtherDisplays().window(number); }
    /// The latest arrangement that the machine was asked for.
    QString asked() const
    {
        return m_fake.latest->channel.log.filter(QStringLiteral("monitors"))
            .value(m_fake.latest->channel.log.filter(QStringLiteral("monitors")).size() - 1);
    }
    int bottomOfTheUpper() const
    {
        const QSize size = display(1)->findChild<console::ConsoleView*>()->viewport()->size();
        return std::max(440, size.height() & ~1);
    }

    std::unique_ptr<tests::XClient> m_client;
    tests::FakeTransports m_fake;
    std::unique_ptr<WindowFixture> m_fixture;
    ui::OpenConsole* m_console = nullptr;
};

int main(int argc, char** argv)
{
    const tests::XServer server;
    QApplication app(argc, argv);
    tst_Screens test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_Screens.moc"
