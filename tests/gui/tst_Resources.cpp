// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The pages of a host for storage, networks and devices.
#include "tests/gui/WindowFixture.h"
#include "tests/support/DeadMount.h"
#include "tests/support/TestNames.h"
#include "ui/dialogs/VolumePicker.h"
#include "ui/pages/HostPage.h"
#include "ui/widgets/ListTree.h"

#include <QCheckBox>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QDialog>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTreeWidget>

using hosts::Feature;
using tests::FakeHost;
using tests::WindowFixture;
using ui::HostPage;

namespace {

QString text(const char* latin1)
{
    return QString::fromLatin1(latin1);
}

} // namespace

class tst_Resources : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(tests::warningsOfOurs());
        m_fixture = std::make_unique<WindowFixture>();
        m_host = m_fixture->addHost();
        m_host->seedResources();
    }
    void cleanup() { m_fixture.reset(); }

    void pools_areAskedForWhenSeen();
    void pool_isMade();
    void newPool_asksForWhatItsTypeNeeds();
    void poolAsXml_isSentAsItIs();
    void pool_isStartedStoppedAndDeleted();
    void poolXml_isEdited();
    void networkXml_thatSomebodyElseChanged_isShownBesideTheirs();
    void volumes_tellWhoNeedsThem();
    void volume_isMadeGrownCopiedAndDeleted();
    void overlay_isAsLargeAsItsBase();
    void file_isUploadedAndTheTaskCancelled();
    void upload_waitsUntilItIsKnownWhatIsThere();
    void download_replacesNoFile();
    void fileSystemThatNeverAnswers_holdsUpNobody();
    void changeByOthers_isShown();
    void storageOfAHostThatHasNone_saysWhy();
    void actionTheDriverLacks_isGreyedWithItsReason();
    void errorOfPools_standsInPlace();
    void networks_tellWhatTheyAre();
    void network_isMadeStoppedAndDeleted();
    void newNetwork_proposesARange();
    void devices_areATreeThatCanBeFiltered();
    void picker_findsAVolume();
    void refilledList_staysAsTheUserHasIt();
    void refilledList_selectsTheNeighbourOfWhatIsGone();
    void keyboard_reachesEverything();
    void move_looksFirstAndTellsHowFarItIs();
    void move_isRefusedWhileSomethingIsInTheWay();
    void host_isEmptied();
    void emptiedHost_saysWhatStays();
    void emptiedHost_takesCareOfTheOthers_data();
    void emptiedHost_takesCareOfTheOthers();
    void hostWhoseMachinesAllStay_isNotEmptied();

private:
    void open(HostPage::Tab tab)
    {
        ui::MainWindow& window = m_fixture->open();
        QTRY_COMPARE(m_host->connectionState(), hosts::ConnectionState::Connected);
        window.selection().setHost(m_host);
        m_fixture->find<QTabWidget>("hostTabs")->setCurrentIndex(static_cast<int>(tab));
    }
    QPushButton* button(const char* name) const { return m_fixture->find<QPushButton>(name); }
    void click(const char* name)
    {
        QVERIFY2(button(name)->isEnabled(), qPrintable(button(name)->toolTip()));
        QTest::mouseClick(button(name), Qt::LeftButton);
    }
    void type(const char* name, const char* what)
    {
        auto* edit = m_fixture->find<QLineEdit>(name);
        edit->selectAll();
        QTest::keyClicks(edit, text(what));
    }
    bool select(const char* tree, const char* name)
    {
        auto* found = m_fixture->find<QTreeWidget>(tree);
        const auto items = found->findItems(text(name), Qt::MatchExactly | Qt::MatchRecursive);
        if (items.isEmpty())
            return false;
        found->setCurrentItem(items.first());
        return true;
    }
    template <typename Op> const Op* asked() const
    {
        for (auto each = m_host->asked().crbegin(); each != m_host->asked().crend(); ++each) {
            if (const Op* found = std::get_if<Op>(&*each))
                return found;
        }
        return nullptr;
    }
    /// The dialog that empties the host, by shutting its machines down.
    void openMaintenance()
    {
        open(HostPage::Tab::Machines);
        m_fixture->action("actionMaintenance")->trigger();
        auto* way = m_fixture->find<QComboBox>("maintenanceWay");
        way->setCurrentIndex(way->findText(text("are shut down")));
    }
    QString emptyVerdict() const { return m_fixture->find<QLabel>("maintenanceVerdict")->text(); }
    int askedCount(const char* name) const
    {
        return static_cast<int>(std::count_if(m_host->asked().begin(), m_host->asked().end(),
            [&](const auto& each) { return hosts::nameOf(each) == text(name); }));
    }

    std::unique_ptr<WindowFixture> m_fixture;
    FakeHost* m_host = nullptr;
};

void tst_Resources::pools_areAskedForWhenSeen()
{
    open(HostPage::Tab::Machines);
    QTest::qWait(50);
    QCOMPARE(askedCount("list-pools"), 0);
    m_fixture->find<QTabWidget>("hostTabs")->setCurrentIndex(int(HostPage::Tab::Storage));
    QTRY_COMPARE(m_fixture->find<QTreeWidget>("poolTree")->topLevelItemCount(), 3);
    QVERIFY(select("poolTree", "images"));
    QTRY_COMPARE(m_fixture->find<QTreeWidget>("volumeTree")->topLevelItemCount(), 4);
    QVERIFY(select("poolTree", "vg0"));
    QTRY_VERIFY(m_fixture->find<QLabel>("volumesEmptyText")->text().contains(text("stopped")));
    QVERIFY(!button("volumeNew")->isEnabled());
    QVERIFY(button("volumeNew")->toolTip().contains(text("runs")));
}

