// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The dialog that moves a machine between this computer's own core and a libvirt host.
#include "tests/gui/WindowFixture.h"
#include "tests/support/TestNames.h"
#include "ui/text/MoveText.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>

using hosts::VmId;
using hosts::moving::Obstacle;
using tests::FakeHost;
using tests::WindowFixture;
using vmm::VmState;

namespace {

QString text(const char* latin1)
{
    return QString::fromLatin1(latin1);
}

} // namespace

class tst_MoveDialog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(tests::warningsOfOurs());
        m_fixture = std::make_unique<WindowFixture>();
        m_core = m_fixture->addHost(text("embedded:///"));
        m_libvirt = m_fixture->addHost(text("qemu:///system"));
        m_libvirt->seedResources();
        m_fixture->open();
    }
    void cleanup() { m_fixture.reset(); }

    void machineOfTheCore_movesToTheChosenPoolAndNetwork()
    {
        const VmId vm = m_core->addVm(text("web"));
        openDialog(m_core, vm);
        auto* target = m_fixture->find<QComboBox>("migrateTarget");
        QVERIFY(!target->isEditable());
        QCOMPARE(target->count(), 1);
        QVERIFY(!accept()->isEnabled()); // until it was looked
        QTRY_VERIFY2(accept()->isEnabled(), qPrintable(accept()->toolTip()));
        QVERIFY(!isShown("migrateStorage") && !isShown("migrateRoute"));
        QVERIFY(!isShown("migrateDeleteDisks") && !isShown("migrateLoss"));
        QCOMPARE(m_fixture->find<QComboBox>("migrateNetwork")->currentData().toString(),
            text("default"));
        QVERIFY(verdict().contains(text("trash")));
        QTest::mouseClick(accept(), Qt::LeftButton);
        QTRY_COMPARE(m_libvirt->vm(vm).name, text("web"));
        QTRY_VERIFY(m_core->vms().isEmpty());
        const models::Task* task = m_fixture->workspace->tasks.find(1);
        QVERIFY(task);
        QTRY_COMPARE(m_fixture->workspace->tasks.find(1)->state, models::TaskState::Succeeded);
        QCOMPARE(m_fixture->workspace->tasks.find(1)->info.vmName, text("web"));
    }

    void whatIsInTheWay_isTold()
    {
        const VmId vm = m_core->addVm(text("web"), VmState::Running);
        openDialog(m_core, vm);
        QTRY_VERIFY(obstacles().contains(text("not switched off")));
        QVERIFY(!accept()->isEnabled());
        QVERIFY(accept()->toolTip().contains(text("can't move like this")));
    }

    void loss_wantsAYes()
    {
        const VmId vm = m_core->addVm(text("web"));
        hosts::VmInfo info = m_core->vm(vm);
        info.snapshots = 2;
        m_core->addKnownVm(info);
        openDialog(m_core, vm);
        QTRY_VERIFY(obstacles().contains(text("snapshots stay behind (2)")));
        QVERIFY(!accept()->isEnabled());
        QVERIFY(isShown("migrateLoss"));
        m_fixture->find<QCheckBox>("migrateLoss")->click();
        QVERIFY2(accept()->isEnabled(), qPrintable(accept()->toolTip()));
        // A copy loses nothing.
        m_fixture->find<QCheckBox>("migrateCopy")->click();
        QTRY_VERIFY(accept()->isEnabled());
        QVERIFY(!isShown("migrateLoss"));
        QVERIFY(verdict().contains(text("copy")));
    }

    void nameInUse_isLookedForAsOneTypes()
    {
        const VmId vm = m_core->addVm(text("web"));
        m_libvirt->addVm(text("web"));
        openDialog(m_core, vm);
        QTRY_VERIFY(obstacles().contains(text("is called web")));
        m_fixture->find<QLineEdit>("migrateName")->setText(text("web-2"));
        QVERIFY(!accept()->isEnabled());
        QTRY_VERIFY2(accept()->isEnabled(), qPrintable(accept()->toolTip()));
    }

    void machineOfLibvirt_movesToThisComputer()
    {
        const VmId vm = m_libvirt->addVm(text("spare"));
        hosts::VmInfo info = m_libvirt->vm(vm);
        info.disks = { text("/images/spare.img") };
        m_libvirt->addKnownVm(info);
        openDialog(m_libvirt, vm);
        auto* target = m_fixture->find<QComboBox>("migrateTarget");
        QVERIFY(target->isEditable());
        QCOMPARE(target->currentText(), text("This computer"));
        QVERIFY(!isShown("migratePool") && !isShown("migrateNetwork"));
        auto* disks = m_fixture->find<QCheckBox>("migrateDeleteDisks");
        QVERIFY(isShown("migrateDeleteDisks") && !disks->isChecked());
        QTRY_VERIFY(verdict().contains(text("its disks stay there")));
        disks->click();
        QTRY_VERIFY(verdict().contains(text("for good")));
        m_fixture->find<QCheckBox>("migrateCopy")->click();
        QVERIFY(!isShown("migrateDeleteDisks"));
        // Another libvirt host is asked about in the other way.
        target->setEditText(text("qemu+ssh://root@other/system"));
        QVERIFY(isShown("migrateStorage") && !isShown("migrateCopy"));
        QTRY_VERIFY(accept()->isEnabled());
    }

    void coreAlone_saysWhereItCouldGo()
    {
        m_fixture->workspace->hosts.remove(m_libvirt);
        const VmId vm = m_core->addVm(text("web"));
        openDialog(m_core, vm);
        QVERIFY(!accept()->isEnabled());
        QVERIFY(accept()->toolTip().contains(text("connect to one first")));
    }

    void remoteCore_saysWhyNot()
    {
        FakeHost* far = m_fixture->addHost(text("embedded+ssh://root@far/"));
        const VmId vm = far->addVm(text("web"));
        QTRY_COMPARE(far->connectionState(), hosts::ConnectionState::Connected);
        m_fixture->select(far, vm);
        QAction* action = m_fixture->action("actionMigrate");
        QTRY_VERIFY(action->toolTip().contains(text("out of reach")));
        QVERIFY(!action->isEnabled());
    }

    void hostsOfOneName_areToldApart()
    {
        m_fixture->addHost(text("qemu+ssh://root@a2/system"));
        m_fixture->addHost(text("qemu+ssh://joe@a2/system"));
        const VmId vm = m_libvirt->addVm(text("web"));
        openDialog(m_libvirt, vm);
        auto* target = m_fixture->find<QComboBox>("migrateTarget");
        QStringList titles;
        for (int i = 0; i < target->count(); ++i)
            titles.append(target->itemText(i));
        QCOMPARE(titles.removeDuplicates(), qsizetype(0));
        const int joe = target->findData(text("qemu+ssh://joe@a2/system"));
        target->setCurrentIndex(joe);
        QTRY_VERIFY2(accept()->isEnabled(), qPrintable(accept()->toolTip()));
        QTest::mouseClick(accept(), Qt::LeftButton);
        QTRY_VERIFY(!m_libvirt->asked().isEmpty());
        const auto* asked = std::get_if<hosts::MigrateMachine>(&m_libvirt->asked().last());
        QVERIFY(asked);
        QCOMPARE(asked->request.target, text("qemu+ssh://joe@a2/system"));
    }

    void cancelledMove_isATaskThatCanBeTriedAgain()
    {
        const VmId vm = m_core->addVm(text("web"));
        m_libvirt->holdJobsAt(50);
        openDialog(m_core, vm);
        QTRY_VERIFY(accept()->isEnabled());
        QTest::mouseClick(accept(), Qt::LeftButton);
        models::TaskModel& tasks = m_fixture->workspace->tasks;
        QTRY_VERIFY(tasks.find(1) && tasks.find(1)->progress > 20);
        QVERIFY(tasks.cancel(1));
        QTRY_COMPARE(tasks.find(1)->state, models::TaskState::Cancelled);
        QCOMPARE(m_core->vms().size(), qsizetype(1));
        QVERIFY(m_libvirt->vms().isEmpty());
        m_libvirt->holdJobsAt(-1);
        QVERIFY(tasks.retry(1));
        QTRY_COMPARE(m_libvirt->vm(vm).name, text("web"));
    }

    void everyObstacle_hasWords()
    {
        for (int kind = 0; kind <= static_cast<int>(Obstacle::Kind::AccelerationUnused); ++kind) {
            const Obstacle obstacle { .kind = static_cast<Obstacle::Kind>(kind),
                .subject = text("SUBJECT"),
                .detail = text("1 2") };
            const QString name = nameOf(obstacle.kind);
            QVERIFY(name != text("?"));
            QVERIFY2(ui::MoveText::of(obstacle).what != name, qPrintable(name));
        }
    }

