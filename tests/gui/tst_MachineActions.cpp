// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Snapshots, clones, templates and the other actions on one machine, driven in the window.
#include "tests/gui/WindowTest.h"
#include "tests/support/TestNames.h"
#include "ui/text/Text.h"

#include <QCheckBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QToolButton>
#include <QTreeWidget>
#include <QTreeWidgetItemIterator>

using vmm::VmState;

class tst_MachineActions : public tests::WindowTest {
    Q_OBJECT

private Q_SLOTS:
    void snapshots_areTakenListedRevertedAndDeleted();
    void snapshotUnderWay_tellsItsProgressAndIsCancelled();
    void manySnapshots_areAllShown_data();
    void manySnapshots_areAllShown();
    void hostWithoutSnapshots_saysWhy();
    void rename_isValidatedAsItIsTyped();
    void clone_tellsWhichWaysThereAre();
    void template_isMarkedAndNotStarted();
    void autostart_followsTheHost();
    void program_isRunInTheGuest();
    void removedMachine_isBroughtBackByUndo();
    void savedMachine_resumesFromDisk();
    void actionThatTheHostLacks_saysWhy();
    void hostThatIsNotConnected_isTheReason_data();
    void hostThatIsNotConnected_isTheReason();
    void palette_knowsTheActions();

private:
    hosts::VmId open(VmState state, ui::VmPage::Tab tab = ui::VmPage::Tab::Overview)
    {
        return openVm(state, tab);
    }
    QString labelText(const char* name) const { return m_fixture->find<QLabel>(name)->text(); }
    models::Task newestTask() const
    {
        const models::TaskModel& tasks = m_fixture->workspace->tasks;
        return tasks.index(0, 0).data(models::TaskModel::TaskRole).value<models::Task>();
    }
};

void tst_MachineActions::snapshots_areTakenListedRevertedAndDeleted()
{
    const hosts::VmId vm = open(VmState::Running, ui::VmPage::Tab::Snapshots);
    QTRY_VERIFY(m_fixture->find<QWidget>("snapshotsEmpty")->isVisible());
    for (const char* name : { "first", "second" }) {
        m_fixture->action("actionSnapshot")->trigger();
        auto* edit = m_fixture->find<QLineEdit>("snapshotName");
        QCOMPARE(edit->window()->focusWidget(), edit); // typing begins at once
        edit->setText(text(name));
        QVERIFY(m_fixture->find<QCheckBox>("snapshotMemory")->isChecked());
        click("snapshotAccept");
        QTRY_VERIFY(!m_fixture->window->findChild<QDialog*>());
    }
    QTRY_COMPARE(m_host->vm(vm).snapshots, 2);
    auto* tree = m_fixture->find<QTreeWidget>("snapshotTree");
    QTRY_COMPARE(tree->topLevelItemCount(), 1);
    QTreeWidgetItem* first = tree->topLevelItem(0);
    QCOMPARE(first->text(0), text("first"));
    QTRY_COMPARE(tree->topLevelItem(0)->childCount(), 1);
    QTRY_COMPARE(tree->topLevelItem(0)->child(0)->text(0), text("second")); // "You are here" before
    first = tree->topLevelItem(0);
    QCOMPARE(first->child(0)->child(0)->text(0), text("You are here"));

    tree->setCurrentItem(first);
    click("snapshotRevert");
    click("confirmAccept");
    QTRY_COMPARE(tree->topLevelItem(0)->childCount(), 2); // we are beside the second now
    QTRY_VERIFY(!m_fixture->window->findChild<QDialog*>());
    tree->setCurrentItem(tree->topLevelItem(0));
    click("snapshotDelete");
    click("confirmAccept");
    QTRY_COMPARE(m_host->vm(vm).snapshots, 1);
    QTRY_COMPARE(tree->topLevelItem(0)->text(0), text("second"));
}

void tst_MachineActions::snapshotUnderWay_tellsItsProgressAndIsCancelled()
{
    const hosts::VmId vm = open(VmState::Running, ui::VmPage::Tab::Snapshots);
    m_host->holdJobsAt(50);
    m_host->setJobStep(200); // QFuture tells no more than 25 values a second, and ticks come late
    m_fixture->action("actionSnapshot")->trigger();
    click("snapshotAccept");
    QTRY_COMPARE(newestTask().progress, 50);
    QVERIFY(newestTask().canCancel);
    m_fixture->find<QWidget>("taskDock");
    m_fixture->action("actionTasks")->trigger();
    QTRY_VERIFY(m_fixture->find<QPushButton>("taskCancel")->isVisible());
    click("taskCancel");
    QTRY_VERIFY(newestTask().state == models::TaskState::Cancelled);
    QTest::qWait(20);
    QCOMPARE(m_host->vm(vm).snapshots, 0);
}