void tst_Resources::pool_isMade()
{
    open(HostPage::Tab::Storage);
    QTRY_VERIFY(select("poolTree", "images"));
    click("poolNew");
    QVERIFY(!button("newPoolAccept")->isEnabled());
    type("newPoolName", "fast");
    QCOMPARE(m_fixture->find<QLineEdit>("newPoolField0")->text(), text("/var/lib/libvirt/fast"));
    click("newPoolAccept");
    QTRY_VERIFY(select("poolTree", "fast"));
    QCOMPARE(asked<hosts::DefinePool>()->pool.type, text("dir"));
    QVERIFY(asked<hosts::DefinePool>()->pool.isBuilt);
    QVERIFY(asked<hosts::DefinePool>()->pool.isAutostart);
}

void tst_Resources::newPool_asksForWhatItsTypeNeeds()
{
    open(HostPage::Tab::Storage);
    QTRY_VERIFY(select("poolTree", "images"));
    click("poolNew");
    type("newPoolName", "nas");
    auto* kinds = m_fixture->find<QComboBox>("newPoolType");
    kinds->setCurrentIndex(kinds->findData(text("netfs")));
    QVERIFY(m_fixture->find<QLineEdit>("newPoolField1")->isVisible()); // server
    QVERIFY(!m_fixture->find<QLineEdit>("newPoolField4")->isVisible()); // volume group
    QVERIFY(!button("newPoolAccept")->isEnabled());
    QVERIFY(button("newPoolAccept")->toolTip().contains(text("Server")));
    type("newPoolField1", "nas.example.org");
    type("newPoolField2", "/export");
    QVERIFY2(button("newPoolAccept")->isEnabled(), qPrintable(button("newPoolAccept")->toolTip()));
    kinds->setCurrentIndex(kinds->findData(text("logical")));
    QVERIFY(!m_fixture->find<QCheckBox>("newPoolBuild")->isChecked()); // it would format
    type("newPoolField4", "vg1");
    click("newPoolAccept");
    QTRY_VERIFY(asked<hosts::DefinePool>());
    const hosts::NewPool& pool = asked<hosts::DefinePool>()->pool;
    QCOMPARE(pool.type, text("logical"));
    QCOMPARE(pool.sourceName, text("vg1"));
    QVERIFY(pool.host.isEmpty()); // of the type that was not taken
    QVERIFY(!pool.isBuilt);
}

void tst_Resources::poolAsXml_isSentAsItIs()
{
    open(HostPage::Tab::Storage);
    QTRY_VERIFY(select("poolTree", "images"));
    click("poolNew");
    auto* kinds = m_fixture->find<QComboBox>("newPoolType");
    kinds->setCurrentIndex(kinds->findData(text("xml")));
    auto* editor = m_fixture->find<QPlainTextEdit>("newPoolXml");
    editor->setPlainText(text("<pool type='dir'><name>typed</pool>"));
    QVERIFY(!button("newPoolAccept")->isEnabled());
    editor->setPlainText(text("<network/>"));
    QVERIFY(button("newPoolAccept")->toolTip().contains(text("<pool>")));
    const QString xml = text("<pool type='dir'><name>typed</name></pool>");
    editor->setPlainText(xml);
    click("newPoolAccept");
    QTRY_VERIFY(select("poolTree", "typed"));
    QCOMPARE(asked<hosts::DefinePool>()->pool.xml, xml);
}

void tst_Resources::pool_isStartedStoppedAndDeleted()
{
    open(HostPage::Tab::Storage);
    QTRY_VERIFY(select("poolTree", "vg0"));
    QVERIFY(!button("poolStop")->isEnabled());
    click("poolStart");
    QTRY_VERIFY(m_host->pool(text("vg0"))->isActive());
    QTRY_VERIFY(button("poolStop")->isEnabled());
    click("poolAutostart");
    QTRY_VERIFY(m_host->pool(text("vg0"))->isAutostart);
    click("poolStop");
    click("confirmAccept");
    QTRY_VERIFY(!m_host->pool(text("vg0"))->isActive());
    QTRY_VERIFY(!m_fixture->window->findChild<QDialog*>());
    click("poolDelete");
    click("confirmAccept");
    QTRY_VERIFY(!m_host->pool(text("vg0")));
    QVERIFY(!asked<hosts::DeletePool>()->deletesContents);
    QTRY_VERIFY(!select("poolTree", "vg0"));
    QTRY_VERIFY(!m_fixture->window->findChild<QDialog*>());
    QVERIFY(select("poolTree", "images"));
    click("poolDelete");
    for (QCheckBox* option :
        m_fixture->find<QDialog>("confirmDialog")->findChildren<QCheckBox*>()) {
        QVERIFY(!option->isChecked());
        option->setChecked(true);
    }
    click("confirmAccept");
    QTRY_VERIFY(!m_host->pool(text("images")));
    QVERIFY(asked<hosts::DeletePool>()->deletesContents);
}

