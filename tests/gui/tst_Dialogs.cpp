// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/WindowFixture.h"
#include "tests/support/DeadMount.h"
#include "ui/dialogs/AddConnectionDialog.h"
#include "ui/dialogs/ConnectionAddress.h"
#include "ui/dialogs/NewMachineDialog.h"
#include "ui/dialogs/PathEdit.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QThreadPool>
#include <QToolButton>
#include <QTreeWidget>

using tests::FakeHost;
using tests::WindowFixture;

namespace {

QString text(const char* latin1)
{
    return QString::fromLatin1(latin1);
}

} // namespace

class tst_Dialogs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(tests::warningsOfOurs()); }

    void address_isValidatedAsItIsTyped_data()
    {
        QTest::addColumn<QString>("uri");
        QTest::addColumn<bool>("isUsable");
        QTest::newRow("nothing") << "" << false;
        QTest::newRow("no scheme") << "host" << false;
        QTest::newRow("unknown scheme") << "http://host/" << false;
        QTest::newRow("password") << "qemu+ssh://root:secret@a2/system" << false;
        QTest::newRow("connected already") << "test:///fake" << false;
        QTest::newRow("embedded") << "embedded:///" << true;
        QTest::newRow("spaces around") << "  qemu:///system " << true;
        QTest::newRow("ssh") << "qemu+ssh://root@a2/system" << true;
        QTest::newRow("vmware") << "esx://root@esx1/?no_verify=1" << true;
    }

    void address_isValidatedAsItIsTyped()
    {
        QFETCH(QString, uri);
        QFETCH(bool, isUsable);
        WindowFixture fixture;
        fixture.addHost();
        fixture.open();
        fixture.action("actionAddConnection")->trigger();
        fixture.find<QComboBox>("connectionUri")->setEditText(uri);
        QCOMPARE(fixture.find<QPushButton>("connectButton")->isEnabled(), isUsable);
        const QString verdict = fixture.find<QLabel>("connectionVerdict")->text();
        QVERIFY(!verdict.isEmpty());
        QVERIFY(!verdict.contains(text("secret")));
    }

    void connecting_addsTheHostSelectsItAndRemembersIt()
    {
        WindowFixture fixture;
        ui::MainWindow& window = fixture.open();
        fixture.action("actionAddConnection")->trigger();
        fixture.find<QComboBox>("connectionUri")->setEditText(text("test:///new"));
        QTest::mouseClick(fixture.find<QPushButton>("connectButton"), Qt::LeftButton);
        QCOMPARE(fixture.workspace->hosts.hosts().size(), 1);
        QVERIFY(window.selection().isHost());
        QCOMPARE(fixture.settings.recentUris(), QStringList { text("test:///new") });
        QCOMPARE(fixture.settings.connections(), QStringList { text("test:///new") });
        QTRY_VERIFY(fixture.find<QWidget>("hostPage")->isVisible());
    }

    void form_makesTheAddress_data()
    {
        using Kind = ui::ConnectionAddress::Kind;
        using Way = ui::ConnectionAddress::Way;
        QTest::addColumn<ui::ConnectionAddress>("address");
        QTest::addColumn<QString>("uri");
        const auto row = [](const char* uri, const ui::ConnectionAddress& address) {
            QTest::newRow(uri) << address << QString::fromLatin1(uri);
        };
        row("embedded:///", { .kind = Kind::ThisComputer, .computer = text("ignored") });
        row("embedded+ssh://root@a2/",
            { .kind = Kind::VirtDeckOverSsh, .computer = text("a2"), .user = text("root") });
        row("qemu:///system", { .kind = Kind::Qemu });
        row("qemu:///session", { .kind = Kind::QemuSession });
        row("qemu+ssh://root@a2:2222/system",
            { .kind = Kind::Qemu, .computer = text("a2:2222"), .user = text("root") });
        row("xen+tls://a2/system", { .kind = Kind::Xen, .computer = text("a2"), .way = Way::Tls });
        row("lxc+tcp://a2/system", { .kind = Kind::Lxc, .computer = text("a2"), .way = Way::Tcp });
        row("esx://root@esx1/",
            { .kind = Kind::Esx, .computer = text("esx1"), .user = text("root") });
        row("vpx://vc/DC/Cluster/esx1",
            { .kind = Kind::VCenter, .computer = text("vc"), .path = text("DC/Cluster/esx1") });
        row("test:///default", { .kind = Kind::Test });
    }

    void form_makesTheAddress()
    {
        QFETCH(ui::ConnectionAddress, address);
        QFETCH(QString, uri);
        QCOMPARE(address.toUri(), uri);
        QVERIFY(hosts::HostUri::parse(uri).has_value());
        QVERIFY(
            ui::ConnectionAddress({ .kind = ui::ConnectionAddress::Kind::Esx }).toUri().isEmpty());
    }

    void daemonsThatListenHere_areOffered()
    {
        QTemporaryDir folder;
        QDir(folder.path()).mkpath(text("run/libvirt"));
        QDir(folder.path()).mkpath(text("user/libvirt"));
        QCOMPARE(ui::localDaemons(folder.filePath(text("run")), folder.filePath(text("user"))),
            QStringList());
        for (const char* name : { "run/libvirt/libvirt-sock", "run/libvirt/virtxend-sock",
                 "user/libvirt/libvirt-sock" }) {
            QFile file(folder.filePath(text(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
        QCOMPARE(ui::localDaemons(folder.filePath(text("run")), folder.filePath(text("user"))),
            (QStringList {
                text("xen:///system"), text("qemu:///system"), text("qemu:///session") }));
    }

    void formOfConnection_writesTheAddressAndGivesWayToTyping()
    {
        WindowFixture fixture;
        fixture.open();
        fixture.action("actionAddConnection")->trigger();
        auto* kind = fixture.find<QComboBox>("connectionKind");
        auto* uri = fixture.find<QComboBox>("connectionUri");
        kind->setCurrentIndex(kind->findData(int(ui::ConnectionAddress::Kind::Qemu)));
        fixture.find<QLineEdit>("connectionComputer")->setText(text("a2"));
        fixture.find<QLineEdit>("connectionUser")->setText(text("root"));
        QCOMPARE(uri->currentText(), text("qemu+ssh://root@a2/system"));
        uri->setEditText(text("qemu+ssh://root@a3/system"));
        QVERIFY(!fixture.find<QLineEdit>("connectionComputer")->isVisible());
        QCOMPARE(uri->currentText(), text("qemu+ssh://root@a3/system"));
    }

    void testOfConnection_saysWhatIsThere()
    {
        WindowFixture fixture;
        fixture.open();
        fixture.action("actionAddConnection")->trigger();
        fixture.find<QComboBox>("connectionUri")->setEditText(text("test:///new"));
        fixture.find<QPushButton>("connectionTest")->click();
        auto* result = fixture.find<QLabel>("connectionTestResult");
        QTRY_VERIFY2(result->text().contains(text("It works")), qPrintable(result->text()));
        QCOMPARE(fixture.workspace->hosts.hosts().size(), 0); // it was only a test
    }

    void vcenterWithoutPath_offersItsHosts()
    {
        WindowFixture fixture;
        fixture.whenMade = [](FakeHost& host) {
            connect(&host, &hosts::Host::connectionChanged, &host, [&host](auto state) {
                if (state == hosts::ConnectionState::Connecting)
                    host.setConnection(hosts::ConnectionState::Failed,
                        vmm::Error { vmm::ErrorKind::InvalidConfig, host.uri().toString(),
                            text("Could not find it\nDC0/C0/esx1\nDC0/Rack%201/esx2"),
                            vmm::ErrorCause::HostNotChosen });
            });
        };
        fixture.open();
        fixture.action("actionAddConnection")->trigger();
        auto* kind = fixture.find<QComboBox>("connectionKind");
        kind->setCurrentIndex(kind->findData(int(ui::ConnectionAddress::Kind::VCenter)));
        fixture.find<QLineEdit>("connectionComputer")->setText(text("vc"));
        auto* path = fixture.find<QComboBox>("connectionPath");
        QCOMPARE(path->count(), 0);
        fixture.find<QPushButton>("connectionTest")->click();
        QTRY_COMPARE(path->count(), 2);
        const auto* result = fixture.find<QLabel>("connectionTestResult");
        QVERIFY2(result->text().contains(text("DC0/C0/esx1")), qPrintable(result->text()));
        auto* uri = fixture.find<QComboBox>("connectionUri");
        QCOMPARE(uri->currentText(), text("vpx://vc/"));
        path->setCurrentIndex(1);
        QCOMPARE(uri->currentText(), text("vpx://vc/DC0/Rack%201/esx2"));
        path->hidePopup();
    }

    void newMachine_saysWhatIsMissingThenWhatItCreates()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        host->addVm(text("taken"));
        host->seedResources();
        fixture.open();
        QTRY_VERIFY(fixture.action("actionNewMachine")->isEnabled());
        fixture.action("actionNewMachine")->trigger();
        auto* name = fixture.find<QLineEdit>("newMachineName");
        auto* create = fixture.find<QPushButton>("newMachineCreate");
        const auto* verdict = fixture.find<QLabel>("newMachineVerdict");
        auto* boot = fixture.find<QComboBox>("newMachineBoot");
        auto* iso = fixture.find<QLineEdit>("newMachineIsoEdit");
        QVERIFY(!create->isEnabled());
        QTest::keyClicks(name, text("taken"));
        QVERIFY(verdict->text().contains(text("taken by another")));
        name->setText(text("a/b"));
        QVERIFY(!create->isEnabled());
        name->setText(text("web"));
        QVERIFY2(verdict->text().contains(text("ISO")), qPrintable(verdict->text()));
        iso->setText(text("relative.iso"));
        QVERIFY(verdict->text().contains(text("slash")));
        iso->setText(text("/a.iso"));
        QVERIFY2(create->isEnabled(), qPrintable(verdict->text()));
        QVERIFY2(verdict->text().contains(text("2 CPU")), qPrintable(verdict->text()));
        fixture.find<QDoubleSpinBox>("newMachineMemory")->setValue(64);
        QVERIFY(verdict->text().contains(text("more memory than the host has")));
        boot->setCurrentIndex(
            boot->findData(static_cast<int>(ui::NewMachineDialog::Boot::Nothing)));
        QVERIFY(create->isEnabled());
        QVERIFY(!iso->isVisible());
    }

    void newMachine_warnsOfAFileThatIsNotThere()
    {
        WindowFixture fixture;
        FakeHost* session = fixture.addHost(text("qemu:///session"));
        FakeHost* system = fixture.addHost(text("qemu:///system"));
        session->seedResources();
        system->seedResources();
        ui::MainWindow& window = fixture.open();
        QTRY_COMPARE(system->connectionState(), hosts::ConnectionState::Connected);
        window.selection().setHost(session);
        fixture.action("actionNewMachine")->trigger();
        fixture.find<QLineEdit>("newMachineName")->setText(text("web"));
        auto* iso = fixture.find<QLineEdit>("newMachineIsoEdit");
        auto* create = fixture.find<QPushButton>("newMachineCreate");
        const auto* verdict = fixture.find<QLabel>("newMachineVerdict");
        const auto isWarned = [verdict] { return verdict->text().contains(text("no such file")); };
        QTemporaryDir folder;
        const QString path = folder.filePath(text("a.iso"));
        iso->setText(path);
        QVERIFY2(create->isEnabled(), qPrintable(verdict->text()));
        QTRY_VERIFY2(isWarned(), qPrintable(verdict->text()));
        QVERIFY(create->isEnabled());
        QVERIFY(QFile(path).open(QIODevice::WriteOnly));
        iso->setText(path + text("x"));
        iso->setText(path);
        QTRY_VERIFY2(!isWarned(), qPrintable(verdict->text()));

        fixture.find<QToolButton>("newMachineIsoPick")->click(); // what the host tells of
        auto* pools = fixture.find<QComboBox>("volumePickerPool");
        QTRY_VERIFY(pools->findData(text("images")) >= 0);
        pools->setCurrentIndex(pools->findData(text("images")));
        auto* tree = fixture.find<QTreeWidget>("volumePickerTree");
        QTRY_VERIFY(tree->topLevelItemCount() > 0);
        tree->setCurrentItem(tree->findItems(text("debian-12.iso"), Qt::MatchExactly).value(0));
        fixture.find<QPushButton>("volumePickerAccept")->click();
        QCOMPARE(iso->text(), text("/images/debian-12.iso"));
        QThreadPool::globalInstance()->waitForDone();
        QTest::qWait(20);
        QVERIFY2(!isWarned(), qPrintable(verdict->text()));
        iso->setText(text("/images/debian-13.iso"));
        QTRY_VERIFY(isWarned());
        auto* where = fixture.find<QComboBox>("newMachineHost");
        where->setCurrentIndex(1 - where->currentIndex()); // root's files are not ours to see
        QTRY_VERIFY(!isWarned());
        QVERIFY(create->isEnabled());
    }

    void fileSystemThatNeverAnswers_holdsUpNobody()
    {
        QTemporaryDir folder;
        const tests::DeadMount dead(folder.filePath(text("dead")));
        if (!dead.isMounted())
            QSKIP("mounting takes root and /dev/fuse");
        WindowFixture fixture;
        fixture.addHost(text("qemu:///session"))->seedResources();
        fixture.open();
        QTRY_VERIFY(fixture.action("actionNewMachine")->isEnabled());
        fixture.action("actionNewMachine")->trigger();
        fixture.find<QLineEdit>("newMachineName")->setText(text("web"));
        auto* iso = fixture.find<QLineEdit>("newMachineIsoEdit");
        iso->setText(dead.path() + text("/"));
        QTest::keyClicks(iso, text("debian.iso"));
        QVERIFY(fixture.find<QPushButton>("newMachineCreate")->isEnabled());
        QCOMPARE(QThreadPool::globalInstance()->activeThreadCount(), 1);
    }

    void newMachine_isCreatedAndSelected()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost();
        host->seedResources();
        ui::MainWindow& window = fixture.open();
        QTRY_VERIFY(fixture.action("actionNewMachine")->isEnabled());
        window.selection().setHost(host);
        fixture.action("actionNewMachine")->trigger();
        fixture.find<QLineEdit>("newMachineName")->setText(text("web"));
        auto* boot = fixture.find<QComboBox>("newMachineBoot");
        boot->setCurrentIndex(
            boot->findData(static_cast<int>(ui::NewMachineDialog::Boot::Nothing)));
        fixture.find<QDoubleSpinBox>("newMachineMemory")->setValue(4);
        QTest::mouseClick(fixture.find<QPushButton>("newMachineCreate"), Qt::LeftButton);
        QTRY_VERIFY(window.selection().singleVm());
        QCOMPARE(window.selection().singleVm()->info.name, text("web"));
        QCOMPARE(window.selection().singleVm()->info.memory, vmm::Bytes::fromGiB(4));
        QCOMPARE(fixture.workspace->tasks.rowCount(), 1);
    }

    void newMachine_goesWhereItsHostHasRoom()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost(text("qemu+ssh://root@a2/system"));
        host->seedResources();
        FakeHost* bare = fixture.addHost(text("qemu+ssh://root@a3/system"));
        ui::MainWindow& window = fixture.open();
        QTRY_COMPARE(bare->connectionState(), hosts::ConnectionState::Connected);
        window.selection().setHost(host);
        fixture.action("actionNewMachine")->trigger();
        fixture.find<QLineEdit>("newMachineName")->setText(text("web"));
        auto* where = fixture.find<QComboBox>("newMachineHost");
        auto* boot = fixture.find<QComboBox>("newMachineBoot");
        auto* pool = fixture.find<QComboBox>("newMachinePool");
        auto* network = fixture.find<QComboBox>("newMachineNetwork");
        const auto* verdict = fixture.find<QLabel>("newMachineVerdict");
        boot->setCurrentIndex(
            boot->findData(static_cast<int>(ui::NewMachineDialog::Boot::Nothing)));
        // Those that run, and can hold an image; "default" is the usual network.
        QTRY_COMPARE(pool->count(), 1);
        QTRY_COMPARE(network->count(), 3);
        QCOMPARE(network->currentText(), text("default"));
        network->setCurrentText(text("office"));
        QVERIFY2(verdict->text().contains(text("pool images")), qPrintable(verdict->text()));
        QVERIFY2(verdict->text().contains(text("network is office")), qPrintable(verdict->text()));
        auto* disk = fixture.find<QSpinBox>("newMachineDisk");
        disk->setValue(0);
        QVERIFY(!pool->isVisible());
        QVERIFY(!verdict->text().contains(text("pool")));
        disk->setValue(8);

        auto* create = fixture.find<QPushButton>("newMachineCreate");
        where->setCurrentIndex(1 - where->currentIndex());
        QVERIFY2(verdict->text().contains(text("The host chooses")), qPrintable(verdict->text()));
        QTRY_VERIFY(!create->isEnabled());
        QVERIFY2(verdict->text().contains(text("No storage pool")), qPrintable(verdict->text()));
        where->setCurrentIndex(1 - where->currentIndex());
        QTRY_COMPARE(network->count(), 3);
        network->setCurrentIndex(0);
        QVERIFY2(verdict->text().contains(text("user-mode")), qPrintable(verdict->text()));
        QTRY_VERIFY(create->isEnabled());
        QTest::mouseClick(create, Qt::LeftButton);
        QVERIFY(!host->asked().isEmpty());
        const auto* made = std::get_if<hosts::CreateMachine>(&host->asked().last());
        QVERIFY(made);
        QCOMPARE(made->machine.pool, text("images"));
        QCOMPARE(made->machine.networkType, text("user"));
    }

    void newMachine_bootsFromAVolumeOfItsHost()
    {
        WindowFixture fixture;
        FakeHost* host = fixture.addHost(text("qemu+ssh://root@a2/system"));
        FakeHost* poolless = fixture.addHost(text("qemu+ssh://root@a3/system"));
        host->seedResources();
        poolless->setMissing(hosts::Feature::Storage, text("Not here."));
        ui::MainWindow& window = fixture.open();
        QTRY_COMPARE(poolless->connectionState(), hosts::ConnectionState::Connected);
        window.selection().setHost(poolless);
        fixture.action("actionNewMachine")->trigger();
        const auto* edit = fixture.find<ui::PathEdit>("newMachineIso");
        QVERIFY(!edit->isBrowsable() && !edit->hasPicker());
        auto* where = fixture.find<QComboBox>("newMachineHost");
        where->setCurrentIndex(1 - where->currentIndex());
        QVERIFY(!edit->isBrowsable() && edit->hasPicker());
        fixture.find<QToolButton>("newMachineIsoPick")->click();
        auto* pools = fixture.find<QComboBox>("volumePickerPool");
        QTRY_VERIFY(pools->findData(text("images")) >= 0);
        pools->setCurrentIndex(pools->findData(text("images")));
        auto* tree = fixture.find<QTreeWidget>("volumePickerTree");
        QTRY_VERIFY(tree->topLevelItemCount() > 0);
        tree->setCurrentItem(tree->findItems(text("debian-12.iso"), Qt::MatchExactly).value(0));
        fixture.find<QPushButton>("volumePickerAccept")->click();
        QCOMPARE(edit->path(), text("/images/debian-12.iso"));
        where->setCurrentIndex(1 - where->currentIndex());
        QVERIFY(!edit->hasPicker());
    }

    void machine_takesOnlyWhatItsBootNeeds()
    {
        WindowFixture fixture;
        fixture.addHost();
        fixture.open();
        QTRY_VERIFY(fixture.action("actionNewMachine")->isEnabled());
        fixture.action("actionNewMachine")->trigger();
        auto* dialog = fixture.window->findChild<ui::NewMachineDialog*>();
        auto* boot = fixture.find<QComboBox>("newMachineBoot");
        fixture.find<QLineEdit>("newMachineIsoEdit")->setText(text("/a.iso"));
        fixture.find<QLineEdit>("newMachineImageEdit")->setText(text("/b.qcow2"));
        fixture.find<QLineEdit>("newMachineKernelEdit")->setText(text("/vmlinuz"));
        const auto choose = [&](ui::NewMachineDialog::Boot which) {
            boot->setCurrentIndex(boot->findData(static_cast<int>(which)));
            return dialog->machine();
        };
        using Boot = ui::NewMachineDialog::Boot;
        QCOMPARE(choose(Boot::Iso).isoImage, text("/a.iso"));
        QCOMPARE(choose(Boot::Iso).kernel, QString());
        const vmm::NewMachine image = choose(Boot::DiskImage);
        QCOMPARE(image.diskImage, text("/b.qcow2"));
        QCOMPARE(image.newDisk.count(), 0U);
        QCOMPARE(choose(Boot::Kernel).kernel, text("/vmlinuz"));
        QCOMPARE(choose(Boot::Nothing).isoImage, QString());
    }
};

QTEST_MAIN(tst_Dialogs)
#include "tst_Dialogs.moc"
