// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/PoolXml.h"
#include "models/PoolKinds.h"
#include "tests/libvirt/QemuHostFixture.h"

#include <QStandardPaths>
#include <QTemporaryDir>

using namespace tests;
using hosts::ChangePool;
using hosts::CreateVolume;
using hosts::DefinePool;
using hosts::DeletePool;
using hosts::DeleteVolume;
using hosts::ListPools;
using hosts::ListVolumes;
using hosts::NewPool;
using hosts::PoolInfo;
using hosts::PoolState;
using hosts::ResizeVolume;
using hosts::ResourceAction;
using hosts::VolumeInfo;
using vmm::Bytes;
using vmm::ErrorKind;

namespace {

QString text(const char* latin1)
{
    return QString::fromLatin1(latin1);
}

/// What a program says; nothing if it fails.
std::optional<QString> output(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    if (!process.waitForFinished(kPatienceMs) || process.exitCode() != 0)
        return std::nullopt;
    return QString::fromUtf8(process.readAll()).trimmed();
}

/// A file as a block device, while this lives. Needs root and the loop driver.
class LoopDevice {
public:
    explicit LoopDevice(const QString& file, qint64 size)
    {
        QFile image(file);
        if (image.open(QIODevice::WriteOnly) && image.resize(size))
            m_device = output(text("losetup"), { text("-P"), text("-f"), text("--show"), file })
                           .value_or(QString());
    }
    ~LoopDevice()
    {
        if (!m_device.isEmpty())
            output(text("losetup"), { text("-d"), m_device });
    }
    LoopDevice(const LoopDevice&) = delete;
    LoopDevice& operator=(const LoopDevice&) = delete;

    bool works() const { return !m_device.isEmpty(); }
    QString name() const { return m_device.section(QLatin1Char('/'), -1); } ///< "loop0"

private:
    QString m_device;
};

/// One of each type, with every field that it takes.
NewPool sampleOf(const models::PoolKind& kind)
{
    using F = models::PoolField;
    NewPool pool { .name = text("a pool"), .type = kind.type };
    const auto set = [&](F field, QString& member, const char* value) {
        if (kind.takes(field))
            member = text(value);
    };
    set(F::Target, pool.target, "/srv/pool");
    set(F::Host, pool.host, "nas.example");
    set(F::Path, pool.path, kind.type == text("scsi") ? "scsi_host3" : "/export");
    if (kind.type.startsWith(text("iscsi")))
        pool.path = text("iqn.2024-01.example:disk");
    set(F::SourceName, pool.sourceName, "vg0");
    set(F::Initiator, pool.initiator, "iqn.2024-01.example:me");
    set(F::Login, pool.user, "somebody");
    set(F::Login, pool.secret, "2ec115d7-3a88-3ceb-bc12-0ac909a6fd87");
    if (kind.takes(F::Devices))
        pool.devices = { text("/dev/sdb") };
    return pool;
}

} // namespace

/// Pools other than folders: what can be had here, with all that is done to them; of the others,
/// that libvirt takes what we write.
class tst_PoolTypes : public QemuHostTest {
    Q_OBJECT

protected Q_SLOTS:
    void initTestCase()
    {
        m_devices = m_libvirtd.shareDevices();
        QemuHostTest::initTestCase();
    }

    void cleanup()
    {
        m_libvirtd.virsh({ text("pool-destroy"), kPool });
        m_libvirtd.virsh({ text("pool-undefine"), kPool });
        if (m_target.state() != QProcess::NotRunning) {
            m_target.kill();
            m_target.waitForFinished();
        }
        QemuHostTest::cleanup();
    }

private Q_SLOTS:
    void fileSystem_isMadeMountedUsedAndLetGo()
    {
        const LoopDevice device(m_libvirtd.imageFolder() + text("/fs.img"), 64 << 20);
        if (!device.works())
            QSKIP("there is no loop device");
        const QString folder = m_libvirtd.imageFolder() + text("/mounted");
        NewPool wanted { .name = kPool,
            .type = text("fs"),
            .target = folder,
            .devices = { m_devices + QLatin1Char('/') + device.name() },
            .format = text("ext4"),
            .isBuilt = true };
        VERIFY_DONE(ask(DefinePool { wanted }));
        PoolInfo pool = poolNow();
        QCOMPARE(pool.state, PoolState::Running);
        QCOMPARE(pool.source, wanted.devices.first());
        QVERIFY(pool.capacity > Bytes::fromMiB(32) && pool.capacity < Bytes::fromMiB(64));
        VERIFY_DONE(ask(
            CreateVolume { kPool, { .name = text("a.qcow2"), .capacity = Bytes::fromMiB(100) } }));
        VERIFY_DONE(ask(ResizeVolume { kPool, text("a.qcow2"), Bytes::fromMiB(128) }));
        VERIFY_FAILED(ask(CreateVolume { kPool,
                          { .name = text("b.img"),
                              .format = text("raw"),
                              .capacity = Bytes::fromMiB(100),
                              .allocation = Bytes::fromMiB(100) } }),
            ErrorKind::Io); // it is full
        VERIFY_DONE(ask(ChangePool { kPool, ResourceAction::Refresh }));
        QVERIFY(volumeNames().contains(text("a.qcow2")));
        VERIFY_DONE(ask(ChangePool { kPool, ResourceAction::Stop }));
        QCOMPARE(poolNow().state, PoolState::Stopped);
        VERIFY_DONE(ask(ChangePool { kPool, ResourceAction::Start }));
        QVERIFY(volumeNames().contains(text("a.qcow2")));
        VERIFY_DONE(ask(DeleteVolume { kPool, text("a.qcow2") }));
        VERIFY_DONE(ask(DeletePool { kPool }));
        // What is on the device is not written over by whoever makes a pool of it again.
        const auto refused = ask(DefinePool { wanted });
        QVERIFY(!refused);
        QVERIFY2(!refused.error().detail.isEmpty(), qPrintable(refused.error().toString()));
        QVERIFY(poolNow().name.isEmpty());
        wanted.isBuilt = false;
        VERIFY_DONE(ask(DefinePool { wanted }));
        QCOMPARE(poolNow().state, PoolState::Running);
        VERIFY_DONE(ask(DeletePool { kPool }));
    }