void tst_Resources::poolXml_isEdited()
{
    open(HostPage::Tab::Storage);
    QTRY_VERIFY(select("poolTree", "images"));
    click("poolXml");
    QTRY_VERIFY(m_fixture->window->findChild<QDialog*>());
    auto* editor = m_fixture->find<QPlainTextEdit>("xmlEditor");
    QVERIFY(!button("editXmlAccept")->isEnabled()); // nothing changed
    editor->setPlainText(editor->toPlainText().replace(text("dir"), text("netfs")));
    click("editXmlAccept");
    QTRY_VERIFY(asked<hosts::DefinePool>());
    QVERIFY(asked<hosts::DefinePool>()->pool.xml.contains(text("netfs")));
    QVERIFY(asked<hosts::DefinePool>()->base.contains(text("dir")));
    QVERIFY(!asked<hosts::DefinePool>()->pool.isStarted);
}

void tst_Resources::networkXml_thatSomebodyElseChanged_isShownBesideTheirs()
{
    open(HostPage::Tab::Networks);
    QTRY_VERIFY(select("networkTree", "default"));
    click("networkXml");
    QTRY_VERIFY(m_fixture->window->findChild<QDialog*>());
    const auto editor = [this] { return m_fixture->find<QPlainTextEdit>("xmlEditor"); };
    const QString old = editor()->toPlainText();
    const QString mine = QString(old).replace(text("dir"), text("mine"));
    const QString theirs = QString(old).replace(text("dir"), text("theirs"));
    editor()->setPlainText(mine);
    QVERIFY(!m_fixture->window->findChild<QPlainTextEdit*>(text("xmlOther")));
    (void)m_host->answer(hosts::DefineNetwork { { .xml = theirs } });
    click("editXmlAccept");
    // Refused; nothing that was typed is lost, and what came in between can be seen.
    QTRY_VERIFY(m_fixture->window->findChild<QPlainTextEdit*>(text("xmlOther")));
    QCOMPARE(m_fixture->find<QPlainTextEdit>("xmlOther")->toPlainText(), theirs);
    QTRY_COMPARE(m_fixture->window->findChildren<QDialog*>().size(), 1);
    QCOMPARE(editor()->toPlainText(), mine);
    QVERIFY(m_fixture->find<QLabel>("editXmlVerdict")->text().contains(text("not stored")));
    click("editXmlAccept");
    QTRY_COMPARE(asked<hosts::DefineNetwork>()->base, theirs);
    QCOMPARE(asked<hosts::DefineNetwork>()->network.xml, mine);
    QTRY_VERIFY(!m_fixture->window->findChild<QDialog*>());
}

void tst_Resources::volumes_tellWhoNeedsThem()
{
    const hosts::VmId web = m_host->addVm(text("web"));
    hosts::VmInfo info = m_host->vm(web);
    info.disks = QStringList { text("/images/twin.qcow2") };
    m_host->addKnownVm(info);
    open(HostPage::Tab::Storage);
    QTRY_VERIFY(select("poolTree", "images"));
    QTRY_VERIFY(select("volumeTree", "twin.qcow2"));
    QVERIFY(!button("volumeDelete")->isEnabled());
    QVERIFY(button("volumeDelete")->toolTip().contains(text("web")));
    QVERIFY(select("volumeTree", "golden.qcow2"));
    QVERIFY(button("volumeDelete")->toolTip().contains(text("twin.qcow2")));
    QVERIFY(!button("volumeGrow")->isEnabled());
    QVERIFY(select("volumeTree", "spare.img"));
    QVERIFY(button("volumeDelete")->isEnabled() && button("volumeGrow")->isEnabled());
}

void tst_Resources::volume_isMadeGrownCopiedAndDeleted()
{
    open(HostPage::Tab::Storage);
    QTRY_VERIFY(select("poolTree", "images"));
    QTRY_VERIFY(select("volumeTree", "spare.img"));
    click("volumeNew");
    QCOMPARE(m_fixture->find<QLineEdit>("newVolumeName")->text(), text("disk.qcow2"));
    type("newVolumeName", "spare.img");
    QVERIFY(!button("newVolumeAccept")->isEnabled());
    type("newVolumeName", "data.qcow2");
    m_fixture->find<QDoubleSpinBox>("newVolumeSize")->setValue(3);
    click("newVolumeAccept");
    QTRY_VERIFY(select("volumeTree", "data.qcow2"));
    QCOMPARE(asked<hosts::CreateVolume>()->volume.capacity, vmm::Bytes::fromGiB(3));
    QTRY_VERIFY(!m_fixture->window->findChild<QDialog*>());
    click("volumeGrow");
    QVERIFY(!button("growVolumeAccept")->isEnabled());
    m_fixture->find<QDoubleSpinBox>("growVolumeSize")->setValue(5);
    click("growVolumeAccept");
    QTRY_COMPARE(asked<hosts::ResizeVolume>() ? asked<hosts::ResizeVolume>()->capacity.count() : 0,
        vmm::Bytes::fromGiB(5).count());
    QTRY_VERIFY(!m_fixture->window->findChild<QDialog*>());
    click("volumeClone");
    QCOMPARE(m_fixture->find<QLineEdit>("cloneVolumeName")->text(), text("data-copy.qcow2"));
    click("cloneVolumeAccept");
    QTRY_VERIFY(select("volumeTree", "data-copy.qcow2"));
    QTRY_VERIFY(!m_fixture->window->findChild<QDialog*>());
    click("volumeDelete");
    click("confirmAccept");
    QTRY_VERIFY(!select("volumeTree", "data-copy.qcow2"));
}

