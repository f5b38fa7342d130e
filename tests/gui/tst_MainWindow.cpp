// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window, driven as a user drives it, over fake hosts.
#include "models/HostQueue.h"
#include "models/Roles.h"
#include "tests/gui/WindowFixture.h"
#include "tests/support/TestNames.h"
#include "ui/pages/HostPage.h"
#include "ui/widgets/HardwareForm.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QTreeView>

using tests::FakeHost;
using tests::WindowFixture;
using vmm::VmAction;
using vmm::VmState;

namespace {

// A console without a transport can't be made; nothing here opens one.
constexpr int kOverview = 0;

QString text(const char* utf8)
{
    return QString::fromUtf8(utf8);
}

const char* actionName(VmAction action)
{
    switch (action) {
    case VmAction::Start:
        return "actionStart";
    case VmAction::Pause:
        return "actionPause";
    case VmAction::Resume:
        return "actionResume";
    case VmAction::ShutDown:
        return "actionShutDown";
    case VmAction::Reset:
        return "actionReset";
    case VmAction::ForceOff:
        return "actionForceOff";
    case VmAction::Reboot:
        return "actionReboot";
    case VmAction::Save:
        return "actionSave";
    case VmAction::DiscardSave:
        return "actionDiscardSave";
    case VmAction::Undefine:
        return "actionRemove";
    }
    return "";
}

} // namespace

