// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The overview, the performance and the console of one machine.
#include "console/terminal/TerminalPanel.h"
#include "tests/gui/WindowTest.h"
#include "tests/support/TestNames.h"

#include <QLabel>
#include <QLocalServer>
#include <QLocalSocket>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableWidget>
#include <QTemporaryDir>

using vmm::VmState;

class tst_VmPage : public tests::WindowTest {
    Q_OBJECT

private Q_SLOTS:
    void stoppedMachine_saysWhyWithItsLastWords();
    void guest_tellsItsAddresses();
    void guestWithoutAgent_saysWhatItIsGoodFor();
    void overview_tellsTemplateParentAndPendingChanges();
    void performance_showsEachPart();
    void performance_isAskedWhileItIsSeenAlone();
    void console_waitsForItsHost();
    void consoleSwitch_remembersWhatWasChosen();
    void serialPort_keepsItsLastWordsWhenTheMachineIsOff();
    void serialPort_staysConnectedWhileAnotherMachineIsShown();
    void serialInUse_canBeTakenOver();

private:
    QString allText(const char* widget) const
    {
        QStringList parts;
        for (const QLabel* label : m_fixture->find<QWidget>(widget)->findChildren<QLabel*>())
            parts << label->text();
        return parts.join(QLatin1Char('\n'));
    }
};

void tst_VmPage::stoppedMachine_saysWhyWithItsLastWords()
{
    const hosts::VmId vm = openVm(VmState::Running, ui::VmPage::Tab::Overview);
    QVERIFY(!m_fixture->find<QWidget>("vmReason")->isVisible());
    hosts::VmInfo info = m_host->vm(vm);
    info.state = VmState::Crashed;
    info.reason = vmm::StateReason::OutOfMemory;
    info.reasonDetail = text("killed by signal 9");
    m_host->addKnownVm(info);
    QTRY_VERIFY(m_fixture->find<QWidget>("vmReason")->isVisible());
    QVERIFY(allText("vmReason").contains(text("out of memory")));
    QVERIFY(allText("vmReason").contains(text("killed by signal 9")));
    QVERIFY(allText("vmReason").contains(text("less memory"))); // what to do
}

void tst_VmPage::guest_tellsItsAddresses()
{
    const hosts::VmId vm = m_host->addVm(text("shop"), VmState::Running);
    m_host->setGuestFacts(vm,
        { .hostName = text("shop-1"),
            .system = text("Debian GNU/Linux 12"),
            .networkCards = { { text("lo"), {}, { text("127.0.0.1/8") } },
                { text("eth0"), text("52:54:00:12:34:56"), { text("192.0.2.7/24") } } } });
    m_fixture->open();
    QTRY_COMPARE(m_host->connectionState(), hosts::ConnectionState::Connected);
    m_fixture->window->showVm({ m_host, vm }, ui::VmPage::Tab::Overview);
    QTRY_VERIFY(allText("guestFacts").contains(text("192.0.2.7/24")));
    QVERIFY(allText("guestFacts").contains(text("Debian")));
    QVERIFY(!allText("guestFacts").contains(text("127.0.0.1")));
    QVERIFY(!m_fixture->find<QWidget>("guestNone")->isVisible());
}

void tst_VmPage::guestWithoutAgent_saysWhatItIsGoodFor()
{
    const hosts::VmId vm = hosts::VmId::createUuid();
    m_host->removeAgent(vm);
    m_host->addVm(text("web"), VmState::Running, vm);
    m_fixture->open();
    QTRY_COMPARE(m_host->connectionState(), hosts::ConnectionState::Connected);
    m_fixture->window->showVm({ m_host, vm }, ui::VmPage::Tab::Overview);
    QTRY_VERIFY(m_fixture->find<QLabel>("guestNone")->text().contains(text("qemu-guest-agent")));
}

void tst_VmPage::overview_tellsTemplateParentAndPendingChanges()
{
    const hosts::VmId vm = openVm(VmState::Running, ui::VmPage::Tab::Overview);
    hosts::VmInfo info = m_host->vm(vm);
    info.parentName = text("golden");
    info.hasPendingChanges = true;
    info.snapshots = 3;
    m_host->addKnownVm(info);
    QTRY_VERIFY(m_fixture->find<QWidget>("vmPending")->isVisible());
    QTRY_VERIFY(allText("machineFacts").contains(text("golden")));
    QVERIFY(allText("machineFacts").contains(text("3")));
}

void tst_VmPage::performance_showsEachPart()
{
    const hosts::VmId vm = openVm(VmState::Running, ui::VmPage::Tab::Performance);
    auto* disks = m_fixture->find<QTableWidget>("diskLoads");
    QTRY_COMPARE(disks->rowCount(), 1);
    QCOMPARE(disks->item(0, 0)->text(), text("vda"));
    QCOMPARE(disks->item(0, 3)->text(), text("0.6 ms"));
    QVERIFY(!m_fixture->find<QWidget>("readHistogram")->isVisible());
    m_fixture->find<QPushButton>("latencyToggle")->click();
    QVERIFY(m_fixture->find<QWidget>("readHistogram")->isVisible());
    QVERIFY(!m_fixture->find<QWidget>("vcpuBars")->accessibleDescription().isEmpty());
    m_host->setState(vm, VmState::ShutOff);
    QTRY_VERIFY(m_fixture->find<QLabel>("loadDetailReason")->isVisible());
}