void tst_Resources::overlay_isAsLargeAsItsBase()
{
    open(HostPage::Tab::Storage);
    QTRY_VERIFY(select("poolTree", "images"));
    QTRY_VERIFY(select("volumeTree", "golden.qcow2"));
    click("volumeNew");
    auto* backing = m_fixture->find<QComboBox>("newVolumeBacking");
    QVERIFY(backing->findData(text("debian-12.iso")) < 0); // nothing stands on that
    m_fixture->find<QDoubleSpinBox>("newVolumeSize")->setValue(2);
    backing->setCurrentIndex(backing->findData(text("golden.qcow2")));
    QCOMPARE(m_fixture->find<QDoubleSpinBox>("newVolumeSize")->value(), 20.0);
    m_fixture->find<QDoubleSpinBox>("newVolumeSize")->setValue(10);
    QVERIFY(!button("newVolumeAccept")->isEnabled());
    m_fixture->find<QDoubleSpinBox>("newVolumeSize")->setValue(20);
    click("newVolumeAccept");
    QTRY_VERIFY(asked<hosts::CreateVolume>());
    QCOMPARE(asked<hosts::CreateVolume>()->volume.backing, text("/images/golden.qcow2"));
}

void tst_Resources::file_isUploadedAndTheTaskCancelled()
{
    QTemporaryFile file;
    QVERIFY(file.open() && file.write("image") > 0 && file.flush());
    open(HostPage::Tab::Storage);
    QTRY_VERIFY(select("poolTree", "images"));
    QTRY_VERIFY(select("volumeTree", "spare.img"));
    click("volumeUpload");
    QVERIFY(!button("uploadVolumeAccept")->isEnabled());
    m_fixture->find<QLineEdit>("uploadVolumeFileEdit")->setText(text("/no/such/file"));
    QVERIFY(!button("uploadVolumeAccept")->isEnabled());
    m_fixture->find<QLineEdit>("uploadVolumeFileEdit")->setText(file.fileName());
    type("uploadVolumeName", "new.img");
    m_host->holdJobsAt(50);
    QTRY_VERIFY(button("uploadVolumeAccept")->isEnabled()); // it is known what is there
    click("uploadVolumeAccept");
    QTRY_VERIFY(asked<hosts::UploadVolume>());
    QCOMPARE(asked<hosts::UploadVolume>()->file, file.fileName());
    models::TaskModel& tasks = m_fixture->workspace->tasks;
    models::TaskId upload = 0;
    for (int row = 0; row < tasks.rowCount(); ++row) {
        const auto task
            = tasks.data(tasks.index(row), models::TaskModel::TaskRole).value<models::Task>();
        if (task.state == models::TaskState::Running)
            upload = task.id;
    }
    QVERIFY(tasks.cancel(upload));
    QTRY_COMPARE(m_host->cancelledJobs(), 1);
    QVERIFY(!select("volumeTree", "new.img"));
}

void tst_Resources::upload_waitsUntilItIsKnownWhatIsThere()
{
    QTemporaryFile file;
    QVERIFY(file.open() && file.write("image") > 0 && file.flush());
    open(HostPage::Tab::Storage);
    QTRY_VERIFY(select("poolTree", "images"));
    QTRY_VERIFY(select("volumeTree", "spare.img"));
    const auto verdict = [this] { return m_fixture->find<QLabel>("uploadVolumeVerdict")->text(); };
    m_host->failNext({ vmm::ErrorKind::TimedOut, text("fake") });
    click("volumeUpload");
    m_fixture->find<QLineEdit>("uploadVolumeFileEdit")->setText(file.fileName());
    type("uploadVolumeName", "spare.img");
    QTest::qWait(50); // the answer
    QVERIFY2(!button("uploadVolumeAccept")->isEnabled(), qPrintable(verdict()));
    m_fixture->find<QDialog>("uploadVolume")->reject();
    QTRY_VERIFY(!m_fixture->window->findChild<QDialog*>(text("uploadVolume")));

    m_host->setSilent(true);
    click("volumeUpload");
    m_fixture->find<QLineEdit>("uploadVolumeFileEdit")->setText(file.fileName());
    type("uploadVolumeName", "spare.img");
    QVERIFY(!button("uploadVolumeAccept")->isEnabled());
    QVERIFY2(verdict().contains(text("being asked")), qPrintable(verdict()));
    m_host->setSilent(false);
    QTRY_VERIFY(button("uploadVolumeAccept")->isEnabled());
    QVERIFY2(verdict().contains(text("overwritten")), qPrintable(verdict()));
    type("uploadVolumeName", "late.img");
    QVERIFY2(!verdict().contains(text("overwritten")), qPrintable(verdict()));
    m_host->run(hosts::CreateVolume {
        text("images"), { .name = text("late.img"), .capacity = vmm::Bytes::fromGiB(1) } });
    QTRY_VERIFY2(verdict().contains(text("overwritten")), qPrintable(verdict()));
}