    void disk_isPartitioned()
    {
        if (QStandardPaths::findExecutable(text("parted")).isEmpty()
            && !QFile::exists(text("/usr/sbin/parted")) && !QFile::exists(text("/sbin/parted")))
            QSKIP("parted is not installed");
        const LoopDevice device(m_libvirtd.imageFolder() + text("/disk.img"), 64 << 20);
        if (!device.works())
            QSKIP("there is no loop device");
        VERIFY_DONE(ask(DefinePool { { .name = kPool,
            .type = text("disk"),
            .target = m_devices,
            .devices = { m_devices + QLatin1Char('/') + device.name() },
            .format = text("gpt"),
            .isBuilt = true } }));
        QCOMPARE(poolNow().state, PoolState::Running);
        QCOMPARE(volumeNames(), QStringList());
        // A partition has the name that the kernel gives it.
        const auto refused = ask(CreateVolume {
            kPool, { .name = text("mine"), .format = {}, .capacity = Bytes::fromMiB(8) } });
        QVERIFY(!refused);
        QVERIFY2(refused.error().detail.contains(device.name() + text("p1")),
            qPrintable(refused.error().toString()));
        VERIFY_DONE(ask(CreateVolume { kPool,
            { .name = device.name() + text("p1"), .format = {}, .capacity = Bytes::fromMiB(8) } }));
        QCOMPARE(volumeNames(), QStringList { device.name() + text("p1") });
        VERIFY_DONE(ask(ChangePool { kPool, ResourceAction::Refresh }));
        QCOMPARE(volumeNames().size(), qsizetype(1));
        // libvirt 9.0 calls the partition "p1" where the disk's name ends with a digit, and parted
        // knows none of that name.
        const auto undeleted = ask(DeleteVolume { kPool, device.name() + text("p1") });
        QVERIFY(undeleted || undeleted.error().detail.contains(text("parted")));
        QCOMPARE(volumeNames().isEmpty(), undeleted.has_value());
        VERIFY_DONE(ask(ChangePool { kPool, ResourceAction::Stop }));
        VERIFY_DONE(ask(ChangePool { kPool, ResourceAction::Start }));
        VERIFY_DONE(ask(DeletePool { kPool }));
        QVERIFY(poolNow().name.isEmpty());
    }

    void iscsiDirect_showsTheUnitsOfATarget()
    {
        if (!startTarget())
            QSKIP("no iSCSI target can be started (Debian: tgt)");
        const auto made = ask(DefinePool { { .name = kPool,
            .type = text("iscsi-direct"),
            .host = text("127.0.0.1"),
            .path = kIqn,
            .initiator = text("iqn.2024-01.virtdeck:me") } });
        if (!made && made.error().detail.contains(text("missing backend")))
            QSKIP("Debian: libvirt-daemon-driver-storage-iscsi-direct");
        VERIFY_DONE(made);
        QCOMPARE(poolNow().source, text("127.0.0.1:") + kIqn);
        QCOMPARE(poolNow().state, PoolState::Running);
        VERIFY_DONE(ask(ChangePool { kPool, ResourceAction::Refresh }));
        const auto volumes = ask(ListVolumes { kPool });
        VERIFY_DONE(volumes);
        // The first unit is the target's controller.
        const bool isThere = std::any_of(volumes->begin(), volumes->end(),
            [](const VolumeInfo& each) { // libvirt counts to the last block, not beyond it
                return each.capacity == Bytes::fromBytes((16 << 20) - 512);
            });
        QStringList seen;
        for (const VolumeInfo& each : *volumes)
            seen << QStringLiteral("%1: %2").arg(each.name).arg(each.capacity.count());
        QVERIFY2(isThere, qPrintable(seen.join(QLatin1Char(' '))));
        const auto refused = ask(CreateVolume {
            kPool, { .name = text("unit:0:0:7"), .format = {}, .capacity = Bytes::fromMiB(8) } });
        QVERIFY(!refused);
        QVERIFY2(!refused.error().detail.isEmpty(), qPrintable(refused.error().toString()));
        VERIFY_DONE(ask(ChangePool { kPool, ResourceAction::Stop }));
        VERIFY_DONE(ask(DeletePool { kPool }));
    }