void tst_VmPage::performance_isAskedWhileItIsSeenAlone()
{
    openVm(VmState::Running, ui::VmPage::Tab::Performance);
    const int asked = m_host->questionCount();
    QTRY_VERIFY(m_host->questionCount() > asked + 1);
    m_fixture->window->showVm(
        m_fixture->window->selection().targets().first(), ui::VmPage::Tab::Snapshots);
    QTest::qWait(50);
    const int hidden = m_host->questionCount();
    QTest::qWait(1300);
    QCOMPARE(m_host->questionCount(), hidden);
}

void tst_VmPage::console_waitsForItsHost()
{
    const hosts::VmId vm = m_host->addVm(text("web"), VmState::Running);
    m_host->setConnection(hosts::ConnectionState::Connecting);
    m_fixture->workspace->inventory.hosts();
    m_fixture->open();
    // The inventory is known before the connection stands.
    Q_EMIT m_host->inventoryChanged({ .isComplete = true, .changed = m_host->vms() });
    m_fixture->window->showVm({ m_host, vm }, ui::VmPage::Tab::Console);
    auto* pages = m_fixture->find<QStackedWidget>("consolePages");
    QCOMPARE(m_host->questionCount(text("get-console")), 0); // so nothing was refused
    QVERIFY(!m_fixture->find<QWidget>("consoleError")->isVisible());
    QVERIFY(pages->isVisible());
    m_host->setConnection(hosts::ConnectionState::Connected);
    QTRY_COMPARE(m_host->questionCount(text("get-console")), 1);
    QVERIFY(!m_fixture->find<QWidget>("consoleError")->isVisible());
}

/// A machine without a screen shows its serial port straight away; one with both has a switch.
void tst_VmPage::consoleSwitch_remembersWhatWasChosen()
{
    using vmm::ConsoleChoice;
    using Protocol = vmm::ConsoleEndpoint::Protocol;
    const hosts::VmId vm = openVm(VmState::Running, ui::VmPage::Tab::Console);
    hosts::VmInfo info = m_host->vm(vm);
    info.hasScreen = false;
    info.consoles = { ConsoleChoice { .protocol = Protocol::Serial } };
    m_host->addKnownVm(info);
    QAction* chooser = m_fixture->action("consoleSwitch");
    auto* pages = m_fixture->find<QStackedWidget>("consolePages");
    QTRY_COMPARE(pages->currentWidget()->objectName(), text("terminalPanel"));
    QVERIFY(!chooser->isVisible());

    info.hasScreen = true;
    info.consoles.prepend(ConsoleChoice { .protocol = Protocol::Vnc });
    m_host->addKnownVm(info);
    QTRY_VERIFY(chooser->isVisible());
    QTRY_COMPARE(pages->currentWidget()->objectName(), text("consoleView"));
    QVERIFY(m_fixture->action("consoleFit")->isVisible());
    QVERIFY(m_fixture->action("console-vnc")->isChecked());
    m_fixture->action("console-serial-0")->trigger();
    QVERIFY(m_fixture->action("console-serial-0")->isChecked());
    QVERIFY(!m_fixture->action("console-vnc")->isChecked());
    QCOMPARE(pages->currentWidget()->objectName(), text("terminalPanel"));
    QVERIFY(!m_fixture->action("consoleFit")->isVisible()); // of no use to a terminal

    const hosts::VmId other = m_host->addVm(text("db"), VmState::Running);
    m_fixture->window->showVm({ m_host, other }, ui::VmPage::Tab::Console);
    QTRY_COMPARE(pages->currentWidget()->objectName(), text("consoleView"));
    m_fixture->window->showVm({ m_host, vm }, ui::VmPage::Tab::Console);
    QTRY_COMPARE(pages->currentWidget()->objectName(), text("terminalPanel"));
    QVERIFY(m_fixture->action("console-serial-0")->isChecked());
}