void tst_Resources::download_replacesNoFile()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(text("spare.img"));
    QVERIFY(QFile(path).open(QIODevice::WriteOnly));
    QVERIFY(QFile(path + text("2.part")).open(QIODevice::WriteOnly));
    open(HostPage::Tab::Storage);
    QTRY_VERIFY(select("poolTree", "images"));
    QTRY_VERIFY(select("volumeTree", "spare.img"));
    click("volumeDownload");
    const auto verdict
        = [this] { return m_fixture->find<QLabel>("downloadVolumeVerdict")->text(); };
    auto* file = m_fixture->find<QLineEdit>("downloadVolumeFileEdit");
    file->setText(path);
    QTRY_VERIFY2(verdict().contains(text("not replaced")), qPrintable(verdict()));
    file->setText(folder.path());
    QTRY_VERIFY2(verdict().contains(text("Say which file")), qPrintable(verdict()));
    file->setText(text("/no/such/folder/spare.img"));
    QTRY_VERIFY2(verdict().contains(text("Nothing can be written")), qPrintable(verdict()));
    QVERIFY(!button("downloadVolumeAccept")->isEnabled());
    file->setText(path + text("2"));
    QTRY_VERIFY(button("downloadVolumeAccept")->isEnabled());
    QVERIFY2(verdict().contains(text("is there already")), qPrintable(verdict()));
    click("downloadVolumeAccept");
    QTRY_VERIFY(asked<hosts::DownloadVolume>());
}

void tst_Resources::fileSystemThatNeverAnswers_holdsUpNobody()
{
    QTemporaryDir folder;
    auto dead = std::make_unique<tests::DeadMount>(folder.filePath(text("dead")));
    if (!dead->isMounted())
        QSKIP("mounting takes root and /dev/fuse");
    open(HostPage::Tab::Storage);
    QTRY_VERIFY(select("poolTree", "images"));
    QTRY_VERIFY(select("volumeTree", "spare.img"));
    click("volumeUpload");
    auto* file = m_fixture->find<QLineEdit>("uploadVolumeFileEdit");
    file->setText(dead->path() + text("/"));
    QTest::keyClicks(file, text("new.img"));
    const auto verdict = [this] { return m_fixture->find<QLabel>("uploadVolumeVerdict")->text(); };
    QTRY_VERIFY2(verdict().contains(text("Looking for the file")), qPrintable(verdict()));
    QVERIFY(!button("uploadVolumeAccept")->isEnabled());
    dead.reset();
    QTRY_VERIFY2(verdict().contains(text("no file that can be read")), qPrintable(verdict()));
}

void tst_Resources::changeByOthers_isShown()
{
    open(HostPage::Tab::Storage);
    QTRY_VERIFY(select("poolTree", "images"));
    QVERIFY(!select("poolTree", "theirs"));
    (void)m_host->answer(hosts::DefinePool { { .name = text("theirs") } });
    QTRY_VERIFY(select("poolTree", "theirs"));
}

void tst_Resources::storageOfAHostThatHasNone_saysWhy()
{
    for (const Feature feature : { Feature::Storage, Feature::Networks, Feature::HostDevices })
        m_host->setMissing(feature, text("It is too small for that."));
    open(HostPage::Tab::Storage);
    const QString why = text("It is too small for that.");
    QTRY_VERIFY(m_fixture->find<QLabel>("storageEmptyText")->text().contains(why));
    m_fixture->find<QTabWidget>("hostTabs")->setCurrentIndex(int(HostPage::Tab::Networks));
    QTRY_VERIFY(m_fixture->find<QLabel>("networksEmptyText")->text().contains(why));
    m_fixture->find<QTabWidget>("hostTabs")->setCurrentIndex(int(HostPage::Tab::Devices));
    QTRY_VERIFY(m_fixture->find<QLabel>("devicesEmptyText")->text().contains(why));
    QCOMPARE(askedCount("list-pools") + askedCount("list-networks"), 0);
}

void tst_Resources::actionTheDriverLacks_isGreyedWithItsReason()
{
    m_host->setMissing(Feature::TransferVolumes, text("No streams here."));
    open(HostPage::Tab::Storage);
    QTRY_VERIFY(select("poolTree", "images"));
    QTRY_VERIFY(select("volumeTree", "spare.img"));
    QVERIFY(!button("volumeUpload")->isEnabled());
    QVERIFY(button("volumeUpload")->toolTip().contains(text("No streams here.")));
    QVERIFY(button("volumeNew")->isEnabled());
}

void tst_Resources::errorOfPools_standsInPlace()
{
    open(HostPage::Tab::Machines);
    m_host->failNext({ vmm::ErrorKind::TimedOut, text("fake") });
    m_fixture->find<QTabWidget>("hostTabs")->setCurrentIndex(int(HostPage::Tab::Storage));
    QTRY_VERIFY(m_fixture->find<QWidget>("storageError")->isVisible());
    click("storageErrorRetry");
    QTRY_VERIFY(select("poolTree", "images"));
}

