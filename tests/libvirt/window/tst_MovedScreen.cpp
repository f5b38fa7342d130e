// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A machine whose screen is open moves to another host: the program's window with two real
// libvirtds, each in a network of its own, and a real guest.
#include "console/ConsoleSession.h"
#include "console/ConsoleView.h"
#include "hosts/Migration.h"
#include "tests/program/fixture/ProgramFixture.h"
#include "tests/support/BrightPixels.h"
#include "tests/support/LibvirtdFixture.h"
#include "tests/support/TestNames.h"
#include "tests/support/TwoNetworks.h"
#include "ui/consoles/ConsoleSessions.h"
#include "ui/consoles/OpenConsole.h"

#include <QSignalSpy>
#include <QTest>

using console::SessionState;
using vmm::VmState;

namespace {

constexpr int kPatienceMs = 60'000;
const QString kName = QStringLiteral("traveller");

} // namespace

class tst_MovedScreen : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (const QString reason = tests::LibvirtdFixture::missing(); !reason.isEmpty())
            QSKIP(qPrintable(reason));
        m_networks = std::make_unique<tests::TwoNetworks>();
        if (!m_networks->works())
            QSKIP("no network namespaces can be made here");
        m_hereDaemon.joinNetwork(tests::TwoNetworks::first());
        m_thereDaemon.joinNetwork(tests::TwoNetworks::second());
        QVERIFY2(m_hereDaemon.start(), qPrintable(m_hereDaemon.problem()));
        QVERIFY2(m_thereDaemon.start(), qPrintable(m_thereDaemon.problem()));
    }

    void screenOfAMovedMachine_staysWhereItIsAndGoesOn()
    {
        tests::ProgramFixture program;
        const QString file = program.machineFile(kName);
        m_hereDaemon.virsh({ QStringLiteral("define"), file });
        m_hereDaemon.virsh({ QStringLiteral("start"), kName });
        program.start({ .only = { m_hereDaemon.uri().toString(), m_thereDaemon.uri().toString() },
            .size = QSize(1280, 800) });
        auto& window = program.application().window();
        const auto* machine = [&]() -> const models::VmRecord* {
            const models::VmRecord* found = nullptr;
            [&] { QTRY_VERIFY_WITH_TIMEOUT((found = runningMachine(program)), kPatienceMs); }();
            return found;
        }();
        QVERIFY(machine);
        hosts::Host* here = machine->host;
        hosts::Host* there = otherHost(program, here);
        QTRY_COMPARE_WITH_TIMEOUT(
            there->connectionState(), hosts::ConnectionState::Connected, kPatienceMs);
        const hosts::VmId vm = machine->info.id;
        window.showVm({ here, vm }, ui::VmPage::Tab::Console);
        auto* view = window.findChild<console::ConsoleView*>(QStringLiteral("consoleView"));
        QVERIFY(view);
        QTRY_VERIFY_WITH_TIMEOUT(view->session(), kPatienceMs);
        const auto pixels = [&] { return tests::brightPixels(view->session()->frame()); };
        QTRY_COMPARE_WITH_TIMEOUT(view->session()->state(), SessionState::Live, kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(pixels() > 200, kPatienceMs); // it has booted
        ui::OpenConsole* console = window.consoles().find({ here, vm });
        QVERIFY(console);

        QSignalSpy states(&console->session(), &console::ConsoleSession::stateChanged);
        const auto moved = here->call(hosts::MigrateMachine { vm,
            { .target = m_thereDaemon.uri().toString(),
                .route = hosts::MigrationRoute::Direct,
                .dataAddress = QStringLiteral("tcp://") + tests::TwoNetworks::secondAddress() } });
        QTRY_VERIFY_WITH_TIMEOUT(moved.isFinished(), kPatienceMs);
        const auto result = moved.result();
        QVERIFY2(result.has_value(), result ? "" : qPrintable(result.error().toString()));

        QTRY_COMPARE_WITH_TIMEOUT(console->vm().host, there, kPatienceMs);
        // It was live over here until just now.
        QTRY_VERIFY_WITH_TIMEOUT(
            states.size() >= 2 && console->session().state() == SessionState::Live, kPatienceMs);
        QCOMPARE(window.consoles().all().size(), 1);
        QCOMPARE(&console->session(), view->session());
        QVERIFY(view->isVisible());
        // Keys reach the machine where it is now: what is typed appears on its screen.
        QTRY_VERIFY_WITH_TIMEOUT(pixels() > 200, kPatienceMs);
        const int before = pixels();
        QTest::qWait(500); // keys of the first moments over there are lost
        view->setFocus();
        QTest::keyClicks(view, QStringLiteral("uname -a"), Qt::NoModifier, 20);
        QTest::keyClick(view, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(pixels() > before + 1000, kPatienceMs); // the answer, a whole line
    }

    void cleanup()
    {
        for (tests::LibvirtdFixture* daemon : { &m_hereDaemon, &m_thereDaemon }) {
            daemon->virsh({ QStringLiteral("destroy"), kName });
            daemon->virsh({ QStringLiteral("undefine"), kName });
        }
    }

private:
    static const models::VmRecord* runningMachine(tests::ProgramFixture& program)
    {
        const auto& inventory = program.application().workspace().inventory;
        for (const hosts::Host* host : inventory.hosts()) {
            for (const models::VmRecord* vm : inventory.vms(host)) {
                if (vm->info.name == kName && vm->info.state == VmState::Running)
                    return vm;
            }
        }
        return nullptr;
    }
    static hosts::Host* otherHost(tests::ProgramFixture& program, const hosts::Host* one)
    {
        for (hosts::Host* host : program.application().workspace().inventory.hosts()) {
            if (host != one)
                return host;
        }
        return nullptr;
    }

    std::unique_ptr<tests::TwoNetworks> m_networks;
    tests::LibvirtdFixture m_hereDaemon;
    tests::LibvirtdFixture m_thereDaemon;
};

QTEST_MAIN(tst_MovedScreen)
#include "tst_MovedScreen.moc"