void tst_MachineActions::manySnapshots_areAllShown_data()
{
    QTest::addColumn<int>("childrenEach");
    QTest::newRow("side by side") << 5000;
    QTest::newRow("one below the other") << 1;
    QTest::newRow("a tree") << 3;
}

void tst_MachineActions::manySnapshots_areAllShown()
{
    QFETCH(int, childrenEach);
    constexpr int kCount = 3000;
    const hosts::VmId vm = open(VmState::ShutOff);
    QVector<vmm::SnapshotInfo> all;
    for (int i = 0; i < kCount; ++i)
        all.append({ .name = QString::number(i),
            .parent = i == 0 ? text("gone") : QString::number((i - 1) / childrenEach),
            .created = QDateTime::currentDateTimeUtc(),
            .isCurrent = i == kCount - 1 });
    all.append({ .name = text("0"), .parent = text("0") }); // a host may answer anything
    all.append({ .name = text("round"), .parent = text("round") });
    m_host->setSnapshots(vm, all);
    m_fixture->window->showVm({ m_host, vm }, ui::VmPage::Tab::Snapshots);
    auto* tree = m_fixture->find<QTreeWidget>("snapshotTree");
    const auto shown = [tree] {
        QStringList names;
        for (QTreeWidgetItemIterator each(tree); *each; ++each)
            names << (*each)->text(0);
        return names;
    };
    QTRY_COMPARE(shown().size(), kCount + 2); // with "You are here"
    QCOMPARE(shown().count(text("2999")), 1);
    const auto here = tree->findItems(text("You are here"), Qt::MatchExactly | Qt::MatchRecursive);
    QCOMPARE(here.size(), 1);
    QCOMPARE(here.first()->parent()->text(0), text("2999"));
}

void tst_MachineActions::hostWithoutSnapshots_saysWhy()
{
    m_host->setMissing(hosts::Feature::Snapshots, text("Its driver has none."));
    open(VmState::Running, ui::VmPage::Tab::Snapshots);
    QTRY_VERIFY(labelText("snapshotsEmptyText").contains(text("Its driver has none.")));
    QVERIFY(!m_fixture->action("actionSnapshot")->isEnabled());
    QVERIFY(m_fixture->action("actionSnapshot")->toolTip().contains(text("Its driver has none.")));
}

void tst_MachineActions::rename_isValidatedAsItIsTyped()
{
    m_host->addVm(text("taken"));
    const hosts::VmId vm = open(VmState::ShutOff);
    m_fixture->action("actionRename")->trigger();
    auto* name = m_fixture->find<QLineEdit>("renameName");
    auto* accept = m_fixture->find<QPushButton>("renameAccept");
    QCOMPARE(name->text(), text("web"));
    QVERIFY(!accept->isEnabled());
    name->setText(text("taken"));
    QVERIFY(!accept->isEnabled());
    QVERIFY(labelText("renameVerdict").contains(text("taken by another")));
    name->setText(text("shop"));
    QVERIFY(accept->isEnabled());
    click("renameAccept");
    QTRY_COMPARE(m_host->vm(vm).name, text("shop"));
}

void tst_MachineActions::clone_tellsWhichWaysThereAre()
{
    m_host->setMissing(hosts::Feature::InstantClone, text("QEMU is too old."));
    const hosts::VmId vm = open(VmState::ShutOff);
    m_fixture->action("actionClone")->trigger();
    QCOMPARE(m_fixture->find<QLineEdit>("cloneName")->text(), text("web-1"));
    QVERIFY(!m_fixture->find<QRadioButton>("cloneInstant")->isEnabled());
    QVERIFY(labelText("cloneInstantText").contains(text("QEMU is too old.")));
    m_fixture->find<QRadioButton>("cloneLinked")->setChecked(true);
    m_fixture->find<QCheckBox>("cloneStart")->setChecked(true);
    click("cloneAccept");
    const auto* asked = std::get_if<hosts::CloneMachine>(&m_host->asked().last());
    QVERIFY(asked);
    QCOMPARE(asked->vm, vm);
    QVERIFY(asked->request.kind == vmm::CloneKind::Linked);
    QVERIFY(asked->request.isStarted);
    QTRY_COMPARE(m_fixture->workspace->inventory.vmCount(), 2);
}