void tst_VmPage::serialPort_keepsItsLastWordsWhenTheMachineIsOff()
{
    QTemporaryDir folder;
    QLocalServer port;
    QVERIFY(port.listen(folder.filePath(text("port"))));
    m_host->setSerial(port.fullServerName(), false);
    const hosts::VmId vm = openVm(VmState::Running, ui::VmPage::Tab::Console);
    hosts::VmInfo info = m_host->vm(vm);
    info.consoles = { vmm::ConsoleChoice { .protocol = vmm::ConsoleEndpoint::Protocol::Serial } };
    m_host->addKnownVm(info);
    QTRY_VERIFY(port.hasPendingConnections());
    QLocalSocket* guest = port.nextPendingConnection();
    auto* panel = m_fixture->find<console::TerminalPanel>("terminalPanel");
    guest->write("Kernel panic\r\n");
    QTRY_COMPARE(panel->session().screen().lineText(0), text("Kernel panic"));

    guest->disconnectFromServer();
    info.state = VmState::ShutOff;
    m_host->addKnownVm(info);
    auto* bar = m_fixture->find<QWidget>("terminalEndBar");
    QTRY_VERIFY(bar->isVisible());
    QTRY_VERIFY(bar->findChild<QLabel*>()->text().startsWith(text("The machine is off.")));
    QCOMPARE(m_fixture->find<QStackedWidget>("consolePages")->currentWidget(), panel);
    QCOMPARE(panel->session().screen().lineText(0), text("Kernel panic"));
    QVERIFY(m_fixture->action("terminalFind")->isEnabled());

    // Nothing of it is seen at another machine.
    const hosts::VmId other = m_host->addVm(text("db"), VmState::Running);
    m_fixture->window->showVm({ m_host, other }, ui::VmPage::Tab::Console);
    QVERIFY(!panel->isVisible());
}

void tst_VmPage::serialPort_staysConnectedWhileAnotherMachineIsShown()
{
    QTemporaryDir folder;
    QLocalServer port;
    QVERIFY(port.listen(folder.filePath(text("port"))));
    m_host->setSerial(port.fullServerName(), false);
    const hosts::VmId vm = openVm(VmState::Running, ui::VmPage::Tab::Console);
    hosts::VmInfo info = m_host->vm(vm);
    info.consoles = { vmm::ConsoleChoice { .protocol = vmm::ConsoleEndpoint::Protocol::Serial } };
    m_host->addKnownVm(info);
    QTRY_VERIFY(port.hasPendingConnections());
    QLocalSocket* guest = port.nextPendingConnection();
    const QPointer<console::TerminalPanel> panel
        = m_fixture->find<console::TerminalPanel>("terminalPanel");
    guest->write("first\r\n");
    QTRY_COMPARE(panel->session().screen().lineText(0), text("first"));

    info.id = hosts::VmId::createUuid();
    info.name = text("db");
    m_host->addKnownVm(info); // with a port of its own
    m_fixture->window->showVm({ m_host, info.id }, ui::VmPage::Tab::Console);
    QTRY_VERIFY(port.hasPendingConnections());
    QVERIFY(!panel->isVisible());
    guest->write("second\r\n");
    QTRY_COMPARE(panel->session().screen().lineText(1), text("second"));
    m_fixture->window->showVm({ m_host, vm }, ui::VmPage::Tab::Console);
    QCOMPARE(m_fixture->find<QStackedWidget>("consolePages")->currentWidget(), panel);
    QCOMPARE(panel->session().state(), console::SerialSession::State::Live);
    QCOMPARE(panel->session().screen().lineText(0), text("first"));

    // What broke meanwhile is mended on return.
    m_fixture->window->showVm({ m_host, info.id }, ui::VmPage::Tab::Console);
    guest->disconnectFromServer();
    QTRY_COMPARE(panel->session().state(), console::SerialSession::State::Ended);
    m_fixture->window->showVm({ m_host, vm }, ui::VmPage::Tab::Console);
    QTRY_COMPARE(panel->session().state(), console::SerialSession::State::Live);

    // And what broke with the host comes back with it, looked at or not.
    const auto isCut = [&] {
        while (QLocalSocket* each = port.nextPendingConnection())
            each->disconnectFromServer();
        return panel->session().state() == console::SerialSession::State::Ended;
    };
    for (const hosts::VmId& shown : { vm, info.id }) {
        m_fixture->window->showVm({ m_host, shown }, ui::VmPage::Tab::Console);
        m_host->setConnection(hosts::ConnectionState::Disconnected);
        QTRY_VERIFY(isCut());
        m_host->setConnection(hosts::ConnectionState::Connected);
        QTRY_COMPARE(panel->session().state(), console::SerialSession::State::Live);
    }

    m_fixture->window->showVm({ m_host, info.id }, ui::VmPage::Tab::Console);
    m_host->removeVm(vm);
    QTRY_VERIFY(!panel);
}

void tst_VmPage::serialInUse_canBeTakenOver()
{
    m_host->setSerial(text("/nonexistent/serial"), true);
    const hosts::VmId vm = openVm(VmState::Running, ui::VmPage::Tab::Console);
    hosts::VmInfo info = m_host->vm(vm);
    info.consoles = { vmm::ConsoleChoice { .protocol = vmm::ConsoleEndpoint::Protocol::Serial } };
    m_host->addKnownVm(info);
    QAction* takeOver = m_fixture->action("terminalTakeOver");
    QTRY_VERIFY(takeOver->isVisible());
    QVERIFY(allText("consoleError").contains(text("Somebody else")));
    takeOver->trigger();
    auto* pages = m_fixture->find<QStackedWidget>("consolePages");
    QTRY_COMPARE(pages->currentWidget()->objectName(), text("terminalPanel"));
    QVERIFY(!takeOver->isVisible());
}

QTEST_MAIN(tst_VmPage)
#include "moc_WindowTest.cpp"
#include "tst_VmPage.moc"
