// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/RemoteHost.h"
#include "tests/support/HostRecorder.h"
#include "tests/support/TempHome.h"
#include "tests/support/TestNames.h"

#include <QDir>
#include <QTest>

#include <csignal>

using namespace hosts;
using vmm::VmAction;
using vmm::VmState;

/// A real machine whose host program goes away.
class tst_HostProgramCrash : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QDir().mkpath(m_home.runtimeFolder());
        QFile::setPermissions(m_home.runtimeFolder(),
            QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
        qputenv("XDG_RUNTIME_DIR", m_home.runtimeFolder().toLocal8Bit());
        QVERIFY(QDir().mkpath(m_home.dataFolder()));
    }

    void killedHostProgram_leavesItsMachinesRunning()
    {
        wire::RemoteHost host(uri(), m_thread, options());
        tests::HostRecorder seen(host);
        const VmId vm = startMachine(host);
        const QDateTime since = seen.vm(vm)->since;
        QVERIFY(since.isValid());
        bool wasLost = false;
        connect(&host, &Host::connectionChanged, this, [&](ConnectionState state) {
            if (state != ConnectionState::Reconnecting)
                return;
            wasLost = true;
            QCOMPARE(host.vms().size(), 1); // as it was known
            QCOMPARE(host.vms().first().state, VmState::Running);
        });
        const qint64 pid = servingPid();
        QVERIFY(pid > 0);
        QCOMPARE(::kill(pid_t(pid), SIGKILL), 0);
        QTRY_VERIFY(wasLost);
        QTRY_COMPARE_WITH_TIMEOUT(host.connectionState(), ConnectionState::Connected, 20'000);
        QVERIFY(servingPid() != pid);
        QVERIFY(seen.vm(vm));
        QCOMPARE(seen.vm(vm)->state, VmState::Running);
        QVERIFY(qAbs(seen.vm(vm)->since.secsTo(since)) <= 1); // it is the same run
        end(host, vm);
        QTRY_VERIFY(!seen.vm(vm));
    }

    void closedHost_leavesItsMachinesRunning()
    {
        VmId vm;
        {
            wire::RemoteHost host(uri(), m_thread, options());
            vm = startMachine(host);
        }
        QTRY_COMPARE(hostProgramPid(), 0);
        wire::RemoteHost host(uri(), m_thread, options());
        tests::HostRecorder seen(host);
        host.open();
        QTRY_COMPARE_WITH_TIMEOUT(host.connectionState(), ConnectionState::Connected, 20'000);
        QVERIFY(seen.vm(vm));
        QCOMPARE(seen.vm(vm)->state, VmState::Running);
        end(host, vm);
    }

private:
    HostUri uri() const
    {
        return HostUri::parse(QStringLiteral("embedded://") + m_home.dataFolder()).value();
    }

    static wire::RemoteHostOptions options()
    {
        return { .program = QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-host") };
    }

    VmId startMachine(Host& host)
    {
        host.open();
        [&] {
            QTRY_COMPARE_WITH_TIMEOUT(host.connectionState(), ConnectionState::Connected, 20'000);
        }();
        const VmId vm = QUuid::createUuid();
        const auto defined = host.define(tests::smallDomainXml(vm.toString(), vm));
        [&] { QTRY_VERIFY(defined.isFinished()); }();
        const auto started = host.perform(vm, VmAction::Start);
        [&] { QTRY_VERIFY_WITH_TIMEOUT(started.isFinished(), 60'000); }();
        [&] { QVERIFY(started.resultAt(0).has_value()); }();
        return vm;
    }

    static void end(Host& host, VmId vm)
    {
        const auto off = host.perform(vm, VmAction::ForceOff);
        QTRY_VERIFY_WITH_TIMEOUT(off.isFinished(), 20'000);
        QVERIFY(off.resultAt(0).has_value());
        const auto removed = host.perform(vm, VmAction::Undefine);
        QTRY_VERIFY(removed.isFinished());
    }

    /// The one that has the machines: it holds the lock of the data folder.
    qint64 servingPid() const
    {
        QFile lock(m_home.dataFolder() + QStringLiteral("/lock"));
        return lock.open(QIODevice::ReadOnly) ? lock.readAll().trimmed().toLongLong() : 0;
    }

    /// A host program of this test's data folder; 0 if there is none.
    qint64 hostProgramPid() const
    {
        const auto entries = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs);
        for (const QString& entry : entries) {
            QFile file(QStringLiteral("/proc/") + entry + QStringLiteral("/cmdline"));
            if (!file.open(QIODevice::ReadOnly))
                continue;
            const QByteArray line = file.readAll();
            if (line.contains("virtdeck-host") && line.contains(m_home.dataFolder().toLocal8Bit()))
                return entry.toLongLong();
        }
        return 0;
    }

    tests::TempHome m_home;
    wire::WireThread m_thread;
};

QTEST_GUILESS_MAIN(tst_HostProgramCrash)
#include "tst_HostProgramCrash.moc"
