// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Several consoles at once: tabs, windows, and connections that outlive their views.
#include "console/ConnectionFile.h"
#include "console/ConsoleView.h"
#include "tests/gui/WindowFixture.h"
#include "tests/support/Await.h"
#include "tests/support/TestNames.h"
#include "ui/consoles/ConnectionFiles.h"
#include "ui/consoles/ConsoleSessions.h"
#include "ui/consoles/ConsoleStrip.h"
#include "ui/consoles/ConsoleWindows.h"
#include "ui/consoles/FullScreenTools.h"
#include "ui/consoles/FurtherDisplays.h"
#include "ui/pages/ConsoleTab.h"
#include "ui/widgets/HeadWindow.h"
#include "ui/widgets/ScreenThumb.h"

#include <QBuffer>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>
#include <chrono>
#include <numeric>

using namespace std::chrono_literals;
using console::SessionState;
using tests::FakeHost;
using tests::WindowFixture;
using vmm::VmState;

namespace {

QString text(const char* latin1)
{
    return QString::fromLatin1(latin1);
}

QImage picture(QColor colour = Qt::darkCyan)
{
    QImage image(320, 200, QImage::Format_RGB32);
    image.fill(colour);
    return image;
}

} // namespace

class tst_Consoles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(tests::warningsOfOurs());
        m_made.clear();
        m_isStill = false;
        m_picture = picture();
        m_fixture = std::make_unique<WindowFixture>();
        m_fixture->consoles = [this] {
            auto transport = std::make_unique<tests::SilentTransport>(m_picture);
            transport->isStill = m_isStill;
            m_made.append(transport.get());
            return transport;
        };
        m_host = m_fixture->addHost();
    }
    void cleanup() { m_fixture.reset(); }

    void otherMachineAndBack_keepsTheConnection()
    {
        const auto vms = openMachines(2);
        show(vms[0]);
        auto* first = session(vms[0]);
        QTRY_COMPARE(first->state(), SessionState::Live);
        show(vms[1]);
        QTRY_COMPARE(session(vms[1])->state(), SessionState::Live);
        QCOMPARE(view()->session(), session(vms[1]));
        show(vms[0]);
        QCOMPARE(view()->session(), first); // at once, not when some answer comes
        QCOMPARE(first->state(), SessionState::Live);
        QCOMPARE(m_made.size(), 2);
    }

    void machineThatIsLookedAt_hasItsConsolePrepared()
    {
        m_fixture.reset();
        m_fixture = std::make_unique<WindowFixture>();
        int prepared = 0;
        m_fixture->consoleIsNear = [&prepared] { ++prepared; };
        m_host = m_fixture->addHost();
        const auto vms = openMachines(2);
        m_host->setState(vms[1], VmState::ShutOff);
        QCOMPARE(prepared, 0);
        m_fixture->select(m_host, vms[1]);
        QTRY_COMPARE(m_fixture->find<QWidget>("vmPage")->isVisible(), true);
        QCOMPARE(prepared, 0); // it has no screen
        m_fixture->select(m_host, vms[0]);
        QTRY_COMPARE(prepared, 1);
        auto* tabs = m_fixture->find<QTabWidget>("vmTabs")->tabBar();
        QEnterEvent enter(QPointF(2, 2), QPointF(2, 2), QPointF(2, 2));
        QCoreApplication::sendEvent(tabs, &enter);
        QCOMPARE(prepared, 2); // the mouse is on its way
        show(vms[0]);
        QCoreApplication::sendEvent(tabs, &enter);
        QCOMPARE(prepared, 2); // it is open
    }

    void strip_showsOpenConsolesAndCloses()
    {
        const auto vms = openMachines(2);
        auto* strip = m_fixture->find<ui::ConsoleStrip>("consoleStrip");
        show(vms[0]);
        QTRY_COMPARE(strip->count(), 1);
        QVERIFY(!strip->isVisible());
        show(vms[1]);
        QTRY_COMPARE(strip->count(), 2);
        QVERIFY(strip->isVisible());
        QCOMPARE(strip->currentIndex(), 1);
        QTest::mouseClick(strip, Qt::LeftButton, {}, strip->tabRect(0).center());
        QCOMPARE(m_fixture->window->selection().vms().first().vm, vms[0]);
        QCOMPARE(strip->currentIndex(), 0);
        Q_EMIT strip->tabCloseRequested(1);
        QCOMPARE(consoles().all().size(), 1);
        QVERIFY(!strip->isVisible());
    }

    void tooManyHidden_closesTheLeastRecentlyUsed()
    {
        const auto vms = openMachines(ui::ConsoleSessions::kMaxHidden + 2);
        QSignalSpy closed(&consoles(), &ui::ConsoleSessions::closedForRoom);
        for (const hosts::VmId& vm : vms) {
            show(vm);
            QTRY_VERIFY(consoles().find({ m_host, vm }));
        }
        QCOMPARE(consoles().all().size(), ui::ConsoleSessions::kMaxHidden + 1);
        QVERIFY(!consoles().find({ m_host, vms[0] }));
        QCOMPARE(closed.size(), 1);
        QVERIFY(m_fixture->find<QLabel>("consoleHint")->text().contains(text("vm0")));
    }

    void hiddenOneAtWork_isNotClosedForRoom()
    {
        const auto vms = openMachines(ui::ConsoleSessions::kMaxHidden + 4);
        show(vms[0]);
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
        session(vms[0])->recording().setKeepsPast(true);
        show(vms[1]);
        QTRY_COMPARE(session(vms[1])->state(), SessionState::Live);
        Q_EMIT m_made.last()->deviceNews(
            console::UsbDevice { .id = 1, .isRedirected = true, .name = text("Stick") });
        for (const hosts::VmId& vm : vms.mid(2)) {
            show(vm);
            QTRY_VERIFY(consoles().find({ m_host, vm }));
        }
        QVERIFY(consoles().find({ m_host, vms[0] }));
        QVERIFY(consoles().find({ m_host, vms[1] }));
        QVERIFY(!consoles().find({ m_host, vms[2] }));
    }

    void keyboard_goesFromConsoleToConsole()
    {
        const auto vms = openMachines(2);
        show(vms[0]);
        QTRY_VERIFY(view()->session());
        show(vms[1]);
        QTRY_COMPARE(view()->session(), session(vms[1]));
        QTRY_COMPARE(session(vms[1])->state(), SessionState::Live);
        QTest::keyClick(view(), Qt::Key_PageDown, Qt::ControlModifier | Qt::AltModifier);
        QCOMPARE(view()->session(), session(vms[0]));
        QVERIFY(view()->hasFocus());
        QTest::keyClick(view(), Qt::Key_PageUp, Qt::ControlModifier | Qt::AltModifier);
        QCOMPARE(view()->session(), session(vms[1]));
    }

    void ownWindow_takesTheConnectionAndGivesItBack()
    {
        const auto vms = openMachines(1);
        show(vms[0]);
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
        auto* console = consoles().find({ m_host, vms[0] });
        m_fixture->action("clipboardBoth")->trigger();
        const auto sharing = [this] { return m_made.last()->channel.sharing; };
        QCOMPARE(sharing(), console::ClipboardSharing::Both);
        m_fixture->action("consoleDetach")->trigger();
        QCOMPARE(sharing(), console::ClipboardSharing::Both);
        auto* window = m_fixture->window->consoleWindows().windowOf(console);
        QVERIFY(window && window->isVisible());
        QCOMPARE(window->windowTitle(), text("vm0"));
        QCOMPARE(window->tab().view()->session(), &console->session());
        QVERIFY(!view()->session());
        QVERIFY(m_fixture->find<QWidget>("consoleElsewhere")->isVisible());
        QCOMPARE(m_made.size(), 1);
        window->resize(500, 400);
        window->close();
        QCOMPARE(view()->session(), &console->session());
        QCOMPARE(sharing(), console::ClipboardSharing::Both);
        QCOMPARE(console->session().state(), SessionState::Live);
        QCOMPARE(m_made.size(), 1);
        // Its size is remembered.
        m_fixture->action("consoleDetach")->trigger();
        QCOMPARE(m_fixture->window->consoleWindows().windowOf(console)->size(), QSize(500, 400));
    }

    void machineThatIsNotShown_doesNotListen()
    {
        const auto vms = openMachines(2);
        show(vms[0]);
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
        const auto listens = [&] { return session(vms[0])->devices().soundWish().isMicrophoneOn; };
        const auto listen
            = [&] { session(vms[0])->devices().setSound({ .isMicrophoneOn = true }); };
        listen();
        show(vms[1]);
        QTRY_VERIFY(!listens());
        show(vms[0]);
        QVERIFY(!listens());

        listen(); // its own window shows that it does
        auto* console = consoles().find({ m_host, vms[0] });
        m_fixture->action("consoleDetach")->trigger();
        QVERIFY(listens());
        show(vms[1]);
        QTest::qWait(0);
        QVERIFY(listens());
        show(vms[0]);
        consoles().setDetached(console, false); // and so does the main window
        QTest::qWait(0);
        QVERIFY(listens());
        m_fixture->action("consoleDetach")->trigger();
        show(vms[1]);
        m_fixture->window->consoleWindows().windowOf(console)->close();
        show(vms[1]);
        QTRY_VERIFY(!listens());
    }

    void machineThatMoved_keepsItsWindowAndPicture()
    {
        FakeHost* other = m_fixture->addHost(text("test:///other"));
        const auto vms = openMachines(1);
        show(vms[0]);
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
        auto* console = consoles().find({ m_host, vms[0] });
        m_fixture->action("consoleDetach")->trigger();
        const QPointer<ui::ConsoleWindow> window
            = m_fixture->window->consoleWindows().windowOf(console);
        QTRY_COMPARE(other->connectionState(), hosts::ConnectionState::Connected);
        arriveAt(*other, vms[0]); // before it is gone here
        m_host->removeVm(vms[0]);
        QTRY_COMPARE(console->vm().host, other);
        QVERIFY(window && window->isVisible());
        QCOMPARE(window->tab().view()->session(), &console->session());
        QVERIFY(!console->session().frame().isNull());
        QTRY_COMPARE(m_made.size(), 2);
        QTRY_COMPARE(console->session().state(), SessionState::Live);
        QCOMPARE(consoles().all().size(), 1);
    }

    void machineThatMoved_staysChosenAndShown()
    {
        FakeHost* other = m_fixture->addHost(text("test:///other"));
        const auto vms = openMachines(1);
        show(vms[0]);
        auto* shown = session(vms[0]);
        QTRY_COMPARE(shown->state(), SessionState::Live);
        QTRY_COMPARE(other->connectionState(), hosts::ConnectionState::Connected);
        arriveAt(*other, vms[0]);
        m_host->removeVm(vms[0]);
        QTRY_COMPARE(m_fixture->window->selection().vms().value(0).host, other);
        QTRY_COMPARE(view()->session(), shown);
        QTRY_COMPARE(m_made.size(), 2);
        QTRY_COMPARE(shown->state(), SessionState::Live);
    }

    void machineSeenThroughTwoHosts_staysWhereItStopped()
    {
        FakeHost* other = m_fixture->addHost(text("test:///other"));
        const auto vms = openMachines(1);
        QTRY_COMPARE(other->connectionState(), hosts::ConnectionState::Connected);
        other->addKnownVm(m_host->vm(vms[0])); // the same run
        show(vms[0]);
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
        m_host->setState(vms[0], VmState::ShutOff); // the other has not heard yet
        Q_EMIT m_made.last()->ended(console::EndReason::ServerClosed, {});
        QTRY_COMPARE(title(), text("The machine is off"));
        QVERIFY(consoles().find({ m_host, vms[0] }));
        QCOMPARE(m_made.size(), 1);
    }

    void machineThatStopped_keepsItsPictureAndOffersStart()
    {
        const auto vms = openMachines(1);
        show(vms[0]);
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
        m_host->setState(vms[0], VmState::ShutOff);
        Q_EMIT m_made.last()->ended(console::EndReason::ServerClosed, {});
        QTRY_COMPARE(title(), text("The machine is off"));
        QVERIFY(!view()->session()->frame().isNull());
        QVERIFY(m_fixture->find<QLabel>("consoleCardReason")->text().contains(text("picture")));
        m_fixture->find<QPushButton>("consoleCardAction")->click();
        QTRY_COMPARE(m_host->vm(vms[0]).state, VmState::Running);
        // And it comes back by itself.
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
        QVERIFY(title().isEmpty());
        QCOMPARE(m_made.size(), 2);
    }

    void pausedMachine_offersResumeAndTakesNoKeys()
    {
        const auto vms = openMachines(1);
        show(vms[0]);
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
        m_host->setState(vms[0], VmState::Paused);
        QTRY_COMPARE(title(), text("The machine is paused"));
        m_fixture->find<QPushButton>("consoleCardAction")->click();
        QTRY_COMPARE(m_host->vm(vms[0]).state, VmState::Running);
        QTRY_VERIFY(title().isEmpty());
    }

    void brokenConnection_comesBackByItself()
    {
        const auto vms = openMachines(1);
        show(vms[0]);
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
        Q_EMIT m_made.last()->ended(console::EndReason::ServerClosed, {});
        QCOMPARE(title(), QStringLiteral("Connecting again…"));
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
        QCOMPARE(m_made.size(), 2);
    }

    void waits_grow()
    {
        const auto retries = ui::OpenConsole::usualRetries();
        QVERIFY(std::is_sorted(retries.waits.begin(), retries.waits.end()));
        QVERIFY(retries.waits.first() < 1s && retries.waits.last() >= 5s);
        const auto all = std::accumulate(
            retries.waits.begin(), retries.waits.end(), std::chrono::milliseconds());
        QVERIFY(all > 20s && all < 60s);
        QVERIFY(retries.settled > retries.waits.last()); // else one that never stands begins anew
    }

    void everyAttemptHasAWaitOfItsOwn_thenTheUserIsAsked()
    {
        const auto vms = openMachines(1);
        ui::OpenConsole* console = goLive(vms[0], { .waits = { 1ms, 1ms, 1ms }, .settled = 1h });
        m_picture = {}; // from now on nobody is there
        Q_EMIT m_made.last()->ended(console::EndReason::ServerClosed, {});
        QTRY_COMPARE(m_made.size(), 1 + 3);
        QTRY_COMPARE(title(), text("Disconnected"));
        QVERIFY(!console->isRetrying());
        QVERIFY(reason().contains(text("could not be reached")));
        QCOMPARE(action()->text(), text("&Reconnect"));
        QVERIFY(action()->isVisible());
        // To look away and back is no wish to try again.
        m_fixture->window->showVm({ m_host, vms[0] }, ui::VmPage::Tab::Overview);
        show(vms[0]);
        QTest::qWait(20);
        QCOMPARE(m_made.size(), 4);

        action()->click(); // the user's own begins anew
        QTRY_COMPARE(m_made.size(), 5 + 3);
        QTRY_COMPARE(title(), text("Disconnected"));
        m_picture = picture();
        action()->click();
        QTRY_COMPARE(console->session().state(), SessionState::Live);
        QVERIFY(title().isEmpty());
    }

    void longWait_canBeCutShort()
    {
        const auto vms = openMachines(1);
        ui::OpenConsole* console = goLive(vms[0], { .waits = { 1ms, 1h }, .settled = 1h });
        m_picture = {};
        Q_EMIT m_made.last()->ended(console::EndReason::TimedOut, {});
        QTRY_COMPARE(m_made.size(), 2);
        QTRY_COMPARE(title(), QStringLiteral("Connecting again…"));
        QVERIFY(console->isRetrying());
        QCOMPARE(action()->text(), text("Try &now"));
        m_picture = picture();
        action()->click();
        QTRY_COMPARE(console->session().state(), SessionState::Live);
        QVERIFY(!console->isRetrying());
        QCOMPARE(m_made.size(), 3);
    }

    void connectionThatStood_beginsAnew_oneThatNeverDoesEnds()
    {
        const auto vms = openMachines(1);
        ui::OpenConsole* console = goLive(vms[0], { .waits = { 1ms, 1ms }, .settled = 1h });
        const auto breakIt = [&] {
            const qsizetype before = m_made.size();
            Q_EMIT m_made.last()->ended(console::EndReason::ServerClosed, {});
            return QTest::qWaitFor([&] {
                return m_made.size() == before + 1
                    && console->session().state() == SessionState::Live;
            });
        };
        QVERIFY(breakIt());
        QVERIFY(breakIt());
        Q_EMIT m_made.last()->ended(console::EndReason::ServerClosed, {});
        QCOMPARE(title(), text("Disconnected"));
        QVERIFY(!console->isRetrying());

        console->setRetries({ .waits = { 1ms, 1ms }, .settled = 0ms });
        action()->click();
        QTRY_COMPARE(console->session().state(), SessionState::Live);
        for (int i = 0; i < 6; ++i) {
            QTest::qWait(5); // it stands for a moment
            QVERIFY(breakIt());
        }
    }

    void hostThatCameBack_givesItsConsolesAnotherTry()
    {
        const auto vms = openMachines(1);
        ui::OpenConsole* console = goLive(vms[0], { .waits = { 1ms, 1ms }, .settled = 1h });
        m_picture = {};
        Q_EMIT m_made.last()->ended(console::EndReason::ServerClosed, {});
        QTRY_COMPARE(title(), text("Disconnected")); // before anybody noticed that the host is gone
        m_host->setConnection(hosts::ConnectionState::Reconnecting);
        m_picture = picture();
        m_host->setConnection(hosts::ConnectionState::Connected);
        QTRY_COMPARE(console->session().state(), SessionState::Live);
    }

    void whatCanNotPass_isNotTriedAgain()
    {
        for (const auto reason : { console::EndReason::TakenOver, console::EndReason::TlsFailed,
                 console::EndReason::UnsupportedDisplay, console::EndReason::ProtocolViolation }) {
            const auto vms = openMachines(1);
            ui::OpenConsole* console = goLive(vms[0], { .waits = { 1ms }, .settled = 1h });
            Q_EMIT m_made.last()->ended(reason, {});
            QVERIFY(!console->isRetrying());
            QVERIFY(!title().isEmpty());
            cleanup();
            init();
        }
    }

    void displayThatIsDropped_isTriedOnceMore()
    {
        const auto vms = openMachines(1);
        ui::OpenConsole* console = goLive(vms[0], { .waits = { 1ms, 1ms, 1ms }, .settled = 1h });
        Q_EMIT m_made.last()->ended(console::EndReason::DisplayDropped, {});
        QCOMPARE(title(), QStringLiteral("Connecting again…")); // it may have been cut
        QTRY_COMPARE(console->session().state(), SessionState::Live);
        QCOMPARE(m_made.size(), 2);
        Q_EMIT m_made.last()->ended(console::EndReason::DisplayDropped, {});
        QVERIFY(!console->isRetrying()); // that is how the server wants it
        QTRY_VERIFY2(reason().contains(text("OpenGL")), qPrintable(reason()));
    }

    void sound_isEachMachinesOwn()
    {
        const auto vms = openMachines(2);
        auto* mute = m_fixture->action("soundMute");
        auto* volume = m_fixture->find<QSlider>("soundVolume");
        auto* microphone = m_fixture->action("soundMicrophone");
        const auto look = [&](hosts::VmId vm) {
            show(vm);
            QVERIFY(QTest::qWaitFor([&] {
                return session(vm) && session(vm)->state() == SessionState::Live
                    && view()->session() == session(vm);
            }));
            session(vm)->devices().take(console::SoundState { .flow = console::SoundFlow::Idle });
            session(vm)->devices().take(
                console::SoundState { .isMicrophone = true, .flow = console::SoundFlow::Idle });
        };
        const auto shown = [&] {
            return console::SoundWish { .isMuted = mute->isChecked(),
                .volume = volume->value(),
                .isMicrophoneOn = microphone->isChecked() };
        };
        const auto wish = [&](hosts::VmId vm) { return session(vm)->devices().soundWish(); };

        look(vms[0]);
        QCOMPARE(shown(), console::SoundWish {});
        QVERIFY(m_fixture->find<QToolButton>("consoleSound")->isEnabled());
        mute->trigger();
        QTest::keyClick(volume, Qt::Key_PageDown);
        microphone->trigger();
        const console::SoundWish first { .isMuted = true, .volume = 80, .isMicrophoneOn = true };
        QCOMPARE(shown(), first);
        QCOMPARE(wish(vms[0]), first);
        QCOMPARE(m_fixture->find<QToolButton>("consoleSound")->text(), text("Microphone on"));

        look(vms[1]);
        QCOMPARE(shown(), console::SoundWish {});
        QCOMPARE(wish(vms[1]), console::SoundWish {});
        QTest::keyClick(volume, Qt::Key_Home);
        const console::SoundWish second { .volume = 0 };
        QCOMPARE(wish(vms[1]), second);
        // The first keeps its own, but nobody listens to whom nobody sees.
        const console::SoundWish firstUnseen { .isMuted = true, .volume = 80 };
        QTRY_COMPARE(wish(vms[0]), firstUnseen);

        look(vms[0]);
        QCOMPARE(shown(), firstUnseen);
        look(vms[1]);
        QCOMPARE(shown(), second);
        // Also once the console was closed.
        m_fixture->window->showVm({ m_host, vms[0] }, ui::VmPage::Tab::Overview);
        consoles().close(consoles().find({ m_host, vms[0] }));
        look(vms[0]);
        QCOMPARE(shown(), firstUnseen);
        QCOMPARE(wish(vms[0]), firstUnseen);
    }

    void keysTypedOnAfterTheConnection_areNoCommands()
    {
        const auto vms = openMachines(1);
        show(vms[0]);
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
        view()->setFocus();
        Q_EMIT m_made.last()->ended(console::EndReason::TakenOver, {});
        QVERIFY(view()->hasFocus());
        QTRY_VERIFY(m_fixture->action("actionShutDown")->isEnabled());
        for (const Qt::Key key : { Qt::Key_D, Qt::Key_P, Qt::Key_R })
            QTest::keyClick(view(), key, Qt::ControlModifier);
        for (const Qt::Key key : { Qt::Key_Tab, Qt::Key_Space }) {
            QTest::keyClick(view(), key);
            QVERIFY(view()->hasFocus());
        }
        QCOMPARE(m_fixture->workspace->tasks.rowCount(), 0);
        QCOMPARE(m_host->vm(vms[0]).state, VmState::Running);
        action()->setFocus(); // somebody who went to the button means the window
        QTest::keyClick(action(), Qt::Key_P, Qt::ControlModifier);
        QTRY_COMPARE(m_host->vm(vms[0]).state, VmState::Paused);
    }

    void consoleWithoutAGuest_leavesShortcutsToTheWindow()
    {
        const auto vms = openMachines(1);
        show(vms[0]);
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
        view()->setFocus();
        Q_EMIT m_made.last()->ended(console::EndReason::TakenOver, {});
        QTRY_VERIFY(!title().isEmpty());
        QTest::qWait(int(console::TypingOn::kPause.count()) + 50); // a pause is what it is about
        QVERIFY(view()->hasFocus());
        QTest::keyClick(view(), Qt::Key_F, Qt::ControlModifier);
        QVERIFY(qobject_cast<QLineEdit*>(m_fixture->window->focusWidget()));
        view()->setFocus();
        QTest::keyClick(view(), Qt::Key_P, Qt::ControlModifier);
        QTRY_COMPARE(m_host->vm(vms[0]).state, VmState::Paused);
        QTest::keyClick(view(), Qt::Key_Tab);
        QTRY_VERIFY(action()->hasFocus());
        QTest::keyClick(action(), Qt::Key_Space);
        QTRY_COMPARE(m_host->vm(vms[0]).state, VmState::Running);
    }

    void furtherDisplay_staysWhileOthersAreShownAndInAnotherWindow()
    {
        const auto vms = openMachines(ui::ConsoleSessions::kMaxHidden + 2);
        show(vms[0]);
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
        ui::OpenConsole* console = consoles().find({ m_host, vms[0] });
        console->furtherDisplays().show(1, true);
        const QPointer<ui::HeadWindow> window = console->furtherDisplays().window(1);
        const auto isShown = [&] { return window && window->isVisible(); };
        QVERIFY(isShown());
        view()->setViewOnly(true);
        QVERIFY(window->view()->isViewOnly());

        for (const hosts::VmId& vm : vms) // more than are kept
            show(vm);
        view()->setViewOnly(false); // another machine's
        QTest::qWait(0);
        QVERIFY(isShown());
        QVERIFY(window->view()->isViewOnly());
        QCOMPARE(consoles().find({ m_host, vms[0] }), console);
        m_host->setState(vms[0], VmState::Paused);
        QTRY_COMPARE(window->view()->notice().title, text("The machine is paused"));
        m_host->setState(vms[0], VmState::Running);
        QTRY_VERIFY(window->view()->notice().title.isEmpty());

        for (const bool isDetached : { true, false }) {
            consoles().setDetached(console, isDetached);
            QTest::qWait(0);
            QVERIFY(isShown());
            QVERIFY(!window->view()->isViewOnly()); // as the view that shows the first display
        }
        window->close();
        QTRY_VERIFY(!window);
        QVERIFY(!session(vms[0])->isHeadRequested(1));
        console->furtherDisplays().show(1, true);
        m_fixture->window->close();
        QVERIFY(!console->furtherDisplays().window(1));
    }

    void furtherDisplaysReconnect_pushesNobodyOut()
    {
        const auto vms = openMachines(1);
        show(vms[0]);
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
        ui::OpenConsole* console = consoles().find({ m_host, vms[0] });
        console->furtherDisplays().show(1, true);
        Q_EMIT m_made.last()->ended(console::EndReason::TakenOver, {});
        QCOMPARE(session(vms[0])->state(), SessionState::TakenOver);
        m_host->setScreenClients(
            { { text("10.0.0.7:50123"), QDateTime::currentDateTimeUtc().addSecs(60) } });
        Q_EMIT console->furtherDisplays().window(1)->view()->reconnectRequested();
        QTRY_VERIFY(console->isInUse());
        QCOMPARE(m_made.size(), 1);
    }

    void screenThatFailedWithItsHost_comesBackWithIt()
    {
        const auto vms = openMachines(1);
        m_host->failAll({ vmm::ErrorKind::Disconnected, {}, text("the connection broke") });
        show(vms[0]);
        QTRY_VERIFY(consoles().find({ m_host, vms[0] })->error());
        QVERIFY(m_made.isEmpty());
        m_host->failNoMore();
        m_host->close();
        QTest::qWait(0);
        m_host->open();
        QTRY_VERIFY(!m_made.isEmpty());
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
        QVERIFY(!consoles().find({ m_host, vms[0] })->error());
    }

    void takenOver_isNotTakenBack()
    {
        const auto vms = openMachines(1);
        show(vms[0]);
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
        Q_EMIT m_made.last()->ended(console::EndReason::TakenOver, {});
        QTest::qWait(600); // longer than the first attempts would take
        QCOMPARE(session(vms[0])->state(), SessionState::TakenOver);
        QCOMPARE(m_made.size(), 1);
        m_fixture->find<QPushButton>("consoleCardAction")->click();
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
    }

    void somebodyElseThere_isAskedAboutBeforeAnythingIsOpened()
    {
        const auto vms = openMachines(1);
        m_host->setScreenClients(
            { { text("10.0.0.7:50123"), QDateTime::currentDateTimeUtc().addSecs(-3600) } });
        show(vms[0]);
        QTRY_COMPARE(title(), text("Somebody else is at this screen"));
        QVERIFY(reason().contains(text("10.0.0.7:50123, since ")));
        QVERIFY(m_made.isEmpty());
        QCOMPARE(further(1)->text(), text("&Cancel"));
        QVERIFY(!further(2));
        further(1)->click();
        QCOMPARE(title(), text("Not connected"));
        QVERIFY(m_made.isEmpty());
        action()->click(); // he is asked again whether somebody is there
        QTRY_COMPARE(title(), text("Somebody else is at this screen"));
        QCOMPARE(action()->text(), text("&Take over"));
        action()->click();
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
        QVERIFY(title().isEmpty());
        QCOMPARE(m_made.size(), 1);
    }

    void somebodyElseWhoLeft_isInNobodysWay()
    {
        const auto vms = openMachines(1);
        m_host->setScreenClients({ {} });
        show(vms[0]);
        QTRY_COMPARE(title(), text("Somebody else is at this screen"));
        further(1)->click();
        m_host->setScreenClients({});
        action()->click();
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
    }

    void vncScreen_canBeSharedOrTakenOver()
    {
        const auto vms = openMachines(2);
        m_host->setScreenClients({ {} }, vmm::ConsoleEndpoint::Protocol::Vnc);
        show(vms[0]);
        QTRY_COMPARE(title(), text("Somebody else is at this screen"));
        QCOMPARE(action()->text(), text("&Share it"));
        action()->click();
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
        QVERIFY(!m_made.last()->options.isExclusive);
        show(vms[1]);
        QTRY_COMPARE(title(), text("Somebody else is at this screen"));
        QCOMPARE(further(1)->text(), text("&Take over"));
        QCOMPARE(further(2)->text(), text("&Cancel"));
        further(1)->click();
        QTRY_COMPARE(session(vms[1])->state(), SessionState::Live);
        QVERIFY(m_made.last()->options.isExclusive);
    }

    void whoTookOver_isTold()
    {
        const auto vms = openMachines(1);
        show(vms[0]);
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
        m_host->setScreenClients({ { text("10.0.0.9:4711"), QDateTime::currentDateTimeUtc() } });
        Q_EMIT m_made.last()->ended(console::EndReason::TakenOver, {});
        QTRY_VERIFY(reason().contains(text("10.0.0.9:4711")));
        QCOMPARE(title(), text("Somebody else took over this screen"));
        QTest::qWait(300);
        QCOMPARE(m_made.size(), 1);
        action()->click(); // he who knows is not asked again
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
    }

    void ownBrokenConnection_isNotSomebodyElse()
    {
        const auto vms = openMachines(1);
        show(vms[0]);
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
        m_host->setScreenClients({ { {}, QDateTime::currentDateTimeUtc() } });
        Q_EMIT m_made.last()->ended(console::EndReason::ServerClosed, {});
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
        QCOMPARE(m_made.size(), 2);
    }

    void picturePreferences_areTheHosts()
    {
        const auto vms = openMachines(2);
        show(vms[0]);
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
        QCOMPARE(m_made.last()->options.compression, console::ImageCompression::Auto);
        m_fixture->action("compression-quic")->trigger();
        m_fixture->action("codec-vp8")->trigger();
        QCOMPARE(m_made.last()->options.compression, console::ImageCompression::Quic); // at once
        QCOMPARE(
            m_made.last()->options.codecs, QList<console::VideoCodec> { console::VideoCodec::Vp8 });
        show(vms[1]);
        QTRY_COMPARE(session(vms[1])->state(), SessionState::Live);
        QCOMPARE(m_made.last()->options.compression, console::ImageCompression::Quic);
        QVERIFY(m_fixture->action("compression-quic")->isChecked());
        QVERIFY(m_fixture->action("codec-vp8")->isChecked());
    }

    void look_isRememberedForEachMachine()
    {
        const auto vms = openMachines(2);
        show(vms[0]);
        QTRY_VERIFY(view()->session());
        m_fixture->action("lookInteger")->trigger();
        show(vms[1]);
        m_fixture->action("lookExact")->trigger();
        m_fixture->action("lookZoomIn")->trigger();
        QCOMPARE(view()->scaling(), console::Scaling::Zoom);
        QCOMPARE(view()->zoom(), 1.1);
        show(vms[0]);
        QCOMPARE(view()->scaling(), console::Scaling::Integer);
        show(vms[1]);
        QCOMPARE(view()->zoom(), 1.1);
    }

    void machineThatIsGone_takesItsConsoleAlong()
    {
        const auto vms = openMachines(1);
        show(vms[0]);
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
        m_fixture->action("consoleDetach")->trigger();
        m_host->removeVm(vms[0]);
        QTRY_VERIFY(consoles().all().isEmpty());
        m_fixture->window->close();
    }

    void connectionFile_opensInAWindowOfItsOwn()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(text("web.vv"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[virt-viewer]\ntype=spice\nhost=h\nport=5900\npassword=once\n"
                   "delete-this-file=1\nca=-----BEGIN-----\\n\n");
        file.close();
        openMachines(1);
        m_fixture->window->connectionFiles().open(path);
        QTRY_COMPARE(consoles().all().size(), 1);
        auto* console = consoles().all().first();
        QCOMPARE(console->name(), text("web"));
        QVERIFY(!QFile::exists(path)); // as it asked
        const vmm::ConsoleEndpoint endpoint = console->session().endpoint();
        QCOMPARE(endpoint.password, text("once"));
        QVERIFY(QFile::exists(endpoint.tlsCaFile));
        QTRY_COMPARE(console->session().state(), SessionState::Live);
        auto* window = m_fixture->window->consoleWindows().windowOf(console);
        QVERIFY(window && window->isVisible());
        window->close(); // there is no main window to go back to
        QVERIFY(consoles().all().isEmpty());
        QVERIFY(!QFile::exists(endpoint.tlsCaFile));
    }

    void connectionFilesConsole_saysThatItConnectsAgain()
    {
        openMachines(1);
        QTemporaryDir folder;
        QFile file(folder.filePath(text("web.vv")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[virt-viewer]\ntype=spice\nhost=h\nport=5900\n");
        file.close();
        m_fixture->window->connectionFiles().open(file.fileName());
        QTRY_COMPARE(consoles().all().size(), 1);
        ui::OpenConsole* console = consoles().all().first();
        QTRY_COMPARE(console->session().state(), SessionState::Live);
        console->setRetries({ .waits = { 1h }, .settled = 1h });
        Q_EMIT m_made.last()->ended(console::EndReason::ServerClosed, {});
        const auto* window = m_fixture->window->consoleWindows().windowOf(console);
        QTRY_COMPARE(window->findChild<QLabel*>(text("consoleCardTitle"))->text(),
            QStringLiteral("Connecting again…"));
        auto* now = window->findChild<QPushButton*>(text("consoleCardAction"));
        QCOMPARE(now->text(), text("Try &now"));
        now->click();
        QTRY_COMPARE(console->session().state(), SessionState::Live);
    }

    void connectionFilesWindow_isTheLastOneWhereNoMainWindowIsShown()
    {
        openMachines(1);
        m_fixture->window->hide(); // as if the program had been started for the file
        QTemporaryDir folder;
        QFile file(folder.filePath(text("web.vv")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[virt-viewer]\ntype=spice\nhost=h\nport=5900\n");
        file.close();
        m_fixture->window->connectionFiles().open(file.fileName());
        QTRY_COMPARE(consoles().all().size(), 1);
        auto* window = m_fixture->window->consoleWindows().windowOf(consoles().all().first());
        QVERIFY(window && window->isVisible());
        constexpr int kTooLateMs = 10'000;
        QTimer::singleShot(0, window, &QWidget::close);
        QTimer tooLate;
        connect(&tooLate, &QTimer::timeout, this, [] { QCoreApplication::exit(1); });
        tooLate.start(kTooLateMs);
        QCOMPARE(QApplication::exec(), 0);
        QVERIFY(consoles().all().isEmpty());
    }

    void connectionFilesHotkeysAndProxy_areHonoured()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(text("pve.vv"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[virt-viewer]\ntype=spice\nhost=pvespiceproxy:1:2\ntls-port=61000\n"
                   "proxy=http://pve:3128\nsecure-attention=Ctrl+Alt+End\n"
                   "toggle-fullscreen=Shift+F12\nrelease-cursor=Ctrl+Alt+R\n");
        file.close();
        openMachines(1);
        m_fixture->window->connectionFiles().open(path);
        QTRY_COMPARE(consoles().all().size(), 1);
        auto* console = consoles().all().first();
        QTRY_COMPARE(console->session().state(), SessionState::Live);
        QCOMPARE(m_made.last()->options.proxy, text("http://pve:3128"));
        ui::ConsoleTab& tab = m_fixture->window->consoleWindows().windowOf(console)->tab();
        QTest::keyClick(tab.view(), Qt::Key_End, Qt::ControlModifier | Qt::AltModifier);
        // After those that were pressed to say it.
        QCOMPARE(m_made.last()->keys.mid(2), QList<int>({ 0x1d, 0x38, 0x153 }));
        tab.view()->setFocus();
        QTest::keyPress(tab.view(), Qt::Key_End, Qt::ControlModifier | Qt::AltModifier);
        QTest::keyRelease(tab.view(), Qt::Key_Alt, Qt::ControlModifier);
        QTest::keyRelease(tab.view(), Qt::Key_End);
        QVERIFY(tab.view()->hasFocus()); // that was not Ctrl+Alt alone
        QTest::keyClick(tab.view(), Qt::Key_F12, Qt::ShiftModifier);
        QVERIFY(tab.fullScreen().isOn());
        QTest::keyClick(tab.view(), Qt::Key_F12, Qt::ShiftModifier);
        QVERIFY(!tab.fullScreen().isOn());
        m_made.last()->keys.clear();
        QTest::keyClick(tab.view(), Qt::Key_R, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(!m_made.last()->keys.contains(0x13)); // R is not the machine's
    }

    void connectionFile_isWrittenWithAllButItsPassword()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(text("web.vv"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[virt-viewer]\ntype=spice\nhost=h\ntls-port=5901\npassword=once\n"
                   "title=web\nproxy=http://pve:3128\nhost-subject=CN=h\n"
                   "secure-attention=ctrl+alt+end\nrelease-cursor=ctrl+alt+r\n"
                   "ca=-----BEGIN-----\\n\n");
        file.close();
        openMachines(1);
        ui::ConnectionFiles& files = m_fixture->window->connectionFiles();
        files.open(path);
        QTRY_COMPARE(consoles().all().size(), 1);
        files.save(*consoles().all().first());
        const QString again = folder.filePath(text("again.vv"));
        auto* dialog = m_fixture->find<QFileDialog>("saveConnectionFile");
        Q_EMIT dialog->fileSelected(again);
        QTRY_VERIFY(QFile::exists(again));
        auto expected = console::readConnectionFile(path);
        VERIFY_OK(expected);
        expected->endpoint.password.clear();
        const auto written = console::readConnectionFile(again);
        VERIFY_OK(written);
        QVERIFY(*written == *expected);
        dialog->close();
    }

    void certificateOfNobodyKnown_isAskedFor()
    {
        m_host->setScreensHost(text("h"));
        const auto vms = openMachines(2);
        show(vms[0]);
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
        QVERIFY(m_fixture->action("actionSaveConnectionFile")->isEnabled());
        Q_EMIT m_made.last()->ended(console::EndReason::TlsFailed, text("self-signed"));
        QTRY_COMPARE(title(), text("The server's certificate was not accepted"));
        QVERIFY(reason().contains(text("self-signed")));
        QVERIFY(further(1));
        further(1)->click();
        auto* dialog = m_fixture->find<QFileDialog>("screenAuthorityDialog");
        Q_EMIT dialog->fileSelected(text("/certificates/own.pem"));
        dialog->close();
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
        QCOMPARE(session(vms[0])->endpoint().tlsCaFile, text("/certificates/own.pem"));
        show(vms[1]); // another machine of the same host
        QTRY_COMPARE(session(vms[1])->state(), SessionState::Live);
        QCOMPARE(session(vms[1])->endpoint().tlsCaFile, text("/certificates/own.pem"));
    }

    void screenWithoutAnAddressOfItsOwn_isInNoConnectionFile()
    {
        const auto vms = openMachines(1);
        show(vms[0]);
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
        const QAction* save = m_fixture->action("actionSaveConnectionFile");
        QTRY_VERIFY(save->toolTip().contains(text("no address of its own")));
        QVERIFY(!save->isEnabled());
        // Nor does an authority vouch for it.
        Q_EMIT m_made.last()->ended(console::EndReason::TlsFailed, text("self-signed"));
        QTRY_VERIFY(!title().isEmpty());
        QVERIFY(!further(1));
    }

    void brokenConnectionFile_isToldByItsLine()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(text("broken.vv"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[virt-viewer]\ntype=carrier-pigeon\n");
        file.close();
        openMachines(1);
        QSignalSpy failed(&m_fixture->window->connectionFiles(), &ui::ConnectionFiles::failed);
        m_fixture->window->connectionFiles().open(path);
        QTRY_COMPARE(failed.size(), 1);
        auto* box = m_fixture->find<QMessageBox>("connectionFileError");
        QVERIFY(box->informativeText().contains(text("line 2")));
        QVERIFY(QFile::exists(path));
        box->close();
    }

    void thumbnail_comesFromTheHostAndIsDatedWhenOff()
    {
        const auto vms = openMachines(1);
        m_host->setScreenshot(screenshot(Qt::magenta));
        m_fixture->window->showVm({ m_host, vms[0] }, ui::VmPage::Tab::Overview);
        auto* thumb = m_fixture->find<ui::ScreenThumb>("overviewScreen");
        QTRY_VERIFY(!thumb->look().image.isNull());
        QCOMPARE(thumb->look().image.pixelColor(5, 5), QColor(Qt::magenta));
        QVERIFY(!thumb->look().isOld);
        QVERIFY(m_made.isEmpty()); // no console was taken from anybody
        m_host->setState(vms[0], VmState::ShutOff);
        QTRY_VERIFY(thumb->look().isOld);
        QVERIFY(!thumb->look().date.isEmpty());
        QTest::mouseClick(thumb, Qt::LeftButton);
        QVERIFY(m_fixture->find<QWidget>("consoleTab")->isVisible());
    }

    void thumbnail_comesFromTheOpenConsole()
    {
        const auto vms = openMachines(1);
        show(vms[0]);
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
        m_fixture->window->showVm({ m_host, vms[0] }, ui::VmPage::Tab::Overview);
        auto* thumb = m_fixture->find<ui::ScreenThumb>("overviewScreen");
        QTRY_VERIFY(!thumb->look().image.isNull());
        QCOMPARE(thumb->look().image.pixelColor(5, 5), QColor(Qt::darkCyan));
        QCOMPARE(m_host->questionCount(text("get-screenshot")), 0);
    }

    void thumbnailOfAMachineThatMoved_goesOn()
    {
        FakeHost* other = m_fixture->addHost(text("test:///other"));
        const auto vms = openMachines(1);
        show(vms[0]);
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
        auto* shown = session(vms[0]);
        QTRY_COMPARE(other->connectionState(), hosts::ConnectionState::Connected);
        arriveAt(*other, vms[0]);
        m_host->removeVm(vms[0]);
        QTRY_COMPARE(m_made.size(), 2);
        QTRY_COMPARE(shown->state(), SessionState::Live);
        m_fixture->window->showVm({ other, vms[0] }, ui::VmPage::Tab::Overview);
        auto* thumb = m_fixture->find<ui::ScreenThumb>("overviewScreen");
        QTRY_VERIFY(!thumb->look().image.isNull());
        const QImage later = picture(Qt::yellow);
        Q_EMIT m_made.last()->surfaceChanged(later);
        Q_EMIT m_made.last()->damaged(QRegion(later.rect()));
        QTRY_COMPARE(thumb->look().image.pixelColor(5, 5), QColor(Qt::yellow));
    }

    void thumbnailAfterAStart_waitsForSomethingToSee()
    {
        const auto vms = openMachines(1);
        m_host->setScreenshot(screenshot(Qt::magenta));
        m_fixture->window->showVm({ m_host, vms[0] }, ui::VmPage::Tab::Overview);
        auto* thumb = m_fixture->find<ui::ScreenThumb>("overviewScreen");
        QTRY_VERIFY(!thumb->look().image.isNull());
        m_host->setState(vms[0], VmState::ShutOff);
        m_host->setScreenshot(screenshot(Qt::black, false));
        m_host->setState(vms[0], VmState::Starting);
        m_host->setState(vms[0], VmState::Running);
        QTRY_COMPARE(thumb->look().text, text("Nothing is on the screen yet"));
        QVERIFY(thumb->look().image.isNull()); // neither black, nor of the run before
        m_host->setScreenshot(screenshot(Qt::green));
        QTRY_VERIFY(!thumb->look().image.isNull());
        QCOMPARE(thumb->look().image.pixelColor(5, 5), QColor(Qt::green));
    }

    void thumbnailOfAConsoleThatShowsNothingYet_isNone()
    {
        m_isStill = true;
        const auto vms = openMachines(1);
        show(vms[0]);
        QTRY_COMPARE(session(vms[0])->state(), SessionState::Live);
        m_fixture->window->showVm({ m_host, vms[0] }, ui::VmPage::Tab::Overview);
        auto* thumb = m_fixture->find<ui::ScreenThumb>("overviewScreen");
        QTest::qWait(800); // longer than a picture of the console's own takes
        QVERIFY(thumb->look().image.isNull());
        Q_EMIT m_made.last()->damaged(QRegion(m_picture.rect()));
        QTRY_VERIFY(!thumb->look().image.isNull());
    }

private:
    /// Of one colour, with a mark in it unless nothing is on it.
    static vmm::Screenshot screenshot(QColor colour, bool isMarked = true)
    {
        QImage image(64, 40, QImage::Format_RGB32);
        image.fill(colour);
        if (isMarked)
            image.setPixelColor(60, 36, Qt::white);
        QByteArray png;
        QBuffer buffer(&png);
        if (!buffer.open(QIODevice::WriteOnly) || !image.save(&buffer, "PNG"))
            qFatal("no PNG is written");
        return { .png = png, .width = 640, .height = 400 };
    }
    QVector<hosts::VmId> openMachines(int count)
    {
        QVector<hosts::VmId> vms;
        for (int i = 0; i < count; ++i) {
            hosts::VmInfo info
                = m_host->vm(m_host->addVm(text("vm") + QString::number(i), VmState::Running));
            info.hasScreen = true;
            m_host->addKnownVm(info);
            vms.append(info.id);
        }
        m_fixture->open();
        if (!QTest::qWaitFor(
                [this] { return m_host->connectionState() == hosts::ConnectionState::Connected; }))
            qFatal("the host does not connect");
        return vms;
    }
    /// As at the end of a migration.
    void arriveAt(FakeHost& host, hosts::VmId vm)
    {
        hosts::VmInfo info = m_host->vm(vm);
        info.since = info.since.addSecs(60);
        host.addKnownVm(info);
    }
    void show(hosts::VmId vm)
    {
        m_fixture->window->showVm({ m_host, vm }, ui::VmPage::Tab::Console);
    }
    /// Shows it; from now on it comes back as said.
    ui::OpenConsole* goLive(hosts::VmId vm, const ui::OpenConsole::Retries& retries)
    {
        show(vm);
        ui::OpenConsole* console = nullptr;
        const bool isLive = QTest::qWaitFor([&] {
            console = consoles().find({ m_host, vm });
            return console && console->session().state() == SessionState::Live;
        });
        if (!isLive)
            qFatal("the console does not connect");
        console->setRetries(retries);
        return console;
    }
    ui::ConsoleSessions& consoles() { return m_fixture->window->consoles(); }
    console::ConsoleSession* session(hosts::VmId vm)
    {
        auto* console = consoles().find({ m_host, vm });
        return console ? &console->session() : nullptr;
    }
    console::ConsoleView* view() { return m_fixture->find<console::ConsoleView>("consoleView"); }
    QString reason() { return m_fixture->find<QLabel>("consoleCardReason")->text(); }
    QPushButton* action() { return m_fixture->find<QPushButton>("consoleCardAction"); }
    /// A button of the card beside its action; null if there is none to be seen.
    QPushButton* further(int number)
    {
        auto* button = m_fixture->window->findChild<QPushButton*>(
            text("consoleCardFurther") + QString::number(number));
        return button && button->isVisible() ? button : nullptr;
    }
    QString title()
    {
        const auto* card = m_fixture->find<QWidget>("consoleCard");
        return card->isVisible() ? m_fixture->find<QLabel>("consoleCardTitle")->text() : QString();
    }

    std::unique_ptr<WindowFixture> m_fixture;
    FakeHost* m_host = nullptr;
    QImage m_picture;
    bool m_isStill = false;
    QVector<tests::SilentTransport*> m_made;
};

QTEST_MAIN(tst_Consoles)
#include "tst_Consoles.moc"
