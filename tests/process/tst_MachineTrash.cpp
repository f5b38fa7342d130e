// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Await.h"
#include "tests/support/TempHome.h"
#include "tests/support/TestNames.h"
#include "vmm/qemu/Core.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace vmm;
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
        QFile::remove(m_home->runtimeFolder() + QStringLiteral("/autostarted"));
        open();
        for (int i = 0; i < 7; ++i)
            QTRY_COMPARE(m_core->machine(ids[i])->state(), VmState::Running);
        QCOMPARE(m_core->machine(ids[7])->state(), VmState::ShutOff);
        // Who shuts one down finds it off.
        VERIFY_OK(waitFor(m_core->perform(ids[0], VmAction::ForceOff)));
        open();
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
        QFile::remove(m_home->runtimeFolder() + QStringLiteral("/autostarted"));
        open();
        QTRY_COMPARE(m_core->machine(good)->state(), VmState::Running);
        QCOMPARE(m_core->machine(broken)->state(), VmState::ShutOff);
    }
};

QTEST_GUILESS_MAIN(TestMachineTrash)
#include "tst_MachineTrash.moc"
