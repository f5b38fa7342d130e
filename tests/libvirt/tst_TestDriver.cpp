// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/DomainNotes.h"
#include "hosts/libvirt/DomainReader.h"
#include "hosts/libvirt/LibvirtHost.h"
#include "tests/support/Await.h"
#include "tests/support/TestNames.h"
#include "tests/support/TestNode.h"
#include "vmm/base/ScreenPicture.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryFile>
#include <QTest>

using hosts::ConnectionState;
using hosts::HostUri;
using hosts::InventoryChange;
using hosts::VmId;
using hosts::VmInfo;
using hosts::libvirt::LibvirtHost;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::VmAction;
using vmm::VmState;

namespace {

HostUri uri(const QString& text)
{
    return HostUri::parse(text).value();
}

template <typename T> vmm::Result<T> finished(const vmm::Future<T>& future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 20'000))
        return vmm::Error { ErrorKind::TimedOut, QStringLiteral("test"),
            QStringLiteral("the future did not finish") };
    return future.result();
}

/// A test driver of its own with one running machine, vm00000. The default one is shared by the
/// whole process: what one test does to it lasts until that test's connection is closed, on its
/// thread.
class OwnDriver {
public:
    OwnDriver()
    {
        if (!m_file.open() || m_file.write(tests::testNode(1)) < 0 || !m_file.flush())
            qFatal("%s", qPrintable(m_file.errorString()));
    }
    HostUri uri() const { return ::uri(QStringLiteral("test://") + m_file.fileName()); }

private:
    QTemporaryFile m_file;
};

} // namespace