private:
    void openDialog(FakeHost* host, VmId vm)
    {
        QTRY_COMPARE(host->connectionState(), hosts::ConnectionState::Connected);
        m_fixture->select(host, vm);
        QTRY_VERIFY(m_fixture->action("actionMigrate")->isEnabled());
        m_fixture->action("actionMigrate")->trigger();
        QTRY_VERIFY(m_fixture->window->findChild<QDialog*>(text("migrate")));
    }
    QPushButton* accept() const { return m_fixture->find<QPushButton>("migrateAccept"); }
    QString verdict() const { return m_fixture->find<QLabel>("migrateVerdict")->text(); }
    bool isShown(const char* name) const
    {
        const auto* widget = m_fixture->window->findChild<QWidget*>(text(name));
        return widget && widget->isVisibleTo(widget->window());
    }
    QString obstacles() const
    {
        const auto* tree = m_fixture->find<QTreeWidget>("migrateObstacles");
        QStringList lines;
        for (int i = 0; i < tree->topLevelItemCount(); ++i)
            lines.append(tree->topLevelItem(i)->text(0));
        return lines.join(QLatin1Char('\n'));
    }

    std::unique_ptr<WindowFixture> m_fixture;
    FakeHost* m_core = nullptr;
    FakeHost* m_libvirt = nullptr;
};

QTEST_MAIN(tst_MoveDialog)
#include "tst_MoveDialog.moc"
