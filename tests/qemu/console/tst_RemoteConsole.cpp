// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The screen of a machine of another computer: a real sshd, virtdeck-host behind it, a real QEMU,
// and SPICE through the same ssh connection.
#include "console/ConsoleSession.h"
#include "console/SpiceHelperTransport.h"
#include "hosts/wire/RemoteHost.h"
#include "tests/support/Await.h"
#include "tests/support/BrightPixels.h"
#include "tests/support/HostRecorder.h"
#include "tests/support/SshdFixture.h"
#include "tests/support/TempHome.h"
#include "tests/support/TestGuest.h"
#include "tests/support/TestNames.h"

#include <QDir>
#include <QTest>

#include <cmath>

using namespace hosts;
using tests::waitFor;
using vmm::VmAction;
using vmm::VmState;

namespace {

constexpr int kPatienceMs = 60'000;

} // namespace

class tst_RemoteConsole : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_guest = tests::TestGuest::find();
        if (!m_guest)
            QSKIP("Tiny Linux is not built; run ./dev guest");
        if (const QString why = tests::SshdFixture::whyMissing(); !why.isEmpty())
            QSKIP(qPrintable(why));
        QDir().mkpath(m_home.runtimeFolder());
        QFile::setPermissions(m_home.runtimeFolder(),
            QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
        qputenv("XDG_RUNTIME_DIR", m_home.runtimeFolder().toLocal8Bit());
        QVERIFY(m_sshd.start(
            QStringLiteral(VIRTDECK_BIN_DIR ":/usr/bin:/bin"), m_home.runtimeFolder()));
    }

    void screen_isTheSameHereAsThere()
    {
        wire::RemoteHost host(uri(), m_thread, options(true));
        wire::RemoteHost there(uri(), m_thread, options(false));
        for (wire::RemoteHost* each : { &host, &there }) {
            each->open();
            QTRY_COMPARE_WITH_TIMEOUT(
                each->connectionState(), ConnectionState::Connected, kPatienceMs);
        }
        tests::HostRecorder seen(host);
        const auto made = waitFor(host.define(m_guest->domainXml(QStringLiteral("far"))));
        VERIFY_OK(made);
        VERIFY_OK(waitFor(host.perform(*made, VmAction::Start), kPatienceMs));
        host.setVisibleVms({ *made });

        const auto here = waitFor(host.consoleEndpoint(*made), kPatienceMs);
        const auto direct = waitFor(there.consoleEndpoint(*made), kPatienceMs);
        VERIFY_OK(here);
        VERIFY_OK(direct);
        QVERIFY(here->unixSocket != direct->unixSocket);

        QImage through;
        {
            console::ConsoleSession session(transport());
            session.open(*here);
            QTRY_COMPARE_WITH_TIMEOUT(session.state(), console::SessionState::Live, kPatienceMs);
            QTRY_VERIFY_WITH_TIMEOUT(tests::brightPixels(session.frame()) > 3000, 2 * kPatienceMs);
            QTRY_VERIFY_WITH_TIMEOUT(
                !std::isnan(seen.values(*made)[VmMetric::CpuLoad]), kPatienceMs);
            // Nothing changes on the screen of a machine that stands still.
            VERIFY_OK(waitFor(host.perform(*made, VmAction::Pause), kPatienceMs));
            QTest::qWait(1000);
            through = session.frame().copy();
            session.close();
        }
        console::ConsoleSession session(transport());
        session.open(*direct);
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), console::SessionState::Live, kPatienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(session.frame().size(), through.size(), kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(session.frame().copy() == through, kPatienceMs);
        session.close();

        // The forward goes with the machine's run.
        VERIFY_OK(waitFor(host.perform(*made, VmAction::ForceOff), kPatienceMs));
        QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(here->unixSocket), kPatienceMs);
        VERIFY_OK(waitFor(host.perform(*made, VmAction::Undefine), kPatienceMs));
    }

private:
    HostUri uri() const
    {
        return HostUri::parse(
            QStringLiteral("embedded+ssh://") + m_sshd.authority() + m_home.dataFolder())
            .value();
    }

    wire::RemoteHostOptions options(bool reachesConsoles) const
    {
        return { .ssh = { .arguments = m_sshd.clientArguments() },
            .reachesConsoles = reachesConsoles };
    }

    static console::TransportFactory transport()
    {
        return console::SpiceHelperTransport::factory(
            QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-console"));
    }

    std::optional<tests::TestGuest> m_guest;
    tests::TempHome m_home;
    tests::SshdFixture m_sshd;
    wire::WireThread m_thread;
};

QTEST_MAIN(tst_RemoteConsole)
#include "tst_RemoteConsole.moc"
