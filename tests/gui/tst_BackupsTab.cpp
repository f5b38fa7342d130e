// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoints and backups of one machine, driven in the window.
#include "tests/gui/WindowTest.h"
#include "tests/support/TestNames.h"
#include "ui/text/Units.h"

#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>

using vmm::VmState;

class tst_BackupsTab : public tests::WindowTest {
    Q_OBJECT

private Q_SLOTS:
    void machineWithoutCheckpoints_isBackedUpWithOne();
    void backupSinceACheckpoint_isProposedAndTakesItAlone();
    void backupDialog_saysWhatIsWrong();
    void checkpoint_isMadeAndDeleted();
    void backupUnderWay_tellsItsProgressAndIsCancelled();
    void machineThatIsOff_saysWhy();
    void hostWithoutCheckpoints_saysWhy();
    void hostThatRefuses_isToldAndAskedAgain();

private:
    hosts::VmId open(VmState state) { return openVm(state, ui::VmPage::Tab::Backups); }
    QTreeWidget* tree() const { return m_fixture->find<QTreeWidget>("checkpointTree"); }
    models::Task newestTask() const
    {
        const models::TaskModel& tasks = m_fixture->workspace->tasks;
        return tasks.index(0, 0).data(models::TaskModel::TaskRole).value<models::Task>();
    }
    void awaitNoDialog() { QTRY_VERIFY(!m_fixture->window->findChild<QDialog*>()); }
    void addCheckpoint(hosts::VmId vm, const char* name)
    {
        m_fixture->workspace->commands.run(
            m_host, hosts::CreateCheckpoint { vm, { .name = text(name) } });
    }
    vmm::BackupRequest lastBackup() const
    {
        const auto* backup = std::get_if<hosts::BackUpMachine>(&m_host->asked().last());
        return backup ? backup->request : vmm::BackupRequest {};
    }
};

void tst_BackupsTab::machineWithoutCheckpoints_isBackedUpWithOne()
{
    open(VmState::Running);
    QTRY_VERIFY(m_fixture->find<QWidget>("backupsEmpty")->isVisible());
    m_fixture->action("actionBackup")->trigger();
    auto* folder = m_fixture->find<QLineEdit>("backupFolder");
    QCOMPARE(folder->window()->focusWidget(), folder); // typing begins at once
    QVERIFY(!m_fixture->find<QPushButton>("backupAccept")->isEnabled());
    folder->setText(text("/backups"));
    QVERIFY2(!m_fixture->find<QLineEdit>("backupCheckpoint")->text().isEmpty(),
        "without one the next backup takes everything again");
    m_fixture->find<QLineEdit>("backupCheckpoint")->setText(text("mon"));
    click("backupAccept");
    awaitNoDialog();
    QTRY_COMPARE(newestTask().state, models::TaskState::Succeeded);
    QCOMPARE(lastBackup(),
        (vmm::BackupRequest { .folder = text("/backups"), .checkpoint = text("mon") }));
    QTRY_COMPARE(tree()->topLevelItemCount(), 1);
    QCOMPARE(tree()->topLevelItem(0)->text(0), text("mon"));
    QCOMPARE(tree()->topLevelItem(0)->text(2), ui::Units::bytes(vmm::Bytes::fromMiB(24)));

    m_fixture->action("actionBackup")->trigger();
    QCOMPARE(m_fixture->find<QLineEdit>("backupFolder")->text(), text("/backups"));
}

void tst_BackupsTab::backupSinceACheckpoint_isProposedAndTakesItAlone()
{
    const hosts::VmId vm = open(VmState::Running);
    addCheckpoint(vm, "mon");
    addCheckpoint(vm, "tue");
    QTRY_COMPARE(tree()->topLevelItemCount(), 2);
    QCOMPARE(tree()->topLevelItem(0)->text(0), text("tue")); // newest first
    tree()->setCurrentItem(tree()->topLevelItem(1));
    click("checkpointBackup");
    auto* since = m_fixture->find<QComboBox>("backupSince");
    QTRY_COMPARE(since->count(), 3);
    QTRY_COMPARE(since->currentData().toString(), text("mon"));
    QVERIFY(since->currentText().contains(ui::Units::bytes(vmm::Bytes::fromMiB(24))));
    m_fixture->find<QLineEdit>("backupFolder")->setText(text("/b"));
    m_fixture->find<QLineEdit>("backupCheckpoint")->clear();
    click("backupAccept");
    awaitNoDialog();
    QTRY_COMPARE(lastBackup(), (vmm::BackupRequest { .folder = text("/b"), .since = text("mon") }));
}

