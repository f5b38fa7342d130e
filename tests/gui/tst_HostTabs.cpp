// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The pages of a host: its images, its trash and its load.
#include "tests/gui/WindowTest.h"
#include "tests/support/TestNames.h"
#include "ui/pages/HostPage.h"

#include <QClipboard>
#include <QDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTableWidget>
#include <QTreeWidget>

using vmm::VmState;

class tst_HostTabs : public tests::WindowTest {
    Q_OBJECT

private Q_SLOTS:
    void images_showTheirChainsAndGuardWhatIsUsed();
    void image_isCreatedCheckedAndDeleted();
    void overlay_standsOnItsImage();
    void imagesOfAHostThatHasNone_sayWhy();
    void hostWithTheOne_hasNoPagesAboutTheOther();
    void trash_bringsBackAndEmpties();
    void deleteKey_doesNothingToDevices();
    void load_isAskedWhileItIsSeenAlone();
    void errorOfTheHost_standsInPlace();

private:
    void open(ui::HostPage::Tab tab)
    {
        ui::MainWindow& window = m_fixture->open();
        QTRY_COMPARE(m_host->connectionState(), hosts::ConnectionState::Connected);
        window.selection().setHost(m_host);
        m_fixture->find<QTabWidget>("hostTabs")->setCurrentIndex(static_cast<int>(tab));
    }
    QTreeWidget* tree(const char* name) const { return m_fixture->find<QTreeWidget>(name); }
    bool selectImage(const char* name)
    {
        const auto found
            = tree("imageTree")->findItems(text(name), Qt::MatchExactly | Qt::MatchRecursive);
        if (found.isEmpty())
            return false;
        tree("imageTree")->setCurrentItem(found.first());
        return true;
    }
};

void tst_HostTabs::images_showTheirChainsAndGuardWhatIsUsed()
{
    m_host->addVm(text("web"));
    open(ui::HostPage::Tab::Images);
    QTRY_VERIFY(selectImage("web.qcow2"));
    QVERIFY(!button("imageDelete")->isEnabled());
    QVERIFY(button("imageDelete")->toolTip().contains(text("disk of web")));
    QVERIFY(!button("imageFlatten")->isEnabled());
    QVERIFY(button("imageFlatten")->toolTip().contains(text("alone")));
    QVERIFY(button("imageGrow")->isEnabled());
}

void tst_HostTabs::image_isCreatedCheckedAndDeleted()
{
    m_host->addVm(text("web"));
    open(ui::HostPage::Tab::Images);
    QTRY_VERIFY(selectImage("web.qcow2"));
    click("imageCreate");
    auto* path = m_fixture->find<QLineEdit>("createImagePath");
    path->setText(text("relative.qcow2"));
    QVERIFY(!button("createImageAccept")->isEnabled());
    path->setText(text("/images/data.qcow2"));
    click("createImageAccept");
    QTRY_VERIFY(selectImage("data.qcow2"));
    QTRY_VERIFY(!m_fixture->window->findChild<QDialog*>());
    click("imageCheck");
    QTRY_VERIFY(m_fixture->find<QLabel>("imageVerdict")->text().contains(text("is sound")));
    QVERIFY(selectImage("data.qcow2"));
    QTRY_VERIFY(button("imageDelete")->isEnabled());
    click("imageDelete");
    click("confirmAccept");
    QTRY_VERIFY(!selectImage("data.qcow2"));
}

void tst_HostTabs::overlay_standsOnItsImage()
{
    m_host->addVm(text("web"));
    open(ui::HostPage::Tab::Images);
    QTRY_VERIFY(selectImage("web.qcow2"));
    click("imageOverlay");
    QCOMPARE(
        m_fixture->find<QLineEdit>("createImagePath")->text(), text("/images/web-overlay.qcow2"));
    click("createImageAccept");
    QTRY_VERIFY(selectImage("web-overlay.qcow2"));
    QVERIFY(tree("imageTree")->currentItem()->parent());
    QCOMPARE(tree("imageTree")->currentItem()->parent()->text(0), text("web.qcow2"));
    QVERIFY(button("imageFlatten")->isEnabled());
    QVERIFY(selectImage("web.qcow2"));
    QVERIFY(!button("imageGrow")->isEnabled()); // another stands on it
    QVERIFY(selectImage("web-overlay.qcow2"));
    click("imageFlatten");
    click("confirmAccept");
    QTRY_VERIFY(selectImage("web-overlay.qcow2") && !tree("imageTree")->currentItem()->parent());
}

