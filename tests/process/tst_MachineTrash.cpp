// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/embedded/EmbeddedHost.h"
#include "tests/support/Await.h"
#include "tests/support/QemuImg.h"
#include "tests/support/TempHome.h"
#include "tests/support/TestNames.h"
#include "vmm/qemu/Core.h"
#include "vmm/qemu/Storage.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace vmm;
using hosts::embedded::EmbeddedHost;
using tests::qemuImg;
using tests::smallDomainXml;
using tests::TempHome;
using tests::waitFor;

/// Removed machines, renamed ones, and those that start by themselves.
class TestMachineTrash : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<TempHome> m_home;
    std::unique_ptr<Core> m_core;

    void open()
    {
        m_core.reset();
        m_core = std::make_unique<Core>(m_home->fakeOptions());
        VERIFY_OK(waitFor(m_core->open()));
    }

    QUuid define(const QString& name, const QUuid& id = QUuid::createUuid())
    {
        const auto defined = waitFor(m_core->define(smallDomainXml(name, id)));
        [&] { VERIFY_OK(defined); }();
        return defined.value_or(QUuid());
    }

    void forgetBoot() { QFile::remove(m_home->runtimeFolder() + QStringLiteral("/autostarted")); }

    void openAtBoot(const Core::WhenReady& whenReady = {})
    {
        forgetBoot();
        open();
        m_core->runAutostart(whenReady);
    }

    QUuid defineOn(const QString& name, const QString& disk)
    {
        const auto defined = waitFor(m_core->define(smallDomainXml(name, QUuid::createUuid(),
            QStringLiteral("<disk type='file'><driver type='qcow2'/><source file='%1'/>"
                           "<target dev='vda'/></disk>")
                .arg(disk))));
        [&] { VERIFY_OK(defined); }();
        return defined.value_or(QUuid());
    }

    static void setAutostart(StoredState& state) { state.isAutostart = true; }

    Result<void> undefine(const QUuid& id)
    {
        return waitFor(m_core->perform(id, VmAction::Undefine));
    }

    QVector<TrashedMachine> trashed() { return waitFor(m_core->trash().list()).value_or({}); }

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<TempHome>();
        open();
    }

    void cleanup()
    {
        const auto machines = m_core->machines();
        for (Machine* machine : machines) {
            if (isAllowed(VmAction::ForceOff, machine->state()))
                VERIFY_OK(waitFor(machine->forceOff()));
        }
        m_core.reset();
        m_home.reset();
    }

    void removedMachine_isListedAndComesBackWhole()
    {
        const QUuid id = define(QStringLiteral("web"));
        VERIFY_OK(m_core->keepState(*m_core->machine(id), &setAutostart));
        const MachinePlaces places = m_core->machine(id)->places();
        QFile disk(places.diskFolder() + QStringLiteral("/a.raw"));
        QVERIFY(disk.open(QIODevice::WriteOnly) && disk.write(QByteArray(100'000, 'x')) > 0);
        disk.close();
        const QDateTime before = QDateTime::currentDateTimeUtc();
        VERIFY_OK(undefine(id));
        QVERIFY(!QFile::exists(places.folder));
        const auto list = trashed();
        QCOMPARE(list.size(), 1);
        QCOMPARE(list.first().id, id);
        QCOMPARE(list.first().name, QStringLiteral("web"));
        QVERIFY(list.first().size >= Bytes::fromBytes(100'000));
        QVERIFY(list.first().removed >= before.addSecs(-1));

        open(); // it is in no memory
        QVERIFY(!m_core->machine(id));
        VERIFY_OK(m_core->restoreTrashed(id));
        QCOMPARE(m_core->machine(id)->name(), QStringLiteral("web"));
        QVERIFY(m_core->machine(id)->storedState().isAutostart);
        QVERIFY(QFile::exists(disk.fileName()));
        QVERIFY(trashed().isEmpty());
    }

    void takenName_keepsItInTheTrash()
    {
        const QUuid id = define(QStringLiteral("web"));
        VERIFY_OK(undefine(id));
        define(QStringLiteral("web"));
        QCOMPARE(waitFor(m_core->restoreTrashed(id)).error().cause, ErrorCause::NameInUse);
        QCOMPARE(trashed().size(), 1);
    }

    void takenUuid_keepsItInTheTrash()
    {
        const QUuid id = define(QStringLiteral("web"));
        VERIFY_OK(undefine(id));
        define(QStringLiteral("other"), id);
        QCOMPARE(waitFor(m_core->restoreTrashed(id)).error().kind, ErrorKind::AlreadyExists);
        // Both may be in the trash: the later one comes back.
        VERIFY_OK(undefine(id));
        QCOMPARE(trashed().size(), 2);
        VERIFY_OK(m_core->restoreTrashed(id));
        QCOMPARE(m_core->machine(id)->name(), QStringLiteral("other"));
    }

    void unknownMachine_isNotInTheTrash()
    {
        QCOMPARE(
            waitFor(m_core->restoreTrashed(QUuid::createUuid())).error().kind, ErrorKind::NotFound);
        QCOMPARE(m_core->trash().empty({ QUuid::createUuid() }).error().kind, ErrorKind::NotFound);
    }

    void emptiedTrash_leavesNothingButTheOthers()
    {
        const QUuid first = define(QStringLiteral("first"));
        const QUuid second = define(QStringLiteral("second"));
        VERIFY_OK(undefine(first));
        VERIFY_OK(undefine(second));
        VERIFY_OK(m_core->trash().empty({ first }));
        QCOMPARE(trashed().size(), 1);
        QCOMPARE(trashed().first().id, second);
        VERIFY_OK(m_core->trash().empty({}));
        QVERIFY(trashed().isEmpty());
        QTRY_VERIFY(QDir(m_home->dataFolder() + QStringLiteral("/machines"))
                        .isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
    }

    void strangeEntries_areNoMachines()
    {
        m_home->write(QStringLiteral("data/trash/readme/domain.xml"), "x");
        m_home->write(QStringLiteral("data/trash/file"), "x");
        QVERIFY(trashed().isEmpty());
        VERIFY_OK(m_core->trash().empty({}));
        QVERIFY(QFile::exists(m_home->path(QStringLiteral("data/trash/readme/domain.xml"))));
    }

    void renamedMachine_keepsRunning()
    {
        const QUuid id = define(QStringLiteral("old"));
        define(QStringLiteral("taken"));
        VERIFY_OK(waitFor(m_core->perform(id, VmAction::Start)));
        QCOMPARE(waitFor(m_core->rename(id, QStringLiteral("taken"))).error().cause,
            ErrorCause::NameInUse);
        QCOMPARE(waitFor(m_core->rename(id, QStringLiteral("a/b"))).error().kind,
            ErrorKind::InvalidConfig);
        QCOMPARE(waitFor(m_core->rename(id, QString())).error().kind, ErrorKind::InvalidConfig);
        VERIFY_OK(m_core->rename(id, QStringLiteral("new")));
        QVERIFY(!m_core->machine(id)->hasPendingChanges());
        open();
        QCOMPARE(m_core->machine(id)->name(), QStringLiteral("new"));
        QCOMPARE(m_core->machine(id)->state(), VmState::Running);
        QVERIFY(!m_core->machine(id)->hasPendingChanges());
    }

    void autostart_happensOnceAfterABoot()
    {
        QVector<QUuid> ids;
        for (int i = 0; i < 8; ++i) {
            ids.append(define(QStringLiteral("vm%1").arg(i)));
            if (i < 7)
                VERIFY_OK(m_core->keepState(*m_core->machine(ids.last()), &setAutostart));
        }
        QVERIFY(QDir().exists(m_home->runtimeFolder()));
        openAtBoot();
        for (int i = 0; i < 7; ++i)
            QTRY_COMPARE(m_core->machine(ids[i])->state(), VmState::Running);
        QCOMPARE(m_core->machine(ids[7])->state(), VmState::ShutOff);
        // Who shuts one down finds it off.
        VERIFY_OK(waitFor(m_core->perform(ids[0], VmAction::ForceOff)));
        open();
        m_core->runAutostart();
        VERIFY_OK(waitFor(m_core->perform(ids[1], VmAction::Pause)));
        VERIFY_OK(waitFor(m_core->perform(ids[1], VmAction::Resume)));
        QCOMPARE(m_core->machine(ids[0])->state(), VmState::ShutOff);
        QCOMPARE(m_core->machine(ids[1])->state(), VmState::Running);
    }

    void autostart_goesOnAfterAFailure()
    {
        const QUuid broken = define(QStringLiteral("a"));
        const QUuid good = define(QStringLiteral("b"));
        VERIFY_OK(m_core->keepState(*m_core->machine(broken), &setAutostart));
        VERIFY_OK(m_core->keepState(*m_core->machine(good), &setAutostart));
        VERIFY_OK(m_core->define(smallDomainXml(QStringLiteral("a"), broken,
            QStringLiteral("<disk type='file'><source file='/nonexistent/x'/><target dev='vda'/>"
                           "</disk>"))));
        openAtBoot();
        QTRY_COMPARE(m_core->machine(good)->state(), VmState::Running);
        QCOMPARE(m_core->machine(broken)->state(), VmState::ShutOff);
    }

    void autostart_waitsForOneThatIsBeingPutInOrder()
    {
        const QUuid early = define(QStringLiteral("early"));
        const QUuid late = define(QStringLiteral("late"));
        const QUuid other = define(QStringLiteral("other"));
        for (const QUuid& id : { early, late, other })
            VERIFY_OK(m_core->keepState(*m_core->machine(id), &setAutostart));
        Promise<void> isLateReady;
        openAtBoot([&](const QUuid& id) {
            return id == late ? isLateReady.future() : async::ready<void>({});
        });
        QTRY_COMPARE(m_core->machine(other)->state(), VmState::Running);
        QTRY_COMPARE(m_core->machine(early)->state(), VmState::Running);
        QCOMPARE(m_core->machine(late)->state(), VmState::ShutOff);
        isLateReady.finish(Error { ErrorKind::Io });
        QTRY_COMPARE(m_core->machine(late)->state(), VmState::Running);
    }

    void autostart_leavesAloneWhatMustNotRun()
    {
        const QString base = m_home->path(QStringLiteral("base.qcow2"));
        const QString overlay = m_home->path(QStringLiteral("overlay.qcow2"));
        QVERIFY(qemuImg(QStringLiteral("create -q -f qcow2 %1 8M"), { base }));
        QVERIFY(qemuImg(QStringLiteral("create -q -f qcow2 -F qcow2 -b %1 %2"), { base, overlay }));
        const QUuid model = define(QStringLiteral("a template"));
        const QUuid origin = defineOn(QStringLiteral("b origin of linked clones"), base);
        const QUuid half = define(QStringLiteral("c half gone back to a snapshot"));
        const QUuid good = define(QStringLiteral("d good"));
        defineOn(QStringLiteral("clone"), overlay);
        VERIFY_OK(m_core->keepState(
            *m_core->machine(model), [](StoredState& state) { state.isTemplate = true; }));
        for (const QUuid& id : { model, origin, half, good })
            VERIFY_OK(m_core->keepState(*m_core->machine(id), &setAutostart));
        const QString folder = m_core->machine(half)->places().folder;
        QVERIFY(QDir(folder).mkpath(QStringLiteral("snapshots")));
        VERIFY_OK(SnapshotStore(folder).writeJournal(
            { .tag = RevertJournal::kBeforeTag + QStringLiteral("x"), .xml = {} }));
        m_core.reset();
        forgetBoot();

        EmbeddedHost host(
            *hosts::HostUri::parse(QStringLiteral("embedded:///")), m_home->fakeOptions());
        host.open();
        const auto stateOf = [&host](const QUuid& id) {
            const QVector<hosts::VmInfo> vms = host.vms();
            for (const hosts::VmInfo& vm : vms) {
                if (vm.id == id)
                    return vm.state;
            }
            return VmState::Unknown;
        };
        QTRY_COMPARE(stateOf(good), VmState::Running);
        for (const QUuid& id : { model, origin, half })
            QCOMPARE(stateOf(id), VmState::ShutOff);
        QCOMPARE(waitFor(host.run(hosts::Perform { half, VmAction::Start })).error().kind,
            ErrorKind::Busy);
        const auto refused = waitFor(host.run(hosts::SetAutostart { model, true }));
        QCOMPARE(refused.error().kind, ErrorKind::WrongState);
        VERIFY_OK(waitFor(host.run(hosts::SetAutostart { model, false })));
        VERIFY_OK(waitFor(host.run(hosts::Perform { good, VmAction::ForceOff })));
        host.close();
        open();
    }

    void machineThatBecomesATemplate_isNoLongerStartedByItself()
    {
        const QUuid id = define(QStringLiteral("vm"));
        VERIFY_OK(m_core->keepState(*m_core->machine(id), &setAutostart));
        Storage storage(*m_core);
        VERIFY_OK(waitFor(storage.clones().setTemplate(*m_core->machine(id), true)));
        QVERIFY(m_core->machine(id)->storedState().isTemplate);
        QVERIFY(!m_core->machine(id)->storedState().isAutostart);
    }
};

QTEST_GUILESS_MAIN(TestMachineTrash)
#include "tst_MachineTrash.moc"