class tst_MainWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void machineTable_keepsRoomForNames()
    {
        WindowFixture fixture;
        fixture.addHost()->addVm(QStringLiteral("a-name-of-some-length"), VmState::Running);
        fixture.open().resize(760, 600);
        const auto* header = fixture.find<QTableView>("allVmsView")->horizontalHeader();
        const int least = 18 * header->fontMetrics().horizontalAdvance(QLatin1Char('0'));
        QTRY_COMPARE(header->sectionSize(0), least);
        fixture.window->resize(1900, 600);
        QTRY_COMPARE(header->length(), header->viewport()->width()); // it takes what is left
        QVERIFY(header->sectionSize(0) > least);
        fixture.restart();
        fixture.addHost();
        fixture.open().resize(760, 600);
        const auto* again = fixture.find<QTableView>("allVmsView")->horizontalHeader();
        QTRY_COMPARE(again->sectionSize(0), least);
    }

    void init() { QTest::failOnWarning(tests::warningsOfOurs()); }

    void withoutHosts_theWindowSaysWhatToDoFirst()
    {
        WindowFixture fixture;
        fixture.open();
        QVERIFY(fixture.find<QWidget>("welcomePage")->isVisible());
        QVERIFY(fixture.find<QPushButton>("welcomePageactionAddConnection")->isEnabled());
        QVERIFY(!fixture.action("actionNewMachine")->isEnabled());
        QVERIFY(!fixture.action("actionNewMachine")->toolTip().isEmpty());
    }

    void withoutMachines_allHostsSayWhatToDoFirst()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        fixture.open();
        QTRY_VERIFY(fixture.find<QWidget>("dashboardEmpty")->isVisible());
        QVERIFY(fixture.find<QPushButton>("dashboardEmptyactionNewMachine")->isEnabled());
        QVERIFY(fixture.find<QPushButton>("dashboardEmptyactionAddConnection")->isEnabled());
        const hosts::VmId vm = host->addVm(text("web"));
        QTRY_VERIFY(fixture.find<QWidget>("allVms")->isVisible());
        host->removeVm(vm);
        QTRY_VERIFY(fixture.find<QWidget>("dashboardEmpty")->isVisible());
        // Of a host that can't be asked it is not known.
        host->setConnection(hosts::ConnectionState::Failed);
        QTRY_VERIFY(fixture.find<QWidget>("allVms")->isVisible());
    }

    void actions_areEnabledByState_data()
    {
        QTest::addColumn<vmm::VmState>("state");
        QTest::addColumn<vmm::VmAction>("action");
        for (const VmState state : vmm::kAllVmStates) {
            for (const VmAction action : vmm::kAllVmActions)
                QTest::addRow(
                    "%s/%s", qPrintable(vmm::nameOf(state)), qPrintable(vmm::nameOf(action)))
                    << state << action;
        }
    }

    void actions_areEnabledByState()
    {
        QFETCH(vmm::VmState, state);
        QFETCH(vmm::VmAction, action);
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        const hosts::VmId vm = host->addVm(text("web"), state);
        fixture.open();
        QTRY_VERIFY(fixture.workspace->inventory.find(host, vm));
        QTRY_COMPARE(host->connectionState(), hosts::ConnectionState::Connected);
        fixture.select(host, vm);
        const QAction* made = fixture.action(actionName(action));
        // There is nothing saved that could be discarded.
        const bool isExpected = vmm::isAllowed(action, state) && action != VmAction::DiscardSave;
        QTRY_COMPARE(made->isEnabled(), isExpected);
        QVERIFY(!made->toolTip().isEmpty());
    }

    void actionThatTheHostLacks_isDisabledAndSaysWhy()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        const hosts::VmId vm = host->addVm(text("web"), VmState::Running);
        hosts::HostInfo info = host->info();
        info.missing.insert(hosts::Feature::Pause, text("The driver can't pause."));
        host->setInfo(info);
        fixture.open();
        QTRY_COMPARE(host->connectionState(), hosts::ConnectionState::Connected);
        fixture.select(host, vm);
        QTRY_VERIFY(fixture.action("actionForceOff")->isEnabled());
        QVERIFY(!fixture.action("actionPause")->isEnabled());
        QVERIFY(fixture.action("actionPause")->toolTip().contains(text("The driver can't pause.")));
    }

    void selecting_showsThePageOfWhatIsSelected()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        const hosts::VmId first = host->addVm(text("web"), VmState::Running);
        const hosts::VmId second = host->addVm(text("db"), VmState::ShutOff);
        ui::MainWindow& window = fixture.open();
        QTRY_VERIFY(fixture.find<QWidget>("dashboardPage")->isVisible());
        QTRY_COMPARE(fixture.workspace->inventory.vmCount(), 2);
        auto* tree = fixture.find<QTreeView>("inventoryTree");
        const QModelIndex hostRow = tree->model()->index(0, 0);
        tree->setCurrentIndex(hostRow);
        QTRY_VERIFY(fixture.find<QWidget>("hostPage")->isVisible());
        tree->setCurrentIndex(tree->model()->index(0, 0, hostRow));
        QTRY_VERIFY(fixture.find<QWidget>("vmPage")->isVisible());
        QCOMPARE(window.selection().singleVm()->info.name, text("db"));
        window.selection().setVms({ { host, first }, { host, second } });
        QVERIFY(fixture.find<QWidget>("selectionPage")->isVisible());
        QCOMPARE(tree->selectionModel()->selectedRows().size(), 2);
        window.selection().clear();
        QVERIFY(fixture.find<QWidget>("dashboardPage")->isVisible());
    }

    void startByToolbar_becomesATaskAndChangesEveryView()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        const hosts::VmId vm = host->addVm(text("web"), VmState::ShutOff);
        fixture.open();
        QTRY_COMPARE(host->connectionState(), hosts::ConnectionState::Connected);
        fixture.select(host, vm);
        const auto* label = fixture.find<QLabel>("vmStateLabel");
        QCOMPARE(label->text(), text("Off"));
        auto* button = fixture.find<QToolButton>("actionStartButton");
        QTRY_VERIFY(button->isEnabled());
        QTest::mouseClick(button, Qt::LeftButton);

        auto* tasks = fixture.find<QAbstractItemView>("taskList");
        QCOMPARE(tasks->model()->rowCount(), 1);
        QTRY_COMPARE(label->text(), text("Running"));
        QTRY_VERIFY(!button->isEnabled());
        QTRY_VERIFY(fixture.action("actionPause")->isEnabled());
        QTRY_COMPARE(fixture.workspace->tasks.runningCount(), 0);
        QTRY_VERIFY(fixture.find<QLabel>("taskSummary")->text().contains(text("Start web")));
        auto* tree = fixture.find<QTreeView>("inventoryTree");
        const QModelIndex row = tree->model()->index(0, 0, tree->model()->index(0, 0));
        QCOMPARE(row.data(models::Role::StateRole).value<VmState>(), VmState::Running);
    }

    void pausedMachine_offersResumeInThePlaceOfPause()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        const hosts::VmId vm = host->addVm(text("web"), VmState::Running);
        fixture.open();
        QTRY_COMPARE(host->connectionState(), hosts::ConnectionState::Connected);
        fixture.select(host, vm);
        QTRY_VERIFY(fixture.action("actionPause")->isEnabled());
        QVERIFY(!fixture.action("actionResume")->isVisible());
        fixture.action("actionPause")->trigger();
        QTRY_VERIFY(fixture.action("actionResume")->isVisible());
        QVERIFY(!fixture.action("actionPause")->isVisible());
    }

    void failure_opensTheDockWithCauseAndRemedy()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        const hosts::VmId vm = host->addVm(text("web"), VmState::ShutOff);
        fixture.open();
        QTRY_COMPARE(host->connectionState(), hosts::ConnectionState::Connected);
        fixture.select(host, vm);
        QTRY_VERIFY(fixture.action("actionStart")->isEnabled());
        auto* tasks = fixture.find<QAbstractItemView>("taskList");
        QVERIFY(!tasks->isVisible());
        host->failNext({ vmm::ErrorKind::NotFound, text("/x/web.qcow2"),
            text("Could not open '/x/web.qcow2'"), vmm::ErrorCause::ImageMissing });
        fixture.action("actionStart")->trigger();

        QTRY_VERIFY(tasks->isVisible());
        QVERIFY(fixture.find<QLabel>("taskErrorWhat")->text().contains(text("/x/web.qcow2")));
        QVERIFY(fixture.find<QLabel>("taskErrorWhy")->text().contains(text("Could not open")));
        QVERIFY(!fixture.find<QLabel>("taskErrorRemedy")->text().isEmpty());
        QTest::mouseClick(fixture.find<QPushButton>("taskErrorCopy"), Qt::LeftButton);
        QVERIFY(QGuiApplication::clipboard()->text().contains(text("ImageMissing")));

        QTest::mouseClick(fixture.find<QPushButton>("taskErrorRetry"), Qt::LeftButton);
        QTRY_COMPARE(fixture.find<QLabel>("vmStateLabel")->text(), text("Running"));
        QCOMPARE(tasks->model()->rowCount(), 2);
    }

    void forceOff_isAskedFirst()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        const hosts::VmId vm = host->addVm(text("web"), VmState::Running);
        fixture.open();
        QTRY_COMPARE(host->connectionState(), hosts::ConnectionState::Connected);
        fixture.select(host, vm);
        QTRY_VERIFY(fixture.action("actionForceOff")->isEnabled());
        fixture.action("actionForceOff")->trigger();
        QTest::mouseClick(fixture.find<QPushButton>("confirmCancel"), Qt::LeftButton);
        QTRY_VERIFY(!fixture.window->findChild<QDialog*>());
        QCOMPARE(fixture.find<QLabel>("vmStateLabel")->text(), text("Running"));

        fixture.action("actionForceOff")->trigger();
        QVERIFY(fixture.find<QPushButton>("confirmCancel")->isDefault());
        QTest::mouseClick(fixture.find<QPushButton>("confirmAccept"), Qt::LeftButton);
        QTRY_COMPARE(fixture.find<QLabel>("vmStateLabel")->text(), text("Off"));
    }

    void remove_saysWhatHappensToTheDisks()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost(text("embedded:///"));
        hosts::HostInfo info = host->info();
        info.dataFolder = text("/images");
        host->setInfo(info);
        const hosts::VmId vm = host->addVm(text("web"), VmState::ShutOff);
        // Of the data folder only what is the machine's own goes along with it.
        const QString folder = text("/images/machines/");
        const QString own = folder + vm.toString(QUuid::WithoutBraces) + text("/disks/web.qcow2");
        const QString others = folder + text("00000000-0000-0000-0000-000000000000/disks/a.qcow2");
        hosts::VmInfo known = host->vm(vm);
        known.disks = { own, text("/images/disk.qcow2"), others, text("/elsewhere/b.qcow2") };
        host->addKnownVm(known);
        fixture.open();
        QTRY_COMPARE(host->connectionState(), hosts::ConnectionState::Connected);
        fixture.select(host, vm);
        QTRY_VERIFY(fixture.action("actionRemove")->isEnabled());
        fixture.action("actionRemove")->trigger();
        const QString items = fixture.find<QPlainTextEdit>("confirmItems")->toPlainText();
        QVERIFY2(items.contains(text("goes to the trash: ") + own), qPrintable(items));
        for (const QString& kept : { known.disks[1], known.disks[2], known.disks[3] })
            QVERIFY2(items.contains(text("is kept: ") + kept), qPrintable(items));
        QTest::mouseClick(fixture.find<QPushButton>("confirmAccept"), Qt::LeftButton);
        QTRY_VERIFY(!fixture.workspace->inventory.find(host, vm));
        QVERIFY(fixture.find<QWidget>("hostPage")->isVisible());
    }

    void bulkAction_reachesOnlyThoseItSuits()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        const hosts::VmId off1 = host->addVm(text("a"), VmState::ShutOff);
        const hosts::VmId off2 = host->addVm(text("b"), VmState::ShutOff);
        const hosts::VmId on = host->addVm(text("c"), VmState::Running);
        fixture.open();
        QTRY_COMPARE(fixture.workspace->inventory.vmCount(), 3);
        QTRY_COMPARE(host->connectionState(), hosts::ConnectionState::Connected);
        fixture.window->selection().setVms({ { host, off1 }, { host, off2 }, { host, on } });
        auto* button = fixture.find<QPushButton>("bulkactionStart");
        QTRY_VERIFY(button->isEnabled());
        const QString sentence = fixture.find<QLabel>("bulkactionStartText")->text();
        QVERIFY2(sentence.contains(QLatin1Char('2')) && sentence.contains(text("1 left out")),
            qPrintable(sentence));
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(fixture.workspace->tasks.rowCount(), 2);
        const auto state = [&](hosts::VmId vm) {
            return fixture.workspace->inventory.find(host, vm)->info.state;
        };
        QTRY_COMPARE(state(off1), VmState::Running);
        QTRY_COMPARE(state(off2), VmState::Running);
        QCOMPARE(state(on), VmState::Running);
    }

    void rowsMarkedInATable_areWhatActionsTake()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        const hosts::VmId vm = host->addVm(text("web"), VmState::ShutOff);
        host->addVm(text("zeta"), VmState::ShutOff);
        ui::MainWindow& window = fixture.open();
        QTRY_COMPARE(fixture.workspace->inventory.vmCount(), 2);
        QTRY_COMPARE(host->connectionState(), hosts::ConnectionState::Connected);
        window.selection().setHost(host);
        QVERIFY(!fixture.action("actionStart")->isEnabled());
        fixture.find<QTableView>("hostVmsView")->selectRow(0);
        QTRY_VERIFY(fixture.action("actionStart")->isEnabled());
        fixture.action("actionStart")->trigger();
        QTRY_COMPARE(fixture.workspace->inventory.find(host, vm)->info.state, VmState::Running);
        QVERIFY(fixture.find<QWidget>("hostPage")->isVisible());
        fixture.action("actionConsole")->trigger();
        QVERIFY(fixture.find<QWidget>("vmPage")->isVisible());
        QCOMPARE(window.selection().singleVm()->info.name, text("web"));
    }

    void marksOfATableThatIsHidden_areNoTargets()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        host->seedResources();
        host->addVm(text("web"), VmState::Running);
        ui::MainWindow& window = fixture.open();
        QTRY_COMPARE(fixture.workspace->inventory.vmCount(), 1);
        QTRY_COMPARE(host->connectionState(), hosts::ConnectionState::Connected);
        window.selection().setHost(host);
        fixture.find<QTableView>("hostVmsView")->selectRow(0);
        QTRY_VERIFY(fixture.action("actionShutDown")->isEnabled());
        fixture.find<QTabWidget>("hostTabs")
            ->setCurrentIndex(static_cast<int>(ui::HostPage::Tab::Storage));
        QVERIFY(!fixture.find<QTableView>("hostVmsView")->isVisible());
        QVERIFY(window.selection().targets().isEmpty());
        QVERIFY(!fixture.action("actionShutDown")->isEnabled());
    }

    void menuOfTheTree_isAboutTheTreesRow()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        host->addVm(text("web"), VmState::Running);
        ui::MainWindow& window = fixture.open();
        QTRY_COMPARE(fixture.workspace->inventory.vmCount(), 1);
        window.selection().setHost(host);
        auto* table = fixture.find<QTableView>("hostVmsView");
        auto* tree = fixture.find<QTreeView>("inventoryTree");
        table->selectRow(0);
        QTRY_VERIFY(!window.selection().targets().isEmpty());
        Q_EMIT tree->customContextMenuRequested(
            tree->visualRect(tree->model()->index(0, 0)).center());
        const QList<QAction*> offered = fixture.find<QMenu>("contextMenu")->actions();
        QVERIFY(offered.contains(fixture.action("actionRemoveConnection")));
        QVERIFY(!offered.contains(fixture.action("actionShutDown")));
        QVERIFY(!table->selectionModel()->hasSelection());
    }

    void focusOnTheTree_takesTheMarksAway()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        host->addVm(text("web"), VmState::Running);
        ui::MainWindow& window = fixture.open();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTRY_COMPARE(fixture.workspace->inventory.vmCount(), 1);
        window.selection().setHost(host);
        auto* table = fixture.find<QTableView>("hostVmsView");
        auto* tree = fixture.find<QTreeView>("inventoryTree");
        table->setFocus();
        table->selectRow(0);
        QTRY_VERIFY(!window.selection().targets().isEmpty());
        tree->setFocus(Qt::TabFocusReason);
        QVERIFY(window.selection().targets().isEmpty());
        QVERIFY(!table->selectionModel()->hasSelection());
    }

    void lostHost_looksStaleAndDated()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        const hosts::VmId vm = host->addVm(text("web"), VmState::Running);
        fixture.open();
        QTRY_COMPARE(host->connectionState(), hosts::ConnectionState::Connected);
        fixture.select(host, vm);
        QVERIFY(!fixture.find<QLabel>("vmStaleLabel")->isVisible());
        host->setConnection(hosts::ConnectionState::Reconnecting,
            vmm::Error { vmm::ErrorKind::Disconnected, text("test:///fake"), text("gone") });
        QTRY_VERIFY(fixture.find<QLabel>("vmStaleLabel")->isVisible());
        QVERIFY(fixture.find<QLabel>("vmStaleLabel")->text().contains(text("just now")));
        QTRY_VERIFY(!fixture.action("actionPause")->isEnabled());
        QVERIFY(fixture.action("actionPause")->toolTip().contains(text("no connection")));
        fixture.window->selection().setHost(host);
        QVERIFY(fixture.find<QWidget>("hostError")->isVisible());
        QCOMPARE(fixture.find<QLabel>("hostErrorWhy")->text(), text("gone"));
        QTest::mouseClick(fixture.find<QPushButton>("hostErrorRetry"), Qt::LeftButton);
        QTRY_COMPARE(host->connectionState(), hosts::ConnectionState::Connected);
        QTRY_VERIFY(!fixture.find<QWidget>("hostError")->isVisible());
        fixture.select(host, vm);
        QVERIFY(!fixture.find<QLabel>("vmStaleLabel")->isVisible());
    }

    void filter_hidesRowsAndKeepsTheSelection()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        const hosts::VmId web = host->addVm(text("web"), VmState::Running);
        host->addVm(text("db"), VmState::ShutOff);
        fixture.open();
        QTRY_COMPARE(fixture.workspace->inventory.vmCount(), 2);
        fixture.select(host, web);
        auto* tree = fixture.find<QTreeView>("inventoryTree");
        auto* filter = fixture.find<QLineEdit>("filterEdit");
        QTest::keyClicks(filter, text("state:off"));
        QCOMPARE(tree->model()->rowCount(tree->model()->index(0, 0)), 1);
        QVERIFY(fixture.window->selection().singleVm());
        QCOMPARE(fixture.window->selection().singleVm()->info.name, text("web"));
        QTest::keyClick(filter, Qt::Key_Escape);
        QCOMPARE(filter->text(), QString());
        QCOMPARE(tree->model()->rowCount(tree->model()->index(0, 0)), 2);
        QCOMPARE(tree->selectionModel()->selectedRows().size(), 1);
        filter->setText(text("nothing has this name"));
        QVERIFY(fixture.find<QLabel>("filterNothing")->isVisible());
    }

    void machineThatLeavesTheFilter_staysSelected()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        const hosts::VmId web = host->addVm(text("web"), VmState::Running);
        host->addVm(text("db"), VmState::Running);
        fixture.open();
        QTRY_COMPARE(host->connectionState(), hosts::ConnectionState::Connected);
        fixture.select(host, web);
        fixture.find<QLineEdit>("filterEdit")->setText(text("state:running"));
        auto* tree = fixture.find<QTreeView>("inventoryTree");
        host->setState(web, VmState::Paused);
        QTRY_COMPARE(tree->model()->rowCount(tree->model()->index(0, 0)), 1);
        QVERIFY(fixture.window->selection().singleVm());
        QVERIFY(fixture.find<QWidget>("vmPage")->isVisible());
        host->setState(web, VmState::Running);
        QTRY_COMPARE(tree->selectionModel()->selectedRows().size(), 1);
    }

    void slash_leadsToTheFilter()
    {
        WindowFixture fixture;
        ui::MainWindow& window = fixture.open();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTest::keyClick(fixture.find<QTreeView>("inventoryTree"), Qt::Key_Slash);
        QTRY_COMPARE(QApplication::focusWidget(), fixture.find<QLineEdit>("filterEdit"));
    }

    void whatIsVisible_isToldToTheHost()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        host->addVms(1000);
        fixture.open();
        QTRY_VERIFY(!host->visibleVms().isEmpty());
        QVERIFY2(host->visibleVms().size() < 120,
            qPrintable(QString::number(host->visibleVms().size())));
    }

    void settings_areThereAgain()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        const hosts::VmId vm = host->addVm(text("web"), VmState::ShutOff);
        ui::MainWindow& window = fixture.open();
        fixture.addHost(text("test:///other"));
        window.resize(1100, 700);
        QTRY_VERIFY(fixture.workspace->inventory.find(host, vm));
        fixture.select(host, vm);
        fixture.find<QTabWidget>("vmTabs")->setCurrentIndex(2);
        fixture.find<QToolButton>("taskToggle")->click();
        auto* tree = fixture.find<QTreeView>("inventoryTree");
        tree->collapse(tree->model()->index(1, 0));
        fixture.action("actionDense")->trigger();
        QHash<QString, QByteArray> sizes;
        for (QSplitter* splitter : window.findChildren<QSplitter*>()) {
            const QByteArray before = splitter->saveState();
            splitter->setSizes({ 371, 400 });
            sizes.insert(splitter->objectName(), splitter->saveState());
            QVERIFY2(splitter->saveState() != before, qPrintable(splitter->objectName()));
        }
        QCOMPARE(sizes.size(), 5);
        const hosts::VmInfo info = *host->vms().begin();
        QCOMPARE(fixture.settings.connections(),
            QStringList({ text("test:///fake"), text("test:///other") }));
        fixture.restart();

        FakeHost* again = fixture.addHost();
        fixture.addHost(text("test:///other"));
        QTRY_COMPARE(again->connectionState(), hosts::ConnectionState::Connected);
        ui::MainWindow& restored = fixture.open();
        QCOMPARE(restored.size(), QSize(1100, 700));
        QCOMPARE(fixture.find<QTabWidget>("vmTabs")->currentIndex(), 2);
        QVERIFY(fixture.find<QAbstractItemView>("taskList")->isVisible());
        QVERIFY(fixture.action("actionDense")->isChecked());
        for (const QSplitter* splitter : restored.findChildren<QSplitter*>())
            QCOMPARE(splitter->saveState(), sizes.value(splitter->objectName()));
        tree = fixture.find<QTreeView>("inventoryTree");
        QVERIFY(tree->isExpanded(tree->model()->index(0, 0)));
        QVERIFY(!tree->isExpanded(tree->model()->index(1, 0)));
        // The machine appears later than the window, as with a slow host.
        QCOMPARE(restored.selection().singleVm(), nullptr);
        again->addKnownVm(info);
        QTRY_VERIFY(restored.selection().singleVm());
        QCOMPARE(restored.selection().singleVm()->info.id, vm);
    }

    void rememberedMachine_outlivesASessionWithoutItsHost()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        const hosts::VmId vm = host->addVm(text("web"), VmState::ShutOff);
        fixture.open();
        QTRY_VERIFY(fixture.workspace->inventory.find(host, vm));
        fixture.select(host, vm);
        const hosts::VmInfo info = host->vm(vm);
        fixture.restart();

        fixture.addHost()->setConnection(hosts::ConnectionState::Disconnected);
        fixture.open(); // it is never seen
        fixture.restart();

        host = fixture.addHost();
        host->addKnownVm(info);
        ui::MainWindow& restored = fixture.open();
        QTRY_VERIFY(restored.selection().singleVm());
        QCOMPARE(restored.selection().singleVm()->info.id, vm);
    }

    void rememberedMachine_doesNotTakeAwayWhatWasSelectedMeanwhile()
    {
        WindowFixture fixture;
        FakeHost* slow = fixture.addHost(text("test:///slow"));
        const hosts::VmId remembered = slow->addVm(text("remembered"), VmState::Running);
        fixture.open();
        QTRY_VERIFY(fixture.workspace->inventory.find(slow, remembered));
        fixture.select(slow, remembered);
        const hosts::VmInfo info = slow->vm(remembered);
        fixture.restart();

        slow = fixture.addHost(text("test:///slow"));
        FakeHost* other = fixture.addHost(text("test:///other"));
        const hosts::VmId chosen = other->addVm(text("chosen"), VmState::Running);
        ui::MainWindow& window = fixture.open();
        QTRY_VERIFY(fixture.workspace->inventory.find(other, chosen));
        fixture.select(other, chosen); // as by the palette
        slow->addKnownVm(info);
        QTRY_VERIFY(fixture.workspace->inventory.find(slow, remembered));
        QCOMPARE(window.selection().singleVm()->info.id, chosen);
    }

    void newMachine_isSelectedUnlessTheUserWentElsewhere_data()
    {
        QTest::addColumn<bool>("goesElsewhere");
        QTest::newRow("stays") << false;
        QTest::newRow("elsewhere") << true;
    }

    void newMachine_isSelectedUnlessTheUserWentElsewhere()
    {
        QFETCH(bool, goesElsewhere);
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        const hosts::VmId web = host->addVm(text("web"), VmState::Running);
        ui::MainWindow& window = fixture.open();
        QTRY_VERIFY(fixture.workspace->inventory.find(host, web));
        window.selection().setHost(host);
        host->setSilent(true);
        fixture.workspace->commands.createMachine(host, { .name = text("fresh") });
        if (goesElsewhere)
            fixture.select(host, web);
        QSignalSpy created(&fixture.workspace->commands, &models::HostCommands::machineCreated);
        host->setSilent(false);
        QTRY_COMPARE(created.count(), 1);
        QTRY_VERIFY(window.selection().singleVm());
        QCOMPARE(
            window.selection().singleVm()->info.name, goesElsewhere ? text("web") : text("fresh"));
    }

    void palette_findsMachinesAndCommands()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        host->addVm(text("alpha"), VmState::Running);
        const hosts::VmId beta = host->addVm(text("beta"), VmState::ShutOff);
        ui::MainWindow& window = fixture.open();
        QTRY_COMPARE(fixture.workspace->inventory.vmCount(), 2);
        window.openPalette();
        auto* edit = fixture.find<QLineEdit>("paletteEdit");
        QWidget* popup = QApplication::activePopupWidget();
        QVERIFY(popup); // keys go to what has its focus, since a popup is never activated
        QCOMPARE(popup->focusWidget(), edit);
        QTest::keyClicks(edit, text("bet"));
        QTest::keyClick(edit, Qt::Key_Return);
        QVERIFY(window.selection().singleVm());
        QCOMPARE(window.selection().singleVm()->info.id, beta);
        QTRY_VERIFY(!window.findChild<QLineEdit*>(text("paletteEdit")));
        window.openPalette();
        edit = fixture.find<QLineEdit>("paletteEdit");
        QTest::keyClicks(edit, text("show tasks"));
        QTest::keyClick(edit, Qt::Key_Return);
        QTRY_VERIFY(fixture.find<QAbstractItemView>("taskList")->isVisible());
    }

    void removedConnection_takesItsPageAlong()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        const hosts::VmId vm = host->addVm(text("web"), VmState::Running);
        ui::MainWindow& window = fixture.open();
        QTRY_VERIFY(fixture.workspace->inventory.find(host, vm));
        fixture.select(host, vm);
        fixture.action("actionRemoveConnection")->trigger();
        QTest::mouseClick(fixture.find<QPushButton>("confirmAccept"), Qt::LeftButton);
        QTRY_VERIFY(fixture.find<QWidget>("welcomePage")->isVisible());
        QVERIFY(window.selection().isEmpty());
    }

    void delInTheTaskList_clearsTheTaskOnly()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        const hosts::VmId vm = host->addVm(text("web"));
        ui::MainWindow& window = fixture.open();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTRY_VERIFY(fixture.workspace->inventory.find(host, vm));
        QTRY_COMPARE(host->connectionState(), hosts::ConnectionState::Connected);
        fixture.select(host, vm);
        fixture.workspace->commands.run(host, hosts::SetAutostart { vm, true });
        QTRY_COMPARE(fixture.workspace->tasks.runningCount(), 0);
        fixture.action("actionTasks")->trigger();
        auto* tasks = fixture.find<QAbstractItemView>("taskList");
        tasks->setFocus();
        QTest::keyClick(tasks, Qt::Key_Delete);
        QVERIFY(!window.findChild<QDialog*>(text("confirmDialog")));
        QCOMPARE(fixture.workspace->tasks.rowCount(), 0);
    }

    void delInAnotherList_asksNothing()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        const hosts::VmId vm = host->addVm(text("web"));
        ui::MainWindow& window = fixture.open();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTRY_VERIFY(fixture.workspace->inventory.find(host, vm));
        QTRY_COMPARE(host->connectionState(), hosts::ConnectionState::Connected);
        fixture.find<QTableView>("allVmsView")->selectRow(0);
        QTRY_VERIFY(fixture.action("actionRemove")->isEnabled());
        auto* list = fixture.find<QTreeView>("dashboardHosts");
        list->setFocus();
        QTest::keyClick(list, Qt::Key_Delete);
        QVERIFY(!window.findChild<QDialog*>(text("confirmDialog")));
        auto* table = fixture.find<QTableView>("allVmsView");
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Delete);
        QVERIFY(window.findChild<QDialog*>(text("confirmDialog")));
    }

    void keysOfMachinesWithinAText_doNothing()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        const hosts::VmId vm = host->addVm(text("web"), VmState::Running);
        ui::MainWindow& window = fixture.open();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTRY_VERIFY(fixture.workspace->inventory.find(host, vm));
        QTRY_COMPARE(host->connectionState(), hosts::ConnectionState::Connected);
        fixture.select(host, vm);
        QTRY_VERIFY(fixture.action("actionShutDown")->isEnabled());
        fixture.action("actionFilter")->trigger();
        QWidget* filter = window.focusWidget();
        QVERIFY(qobject_cast<QLineEdit*>(filter));
        for (const Qt::Key key : { Qt::Key_D, Qt::Key_P, Qt::Key_R })
            QTest::keyClick(filter, key, Qt::ControlModifier);
        QCOMPARE(fixture.workspace->tasks.rowCount(), 0);
        fixture.find<QTreeView>("inventoryTree")->setFocus();
        QTest::keyClick(window.focusWidget(), Qt::Key_P, Qt::ControlModifier);
        QTRY_COMPARE(host->vm(vm).state, VmState::Paused);
    }

    void tasksThatWait_areToldAndCancelledTogether()
    {
        constexpr int kCount = 9000;
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        host->addVms(2 * kCount);
        fixture.open();
        QTRY_COMPARE(fixture.workspace->inventory.vmCount(), 2 * kCount);
        QTRY_COMPARE(host->connectionState(), hosts::ConnectionState::Connected);
        fixture.action("actionTasks")->trigger();
        auto* all = fixture.find<QPushButton>("taskCancelWaiting");
        QVERIFY(!all->isVisible());
        QVector<models::VmRef> vms;
        for (const hosts::VmInfo& vm : host->vms()) {
            if (vm.state == VmState::Running && vms.size() < kCount)
                vms.append({ host, vm.id });
        }
        host->setSilent(true);
        models::HostCommands& commands = fixture.workspace->commands;
        commands.perform(commands.plan(vms, VmAction::Pause), VmAction::Pause);
        const int begun = models::HostQueue::kAtOnce;
        auto* summary = fixture.find<QLabel>("taskSummary");
        const QLocale locale;
        QTRY_COMPARE(summary->text(),
            text("%1 running  ·  %2 waiting")
                .arg(locale.toString(begun), locale.toString(vms.size() - begun)));
        auto* list = fixture.find<QAbstractItemView>("taskList");
        list->selectAll();
        QTRY_VERIFY(fixture.find<QPushButton>("taskCancel")->isVisible());

        QElapsedTimer standstill;
        standstill.start();
        QTest::mouseClick(all, Qt::LeftButton);
        QCoreApplication::processEvents(); // all that follows at once
        const qint64 elapsed = standstill.elapsed();
        QTRY_COMPARE(summary->text(), text("%1 running").arg(locale.toString(begun)));
        QVERIFY(!all->isVisible());
        QVERIFY2(elapsed < 1500, qPrintable(QString::number(elapsed)));
        host->setSilent(false);
        QTRY_COMPARE(fixture.workspace->tasks.runningCount(), 0);
    }

    void selectedTasksThatWait_areCancelledTogether()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        host->addVms(60);
        fixture.open();
        QTRY_COMPARE(fixture.workspace->inventory.vmCount(), 60);
        QTRY_COMPARE(host->connectionState(), hosts::ConnectionState::Connected);
        fixture.action("actionTasks")->trigger();
        host->setSilent(true);
        models::TaskModel& tasks = fixture.workspace->tasks;
        for (const hosts::VmInfo& vm : host->vms())
            fixture.workspace->commands.runInTurn(host, hosts::SetAutostart { vm.id, true });
        const int begun = models::HostQueue::kAtOnce;
        QTRY_COMPARE(tasks.waitingCount(), 60 - begun);
        auto* list = fixture.find<QAbstractItemView>("taskList");
        for (const int row : { 0, 1, 2 })
            list->selectionModel()->select(
                list->model()->index(row, 0), QItemSelectionModel::Select);
        QTRY_COMPARE(fixture.find<QLabel>("taskHeadline")->text(), text("Tasks selected: 3"));
        QTest::mouseClick(fixture.find<QPushButton>("taskCancel"), Qt::LeftButton);
        QTRY_COMPARE(tasks.waitingCount(), 57 - begun);
        host->setSilent(false);
        QTRY_COMPARE(tasks.runningCount(), 0);
    }

    void anotherFailure_leavesTheSelectedTaskSelected()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        const hosts::VmId vm = host->addVm(text("web"));
        fixture.open();
        QTRY_VERIFY(fixture.workspace->inventory.find(host, vm));
        QTRY_COMPARE(host->connectionState(), hosts::ConnectionState::Connected);
        host->failAll({ vmm::ErrorKind::Busy, text("web") });
        models::TaskModel& tasks = fixture.workspace->tasks;
        fixture.workspace->commands.perform(host, vm, VmAction::Start);
        auto* list = fixture.find<QAbstractItemView>("taskList");
        QTRY_VERIFY(list->isVisible());
        QTRY_COMPARE(tasks.unseenFailureCount(), 0);
        const models::TaskId looked = tasks.at(list->currentIndex().row()).id;
        fixture.workspace->commands.perform(host, vm, VmAction::Start);
        QTRY_COMPARE(tasks.failedCount(), 2);
        QCOMPARE(tasks.at(list->currentIndex().row()).id, looked);
        QTRY_COMPARE(tasks.unseenFailureCount(), 0);
    }

    void closing_asksWhileWorkIsUnderWay()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        const hosts::VmId vm = host->addVm(text("web"));
        ui::MainWindow& window = fixture.open();
        QTRY_VERIFY(fixture.workspace->inventory.find(host, vm));
        host->holdJobsAt(25);
        const hosts::CloneMachine clone { vm, { .name = text("twin") } };
        fixture.workspace->commands.run(host, clone);
        fixture.workspace->commands.run(host, hosts::BackUpMachine { vm, {} });
        QVERIFY(!window.close());
        QVERIFY(window.isVisible());
        const QString items = fixture.find<QPlainTextEdit>("confirmItems")->toPlainText();
        QVERIFY2(items.contains(text("web")), qPrintable(items));
        QVERIFY2(items.contains(text("stops before its end")), qPrintable(items));
        QVERIFY2(items.contains(text("goes on over there")), qPrintable(items));
        QTest::mouseClick(fixture.find<QPushButton>("confirmCancel"), Qt::LeftButton);
        QTRY_VERIFY(!window.findChild<QDialog*>(text("confirmDialog")));
        QVERIFY(window.isVisible());
        QCOMPARE(fixture.workspace->tasks.runningCount(), 1); // the backup is done at once

        QVERIFY(!window.close());
        QTest::mouseClick(fixture.find<QPushButton>("confirmAccept"), Qt::LeftButton);
        QVERIFY(!window.isVisible());
    }

    void closing_asksWhileHardwareIsEdited()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        const hosts::VmId vm = host->addVm(text("web"));
        const hosts::VmId other = host->addVm(text("db"));
        const hosts::VmId third = host->addVm(text("mail"));
        ui::MainWindow& window = fixture.open();
        const auto edit = [&](hosts::VmId of) {
            window.showVm({ host, of }, ui::VmPage::Tab::Hardware);
            const auto* form = fixture.find<ui::HardwareForm>("hardware");
            QLineEdit* title = nullptr;
            QTRY_VERIFY(title
                = form->findChild<QLineEdit*>(form->editorName(models::HardwareField::Title)));
            QTRY_VERIFY(title->isVisible() && title->text().isEmpty());
            title->setText(text("Shop"));
        };
        edit(vm);
        edit(other);
        window.showVm({ host, third }, ui::VmPage::Tab::Hardware);
        QVERIFY(!window.close());
        const QString items = fixture.find<QPlainTextEdit>("confirmItems")->toPlainText();
        QVERIFY2(items.contains(text("web:")) && items.contains(text("db:")), qPrintable(items));
        QVERIFY2(!items.contains(text("mail")), qPrintable(items));
        QTest::mouseClick(fixture.find<QPushButton>("confirmCancel"), Qt::LeftButton);
        QTRY_VERIFY(!window.findChild<QDialog*>(text("confirmDialog")));
        host->removeVm(other);
        window.showVm({ host, vm }, ui::VmPage::Tab::Hardware);
        fixture.find<QPushButton>("hardwareRevert")->click();
        QVERIFY(window.close());
    }

    void closing_asksNothingWhenNothingIsUnderWay()
    {
        WindowFixture fixture;
        fixture.addHost();
        QVERIFY(fixture.open().close());
    }

    void removingAConnection_tellsWhichWorkEnds()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        FakeHost* other = fixture.addHost(text("test:///other"));
        const hosts::VmId vm = host->addVm(text("web"));
        ui::MainWindow& window = fixture.open();
        QTRY_VERIFY(fixture.workspace->inventory.find(host, vm));
        host->holdJobsAt(25);
        fixture.workspace->commands.run(host, hosts::CloneMachine { vm, { .name = text("twin") } });
        window.selection().setHost(other);
        fixture.action("actionRemoveConnection")->trigger();
        QVERIFY(!window.findChild<QPlainTextEdit*>(text("confirmItems")));
        delete window.findChild<QDialog*>(text("confirmDialog"));
        window.selection().setHost(host);
        fixture.action("actionRemoveConnection")->trigger();
        const QString items = fixture.find<QPlainTextEdit>("confirmItems")->toPlainText();
        QVERIFY2(items.contains(text("stops before its end")), qPrintable(items));
        QVERIFY(fixture.find<QPushButton>("confirmCancel")->isDefault());
    }

    void removingAConnection_tellsWhichEditsAreLost()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        FakeHost* other = fixture.addHost(text("test:///other"));
        const hosts::VmInfo web = host->vm(host->addVm(text("web")));
        const hosts::VmId db = other->addVm(text("db"));
        ui::MainWindow& window = fixture.open();
        const auto title = [&](FakeHost* of, hosts::VmId vm) {
            window.showVm({ of, vm }, ui::VmPage::Tab::Hardware);
            const auto* form = fixture.find<ui::HardwareForm>("hardware");
            QLineEdit* edit = nullptr;
            (void)QTest::qWaitFor([&] {
                edit = form->findChild<QLineEdit*>(form->editorName(models::HardwareField::Title));
                return edit && edit->isVisible();
            });
            return edit;
        };
        QTRY_VERIFY(fixture.workspace->inventory.find(other, db));
        QTRY_VERIFY(title(host, web.id));
        title(host, web.id)->setText(text("Shop"));
        QTRY_VERIFY(title(other, db)->text().isEmpty());
        title(other, db)->setText(text("Store"));
        const auto remove = [&] {
            window.selection().setHost(host);
            fixture.action("actionRemoveConnection")->trigger();
        };
        remove();
        const QString items = fixture.find<QPlainTextEdit>("confirmItems")->toPlainText();
        QVERIFY2(items.contains(text("web:")) && !items.contains(text("db:")), qPrintable(items));
        QVERIFY(fixture.find<QPushButton>("confirmCancel")->isDefault());
        delete window.findChild<QDialog*>(text("confirmDialog"));
        QTRY_COMPARE(title(host, web.id)->text(), text("Shop"));
        remove();
        QTest::mouseClick(fixture.find<QPushButton>("confirmAccept"), Qt::LeftButton);
        QTRY_COMPARE(fixture.workspace->hosts.hosts().size(), qsizetype(1));
        QTRY_COMPARE(title(other, db)->text(), text("Store"));

        host = fixture.addHost();
        host->addKnownVm(web);
        QTRY_VERIFY(fixture.workspace->inventory.find(host, web.id));
        QTRY_COMPARE(host->connectionState(), hosts::ConnectionState::Connected);
        QTRY_VERIFY(title(host, web.id) && title(host, web.id)->text().isEmpty());
        QVERIFY(!fixture.find<QPushButton>("hardwareRevert")->isEnabled());
    }

    void reasonOfACrash_isToldWithItsRawText()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        const hosts::VmId vm = host->addVm(text("web"), VmState::Running);
        fixture.open();
        QTRY_COMPARE(host->connectionState(), hosts::ConnectionState::Connected);
        fixture.select(host, vm);
        hosts::VmInfo info = fixture.workspace->inventory.find(host, vm)->info;
        info.state = VmState::Crashed;
        info.reason = vmm::StateReason::ProcessDied;
        info.reasonDetail = text("qemu: out of cheese");
        host->addKnownVm(info);
        QTRY_VERIFY(fixture.find<QWidget>("vmReason")->isVisible());
        QCOMPARE(fixture.find<QLabel>("vmReasonWhy")->text(), text("qemu: out of cheese"));
        QCOMPARE(fixture.find<QTabWidget>("vmTabs")->currentIndex(), kOverview);
    }
};

QTEST_MAIN(tst_MainWindow)
#include "tst_MainWindow.moc"