void tst_HostTabs::imagesOfAHostThatHasNone_sayWhy()
{
    m_host->setMissing(hosts::Feature::Images, text("Libvirt keeps pools."));
    m_host->setMissing(hosts::Feature::Storage, text("Nor are there pools."));
    open(ui::HostPage::Tab::Images);
    QTRY_VERIFY(
        m_fixture->find<QLabel>("imagesEmptyText")->text().contains(text("Libvirt keeps pools.")));
}

void tst_HostTabs::hostWithTheOne_hasNoPagesAboutTheOther()
{
    m_host->setMissing(hosts::Feature::Images, text("Libvirt keeps pools."));
    open(ui::HostPage::Tab::Machines);
    const auto* tabs = m_fixture->find<QTabWidget>("hostTabs");
    const auto isThere
        = [&](ui::HostPage::Tab tab) { return tabs->isTabVisible(static_cast<int>(tab)); };
    QTRY_VERIFY(!isThere(ui::HostPage::Tab::Images));
    QVERIFY(!isThere(ui::HostPage::Tab::Trash));
    QVERIFY(isThere(ui::HostPage::Tab::Storage));
    QVERIFY(isThere(ui::HostPage::Tab::Networks));
}

void tst_HostTabs::trash_bringsBackAndEmpties()
{
    const hosts::VmId web = m_host->addVm(text("web"));
    const hosts::VmId db = m_host->addVm(text("db"));
    open(ui::HostPage::Tab::Trash);
    QTRY_VERIFY(m_fixture->find<QWidget>("trashEmpty")->isVisible());
    models::HostCommands& commands = m_fixture->workspace->commands;
    commands.perform(m_host, web, vmm::VmAction::Undefine);
    commands.perform(m_host, db, vmm::VmAction::Undefine);
    QTRY_COMPARE(tree("trashTree")->topLevelItemCount(), 2);
    tree("trashTree")->setCurrentItem(tree("trashTree")->topLevelItem(0));
    click("trashRestore");
    QTRY_COMPARE(m_fixture->workspace->inventory.vmCount(), 1);
    QTRY_COMPARE(tree("trashTree")->topLevelItemCount(), 1);
    QCOMPARE(m_host->vm(web).name, text("web"));
    click("trashEmptyAll");
    click("confirmAccept");
    QTRY_VERIFY(m_fixture->find<QWidget>("trashEmpty")->isVisible());
}

void tst_HostTabs::deleteKey_doesNothingToDevices()
{
    m_host->seedResources();
    open(ui::HostPage::Tab::Devices);
    QTreeWidget* devices = tree("deviceTree");
    QTRY_VERIFY(devices->topLevelItemCount() > 0);
    devices->setCurrentItem(devices->topLevelItem(0));
    QVERIFY(button("deviceCopy")->isEnabled());
    QGuiApplication::clipboard()->setText(text("of the user"));
    devices->setFocus();
    QTest::keyClick(devices, Qt::Key_Delete);
    QCOMPARE(QGuiApplication::clipboard()->text(), text("of the user"));
}

void tst_HostTabs::load_isAskedWhileItIsSeenAlone()
{
    open(ui::HostPage::Tab::Performance);
    auto* disks = m_fixture->find<QTableWidget>("hostDiskLoads");
    QTRY_COMPARE(disks->rowCount(), 1);
    QCOMPARE(disks->item(0, 0)->text(), text("nvme0n1"));
    QCOMPARE(m_fixture->find<QTableWidget>("hostPressure")->rowCount(), 3);
    const int asked = m_host->questionCount();
    QTRY_VERIFY(m_host->questionCount() > asked); // once a second
    m_fixture->find<QTabWidget>("hostTabs")->setCurrentIndex(0);
    const int hidden = m_host->questionCount();
    QTest::qWait(1300);
    QCOMPARE(m_host->questionCount(), hidden);
}

void tst_HostTabs::errorOfTheHost_standsInPlace()
{
    open(ui::HostPage::Tab::Machines);
    m_host->failNext({ vmm::ErrorKind::TimedOut, text("fake") });
    m_fixture->find<QTabWidget>("hostTabs")
        ->setCurrentIndex(static_cast<int>(ui::HostPage::Tab::Trash));
    QTRY_VERIFY(m_fixture->find<QWidget>("trashError")->isVisible());
    click("trashErrorRetry");
    QTRY_VERIFY(m_fixture->find<QWidget>("trashEmpty")->isVisible());
}

QTEST_MAIN(tst_HostTabs)
#include "moc_WindowTest.cpp"
#include "tst_HostTabs.moc"