void tst_Resources::networks_tellWhatTheyAre()
{
    open(HostPage::Tab::Networks);
    auto* tree = m_fixture->find<QTreeWidget>("networkTree");
    QTRY_COMPARE(tree->topLevelItemCount(), 3);
    QVERIFY(select("networkTree", "default"));
    QCOMPARE(tree->currentItem()->text(2), text("NAT"));
    QCOMPARE(tree->currentItem()->text(3), text("192.168.122.1/24"));
    QTRY_VERIFY(select("leaseTree", "web-01"));
    QVERIFY(select("networkTree", "office"));
    QTRY_VERIFY(m_fixture->find<QLabel>("leasesEmptyText")->text().contains(text("no addresses")));
}

void tst_Resources::network_isMadeStoppedAndDeleted()
{
    open(HostPage::Tab::Networks);
    QTRY_VERIFY(select("networkTree", "default"));
    click("networkNew");
    type("newNetworkName", "shop");
    auto* modes = m_fixture->find<QComboBox>("newNetworkMode");
    modes->setCurrentIndex(modes->findData(text("bridge")));
    QVERIFY(!button("newNetworkAccept")->isEnabled());
    modes->setCurrentIndex(modes->findData(text("route")));
    click("newNetworkAccept");
    QTRY_VERIFY(select("networkTree", "shop"));
    QCOMPARE(asked<hosts::DefineNetwork>()->network.mode, text("route"));
    QCOMPARE(asked<hosts::DefineNetwork>()->network.addresses.size(), 1);
    QTRY_VERIFY(!m_fixture->window->findChild<QDialog*>());
    click("networkStop");
    click("confirmAccept");
    QTRY_VERIFY(!m_host->network(text("shop"))->isActive);
    QTRY_VERIFY(!m_fixture->window->findChild<QDialog*>());
    QTRY_VERIFY(button("networkStart")->isEnabled());
    click("networkDelete");
    click("confirmAccept");
    QTRY_VERIFY(!m_host->network(text("shop")));
}

void tst_Resources::newNetwork_proposesARange()
{
    open(HostPage::Tab::Networks);
    QTRY_VERIFY(select("networkTree", "default"));
    click("networkNew");
    type("newNetworkName", "n");
    type("newNetworkAddress", "10.1.2.1/24");
    QCOMPARE(m_fixture->find<QLineEdit>("newNetworkFirst")->text(), text("10.1.2.2"));
    QCOMPARE(m_fixture->find<QLineEdit>("newNetworkLast")->text(), text("10.1.2.254"));
    type("newNetworkLast", "10.1.9.9");
    QVERIFY(!button("newNetworkAccept")->isEnabled());
    m_fixture->find<QCheckBox>("newNetworkDhcp")->setChecked(false);
    QVERIFY(button("newNetworkAccept")->isEnabled());
    type("newNetworkAddress", "10.1.2.1");
    QVERIFY(!button("newNetworkAccept")->isEnabled());
}

void tst_Resources::devices_areATreeThatCanBeFiltered()
{
    open(HostPage::Tab::Devices);
    QTRY_VERIFY(select("deviceTree", "Intel Corporation Ethernet Connection"));
    auto* tree = m_fixture->find<QTreeWidget>("deviceTree");
    QCOMPARE(tree->topLevelItemCount(), 1);
    QCOMPARE(tree->currentItem()->text(2), text("0000:00:1f.6"));
    QCOMPARE(tree->currentItem()->text(4), text("7"));
    m_fixture->find<QLineEdit>("deviceFilter")->setText(text("card reader"));
    QVERIFY(select("deviceTree", "Example Smart Card Reader"));
    QVERIFY(!select("deviceTree", "Intel Corporation Ethernet Connection"));
    QCOMPARE(tree->topLevelItemCount(), 1); // the computer that it hangs on
}

void tst_Resources::picker_findsAVolume()
{
    open(HostPage::Tab::Storage);
    auto* picker = new ui::VolumePicker(m_host, m_fixture->window.get());
    picker->setAttribute(Qt::WA_DeleteOnClose);
    QString path;
    connect(picker, &ui::VolumePicker::picked, this, [&](const QString& found) { path = found; });
    picker->open();
    auto* pools = m_fixture->find<QComboBox>("volumePickerPool");
    QTRY_VERIFY(pools->findData(text("images")) >= 0);
    QVERIFY(pools->findData(text("vg0")) < 0); // it is stopped
    pools->setCurrentIndex(pools->findData(text("images")));
    QTRY_VERIFY(select("volumePickerTree", "spare.img"));
    click("volumePickerAccept");
    QCOMPARE(path, text("/images/spare.img"));
}

void tst_Resources::keyboard_reachesEverything()
{
    open(HostPage::Tab::Storage);
    QTRY_VERIFY(select("poolTree", "images"));
    QTRY_VERIFY(select("volumeTree", "spare.img"));
    auto* tree = m_fixture->find<QTreeWidget>("volumeTree");
    tree->setFocus();
    QTest::keyClick(tree, Qt::Key_Delete);
    QTRY_VERIFY(m_fixture->window->findChild<QDialog*>());
    QTest::keyClick(m_fixture->window->findChild<QDialog*>(), Qt::Key_Escape);
    QTRY_VERIFY(!m_fixture->window->findChild<QDialog*>());
    QContextMenuEvent menu(QContextMenuEvent::Keyboard, tree->rect().center(),
        tree->mapToGlobal(tree->rect().center()));
    QCoreApplication::sendEvent(tree, &menu);
    auto* shown = m_fixture->find<QMenu>("volumeTreeMenu");
    QCOMPARE(shown->actions().size(), 6);
    shown->close();
}