void tst_MachineActions::template_isMarkedAndNotStarted()
{
    const hosts::VmId vm = open(VmState::ShutOff);
    QVERIFY(m_fixture->action("actionStart")->isEnabled());
    m_fixture->action("actionTemplate")->trigger();
    click("confirmAccept");
    QTRY_VERIFY(m_host->vm(vm).isTemplate);
    QTRY_VERIFY(!m_fixture->action("actionStart")->isEnabled());
    QVERIFY(m_fixture->action("actionStart")->toolTip().contains(text("template")));
    QCOMPARE(labelText("vmStateLabel"), text("Template"));
    QVERIFY(m_fixture->action("actionClone")->isEnabled());
    m_fixture->action("actionTemplate")->trigger(); // back again
    QTRY_VERIFY(!m_host->vm(vm).isTemplate);
    QTRY_VERIFY(m_fixture->action("actionStart")->isEnabled());
}

void tst_MachineActions::autostart_followsTheHost()
{
    const hosts::VmId vm = open(VmState::ShutOff);
    auto* box = m_fixture->find<QCheckBox>("overviewAutostart");
    QTRY_VERIFY(box->isEnabled());
    box->click();
    QTRY_VERIFY(m_host->vm(vm).isAutostart);
    QTRY_VERIFY(box->isChecked());
    m_host->failNext({ vmm::ErrorKind::PermissionDenied, text("web") });
    box->click();
    QTRY_VERIFY(newestTask().state == models::TaskState::Failed);
    QTRY_VERIFY(box->isChecked()); // as the host has it
}

void tst_MachineActions::program_isRunInTheGuest()
{
    open(VmState::Running);
    QTRY_VERIFY(m_fixture->action("actionRunInGuest")->isEnabled());
    m_fixture->action("actionRunInGuest")->trigger();
    QVERIFY(!m_fixture->find<QPushButton>("runAccept")->isEnabled());
    m_fixture->find<QLineEdit>("runProgram")->setText(text("/bin/echo"));
    m_fixture->find<QPlainTextEdit>("runArguments")->setPlainText(text("two words\nthree"));
    m_host->setSilent(true);
    click("runAccept");
    m_fixture->find<QLineEdit>("runProgram")->setText(text("/bin/echo2"));
    QVERIFY(!m_fixture->find<QPushButton>("runAccept")->isEnabled()); // it runs still
    QVERIFY(m_fixture->find<QPushButton>("runAccept")->toolTip().contains(text("not ended")));
    m_host->setSilent(false);
    m_fixture->find<QLineEdit>("runProgram")->clear();
    QTRY_VERIFY(labelText("runVerdict").contains(text("exit code 0")));
    QVERIFY(!m_fixture->find<QPushButton>("runAccept")->isEnabled()); // there is nothing to run
    m_fixture->find<QLineEdit>("runProgram")->setText(text("/bin/echo"));
    click("runAccept");
    const auto* asked = std::get_if<hosts::RunInGuest>(&m_host->asked().last());
    QVERIFY(asked);
    QCOMPARE(asked->command.arguments, (QStringList { text("two words"), text("three") }));
    QTRY_COMPARE(m_fixture->find<QPlainTextEdit>("runOutput")->toPlainText(),
        text("/bin/echo\ntwo words three"));
    QTRY_VERIFY(labelText("runVerdict").contains(text("exit code 0")));
    m_fixture->find<QLineEdit>("runProgram")->setText(text("/bin/false"));
    click("runAccept");
    QTRY_VERIFY(labelText("runVerdict").contains(text("exit code 1")));
}

void tst_MachineActions::removedMachine_isBroughtBackByUndo()
{
    const hosts::VmId vm = open(VmState::ShutOff);
    QTRY_VERIFY(m_fixture->action("actionRemove")->isEnabled());
    m_fixture->action("actionRemove")->trigger();
    QVERIFY(labelText("confirmText").contains(text("trash")));
    click("confirmAccept");
    QTRY_COMPARE(m_fixture->workspace->inventory.vmCount(), 0);
    QTRY_VERIFY(newestTask().canUndo);
    m_fixture->action("actionTasks")->trigger();
    QTRY_VERIFY(m_fixture->find<QPushButton>("taskUndo")->isVisible());
    click("taskUndo");
    QTRY_COMPARE(m_fixture->workspace->inventory.vmCount(), 1);
    QCOMPARE(m_host->vm(vm).name, text("web"));
    QVERIFY(!m_fixture->find<QPushButton>("taskUndo")->isVisible());
}

void tst_MachineActions::savedMachine_resumesFromDisk()
{
    const hosts::VmId vm = open(VmState::Running);
    QVERIFY(!m_fixture->action("actionDiscardSave")->isEnabled());
    QTRY_VERIFY(m_fixture->action("actionSave")->isEnabled());
    m_fixture->action("actionSave")->trigger();
    QTRY_VERIFY(m_host->vm(vm).hasSavedMemory);
    QTRY_COMPARE(labelText("vmStateLabel"), text("Saved"));
    auto* stop = m_fixture->find<QToolButton>("actionShutDownButton");
    QTRY_COMPARE(stop->popupMode(), QToolButton::InstantPopup); // there is nothing to shut down
    QTRY_COMPARE(m_fixture->action("actionStart")->text(), text("Resume from disk"));
    QVERIFY(m_fixture->action("actionDiscardSave")->isEnabled());
    m_fixture->action("actionDiscardSave")->trigger();
    click("confirmAccept");
    QTRY_VERIFY(!m_host->vm(vm).hasSavedMemory);
    QTRY_COMPARE(m_fixture->action("actionStart")->text(), text("Start"));
    QVERIFY(!m_fixture->action("actionDiscardSave")->isEnabled());
}