/// The host on libvirt's test driver, which lives in this process.
class tst_TestDriver : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void removalThatWasGivenUp_doesNothing()
    {
        const OwnDriver driver;
        const hosts::libvirt::Connection connection(
            virConnectOpen(driver.uri().toString().toUtf8().constData()));
        QVERIFY(connection);
        const hosts::libvirt::Domain domain(virDomainLookupByName(connection.get(), "vm00000"));
        QVERIFY(domain);
        virDomainDestroy(domain.get());
        const hosts::RemoveWithDisks removal { hosts::libvirt::idOf(domain.get()), {} };
        const hosts::libvirt::Wanted wanted;
        wanted.end();
        const auto done = hosts::libvirt::removeWithDisks(connection, removal, wanted);
        QVERIFY(!done);
        QCOMPARE(done.error().kind, ErrorKind::Cancelled);
        QVERIFY(hosts::libvirt::findDomain(connection, removal.vm));
        QVERIFY(hosts::libvirt::removeWithDisks(connection, removal, {}));
        QVERIFY(!hosts::libvirt::findDomain(connection, removal.vm));
    }

    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void open_tellsInventoryAndInfoBeforeConnected()
    {
        LibvirtHost host(uri(QStringLiteral("test:///default")));
        QStringList order;
        connect(&host, &LibvirtHost::infoChanged, this, [&] { order << QStringLiteral("info"); });
        connect(&host, &LibvirtHost::inventoryChanged, this, [&](const InventoryChange& change) {
            order << (change.isComplete ? QStringLiteral("inventory") : QStringLiteral("change"));
        });
        connect(&host, &LibvirtHost::connectionChanged, this,
            [&](ConnectionState state) { order << nameOf(state); });
        host.open();
        QTRY_COMPARE(host.connectionState(), ConnectionState::Connected);
        QCOMPARE(order,
            (QStringList { QStringLiteral("connecting"), QStringLiteral("info"),
                QStringLiteral("inventory"), QStringLiteral("connected") }));
        QCOMPARE(host.vms().size(), 1);
        const VmInfo vm = host.vms().first();
        QCOMPARE(vm.name, QStringLiteral("test"));
        QCOMPARE(vm.state, VmState::Running);
        QCOMPARE(vm.vcpus, 2);
        QCOMPARE(vm.memory, vmm::Bytes::fromGiB(8));
        QCOMPARE(vm.disks, QStringList { QStringLiteral("/guest/diskimage1") });
        QCOMPARE(vm.networkCards, 1);
        QVERIFY(!vm.hasScreen);
        QCOMPARE(host.info().hypervisor, QStringLiteral("libvirt test driver"));
        QCOMPARE(host.info().cpus, 16);
        QCOMPARE(host.info().memory, vmm::Bytes::fromGiB(3));
        QCOMPARE(host.info().architecture, QStringLiteral("i686"));
    }

    void screenshot_isSentAndShrunk()
    {
        LibvirtHost host(uri(QStringLiteral("test:///default")));
        host.open();
        QTRY_COMPARE(host.connectionState(), ConnectionState::Connected);
        const VmId vm = host.vms().first().id;
        const auto whole = finished(host.call(hosts::GetScreenshot { .vm = vm }));
        VERIFY_OK(whole);
        QVERIFY(whole->width > 64 && whole->height > 48);
        QVERIFY(whole->png.startsWith("\x89PNG"));
        const auto small = finished(
            host.call(hosts::GetScreenshot { .vm = vm, .maxWidth = 64, .maxHeight = 64 }));
        VERIFY_OK(small);
        QCOMPARE(small->width, whole->width); // of the screen, not of the picture
        const auto picture = vmm::ScreenPicture::read(small->png);
        VERIFY_OK(picture);
        QVERIFY(picture->size().width() <= 64 && picture->size().height() <= 64);
    }

    void lifecycle_goesThroughItsStates()
    {
        const OwnDriver driver;
        LibvirtHost host(driver.uri());
        host.open();
        QTRY_COMPARE(host.connectionState(), ConnectionState::Connected);
        const VmId id = host.vms().first().id;
        const auto state = [&] { return host.vms().first().state; };
        QVERIFY(finished(host.perform(id, VmAction::Pause)).has_value());
        QTRY_COMPARE(state(), VmState::Paused);
        QCOMPARE(host.vms().first().reason, vmm::StateReason::HostRequest);
        QVERIFY(finished(host.perform(id, VmAction::Resume)).has_value());
        QTRY_COMPARE(state(), VmState::Running);
        QVERIFY(finished(host.perform(id, VmAction::ForceOff)).has_value());
        QTRY_COMPARE(state(), VmState::ShutOff);
        QVERIFY(finished(host.perform(id, VmAction::Start)).has_value());
        QTRY_COMPARE(state(), VmState::Running);
        QVERIFY(host.vms().first().since.isValid());
        QVERIFY(finished(host.perform(id, VmAction::ShutDown)).has_value());
        QTRY_COMPARE(state(), VmState::ShutOff);
        QCOMPARE(host.vms().first().reason, vmm::StateReason::GuestRequest);
        QVERIFY(finished(host.perform(id, VmAction::Undefine)).has_value());
        QTRY_COMPARE(host.vms().size(), 0);
    }

    /// The test driver lacks much; what it lacks is greyed before somebody tries.
    void abilities_areAskedAndTold()
    {
        const OwnDriver driver;
        LibvirtHost host(driver.uri());
        host.open();
        QTRY_COMPARE(host.connectionState(), ConnectionState::Connected);
        const VmId id = host.vms().first().id;
        QVERIFY(finished(host.perform(id, VmAction::ForceOff)).has_value());
        host.close();
        host.open();
        QTRY_COMPARE(host.connectionState(), ConnectionState::Connected);
        const hosts::HostInfo& info = host.info();
        QVERIFY(info.has(hosts::Feature::Snapshots));
        QVERIFY(!info.has(hosts::Feature::Trash));
        QVERIFY(!info.has(hosts::Feature::ExternalSnapshots));
        for (auto missing = info.missing.begin(); missing != info.missing.end(); ++missing)
            QVERIFY2(missing.value().endsWith(QLatin1Char('.')), qPrintable(missing.value()));
    }

    /// It has checkpoints, but no backups. What could do something to a machine is asked of one
    /// that is off, or known when it is tried.
    void whatItLacks_isNotOffered()
    {
        QTemporaryFile file;
        QVERIFY(file.open() && file.write(tests::testNode(6)) > 0 && file.flush());
        LibvirtHost asked(::uri(QStringLiteral("test://") + file.fileName()));
        asked.open();
        QTRY_COMPARE(asked.connectionState(), ConnectionState::Connected);
        QTRY_VERIFY(asked.info().missing.value(hosts::Feature::Backup).endsWith(QLatin1Char('.')));
        QVERIFY(asked.info().has(hosts::Feature::Checkpoints));
        QVERIFY(!asked.info().has(hosts::Feature::GuestAgent));

        const OwnDriver driver;
        LibvirtHost tried(driver.uri());
        tried.open();
        QTRY_COMPARE(tried.connectionState(), ConnectionState::Connected);
        QVERIFY(!tried.info().has(hosts::Feature::Backup));
        QVERIFY(tried.info().has(hosts::Feature::GuestAgent)); // its only machine runs
        const auto refused = finished(tried.call(hosts::GetGuestFacts { tried.vms().first().id }));
        QCOMPARE(refused.error().kind, ErrorKind::HostLacksFeature);
        QTRY_VERIFY(!tried.info().has(hosts::Feature::GuestAgent));
    }

    void notesAutostartAndSnapshots_workOnTheTestDriver()
    {
        const OwnDriver driver;
        LibvirtHost host(driver.uri());
        host.open();
        QTRY_COMPARE(host.connectionState(), ConnectionState::Connected);
        const VmId id = host.vms().first().id;
        QVERIFY(finished(host.call(hosts::SetAutostart { id, true })).has_value());
        QTRY_VERIFY(host.vms().first().isAutostart);
        const auto noted = finished(host.call(hosts::SetNotes {
            id, QStringLiteral("T"), QStringLiteral("D"), { QStringLiteral("tag") } }));
        QVERIFY2(noted.has_value(), noted ? "" : qPrintable(noted.error().toString()));
        QTRY_COMPARE(host.vms().first().title, QStringLiteral("T"));
        QTRY_COMPARE(host.vms().first().tags, QStringList { QStringLiteral("tag") });
    }

    void startOfRunningMachine_failsWithWrongState()
    {
        const OwnDriver driver;
        LibvirtHost host(driver.uri());
        host.open();
        QTRY_COMPARE(host.connectionState(), ConnectionState::Connected);
        const auto result = finished(host.perform(host.vms().first().id, VmAction::Start));
        QCOMPARE(result.error().kind, ErrorKind::WrongState);
        QCOMPARE(result.error().subject, QStringLiteral("vm00000"));
        const auto unknown = finished(host.perform(VmId::createUuid(), VmAction::Start));
        QCOMPARE(unknown.error().kind, ErrorKind::NotFound);
    }

    void define_addsAMachineAndRefusesASecondOfItsName()
    {
        const OwnDriver driver;
        LibvirtHost host(driver.uri());
        host.open();
        QTRY_COMPARE(host.connectionState(), ConnectionState::Connected);
        const QString xml
            = QStringLiteral("<domain type='test'><name>web</name><memory unit='MiB'>256</memory>"
                             "<vcpu>3</vcpu><os><type>hvm</type></os></domain>");
        const auto defined = finished(host.define(xml));
        QVERIFY2(defined.has_value(), "define");
        QTRY_COMPARE(host.vms().size(), 2);
        QVERIFY(finished(host.definition(*defined)).value().contains(QStringLiteral("<name>web<")));
        const auto again = finished(host.define(xml));
        QCOMPARE(again.error().kind, ErrorKind::AlreadyExists);
        QCOMPARE(again.error().cause, ErrorCause::NameInUse);
        QCOMPARE(again.error().subject, QStringLiteral("web"));
    }

    void brokenDefinition_data()
    {
        QTest::addColumn<QString>("xml");
        QTest::newRow("empty") << QString();
        QTest::newRow("cut") << QStringLiteral("<domain><name>x</na");
        QTest::newRow("other root") << QStringLiteral("<network><name>x</name></network>");
        QTest::newRow("no name") << QStringLiteral("<domain type='test'/>");
        QTest::newRow("no os") << QStringLiteral("<domain type='test'><name>x</name></domain>");
    }
    void brokenDefinition()
    {
        QFETCH(QString, xml);
        const OwnDriver driver;
        LibvirtHost host(driver.uri());
        host.open();
        QTRY_COMPARE(host.connectionState(), ConnectionState::Connected);
        const auto result = finished(host.define(xml));
        QCOMPARE(result.error().kind, ErrorKind::InvalidConfig);
        QCOMPARE(result.error().cause, ErrorCause::DefinitionBroken);
        QVERIFY(!result.error().detail.isEmpty());
    }

    void wrongUri_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<ErrorKind>("kind");
        // libvirt asks the local daemon about a scheme that it doesn't know itself.
        QTest::newRow("no such driver")
            << QStringLiteral("nonsense:///x") << ErrorKind::Disconnected;
        QTest::newRow("no such transport")
            << QStringLiteral("qemu+pigeon:///system") << ErrorKind::InvalidConfig;
        QTest::newRow("no daemon")
            << QStringLiteral("qemu+unix:///system?socket=/nonexistent/libvirt-sock")
            << ErrorKind::Disconnected;
        QTest::newRow("refused") << QStringLiteral("qemu+tcp://127.0.0.1:1/system")
                                 << ErrorKind::Disconnected;
        QTest::newRow("no node file")
            << QStringLiteral("test:///nonexistent.xml") << ErrorKind::InvalidConfig;
    }
    void wrongUri()
    {
        QFETCH(QString, text);
        QFETCH(ErrorKind, kind);
        LibvirtHost host(uri(text));
        host.open();
        // What somebody else may put right is tried again.
        QTRY_COMPARE(host.connectionState(),
            kind == ErrorKind::Disconnected ? ConnectionState::Reconnecting
                                            : ConnectionState::Failed);
        QCOMPARE(host.lastError()->kind, kind);
        QVERIFY(!host.lastError()->detail.isEmpty());
        const auto refused = finished(host.definition(VmId::createUuid()));
        QCOMPARE(refused.error().kind, ErrorKind::Disconnected);
    }

    void aThousandMachines_areListedFastAndDescribedInBatches()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write(tests::testNode(1000));
        file.close();
        LibvirtHost host(uri(QStringLiteral("test://") + file.fileName()));
        int described = 0;
        connect(&host, &LibvirtHost::inventoryChanged, this, [&] { ++described; });
        host.open();
        QTRY_COMPARE_WITH_TIMEOUT(host.connectionState(), ConnectionState::Connected, 20'000);
        QCOMPARE(host.vms().size(), 1000);
        const auto countDescribed = [&] {
            const auto vms = host.vms();
            return std::count_if(
                vms.begin(), vms.end(), [](const VmInfo& vm) { return vm.vcpus == 2; });
        };
        QTRY_COMPARE(countDescribed(), 1000);
        const auto vms = host.vms();
        const auto inState = [&](VmState state) {
            return std::count_if(
                vms.begin(), vms.end(), [&](const VmInfo& vm) { return vm.state == state; });
        };
        QCOMPARE(inState(VmState::Paused), 167);
        QCOMPARE(inState(VmState::ShutOff), 166);
        QVERIFY(vms.first().hasScreen);
        QVERIFY(vms.first().title.startsWith(QStringLiteral("Machine ")));
    }

    void close_cancelsWhatIsUnderWay()
    {
        const OwnDriver driver;
        LibvirtHost host(driver.uri());
        host.open();
        QTRY_COMPARE(host.connectionState(), ConnectionState::Connected);
        const auto future = host.definition(host.vms().first().id);
        host.close();
        QCOMPARE(host.connectionState(), ConnectionState::Disconnected);
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(future.result().error().kind, ErrorKind::Cancelled);
        QCOMPARE(host.vms().size(), 1); // what was known is kept
        host.open();
        QTRY_COMPARE(host.connectionState(), ConnectionState::Connected);
    }

    /// While the definitions of many machines are read, their states are old already.
    void eventWhileItIsOpened_isNotForgotten()
    {
        constexpr int kMachines = 3'000;
        constexpr int kSteps = 12;
        const hosts::libvirt::Connection connection(virConnectOpen("test:///default"));
        for (int i = 0; i < kMachines; ++i) {
            const QByteArray xml = "<domain type='test'><name>many-" + QByteArray::number(i)
                + "</name><memory>1024</memory><os><type>hvm</type></os></domain>";
            QVERIFY(hosts::libvirt::Domain(virDomainDefineXML(connection.get(), xml.constData())));
        }
        const hosts::libvirt::Domain domain(virDomainLookupByName(connection.get(), "test"));
        const VmId vm = hosts::libvirt::idOf(domain.get());
        for (int i = 0; i < kSteps; ++i) {
            LibvirtHost host(uri(QStringLiteral("test:///default")));
            host.open();
            QTest::qWait(20 * i);
            const bool isPaused = i % 2 == 0;
            QCOMPARE(isPaused ? virDomainSuspend(domain.get()) : virDomainResume(domain.get()), 0);
            QTRY_COMPARE(host.connectionState(), ConnectionState::Connected);
            QTRY_COMPARE_WITH_TIMEOUT(
                stateOf(host, vm), isPaused ? VmState::Paused : VmState::Running, 3'000);
        }
    }

private:
    static VmState stateOf(const LibvirtHost& host, VmId vm)
    {
        for (const VmInfo& each : host.vms()) {
            if (each.id == vm)
                return each.state;
        }
        return VmState::Unknown;
    }
};

QTEST_GUILESS_MAIN(tst_TestDriver)
#include "tst_TestDriver.moc"