void tst_Resources::move_looksFirstAndTellsHowFarItIs()
{
    m_fixture->addHost(text("test:///other"));
    const hosts::VmId web = m_host->addVm(text("web"), vmm::VmState::Running);
    open(HostPage::Tab::Machines);
    m_fixture->select(m_host, web);
    m_host->setObstacles({ { .kind = hosts::MigrationObstacle::Kind::OlderVersion,
        .isFatal = false,
        .subject = text("QEMU") } });
    m_fixture->action("actionMigrate")->trigger();
    auto* target = m_fixture->find<QComboBox>("migrateTarget");
    QCOMPARE(target->count(), 1); // not the one that it is on
    QVERIFY(!button("migrateAccept")->isEnabled());
    QTRY_VERIFY(button("migrateAccept")->isEnabled());
    QCOMPARE(m_fixture->find<QTreeWidget>("migrateObstacles")->topLevelItemCount(), 1);
    m_fixture->find<QComboBox>("migrateStorage")->setCurrentIndex(1);
    QVERIFY(!button("migrateAccept")->isEnabled()); // that is another question
    QTRY_VERIFY(button("migrateAccept")->isEnabled());
    m_host->holdJobsAt(50);
    click("migrateAccept");
    QTRY_VERIFY(asked<hosts::MigrateMachine>());
    QCOMPARE(asked<hosts::MigrateMachine>()->request.target, text("test:///other"));
    QCOMPARE(asked<hosts::MigrateMachine>()->request.storage, hosts::StorageCopy::Full);
    auto* view = m_fixture->find<QDialog>("migrationView");
    QTRY_VERIFY(view->findChild<QLabel*>(text("migrationVerdict"))->text().contains(text("left")));
    QTest::mouseClick(view->findChild<QPushButton*>(text("migrationCancel")), Qt::LeftButton);
    QTRY_COMPARE(m_host->cancelledJobs(), 1);
    QTRY_VERIFY(
        view->findChild<QLabel*>(text("migrationVerdict"))->text().contains(text("runs on here")));
    QTest::mouseClick(view->findChild<QPushButton*>(text("migrationClose")), Qt::LeftButton);
}

void tst_Resources::move_isRefusedWhileSomethingIsInTheWay()
{
    const hosts::VmId web = m_host->addVm(text("web"), vmm::VmState::Running);
    open(HostPage::Tab::Machines);
    m_fixture->select(m_host, web);
    m_host->setObstacles(
        { { .kind = hosts::MigrationObstacle::Kind::CpuIncompatible, .subject = text("web") } });
    m_fixture->action("actionMigrate")->trigger();
    QVERIFY(button("migrateAccept")->toolTip().contains(text("which host")));
    m_fixture->find<QComboBox>("migrateTarget")->setEditText(text("not an address"));
    QVERIFY(button("migrateAccept")->toolTip().contains(text("no address")));
    m_fixture->find<QComboBox>("migrateTarget")->setEditText(text("test:///else"));
    QTRY_VERIFY(button("migrateAccept")->toolTip().contains(text("can't move like this")));
    QVERIFY(!button("migrateAccept")->isEnabled());
    m_host->setMissing(Feature::Migration, text("Nothing moves here."));
    QTRY_VERIFY(m_fixture->action("actionMigrate")->toolTip().contains(text("Nothing moves")));
}

void tst_Resources::host_isEmptied()
{
    FakeHost* other = m_fixture->addHost(text("test:///other"));
    m_host->addVm(text("web"), vmm::VmState::Running);
    m_host->addVm(text("db"), vmm::VmState::Running);
    m_host->addVm(text("off"));
    open(HostPage::Tab::Machines);
    m_fixture->action("actionMaintenance")->trigger();
    QVERIFY(button("maintenanceAccept")->isEnabled());
    click("maintenanceAccept");
    QTRY_COMPARE(askedCount("migrate-machine"), 2);
    QCOMPARE(asked<hosts::MigrateMachine>()->request.target, other->uri().toString());
    QTRY_COMPARE(m_host->vms().size(), qsizetype(1)); // the one that is off stays
    m_fixture->action("actionMaintenance")->trigger();
    auto* dialog = m_fixture->find<QDialog>("maintenance");
    QTRY_VERIFY(!button("maintenanceAccept")->isEnabled());
    QVERIFY(button("maintenanceAccept")->toolTip().contains(text("No machine runs")));
    dialog->reject();
}

void tst_Resources::emptiedHost_saysWhatStays()
{
    m_host->addVm(text("web"), vmm::VmState::Running);
    const hosts::VmId db = m_host->addVm(text("db"), vmm::VmState::Running);
    const hosts::VmId cache = m_host->addVm(text("cache"), vmm::VmState::Paused);
    openMaintenance();
    QVERIFY2(emptyVerdict().contains(text("2 guest(s) are asked")), qPrintable(emptyVerdict()));
    QVERIFY2(emptyVerdict().contains(text("cache (Paused)")), qPrintable(emptyVerdict()));
    m_host->setState(db, vmm::VmState::Paused); // while it is read
    QTRY_VERIFY2(emptyVerdict().contains(text("1 guest(s) are asked")), qPrintable(emptyVerdict()));
    QVERIFY2(emptyVerdict().contains(text("db (Paused)")), qPrintable(emptyVerdict()));
    click("maintenanceAccept");
    QTRY_COMPARE(askedCount("perform"), 1);
    QCOMPARE(m_host->vm(cache).state, vmm::VmState::Paused);
}

