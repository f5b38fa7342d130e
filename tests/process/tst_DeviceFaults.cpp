// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Await.h"
#include "tests/support/TempHome.h"
#include "tests/support/TestNames.h"
#include "vmm/qemu/DeviceChanges.h"
#include "vmm/qemu/LiveResources.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace vmm;
using tests::TempHome;
using tests::waitFor;

/// Changes of a running machine whose QEMU, or disk, fails at each step: nothing is half-done.
class TestDeviceFaults : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<TempHome> m_home;
    std::unique_ptr<Core> m_core;
    Machine* m_vm = nullptr;
    QString m_xmlBefore;

    void start(const QString& mode, const QString& devices = {})
    {
        m_core = std::make_unique<Core>(m_home->fakeOptions(mode));
        VERIFY_OK(waitFor(m_core->open()));
        const auto id = waitFor(m_core->define(
            tests::smallDomainXml(QStringLiteral("vm"), QUuid::createUuid(), devices)));
        VERIFY_OK(id);
        m_vm = m_core->machine(*id);
        VERIFY_OK(waitFor(m_core->perform(*id, VmAction::Start)));
        m_xmlBefore = m_vm->definition().toXml();
    }

    QString diskXml(const char* more = "")
    {
        const QString image = m_home->write(QStringLiteral("disk.img"), QByteArray(4096, 'x'));
        return QStringLiteral("<disk type='file' device='disk'><driver name='qemu' type='raw'/>"
                              "<source file='%1'/><target dev='vdb'/>%2</disk>")
            .arg(image, QLatin1StringView(more));
    }

    QString limitedDiskXml()
    {
        return diskXml("<iotune><total_iops_sec>50</total_iops_sec></iotune>");
    }

    static QString cardXml()
    {
        return QStringLiteral("<interface type='user'><mac address='52:54:00:11:22:33'/>"
                              "<model type='virtio'/></interface>");
    }

    Result<void> attach(const QString& xml, DeviceScope scope = DeviceScope::Both)
    {
        return waitFor(DeviceChanges(*m_core).attach(*m_vm, xml, scope), 30'000);
    }

    Result<void> detach(const QString& xml)
    {
        DeviceChanges changes(*m_core);
        changes.setUnplugDeadline(std::chrono::milliseconds(300));
        return waitFor(changes.detach(*m_vm, xml, DeviceScope::Both), 30'000);
    }

    /// What QEMU was asked to change, in order.
    QStringList asked() const
    {
        QFile log(m_vm->places().logFile());
        if (!log.open(QIODevice::ReadOnly))
            return {};
        QStringList commands;
        const QList<QByteArray> lines = log.readAll().split('\n');
        for (const QByteArray& line : lines) {
            if (line.startsWith("asked ") && !line.contains("query") && !line.contains("qom-"))
                commands.append(QString::fromUtf8(line.mid(6)));
        }
        return commands;
    }

    int liveNodes()
    {
        const auto nodes = waitFor(m_vm->execute(QStringLiteral("query-named-block-nodes")));
        return nodes ? int(nodes->toArray().size()) : -1;
    }

    void verifyUnchanged()
    {
        QCOMPARE(m_vm->definition().toXml(), m_xmlBefore);
        QFile stored(m_vm->places().definitionFile());
        QVERIFY(stored.open(QIODevice::ReadOnly));
        QCOMPARE(QString::fromUtf8(stored.readAll()), m_xmlBefore);
        QVERIFY(!m_vm->occupation());
        if (isActive(m_vm->state()))
            QCOMPARE(m_vm->runningDefinition().toXml(), m_xmlBefore);
    }

private Q_SLOTS:
    void init() { m_home = std::make_unique<TempHome>(); }

    void cleanup()
    {
        if (m_vm && isAllowed(VmAction::ForceOff, m_vm->state()))
            VERIFY_OK(waitFor(m_vm->forceOff()));
        m_vm = nullptr;
        m_core.reset();
        m_home.reset();
    }

    void attach_asksInOrder()
    {
        start(QStringLiteral("normal"));
        VERIFY_OK(attach(limitedDiskXml()));
        QCOMPARE(asked(),
            (QStringList { QStringLiteral("object-add"), QStringLiteral("blockdev-add"),
                QStringLiteral("blockdev-add"), QStringLiteral("device_add") }));
        QCOMPARE(m_vm->runningDefinition().devices<Disk>().size(), 1);
        QCOMPARE(m_vm->definition().devices<Disk>().size(), 1);
        VERIFY_OK(detach(diskXml()));
        QCOMPARE(liveNodes(), 0);
        QCOMPARE(asked().mid(4),
            (QStringList { QStringLiteral("device_del"), QStringLiteral("blockdev-del"),
                QStringLiteral("blockdev-del"), QStringLiteral("object-del") }));
        QCOMPARE(m_vm->runningDefinition().devices<Disk>().size(), 0);
    }

    void attachThatIsRefused_isUndone_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<bool>("isCard");
        QTest::addColumn<QString>("undone");
        QTest::newRow("object") << QStringLiteral("object-add") << false << QString();
        QTest::newRow("node") << QStringLiteral("blockdev-add") << false
                              << QStringLiteral("object-del");
        QTest::newRow("device") << QStringLiteral("device_add") << false
                                << QStringLiteral("blockdev-del blockdev-del object-del");
        QTest::newRow("netdev") << QStringLiteral("netdev_add") << true << QString();
        QTest::newRow("card") << QStringLiteral("device_add") << true
                              << QStringLiteral("netdev_del");
    }

    void attachThatIsRefused_isUndone()
    {
        QFETCH(QString, command);
        QFETCH(bool, isCard);
        QFETCH(QString, undone);
        start(QStringLiteral("refuse-") + command);
        const auto refused = attach(isCard ? cardXml() : limitedDiskXml());
        QVERIFY(!refused.has_value());
        QVERIFY2(refused.error().detail.contains(QStringLiteral("not today")),
            qPrintable(refused.error().toString()));
        QStringList all = asked();
        all.removeIf([](const QString& done) {
            return !done.contains(QStringLiteral("del")); // -del, _del
        });
        QCOMPARE(all.join(QLatin1Char(' ')), undone);
        QCOMPARE(liveNodes(), 0);
        verifyUnchanged();
    }

    void attachAtWhichQemuDies_leavesTheDefinition_data()
    {
        QTest::addColumn<QString>("command");
        for (const char* command :
            { "query-pci", "qom-list", "object-add", "blockdev-add", "device_add" })
            QTest::newRow(command) << QString::fromLatin1(command);
    }

    void attachAtWhichQemuDies_leavesTheDefinition()
    {
        QFETCH(QString, command);
        start(QStringLiteral("die-at-") + command);
        QVERIFY(!attach(limitedDiskXml()).has_value());
        QTRY_VERIFY(!isActive(m_vm->state()));
        verifyUnchanged();
    }

    void attachThatIsNeverAnswered_isTakenBack()
    {
        start(QStringLiteral("ignore-device_add"));
        const auto late = attach(diskXml());
        QCOMPARE(late.error().kind, ErrorKind::TimedOut);
        // It may be plugged in all the same: it is asked to go again.
        QVERIFY(asked().contains(QStringLiteral("device_del")));
        QCOMPARE(liveNodes(), 0);
        verifyUnchanged();
    }

    void attachThatCantBeStored_isTakenBack()
    {
        start(QStringLiteral("normal"));
        // Nothing can take the place of a folder with something in it.
        QFile::remove(m_vm->places().definitionFile());
        QVERIFY(QDir().mkpath(m_vm->places().definitionFile() + QStringLiteral("/x")));
        QVERIFY(!attach(diskXml()).has_value());
        QCOMPARE(asked(),
            (QStringList { QStringLiteral("blockdev-add"), QStringLiteral("device_add"),
                QStringLiteral("device_del"), QStringLiteral("blockdev-del") }));
        QCOMPARE(m_vm->runningDefinition().toXml(), m_xmlBefore);
        QCOMPARE(m_vm->definition().toXml(), m_xmlBefore);
        QVERIFY(!m_vm->occupation());
    }

    void detachThatCantBeStored_isTakenBack()
    {
        start(QStringLiteral("normal"), diskXml());
        QFile::remove(m_vm->places().definitionFile());
        QVERIFY(QDir().mkpath(m_vm->places().definitionFile() + QStringLiteral("/x")));
        QVERIFY(!detach(diskXml()).has_value());
        QCOMPARE(
            asked(), (QStringList { QStringLiteral("device_del"), QStringLiteral("device_add") }));
        QCOMPARE(m_vm->runningDefinition().toXml(), m_xmlBefore);
    }

    void guestThatKeepsItsDevice_refuses()
    {
        start(QStringLiteral("keep-device"), diskXml());
        const auto kept = detach(diskXml());
        QCOMPARE(kept.error().kind, ErrorKind::RefusedByGuest);
        QCOMPARE(asked(), QStringList { QStringLiteral("device_del") });
        verifyUnchanged();
    }

    void guestThatLetsGoLater_isFollowed()
    {
        start(QStringLiteral("late-device"));
        VERIFY_OK(attach(diskXml()));
        QCOMPARE(detach(diskXml()).error().kind, ErrorKind::RefusedByGuest);
        QCOMPARE(m_vm->runningDefinition().devices<Disk>().size(), 1);
        QCOMPARE(liveNodes(), 1);
        VERIFY_OK(waitFor(m_vm->execute(QStringLiteral("query-balloon"))));
        QTRY_COMPARE(m_vm->runningDefinition().devices<Disk>().size(), 0);
        QTRY_COMPARE(liveNodes(), 0);
        QCOMPARE(m_vm->definition().devices<Disk>().size(), 1); // what was asked for failed
    }

    void qemuThatDiesAtUnplug_isNoSuccess()
    {
        start(QStringLiteral("die-at-device_del"), diskXml());
        QVERIFY(!detach(diskXml()).has_value());
        QTRY_VERIFY(!isActive(m_vm->state()));
        verifyUnchanged();
    }

    void leftovers_makeNoFailure()
    {
        start(QStringLiteral("refuse-blockdev-del"), diskXml());
        VERIFY_OK(detach(diskXml()));
        QCOMPARE(m_vm->definition().devices<Disk>().size(), 0);
    }

    void wrongRequests_touchNothing_data()
    {
        QTest::addColumn<QString>("xml");
        QTest::addColumn<DeviceScope>("scope");
        QTest::addColumn<ErrorKind>("kind");
        const auto row = [](const char* name, const char* xml, DeviceScope scope, ErrorKind kind) {
            QTest::newRow(name) << QString::fromLatin1(xml) << scope << kind;
        };
        row("no XML", "disk", DeviceScope::Both, ErrorKind::InvalidConfig);
        row("missing image",
            "<disk type='file'><source file='/no/a.img'/><target dev='vdc'/></disk>",
            DeviceScope::Both, ErrorKind::NotFound);
        row("unsupported", "<disk type='network'><source file='/a'/><target dev='vdc'/></disk>",
            DeviceScope::Both, ErrorKind::InvalidConfig);
        row("no such place",
            "<disk type='file'><source file='/a'/><target dev='sdzz' bus='sata'/></disk>",
            DeviceScope::Stored, ErrorKind::InvalidConfig);
        row("only while off", "<sound model='ich9'/>", DeviceScope::Both,
            ErrorKind::HostLacksFeature);
    }

    void wrongRequests_touchNothing()
    {
        QFETCH(QString, xml);
        QFETCH(DeviceScope, scope);
        QFETCH(ErrorKind, kind);
        start(QStringLiteral("normal"));
        const auto refused = attach(xml, scope);
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().kind, kind);
        QCOMPARE(asked(), QStringList());
        verifyUnchanged();
    }

    void machineThatIsOff_changesWhatIsStored()
    {
        start(QStringLiteral("normal"));
        VERIFY_OK(waitFor(m_vm->forceOff()));
        QCOMPARE(attach(diskXml(), DeviceScope::Running).error().kind, ErrorKind::WrongState);
        VERIFY_OK(attach(diskXml(), DeviceScope::Both));
        QCOMPARE(m_vm->definition().devices<Disk>().size(), 1);
        VERIFY_OK(attach(cardXml(), DeviceScope::Stored));
        VERIFY_OK(detach(diskXml()));
        QCOMPARE(m_vm->definition().devices<Disk>().size(), 0);
        QCOMPARE(m_vm->definition().devices<NetworkInterface>().size(), 1);
        LiveResources resources(*m_core);
        VERIFY_OK(waitFor(resources.setMemory(*m_vm, Bytes::fromMiB(32))));
        QCOMPARE(m_vm->definition().currentMemory(), Bytes::fromMiB(32));
        QCOMPARE(waitFor(resources.setVcpus(*m_vm, 2)).error().kind, ErrorKind::InvalidConfig);
    }

    void busyMachine_isLeftAlone()
    {
        start(QStringLiteral("normal"));
        const auto occupied = m_vm->occupy(QStringLiteral("snapshot"));
        VERIFY_OK(occupied);
        QCOMPARE(attach(diskXml()).error().kind, ErrorKind::Busy);
        QCOMPARE(waitFor(LiveResources(*m_core).setMemory(*m_vm, Bytes::fromMiB(32))).error().kind,
            ErrorKind::Busy);
        QCOMPARE(asked(), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestDeviceFaults)
#include "tst_DeviceFaults.moc"