void tst_MachineActions::actionThatTheHostLacks_saysWhy()
{
    struct Case {
        const char* action;
        hosts::Feature feature;
    };
    const Case cases[] = { { "actionRename", hosts::Feature::Rename },
        { "actionSnapshot", hosts::Feature::Snapshots }, { "actionClone", hosts::Feature::Clone },
        { "actionTemplate", hosts::Feature::Templates },
        { "actionAutostart", hosts::Feature::Autostart }, { "actionSave", hosts::Feature::Save } };
    open(VmState::Running);
    for (const Case& each : cases)
        m_host->setMissing(each.feature, text("Lacks ") + text(each.action));
    m_host->setMissing(hosts::Feature::GuestAgent, text("Lacks actionRunInGuest"));
    for (const char* name : { "actionRename", "actionSnapshot", "actionClone", "actionTemplate",
             "actionAutostart", "actionSave", "actionRunInGuest" }) {
        QTRY_VERIFY2(!m_fixture->action(name)->isEnabled(), name);
        QTRY_VERIFY2(m_fixture->action(name)->toolTip().contains(text("Lacks ") + text(name)),
            qPrintable(m_fixture->action(name)->toolTip()));
    }
}

void tst_MachineActions::hostThatIsNotConnected_isTheReason_data()
{
    QTest::addColumn<hosts::ConnectionState>("state");
    QTest::addColumn<QString>("why");
    using hosts::ConnectionState;
    QTest::newRow("connecting") << ConnectionState::Connecting << text("is still being connected");
    QTest::newRow("lost") << ConnectionState::Reconnecting << text("tried again by itself");
    QTest::newRow("failed") << ConnectionState::Failed << text("failed. Select the host");
    QTest::newRow("closed") << ConnectionState::Disconnected << text("is not connected");
}

void tst_MachineActions::hostThatIsNotConnected_isTheReason()
{
    QFETCH(hosts::ConnectionState, state);
    QFETCH(QString, why);
    const hosts::VmId vm = open(VmState::Running);
    const hosts::VmId other = m_host->addVm(text("other"), VmState::Running);
    QTRY_VERIFY(m_fixture->action("actionShutDown")->isEnabled());
    m_host->setConnection(state, vmm::Error { vmm::ErrorKind::Disconnected });
    const QString host = ui::Text::hostTitle(m_host->uri());
    const auto saysWhy = [&](const char* name) {
        const QAction* action = m_fixture->action(name);
        return !action->isEnabled() && action->toolTip().contains(why)
            && action->toolTip().contains(host) && !action->toolTip().contains(text("request"));
    };
    for (const char* name : { "actionShutDown", "actionStart", "actionSnapshot", "actionClone" })
        QTRY_VERIFY2(saysWhy(name), qPrintable(m_fixture->action(name)->toolTip()));
    m_fixture->window->selection().setVms({ { m_host, vm }, { m_host, other } });
    QTRY_VERIFY2(
        saysWhy("actionShutDown"), qPrintable(m_fixture->action("actionShutDown")->toolTip()));
    m_fixture->window->selection().setHost(m_host);
    QTRY_VERIFY2(saysWhy("actionMaintenance"),
        qPrintable(m_fixture->action("actionMaintenance")->toolTip()));
    const bool isOnItsWay = state == hosts::ConnectionState::Connecting;
    QCOMPARE(m_fixture->action("actionReconnect")->isEnabled(), !isOnItsWay);
    QVERIFY(!isOnItsWay || saysWhy("actionReconnect"));
}

void tst_MachineActions::palette_knowsTheActions()
{
    open(VmState::ShutOff);
    QTRY_VERIFY(m_fixture->action("actionClone")->isEnabled());
    m_fixture->action("actionPalette")->trigger();
    m_fixture->find<QLineEdit>("paletteEdit")->setText(text("clone"));
    QTest::keyClick(m_fixture->find<QLineEdit>("paletteEdit"), Qt::Key_Return);
    QTRY_VERIFY(m_fixture->window->findChild<QDialog*>(text("clone")));
}

QTEST_MAIN(tst_MachineActions)
#include "moc_WindowTest.cpp"
#include "tst_MachineActions.moc"