    void everyType_isOfLibvirtsSchema_data() { addKinds(); }
    void everyType_isOfLibvirtsSchema()
    {
        QFETCH(NewPool, pool);
        if (QStandardPaths::findExecutable(text("virt-xml-validate")).isEmpty())
            QSKIP("virt-xml-validate is not installed");
        QTemporaryDir folder;
        const QString file = write(folder, pool);
        QProcess process;
        process.start(text("virt-xml-validate"), { file, text("storagepool") });
        QVERIFY(process.waitForFinished(kPatienceMs));
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
    }

    void everyTypeThatIsInstalled_isTakenByLibvirt_data() { addKinds(); }
    void everyTypeThatIsInstalled_isTakenByLibvirt()
    {
        QFETCH(NewPool, pool);
        QTemporaryDir folder;
        bool isTaken = false;
        const QString said
            = m_libvirtd.virsh({ text("pool-define"), write(folder, pool) }, &isTaken);
        if (said.contains(text("missing backend")))
            QSKIP("libvirt has no driver for this type here (Debian: none for vstorage)");
        QVERIFY2(isTaken, qPrintable(said));
        // And what libvirt makes of it says the same to us.
        const auto pools = ask(ListPools {});
        const auto found = std::find_if(pools->begin(), pools->end(),
            [&](const PoolInfo& each) { return each.name == pool.name; });
        QVERIFY(found != pools->end());
        QCOMPARE(found->type, pool.type);
        QCOMPARE(found->source, hosts::libvirt::parsePool(*hosts::libvirt::poolXml(pool)).source);
        VERIFY_DONE(ask(DeletePool { pool.name }));
    }

private:
    static inline const QString kPool = QStringLiteral("other");
    static inline const QString kIqn = QStringLiteral("iqn.2024-01.virtdeck:test");

    static void addKinds()
    {
        QTest::addColumn<NewPool>("pool");
        for (const models::PoolKind& kind : models::poolKinds()) {
            const NewPool pool = sampleOf(kind);
            QVERIFY2(models::missingFields(kind, pool).isEmpty(), qPrintable(kind.type));
            QTest::newRow(qPrintable(kind.type)) << pool;
            for (const QString& format : kind.formats) {
                NewPool formatted = pool;
                formatted.format = format;
                QTest::newRow(qPrintable(kind.type + QLatin1Char(' ') + format)) << formatted;
            }
        }
    }

    static QString write(const QTemporaryDir& folder, const NewPool& pool)
    {
        const QString path = folder.filePath(text("pool.xml"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(*hosts::libvirt::poolXml(pool)) < 0)
            qWarning("can't write %s", qPrintable(path));
        return path;
    }

    PoolInfo poolNow()
    {
        const auto pools = ask(ListPools {});
        for (const PoolInfo& pool : pools.value_or(QVector<PoolInfo> {})) {
            if (pool.name == kPool)
                return pool;
        }
        return {};
    }

    QStringList volumeNames()
    {
        QStringList names;
        for (const VolumeInfo& volume :
            ask(ListVolumes { kPool }).value_or(QVector<VolumeInfo> {})) {
            if (volume.name != text("lost+found"))
                names << volume.name;
        }
        return names;
    }

    /// An iSCSI target on this computer with one unit of 16 MiB.
    bool startTarget()
    {
        const QString folder = m_libvirtd.imageFolder();
        QFile unit(folder + text("/unit.img"));
        if (!unit.open(QIODevice::WriteOnly) || !unit.resize(16 << 20))
            return false;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(text("TGT_IPC_SOCKET"), folder + text("/tgt"));
        m_target.setProcessEnvironment(environment);
        m_target.start(
            text("/usr/sbin/tgtd"), { text("-f"), text("--iscsi"), text("portal=127.0.0.1:3260") });
        if (!m_target.waitForStarted())
            return false;
        const auto admin = [&](QString line) {
            line.replace(text("IQN"), kIqn).replace(text("FILE"), unit.fileName());
            QProcess process;
            process.setProcessEnvironment(environment);
            process.setStandardErrorFile(QProcess::nullDevice());
            process.start(text("tgtadm"), line.split(QLatin1Char(' ')));
            return process.waitForFinished(kPatienceMs) && process.exitCode() == 0;
        };
        const QString target = text("--lld iscsi --op new --mode target --tid 1 --targetname IQN");
        return QTest::qWaitFor([&] { return admin(target); }, kPatienceMs)
            && admin(text("--lld iscsi --op new --mode logicalunit --tid 1 --lun 1 "
                          "--backing-store FILE"))
            && admin(text("--lld iscsi --op bind --mode target --tid 1 --initiator-address ALL"));
    }

    QString m_devices;
    QProcess m_target;
};

QTEST_GUILESS_MAIN(tst_PoolTypes)
#include "moc_QemuHostFixture.cpp"
#include "tst_PoolTypes.moc"