void tst_Resources::emptiedHost_takesCareOfTheOthers_data()
{
    QTest::addColumn<QString>("rest");
    QTest::addColumn<vmm::VmAction>("asked");
    QTest::newRow("resumed") << text("are resumed, then shut down") << vmm::VmAction::ShutDown;
    QTest::newRow("saved") << text("are saved to disk") << vmm::VmAction::Save;
    QTest::newRow("forced off") << text("are forced off") << vmm::VmAction::ForceOff;
}

void tst_Resources::emptiedHost_takesCareOfTheOthers()
{
    QFETCH(QString, rest);
    QFETCH(vmm::VmAction, asked);
    const hosts::VmId web = m_host->addVm(text("web"), vmm::VmState::Running);
    const hosts::VmId cache = m_host->addVm(text("cache"), vmm::VmState::Paused);
    openMaintenance();
    auto* box = m_fixture->find<QComboBox>("maintenanceRest");
    QVERIFY(box->isVisible());
    QVERIFY(box->findText(rest) > 0);
    box->setCurrentIndex(box->findText(rest));
    QVERIFY2(!emptyVerdict().contains(text("cache")), qPrintable(emptyVerdict()));
    click("maintenanceAccept");
    QTRY_COMPARE(m_host->vm(web).state, vmm::VmState::ShutOff);
    QTRY_COMPARE(m_host->vm(cache).state, vmm::VmState::ShutOff);
    QVERIFY(m_host->asked().contains(hosts::Operation(hosts::Perform { cache, asked })));
}

void tst_Resources::hostWhoseMachinesAllStay_isNotEmptied()
{
    m_host->addVm(text("cache"), vmm::VmState::Paused);
    openMaintenance();
    QVERIFY(!button("maintenanceAccept")->isEnabled());
    QVERIFY2(emptyVerdict().contains(text("cache (Paused)")), qPrintable(emptyVerdict()));
    auto* way = m_fixture->find<QComboBox>("maintenanceWay");
    way->setCurrentIndex(way->findText(text("are saved to disk")));
    QVERIFY(button("maintenanceAccept")->isEnabled());
    QVERIFY(!m_fixture->find<QComboBox>("maintenanceRest")->isVisible());
}

void tst_Resources::refilledList_staysAsTheUserHasIt()
{
    ui::ListTree tree(text("list"), text("List"), { text("Name") });
    tree.resize(300, 300);
    tree.show();
    const auto fill = [&tree](int count, const QString& suffix) {
        tree.beginFill();
        QTreeWidgetItem* group = tree.addRow(nullptr, text("group"), { text("group") }, {});
        tree.addRow(group, text("child"), { text("child") + suffix }, {});
        for (int i = 0; i < count; ++i)
            tree.addRow(nullptr, QString::number(i), { QString::number(i) + suffix }, {});
        tree.endFill();
    };
    fill(300, {});
    QCOMPARE(tree.selectedKey(), text("group"));
    tree.topLevelItem(0)->setExpanded(false);
    QCoreApplication::processEvents();
    tree.verticalScrollBar()->setValue(1000);
    QCOMPARE(tree.verticalScrollBar()->value(), 1000);
    fill(300, text(" changed"));
    QCoreApplication::processEvents();
    QCOMPARE(tree.verticalScrollBar()->value(), 1000);
    QVERIFY(!tree.topLevelItem(0)->isExpanded());
    QCOMPARE(tree.topLevelItem(7)->text(0), text("6 changed"));
    QCOMPARE(tree.topLevelItem(0)->child(0)->text(0), text("child changed"));
    fill(299, {}); // other rows
    QCoreApplication::processEvents();
    QCOMPARE(tree.verticalScrollBar()->value(), 1000);
    QVERIFY(!tree.topLevelItem(0)->isExpanded());
    QCOMPARE(tree.topLevelItemCount(), 300);
    QCOMPARE(tree.topLevelItem(7)->text(0), text("6"));
}

void tst_Resources::refilledList_selectsTheNeighbourOfWhatIsGone()
{
    ui::ListTree tree(text("list"), text("List"), { text("Name") });
    const auto fill = [&tree](const QStringList& keys) {
        tree.beginFill();
        for (const QString& key : keys)
            tree.addRow(nullptr, key, { key }, {});
        tree.endFill();
    };
    fill({ text("a"), text("b"), text("c"), text("d") });
    tree.select(text("c"));
    fill({ text("a"), text("b"), text("d") });
    QCOMPARE(tree.selectedKey(), text("d"));
    fill({ text("a"), text("b") });
    QCOMPARE(tree.selectedKey(), text("b"));
    fill({ text("x"), text("y") }); // another list altogether
    QCOMPARE(tree.selectedKey(), text("x"));
    fill({});
    QVERIFY(tree.selectedKey().isEmpty());
}

QTEST_MAIN(tst_Resources)
#include "tst_Resources.moc"
