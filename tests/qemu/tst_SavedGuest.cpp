// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/GuestFixture.h"
#include "tests/support/TestNames.h"
#include "vmm/qemu/SavedMemory.h"

#include <QFileInfo>

using namespace vmm;
using tests::contentOf;
using tests::GuestShell;
using tests::SmallDisk;
using tests::TempHome;
using tests::waitFor;

namespace {

const QByteArray kBootId = "cat /proc/sys/kernel/random/boot_id";

} // namespace

/// A real guest that is saved to disk and goes on from there.
class TestSavedGuest : public tests::GuestFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!m_guest)
            QSKIP("no test guest: ./dev guest builds it");
    }
    void init() { m_home = std::make_unique<TempHome>(); }
    void cleanup() { end(); }

    void savedGuest_goesOnWhereItWas()
    {
        open(m_home->options());
        boot(m_guest->domainXml(QStringLiteral("saved")));
        const QByteArray bootId
            = GuestShell(m_vm->places().serialSocket()).ask(kBootId + "; echo 4711 >/tmp/mark");
        QCOMPARE(bootId.size(), 36);
        const qint64 pid = m_vm->process().pid;

        VERIFY_OK(act(VmAction::Save));
        QCOMPARE(m_vm->state(), VmState::ShutOff);
        QCOMPARE(m_vm->status().reason, StateReason::Saved);
        QVERIFY(m_vm->hasSavedMemory());
        QVERIFY(!ProcessIdentity::of(pid).isValid());
        QCOMPARE(
            waitFor(m_core->define(m_vm->xml())).error().cause, ErrorCause::SavedMemoryInTheWay);

        // Another VirtDeck knows it too.
        open(m_home->options());
        m_vm = m_core->machines().constFirst();
        QCOMPARE(m_vm->status().reason, StateReason::Saved);
        VERIFY_OK(act(VmAction::Start));
        QCOMPARE(m_vm->state(), VmState::Running);
        QCOMPARE(m_vm->status().reason, StateReason::Restored);
        QVERIFY(!m_vm->hasSavedMemory());
        GuestShell after(m_vm->places().serialSocket());
        QCOMPARE(after.ask(kBootId), bootId);
        QCOMPARE(after.ask("cat /tmp/mark"), QByteArray("4711"));
        QVERIFY(!QFile::exists(m_vm->places().folder + QStringLiteral("/saved")));
        QTRY_VERIFY(!QFile::exists(m_vm->places().folder + QStringLiteral("/used")));
    }

    void pausedGuest_isPausedAfterItsRestore()
    {
        open(m_home->options());
        boot(m_guest->domainXml(QStringLiteral("saved")));
        VERIFY_OK(act(VmAction::Pause));
        VERIFY_OK(act(VmAction::Save));
        QCOMPARE(m_vm->status().reason, StateReason::Saved);
        VERIFY_OK(act(VmAction::Start));
        QCOMPARE(m_vm->state(), VmState::Paused);
        VERIFY_OK(act(VmAction::Resume));
        QVERIFY(!GuestShell(m_vm->places().serialSocket()).ask(kBootId).isEmpty());
    }

    void cancelledSave_runsOn()
    {
        open(m_home->options());
        boot(m_guest->domainXml(QStringLiteral("cancelled")));
        const QByteArray bootId = GuestShell(m_vm->places().serialSocket()).ask(kBootId);
        auto save = m_core->perform(m_vm->id(), VmAction::Save);
        QTRY_COMPARE(m_vm->status().reason, StateReason::Saving);
        save.cancel();
        QTRY_COMPARE(m_vm->state(), VmState::Running);
        QVERIFY(!m_vm->hasSavedMemory());
        QTRY_VERIFY(!m_vm->occupation());
        QVERIFY(!SavedMemory(m_vm->places().folder).isBeingWritten());
        QCOMPARE(GuestShell(m_vm->places().serialSocket()).ask(kBootId), bootId);
    }

    void saveOnAFullDisk_runsOn()
    {
        m_disk = std::make_unique<SmallDisk>(m_home->dataFolder(), "24m");
        if (!m_disk->isMounted())
            QSKIP("mounting takes root");
        open(m_home->options());
        boot(m_guest->domainXml(QStringLiteral("big")));
        const QByteArray bootId = GuestShell(m_vm->places().serialSocket()).ask(kBootId);
        const auto saved = act(VmAction::Save);
        QCOMPARE(saved.error().cause, ErrorCause::DiskFull);
        QCOMPARE(m_vm->state(), VmState::Running);
        QVERIFY(!m_vm->hasSavedMemory());
        QVERIFY(!SavedMemory(m_vm->places().folder).isBeingWritten());
        QCOMPARE(GuestShell(m_vm->places().serialSocket()).ask(kBootId), bootId);

        QVERIFY(m_disk->resize("512m"));
        VERIFY_OK(act(VmAction::Save));
        VERIFY_OK(act(VmAction::Start));
        QCOMPARE(GuestShell(m_vm->places().serialSocket()).ask(kBootId), bootId);
    }

    void damagedMemory_isKeptUntilDiscarded()
    {
        open(m_home->options());
        boot(m_guest->domainXml(QStringLiteral("damaged")));
        VERIFY_OK(act(VmAction::Save));
        const QString memory = SavedMemory(m_vm->places().folder).memoryFile();
        QVERIFY(QFile::resize(memory, QFileInfo(memory).size() / 2));
        const auto started = act(VmAction::Start);
        QCOMPARE(started.error().kind, ErrorKind::ProcessFailed);
        QVERIFY2(started.error().detail.contains(QStringLiteral("load of migration failed")),
            qPrintable(started.error().toString()));
        QCOMPARE(m_vm->state(), VmState::ShutOff);
        QCOMPARE(m_vm->status().reason, StateReason::StartFailed);
        QVERIFY(m_vm->hasSavedMemory());
        QVERIFY(QFile::exists(memory));
        VERIFY_OK(act(VmAction::DiscardSave));
        QVERIFY(!m_vm->hasSavedMemory());
        VERIFY_OK(act(VmAction::Start));
        waitForReady(1);
    }
};

QTEST_GUILESS_MAIN(TestSavedGuest)
#include "tst_SavedGuest.moc"
