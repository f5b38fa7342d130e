// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/DomainXml.h"
#include "hosts/libvirt/Errors.h"
#include "hosts/libvirt/Inventory.h"
#include "hosts/libvirt/RateMeter.h"
#include "hosts/libvirt/ScreenVisitors.h"
#include "hosts/libvirt/SnapshotXml.h"
#include "hosts/libvirt/StateMapping.h"
#include "tests/support/Await.h"
#include "tests/support/TestNames.h"

#include <QTest>

#include <libvirt/libvirt.h>

#include <cmath>

using namespace hosts::libvirt;
using hosts::VmId;
using hosts::VmMetric;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::StateReason;
using vmm::VmState;
using namespace std::chrono_literals;

/// The parts of the libvirt host that touch no libvirt connection.
class tst_LibvirtValues : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void filesOfSnapshots_areCalledAfterTheFirstImage()
    {
        const auto path = [](const char* image, const QString& mark = {}) {
            return overlayPath(QString::fromLatin1(image), QStringLiteral("before update"), mark);
        };
        QCOMPARE(path("/a/web.qcow2"), QStringLiteral("/a/web.before-update.qcow2"));
        QCOMPARE(path("/a/web.example.org"), QStringLiteral("/a/web.example.before-update.qcow2"));
        QCOMPARE(path("/a/web.example-1.qcow2", QStringLiteral("1f-vdb")),
            QStringLiteral("/a/web.example-1.before-update-1f-vdb.qcow2"));
        QCOMPARE(path("/a/.hidden"), QStringLiteral("/a/.hidden.before-update.qcow2"));
        QCOMPARE(memoryPath(QStringLiteral("/a"), QStringLiteral("web.org"), QStringLiteral("x y")),
            QStringLiteral("/a/web.org.x-y-memory.save"));

        const auto layer = [](const char* below, const char* overlay) {
            SnapshotRecord record;
            record.disks = { { .path = QString::fromLatin1(below),
                .overlay = QString::fromLatin1(overlay) } };
            return record;
        };
        const QVector<SnapshotRecord> all { layer("/a/1", "/a/2"), layer("/a/2", "/b/3") };
        QCOMPARE(namesake(all, QStringLiteral("/b/3")), QStringLiteral("/b/1"));
        QCOMPARE(namesake(all, QStringLiteral("/a/9")), QStringLiteral("/a/9"));
        QCOMPARE(namesake({ layer("/a/1", "/a/2"), layer("/a/2", "/a/1") }, QStringLiteral("/a/1"))
                     .left(3),
            QStringLiteral("/a/"));
    }

    void mapState_data()
    {
        QTest::addColumn<int>("state");
        QTest::addColumn<int>("reason");
        QTest::addColumn<VmState>("expected");
        QTest::addColumn<StateReason>("why");
        const auto row
            = [](const char* name, int state, int reason, VmState expected, StateReason why) {
                  QTest::newRow(name) << state << reason << expected << why;
              };
        row("running", VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_BOOTED, VmState::Running,
            StateReason::HostRequest);
        row("blocked", VIR_DOMAIN_BLOCKED, 0, VmState::Running, StateReason::None);
        row("paused by user", VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_USER, VmState::Paused,
            StateReason::HostRequest);
        row("disk full", VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_IOERROR, VmState::Paused,
            StateReason::IoError);
        row("starting up", VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_STARTING_UP, VmState::Starting,
            StateReason::HostRequest);
        row("guest shut down", VIR_DOMAIN_SHUTOFF, VIR_DOMAIN_SHUTOFF_SHUTDOWN, VmState::ShutOff,
            StateReason::GuestRequest);
        row("destroyed", VIR_DOMAIN_SHUTOFF, VIR_DOMAIN_SHUTOFF_DESTROYED, VmState::ShutOff,
            StateReason::HostRequest);
        row("QEMU died", VIR_DOMAIN_SHUTOFF, VIR_DOMAIN_SHUTOFF_CRASHED, VmState::Crashed,
            StateReason::ProcessDied);
        row("start failed", VIR_DOMAIN_SHUTOFF, VIR_DOMAIN_SHUTOFF_FAILED, VmState::ShutOff,
            StateReason::StartFailed);
        row("panicked", VIR_DOMAIN_CRASHED, VIR_DOMAIN_CRASHED_PANICKED, VmState::Crashed,
            StateReason::GuestPanicked);
        row("unheard of", 99, 99, VmState::Unknown, StateReason::None);
    }
    void mapState()
    {
        QFETCH(int, state);
        QFETCH(int, reason);
        const MappedState mapped = hosts::libvirt::mapState(state, reason);
        QTEST(mapped.state, "expected");
        QTEST(mapped.reason, "why");
    }

    void error_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("text");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<ErrorCause>("cause");
        QTest::addColumn<QString>("subject");
        const auto row = [](const char* name, int code, const char* text, ErrorKind kind,
                             ErrorCause cause, const char* subject) {
            QTest::newRow(name) << code << QString::fromLatin1(text) << kind << cause
                                << QString::fromLatin1(subject);
        };
        row("no such call", VIR_ERR_NO_SUPPORT, "this function is not supported",
            ErrorKind::HostLacksFeature, ErrorCause::None, "vm");
        row("gone", VIR_ERR_NO_DOMAIN, "Domain not found", ErrorKind::NotFound, ErrorCause::None,
            "vm");
        row("password", VIR_ERR_AUTH_FAILED, "authentication failed", ErrorKind::PermissionDenied,
            ErrorCause::AuthenticationFailed, "vm");
        row("image missing", VIR_ERR_SYSTEM_ERROR,
            "Cannot access storage file '/x/y.qcow2': No such file or directory",
            ErrorKind::NotFound, ErrorCause::ImageMissing, "/x/y.qcow2");
        row("image locked", VIR_ERR_INTERNAL_ERROR,
            "process exited while connecting to monitor: Failed to get \"write\" lock\n"
            "Is another process using the image [/x/y.qcow2]?",
            ErrorKind::Busy, ErrorCause::ImageLocked, "/x/y.qcow2");
        row("died", VIR_ERR_INTERNAL_ERROR, "qemu unexpectedly closed the monitor: bang",
            ErrorKind::ProcessFailed, ErrorCause::QemuDied, "vm");
        row("exists", VIR_ERR_OPERATION_FAILED, "domain 'vm' already exists with uuid 1",
            ErrorKind::AlreadyExists, ErrorCause::NameInUse, "vm");
        row("monitor busy", VIR_ERR_OPERATION_TIMEOUT,
            "Timed out during operation: cannot acquire "
            "state change lock",
            ErrorKind::Busy, ErrorCause::None, "vm");
        row("unheard of", 9999, "?", ErrorKind::Io, ErrorCause::None, "vm");
    }
    void error()
    {
        QFETCH(int, code);
        QFETCH(QString, text);
        const vmm::Error error = toError(code, VIR_FROM_QEMU, text, QStringLiteral("vm"));
        QTEST(error.kind, "kind");
        QTEST(error.cause, "cause");
        QTEST(error.subject, "subject");
        QCOMPARE(error.detail, text);
    }

    void details_areReadFromXml()
    {
        const auto details = parseDetails(
            "<domain><title> T </title><memory unit='GiB'>2</memory><vcpu current='2'>4</vcpu>"
            "<os><type machine='pc-q35-7.2'>hvm</type></os><devices>"
            "<disk><source file='/a'/></disk><disk device='cdrom'/>"
            "<disk><source pool='p' volume='v'/></disk><interface/><interface/>"
            "<graphics type='vnc'/></devices></domain>");
        QVERIFY(details.has_value());
        QCOMPARE(details->title, QStringLiteral("T"));
        QCOMPARE(details->memory, vmm::Bytes::fromGiB(2));
        QCOMPARE(details->vcpus, 2);
        QCOMPARE(details->machineType, QStringLiteral("pc-q35-7.2"));
        QCOMPARE(details->disks, (QStringList { QStringLiteral("/a"), QStringLiteral("p/v") }));
        QCOMPARE(details->networkCards, 2);
        QCOMPARE(details->consoles.size(), 1);
        QCOMPARE(details->consolesHere.size(), 1);
    }

    void screenThatListensNowhere_isOfThatComputerAlone()
    {
        const auto details = parseDetails(
            "<domain><devices><serial type='pty'/>"
            "<graphics type='spice'><listen type='none'/></graphics></devices></domain>");
        QVERIFY(details.has_value());
        QCOMPARE(details->consoles.size(), 1);
        QCOMPARE(details->consoles[0].protocol, vmm::ConsoleEndpoint::Protocol::Serial);
        QCOMPARE(details->consolesHere.size(), 2);
        QCOMPARE(details->consolesHere[0].protocol, vmm::ConsoleEndpoint::Protocol::Spice);
        DomainRecord record { .id = VmId::createUuid(), .name = QStringLiteral("vm") };
        record.details = *details;
        for (const bool isOfThisComputer : { false, true }) {
            Inventory inventory(isOfThisComputer);
            inventory.replaceAll({ record });
            QCOMPARE(inventory.find(record.id)->hasScreen, isOfThisComputer);
        }
    }

    void console_data()
    {
        QTest::addColumn<QByteArray>("graphics");
        QTest::addColumn<QString>("remote");
        QTest::addColumn<QString>("expected"); // empty: none
        QTest::newRow("none") << QByteArray() << QString() << QString();
        QTest::newRow("listens nowhere")
            << QByteArray("<graphics type='spice'><listen type='none'/></graphics>") << QString()
            << QString();
        QTest::newRow("not assigned")
            << QByteArray("<graphics type='spice' port='-1' autoport='yes'/>") << QString()
            << QString();
        QTest::newRow("nonsense") << QByteArray("<graphics type='spice' port='99999'/>")
                                  << QString() << QString();
        QTest::newRow("socket") << QByteArray("<graphics type='spice'><listen type='socket' "
                                              "socket='/run/s'/></graphics>")
                                << QString() << QStringLiteral("spice /run/s");
        QTest::newRow("port and TLS")
            << QByteArray("<graphics type='spice' port='5900' tlsPort='5901' listen='10.0.0.1'/>")
            << QString() << QStringLiteral("spice 10.0.0.1 5900 5901");
        QTest::newRow("any address, here")
            << QByteArray("<graphics type='vnc' port='5900' listen='0.0.0.0'/>") << QString()
            << QStringLiteral("vnc 127.0.0.1 5900 0");
        QTest::newRow("any address, there")
            << QByteArray("<graphics type='vnc' port='5900' listen='::'/>")
            << QStringLiteral("a2.example") << QStringLiteral("vnc a2.example 5900 0");
        QTest::newRow("SPICE before VNC")
            << QByteArray("<graphics type='vnc' port='1'/><graphics type='spice' port='2'/>")
            << QString() << QStringLiteral("spice 127.0.0.1 2 0");
    }
    void console()
    {
        QFETCH(QByteArray, graphics);
        QFETCH(QString, remote);
        QFETCH(QString, expected);
        const auto found = parseConsole(
            "<domain><name>vm</name><devices>" + graphics + "</devices></domain>", remote);
        QCOMPARE(found.has_value(), !expected.isEmpty());
        if (!found.has_value()) {
            QCOMPARE(found.error().kind, ErrorKind::HostLacksFeature);
            QVERIFY(!found.error().detail.isEmpty());
            return;
        }
        const QString kind = found->protocol == vmm::ConsoleEndpoint::Protocol::Spice
            ? QStringLiteral("spice ")
            : QStringLiteral("vnc ");
        const QString text = found->unixSocket.isEmpty()
            ? QStringLiteral("%1 %2 %3").arg(found->host).arg(found->port).arg(found->tlsPort)
            : found->unixSocket;
        QCOMPARE(kind + text, expected);
    }

    void screenPassword_isPutIntoTheGraphicsAlone()
    {
        const QByteArray xml
            = "<domain><name>vm</name><devices><graphics type='spice' port='1'/>"
              "<graphics type='vnc' port='2' passwd='old' passwdValidTo='2030-01-01T00:00:00'/>"
              "</devices></domain>";
        const auto first = withPassword(xml, hosts::ScreenKind::Best, QStringLiteral("a<b"));
        VERIFY_OK(first);
        QCOMPARE(first->xml, QByteArray("<graphics type=\"spice\" port=\"1\" passwd=\"a&lt;b\"/>"));
        QVERIFY(!first->hadOne);
        const auto gone = withPassword(xml, hosts::ScreenKind::Vnc, {});
        VERIFY_OK(gone);
        QCOMPARE(gone->xml, QByteArray("<graphics type=\"vnc\" port=\"2\"/>"));
        QVERIFY(gone->hadOne);
        const auto tooLong = withPassword(xml, hosts::ScreenKind::Vnc, QStringLiteral("123456789"));
        QVERIFY(!tooLong);
        QCOMPARE(tooLong.error().kind, ErrorKind::InvalidConfig);
        QVERIFY(!tooLong.error().toString().contains(QStringLiteral("123456789")));
        QVERIFY(!withPassword("<domain/>", hosts::ScreenKind::Best, {}));
    }

    void sharePolicy_saysWhetherOthersCanBePushedOut()
    {
        const auto pushes = [](const QByteArray& policy) {
            return parseConsole(
                "<domain><devices><graphics type='vnc' port='1'" + policy + "/></devices></domain>",
                {})
                ->pushesOthersOut;
        };
        QVERIFY(pushes({}));
        QVERIFY(pushes(" sharePolicy='allow-exclusive'"));
        QVERIFY(!pushes(" sharePolicy='force-shared'"));
    }

    void screenVisitors_areCountedUntilTheirLastConnectionEnds()
    {
        ScreenVisitors visitors;
        const VmId vm = VmId::createUuid();
        const QDateTime begin = QDateTime::currentDateTimeUtc();
        const QString near, far = QStringLiteral("10.0.0.7");
        visitors.came(vm, far, begin);
        visitors.came(vm, far, begin.addSecs(1)); // another channel
        visitors.came(vm, near, begin.addSecs(-5));
        QCOMPARE(visitors.of(vm),
            QVector<vmm::ConsoleClient>({ { near, begin.addSecs(-5) }, { far, begin } }));
        visitors.went(vm, far);
        visitors.went(vm, near);
        visitors.went(vm, QStringLiteral("10.0.0.8")); // it came before we looked
        QCOMPARE(visitors.of(vm), QVector<vmm::ConsoleClient>({ { far, begin } }));
        QVERIFY(visitors.of(VmId::createUuid()).isEmpty());
        visitors.forget(vm);
        QVERIFY(visitors.of(vm).isEmpty());
    }

    void rates_useTheTimeThatPassed()
    {
        RateMeter meter;
        const VmId vm = VmId::createUuid();
        const auto begin = std::chrono::steady_clock::now();
        CounterReading first { .time = begin, .vms = { { vm, { 10, 4096, 1000, 0, 0, 500 } } } };
        const auto none = meter.measure(first, { { vm, 2 } });
        QVERIFY(std::isnan(none.vms.first().values[VmMetric::CpuLoad]));
        QCOMPARE(none.vms.first().values[VmMetric::MemoryUsed], 4096.0);
        CounterReading second { .time = begin + 2s,
            .vms = { { vm, { 12, 8192, 5000, 0, hosts::kNotOffered, 400 } } } };
        const auto values = meter.measure(second, { { vm, 2 } }).vms.first().values;
        QCOMPARE(values[VmMetric::CpuLoad], 0.5); // 2 s in 2 s on 2 vCPUs
        QCOMPARE(values[VmMetric::MemoryUsed], 8192.0);
        QCOMPARE(values[VmMetric::DiskRead], 2000.0);
        QCOMPARE(values[VmMetric::DiskWrite], 0.0);
        QVERIFY(std::isnan(values[VmMetric::NetworkReceive]));
        QVERIFY2(std::isnan(values[VmMetric::NetworkSend]), "went backwards: restarted");
    }

    void inventory_tellsDifferencesAlone()
    {
        Inventory inventory;
        const DomainRecord one { VmId::createUuid(), QStringLiteral("one"), VmState::ShutOff };
        const DomainRecord two { VmId::createUuid(), QStringLiteral("two"), VmState::Running };
        const auto whole = inventory.replaceAll({ one, two });
        QVERIFY(whole.isComplete);
        QCOMPARE(whole.changed.size(), 2);
        QVERIFY(isEmpty(inventory.update({ .records = { one, two } })));
        DomainRecord started = one;
        started.state = VmState::Running;
        const auto change = inventory.update({ .records = { started }, .gone = { two.id } });
        QCOMPARE(change.changed.size(), 1);
        QVERIFY(change.changed.first().since.isValid());
        QCOMPARE(change.removed, QVector<VmId> { two.id });
        const auto compared = inventory.compareAll({ two });
        QCOMPARE(compared.removed, QVector<VmId> { one.id });
        QCOMPARE(compared.changed.first().name, QStringLiteral("two"));
        QVERIFY(compared.changed.first().since.isValid()); // it came from another host, say
    }

    void inventory_showsAStartUntilItsEnd()
    {
        Inventory inventory;
        const DomainRecord vm { VmId::createUuid(), QStringLiteral("vm"), VmState::ShutOff };
        inventory.replaceAll({ vm });
        QCOMPARE(inventory.beginStart(vm.id).changed.first().state, VmState::Starting);
        inventory.update({ .records = { vm } }); // still off, says libvirt
        QCOMPARE(inventory.find(vm.id)->state, VmState::Starting);
        inventory.endStart(vm.id, QStringLiteral("no disk"));
        QCOMPARE(inventory.find(vm.id)->state, VmState::ShutOff);
        QCOMPARE(inventory.find(vm.id)->reason, StateReason::StartFailed);
        inventory.update({ .records = { vm } });
        QCOMPARE(inventory.find(vm.id)->reasonDetail, QStringLiteral("no disk"));
        // Somebody else starts it, and it ends: the old failure is not told again.
        DomainRecord other = vm;
        other.state = VmState::Running;
        inventory.update({ .records = { other } });
        inventory.update({ .records = { vm } });
        QCOMPARE(inventory.find(vm.id)->reason, StateReason::None);
        inventory.beginStart(vm.id);
        QVERIFY(inventory.find(vm.id)->reasonDetail.isEmpty());
    }

    void inventory_neverTakesAForbiddenStep()
    {
        for (const VmState from : vmm::kAllVmStates) {
            for (const VmState to : vmm::kAllVmStates) {
                Inventory inventory;
                DomainRecord vm { VmId::createUuid(), QStringLiteral("vm"), from };
                inventory.replaceAll({ vm });
                vm.state = to;
                inventory.update({ .records = { vm } });
                const VmState reached = inventory.find(vm.id)->state;
                QVERIFY2(reached == from || vmm::canTransition(from, reached),
                    qPrintable(nameOf(from) + QStringLiteral(" -> ") + nameOf(reached)));
            }
        }
    }

    void inventory_marksHangingMachinesAndFreesThemAgain()
    {
        Inventory inventory;
        const DomainRecord vm { VmId::createUuid(), QStringLiteral("vm"), VmState::Running };
        inventory.replaceAll({ vm });
        const auto marked = inventory.markHanging({ { vm.id, QStringLiteral("no answer") } });
        QCOMPARE(marked.changed.first().reasonDetail, QStringLiteral("no answer"));
        QVERIFY(isEmpty(inventory.update({ .records = { vm } })));
        const auto freed = inventory.markHanging({});
        QVERIFY(freed.changed.first().reasonDetail.isEmpty());
    }
};

QTEST_APPLESS_MAIN(tst_LibvirtValues)
#include "tst_LibvirtValues.moc"