void tst_BackupsTab::backupDialog_saysWhatIsWrong()
{
    const hosts::VmId vm = open(VmState::Running);
    addCheckpoint(vm, "mon");
    QTRY_COMPARE(tree()->topLevelItemCount(), 1);
    m_fixture->action("actionBackup")->trigger();
    QTRY_COMPARE(m_fixture->find<QComboBox>("backupSince")->count(), 2);
    auto* accept = m_fixture->find<QPushButton>("backupAccept");
    m_fixture->find<QLineEdit>("backupFolder")->setText(text("backups"));
    QVERIFY(!accept->isEnabled() && accept->toolTip().contains(text("root")));
    m_fixture->find<QLineEdit>("backupFolder")->setText(text("/backups"));
    QVERIFY(accept->isEnabled());
    m_fixture->find<QLineEdit>("backupCheckpoint")->setText(text("mon"));
    QVERIFY(!accept->isEnabled() && accept->toolTip().contains(text("of that name")));
    m_fixture->find<QLineEdit>("backupCheckpoint")->setText(text("a/b"));
    QVERIFY(!accept->isEnabled());
    m_fixture->find<QLineEdit>("backupCheckpoint")->clear();
    QVERIFY(accept->isEnabled());
}

void tst_BackupsTab::checkpoint_isMadeAndDeleted()
{
    open(VmState::Running);
    m_fixture->action("actionCheckpoint")->trigger();
    m_fixture->find<QLineEdit>("checkpointName")->setText(text("mon"));
    click("checkpointAccept");
    awaitNoDialog();
    QTRY_COMPARE(tree()->topLevelItemCount(), 1);
    tree()->setCurrentItem(tree()->topLevelItem(0));
    QTest::keyClick(tree(), Qt::Key_Delete);
    auto* what = m_fixture->find<QComboBox>("deleteCheckpointWhat");
    QCOMPARE(what->count(), 2);
    click("deleteCheckpointAccept");
    awaitNoDialog();
    QTRY_VERIFY(m_fixture->find<QWidget>("backupsEmpty")->isVisible());
}

void tst_BackupsTab::backupUnderWay_tellsItsProgressAndIsCancelled()
{
    open(VmState::Running);
    m_host->holdJobsAt(50);
    m_host->setJobStep(200); // QFuture tells no more than 25 values a second
    m_fixture->action("actionBackup")->trigger();
    m_fixture->find<QLineEdit>("backupFolder")->setText(text("/b"));
    click("backupAccept");
    QTRY_COMPARE(newestTask().progress, 50);
    QVERIFY(newestTask().canCancel);
    m_fixture->action("actionTasks")->trigger();
    QTRY_VERIFY(m_fixture->find<QPushButton>("taskCancel")->isVisible());
    click("taskCancel");
    QTRY_VERIFY(newestTask().state == models::TaskState::Cancelled);
    QTRY_COMPARE(m_host->cancelledJobs(), 1);
}

void tst_BackupsTab::machineThatIsOff_saysWhy()
{
    const hosts::VmId vm = open(VmState::Running);
    addCheckpoint(vm, "mon");
    QTRY_COMPARE(tree()->topLevelItemCount(), 1);
    tree()->setCurrentItem(tree()->topLevelItem(0));
    m_host->setState(vm, VmState::ShutOff);
    QTRY_COMPARE(tree()->topLevelItem(0)->text(2), text("not known"));
    for (const char* name : { "backupStart", "checkpointCreate", "checkpointBackup" }) {
        auto* button = m_fixture->find<QPushButton>(name);
        QTRY_VERIFY2(!button->isEnabled(), name);
        QVERIFY2(button->toolTip().contains(text("switched off")), qPrintable(button->toolTip()));
    }
    click("checkpointDelete");
    QCOMPARE(m_fixture->find<QComboBox>("deleteCheckpointWhat")->count(), 1); // its entry alone
}

void tst_BackupsTab::hostWithoutCheckpoints_saysWhy()
{
    m_host->setMissing(hosts::Feature::Checkpoints, text("Its driver has none."));
    m_host->setMissing(hosts::Feature::Backup, text("Nor has it these."));
    open(VmState::Running);
    QTRY_VERIFY(
        m_fixture->find<QLabel>("backupsEmptyText")->text().contains(text("Its driver has none.")));
    QVERIFY(!m_fixture->action("actionBackup")->isEnabled());
    QVERIFY(m_fixture->action("actionBackup")->toolTip().contains(text("Nor has it these.")));
    QVERIFY(m_fixture->action("actionCheckpoint")->toolTip().contains(text("has none.")));
}

void tst_BackupsTab::hostThatRefuses_isToldAndAskedAgain()
{
    m_host->failNext({ vmm::ErrorKind::TimedOut, text("fake"), text("no answer") });
    open(VmState::ShutOff); // nobody asks for its picture
    QTRY_VERIFY(m_fixture->find<QWidget>("backupsError")->isVisible());
    click("backupsErrorRetry");
    QTRY_VERIFY(m_fixture->find<QWidget>("backupsEmpty")->isVisible());
}

QTEST_MAIN(tst_BackupsTab)
#include "moc_WindowTest.cpp"
#include "tst_BackupsTab.moc"
