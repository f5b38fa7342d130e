// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/TransferFile.h"
#include "hosts/libvirt/TransferJournal.h"
#include "tests/libvirt/QemuHostFixture.h"
#include "tests/support/SlowProxy.h"
#include "tests/support/SmallDisk.h"
#include "tests/support/SshdFixture.h"
#include "tests/support/TempHome.h"
#include "tests/support/VdctlRun.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QStandardPaths>

#include <csignal>

using namespace tests;
using hosts::ChangePool;
using hosts::CreateVolume;
using hosts::DefinePool;
using hosts::DeletePool;
using hosts::DeleteVolume;
using hosts::DownloadVolume;
using hosts::ListPools;
using hosts::ListVolumes;
using hosts::NewPool;
using hosts::PoolInfo;
using hosts::PoolState;
using hosts::ResizeVolume;
using hosts::ResourceAction;
using hosts::ResourceKind;
using hosts::UploadVolume;
using hosts::VmId;
using hosts::VolumeInfo;
using vmm::Bytes;
using vmm::ErrorCause;
using vmm::ErrorKind;

namespace {

const auto kPool = QStringLiteral("shelf");
const auto kOther = QStringLiteral("drawer");

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// Pools and volumes of a real libvirtd, and what goes over to it and back.
class tst_Storage : public QemuHostTest {
    Q_OBJECT

protected Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        // Before the daemon, which has its own view of what is mounted.
        m_small = std::make_unique<SmallDisk>(smallFolder(), "20m");
        QemuHostTest::initTestCase();
    }

    void cleanup()
    {
        m_far.reset();
        m_proxy.reset();
        for (const QString& pool : { kPool, kOther }) {
            m_libvirtd.virsh({ QStringLiteral("pool-destroy"), pool });
            m_libvirtd.virsh({ QStringLiteral("pool-undefine"), pool });
        }
        QDir(folder()).removeRecursively();
        QDir(otherFolder()).removeRecursively();
        QemuHostTest::cleanup();
    }

private Q_SLOTS:
    void pool_isMadeChangedAndForgotten()
    {
        VERIFY_DONE(makePool());
        PoolInfo pool = poolNamed(kPool);
        QCOMPARE(pool.type, QStringLiteral("dir"));
        QCOMPARE(pool.state, PoolState::Running);
        QCOMPARE(pool.target, folder());
        QVERIFY(pool.isAutostart && pool.isPersistent);
        QVERIFY(pool.capacity.count() > 0 && pool.available.count() > 0);
        VERIFY_FAILED(makePool(), ErrorKind::AlreadyExists);
        VERIFY_DONE(ask(ChangePool { kPool, ResourceAction::Stop }));
        VERIFY_DONE(ask(ChangePool { kPool, ResourceAction::DisableAutostart }));
        pool = poolNamed(kPool);
        QCOMPARE(pool.state, PoolState::Stopped);
        QVERIFY(!pool.isAutostart);
        VERIFY_FAILED(ask(ListVolumes { kPool }), ErrorKind::WrongState);
        VERIFY_FAILED(ask(ChangePool { kPool, ResourceAction::Stop }), ErrorKind::WrongState);
        VERIFY_DONE(ask(DeletePool { kPool }));
        QVERIFY(poolNamed(kPool).name.isEmpty());
        QVERIFY(QDir(folder()).exists());
        VERIFY_FAILED(ask(ChangePool { kPool, ResourceAction::Start }), ErrorKind::NotFound);
    }

    /// Nothing is left of one that could not be brought up.
    void poolThatCannotStart_isTakenBack()
    {
        const NewPool wanted { .name = kPool,
            .type = QStringLiteral("dir"),
            .target = QStringLiteral("/no/such/folder") };
        const auto made = ask(DefinePool { wanted });
        QVERIFY(!made);
        QVERIFY2(made.error().detail.contains(QStringLiteral("/no/such/folder")),
            qPrintable(made.error().toString()));
        QVERIFY(poolNamed(kPool).name.isEmpty());
        VERIFY_FAILED(ask(DefinePool { { .xml = QStringLiteral("<pool type='dir'/>") } }),
            ErrorKind::InvalidConfig);
    }

    void poolXml_isReadAndStored()
    {
        VERIFY_DONE(makePool());
        const auto xml = ask(hosts::GetPoolXml { kPool });
        VERIFY_DONE(xml);
        QVERIFY(xml->contains(folder()));
        QString changed = *xml;
        changed.replace(folder(), folder() + QStringLiteral("/deeper"));
        VERIFY_DONE(
            ask(DefinePool { { .xml = changed, .isStarted = false, .isAutostart = false } }));
        QVERIFY(ask(hosts::GetPoolXml { kPool })->contains(QStringLiteral("/deeper")));
        QCOMPARE(poolNamed(kPool).target, folder()); // it runs as it was
    }

    void poolXml_ofAnOldOne_isRefused()
    {
        VERIFY_DONE(makePool());
        const QString base = ask(hosts::GetPoolXml { kPool }).value_or(QString());
        const auto define = [&](const char* deeper) {
            QString xml = base;
            xml.replace(folder(), folder() + QString::fromLatin1(deeper));
            return ask(
                DefinePool { { .xml = xml, .isStarted = false, .isAutostart = false }, base });
        };
        // What is in the pool changes; its definition does not.
        VERIFY_DONE(ask(hosts::CreateVolume { kPool,
            { .name = QStringLiteral("filling"),
                .format = QStringLiteral("raw"),
                .capacity = vmm::Bytes::fromMiB(8),
                .allocation = vmm::Bytes::fromMiB(8) } }));
        VERIFY_DONE(ask(ChangePool { kPool, ResourceAction::Refresh }));
        VERIFY_DONE(define("/mine"));
        const auto late = define("/theirs");
        VERIFY_FAILED(late, ErrorKind::Busy);
        QCOMPARE(late.error().cause, vmm::ErrorCause::DefinitionChanged);
        QVERIFY(ask(hosts::GetPoolXml { kPool })->contains(QStringLiteral("/mine")));
    }

    void changesByOthers_areTold()
    {
        QSignalSpy told(m_host.get(), &hosts::Host::resourcesChanged);
        VERIFY_DONE(ask(ListPools {}));
        QVERIFY(QDir().mkpath(folder()));
        m_libvirtd.virsh({ QStringLiteral("pool-create-as"), kPool, QStringLiteral("dir"),
            QStringLiteral("--target"), folder() });
        QTRY_VERIFY_WITH_TIMEOUT(!told.isEmpty(), kPatienceMs);
        QCOMPARE(told.first().first().value<ResourceKind>(), ResourceKind::Storage);
        QVERIFY(!poolNamed(kPool).isPersistent);
    }

    void volume_isMadeGrownCopiedAndDeleted()
    {
        VERIFY_DONE(makePool());
        VERIFY_DONE(ask(CreateVolume {
            kPool, { .name = QStringLiteral("disk.qcow2"), .capacity = Bytes::fromMiB(64) } }));
        VolumeInfo volume = volumeNamed(QStringLiteral("disk.qcow2"));
        QCOMPARE(volume.path, folder() + QStringLiteral("/disk.qcow2"));
        QCOMPARE(volume.format, QStringLiteral("qcow2"));
        QCOMPARE(volume.capacity, Bytes::fromMiB(64));
        QVERIFY(volume.allocation < Bytes::fromMiB(2));
        VERIFY_DONE(ask(ResizeVolume { kPool, QStringLiteral("disk.qcow2"), Bytes::fromMiB(128) }));
        QCOMPARE(volumeNamed(QStringLiteral("disk.qcow2")).capacity, Bytes::fromMiB(128));
        VERIFY_FAILED(ask(ResizeVolume { kPool, QStringLiteral("disk.qcow2"), Bytes::fromMiB(1) }),
            ErrorKind::InvalidConfig);
        VERIFY_DONE(ask(hosts::CloneVolume { kPool, QStringLiteral("disk.qcow2"), {},
            { .name = QStringLiteral("copy.raw"), .format = QStringLiteral("raw") } }));
        volume = volumeNamed(QStringLiteral("copy.raw"));
        QCOMPARE(volume.format, QStringLiteral("raw"));
        QCOMPARE(volume.capacity, Bytes::fromMiB(128));
        VERIFY_FAILED(ask(CreateVolume { kPool,
                          { .name = QStringLiteral("copy.raw"), .capacity = Bytes::fromMiB(1) } }),
            ErrorKind::AlreadyExists);
        VERIFY_FAILED(ask(CreateVolume { kPool,
                          { .name = QStringLiteral("a/b"), .capacity = Bytes::fromMiB(1) } }),
            ErrorKind::InvalidConfig);
        VERIFY_DONE(ask(DeleteVolume { kPool, QStringLiteral("copy.raw") }));
        VERIFY_FAILED(ask(DeleteVolume { kPool, QStringLiteral("copy.raw") }), ErrorKind::NotFound);
    }

    void allocation_isOccupiedAtOnce()
    {
        VERIFY_DONE(makePool());
        VERIFY_DONE(ask(CreateVolume { kPool,
            { .name = QStringLiteral("full.img"),
                .format = QStringLiteral("raw"),
                .capacity = Bytes::fromMiB(8),
                .allocation = Bytes::fromMiB(8) } }));
        QVERIFY(volumeNamed(QStringLiteral("full.img")).allocation >= Bytes::fromMiB(8));
    }

    void whatMachinesOrVolumesNeed_isKept()
    {
        VERIFY_DONE(makePool());
        const CreateVolume base { kPool,
            { .name = QStringLiteral("base.qcow2"), .capacity = Bytes::fromMiB(16) } };
        VERIFY_DONE(ask(base));
        const QString below = folder() + QStringLiteral("/base.qcow2");
        const QString above = folder() + QStringLiteral("/top.qcow2");
        VERIFY_DONE(ask(CreateVolume { kPool,
            { .name = QStringLiteral("top.qcow2"),
                .capacity = Bytes::fromMiB(16),
                .backing = below,
                .backingFormat = QStringLiteral("qcow2") } }));
        QCOMPARE(volumeNamed(QStringLiteral("top.qcow2")).backing, below);
        QCOMPARE(volumeNamed(QStringLiteral("base.qcow2")).dependents, QStringList { above });
        const QString name = QStringLiteral("shelved");
        const VmId vm = define(bareMachine(name, diskXml(above)), name);
        QTRY_COMPARE_WITH_TIMEOUT(infoOf(vm).disks, QStringList { above }, kPatienceMs);
        QCOMPARE(volumeNamed(QStringLiteral("top.qcow2")).machines, QStringList { name });
        QCOMPARE(volumeNamed(QStringLiteral("base.qcow2")).machines, QStringList { name });
        for (const char* volume : { "top.qcow2", "base.qcow2" }) {
            const auto refused = ask(DeleteVolume { kPool, QString::fromLatin1(volume) });
            QVERIFY(!refused);
            QCOMPARE(refused.error().cause, ErrorCause::ImageNeeded);
            QVERIFY(refused.error().detail.contains(name));
        }
        VERIFY_FAILED(ask(DeletePool { kPool, true }), ErrorKind::Busy);
        QVERIFY(QFile::exists(above) && QFile::exists(below));
        start(vm);
        VERIFY_FAILED(ask(ResizeVolume { kPool, QStringLiteral("top.qcow2"), Bytes::fromMiB(32) }),
            ErrorKind::Busy);
    }

    void whatAnotherPoolNeeds_isKept()
    {
        VERIFY_DONE(makePool());
        VERIFY_DONE(
            ask(DefinePool { { .name = kOther, .target = otherFolder(), .isBuilt = true } }));
        VERIFY_DONE(ask(CreateVolume {
            kPool, { .name = QStringLiteral("base.qcow2"), .capacity = Bytes::fromMiB(16) } }));
        VERIFY_DONE(ask(CreateVolume { kOther,
            { .name = QStringLiteral("top.qcow2"),
                .capacity = Bytes::fromMiB(16),
                .backing = folder() + QStringLiteral("/base.qcow2"),
                .backingFormat = QStringLiteral("qcow2") } }));
        const auto refused = ask(DeleteVolume { kPool, QStringLiteral("base.qcow2") });
        VERIFY_FAILED(refused, ErrorKind::Busy);
        QCOMPARE(refused.error().cause, ErrorCause::ImageNeeded);
        QVERIFY(refused.error().detail.contains(otherFolder() + QStringLiteral("/top.qcow2")));
        VERIFY_FAILED(ask(DeletePool { kPool, true }), ErrorKind::Busy);
        const QString file = makeFile(QStringLiteral("over.bin"));
        VERIFY_FAILED(
            ask(UploadVolume { kPool, QStringLiteral("base.qcow2"), file }), ErrorKind::Busy);
        QVERIFY(QFile::exists(folder() + QStringLiteral("/base.qcow2")));
        VERIFY_DONE(ask(DeleteVolume { kOther, QStringLiteral("top.qcow2") }));
        VERIFY_DONE(ask(DeleteVolume { kPool, QStringLiteral("base.qcow2") }));
    }

    /// A machine calls the folder of the pool by another name.
    void volumeBehindASymbolicLink_isKept()
    {
        VERIFY_DONE(makePool());
        const QString root = QStringLiteral("root.qcow2");
        VERIFY_DONE(ask(CreateVolume { kPool, { .name = root, .capacity = Bytes::fromMiB(16) } }));
        const QString link = m_libvirtd.imageFolder() + QStringLiteral("/link");
        QVERIFY(QFile::link(folder(), link));
        const QString name = QStringLiteral("behind");
        define(bareMachine(name, diskXml(link + QLatin1Char('/') + root)), name);
        const auto refused = ask(DeleteVolume { kPool, root });
        QVERIFY(QFile::remove(link));
        VERIFY_FAILED(refused, ErrorKind::Busy);
        QCOMPARE(refused.error().cause, ErrorCause::ImageNeeded);
        QCOMPARE(refused.error().detail, name);
        QVERIFY(QFile::exists(folder() + QLatin1Char('/') + root));
    }

    /// A disk can be told by its pool and its volume, and its pool can be stopped.
    void volumeOfADefinition_isKept()
    {
        VERIFY_DONE(makePool());
        VERIFY_DONE(
            ask(DefinePool { { .name = kOther, .target = otherFolder(), .isBuilt = true } }));
        const QString root = QStringLiteral("root.qcow2");
        for (const QString& pool : { kPool, kOther })
            VERIFY_DONE(
                ask(CreateVolume { pool, { .name = root, .capacity = Bytes::fromMiB(16) } }));
        const QString name = QStringLiteral("bypool");
        const QString disk
            = QStringLiteral("<disk type='volume' device='disk'>"
                             "<driver name='qemu' type='qcow2'/><source pool='%1' volume='%2'/>"
                             "<target dev='vda' bus='virtio'/></disk>")
                  .arg(kPool, root);
        const VmId vm = define(bareMachine(name, disk), name);
        QTRY_COMPARE_WITH_TIMEOUT(
            infoOf(vm).disks, QStringList { kPool + QLatin1Char('/') + root }, kPatienceMs);
        QCOMPARE(volumeNamed(root).machines, QStringList { name });
        const auto refused = ask(DeleteVolume { kPool, root });
        VERIFY_FAILED(refused, ErrorKind::Busy);
        QCOMPARE(refused.error().detail, name);

        // Not known while its pool is stopped: then it may be any image, or stand on it.
        VERIFY_DONE(ask(ChangePool { kPool, ResourceAction::Stop }));
        const auto unsure = ask(DeleteVolume { kOther, root });
        VERIFY_FAILED(unsure, ErrorKind::Busy);
        QVERIFY2(unsure.error().detail.contains(name), qPrintable(unsure.error().toString()));
        VERIFY_DONE(ask(ChangePool { kPool, ResourceAction::Start }));
        VERIFY_DONE(ask(DeleteVolume { kOther, root })); // the other one of this name
    }

    void poolWithContents_isDeletedWhole()
    {
        VERIFY_DONE(makePool());
        VERIFY_DONE(ask(CreateVolume {
            kPool, { .name = QStringLiteral("disk.qcow2"), .capacity = Bytes::fromMiB(1) } }));
        VERIFY_DONE(ask(DeletePool { kPool, true }));
        QVERIFY(!QDir(folder()).exists());
        QVERIFY(poolNamed(kPool).name.isEmpty());
    }

    void upload_arrivesAndComesBack()
    {
        VERIFY_DONE(makePool());
        const QString source = makeFile(QStringLiteral("up.bin"));
        VERIFY_DONE(ask(UploadVolume { kPool, QStringLiteral("up.img"), source }));
        QCOMPARE(contentOf(folder() + QStringLiteral("/up.img")), contentOf(source));
        // The hole in the middle of the file did not become data.
        QVERIFY(volumeNamed(QStringLiteral("up.img")).allocation < Bytes::fromMiB(20));
        const QString target = m_libvirtd.imageFolder() + QStringLiteral("/down.bin");
        VERIFY_DONE(ask(DownloadVolume { kPool, QStringLiteral("up.img"), target }));
        QCOMPARE(contentOf(target), contentOf(source));
        QVERIFY(!QFile::exists(target + QStringLiteral(".part")));
        VERIFY_FAILED(ask(DownloadVolume { kPool, QStringLiteral("up.img"), target }),
            ErrorKind::AlreadyExists);
        VERIFY_FAILED(
            ask(UploadVolume { kPool, QStringLiteral("no.img"), QStringLiteral("/no/such/file") }),
            ErrorKind::NotFound);
        VERIFY_FAILED(ask(DownloadVolume { kPool, QStringLiteral("no.img"),
                          m_libvirtd.imageFolder() + QStringLiteral("/no.bin") }),
            ErrorKind::NotFound);
        QFile::remove(target);
    }

    /// Where there was something, holes have to be written, too.
    void uploadOverOldData_leavesNoneOfIt()
    {
        VERIFY_DONE(makePool());
        const QString old = makeFile(QStringLiteral("old.bin"), false);
        VERIFY_DONE(ask(UploadVolume { kPool, QStringLiteral("v.img"), old }));
        const QString source = makeFile(QStringLiteral("new.bin"));
        VERIFY_DONE(ask(UploadVolume { kPool, QStringLiteral("v.img"), source }));
        QCOMPARE(contentOf(folder() + QStringLiteral("/v.img")), contentOf(source));
    }

    /// An upload was interrupted, and the volume that it made has been replaced since.
    void uploadGoingOn_takesNoOtherVolumeForItsOwn_data()
    {
        QTest::addColumn<qint64>("confirmed");
        QTest::addColumn<bool>("hasHole");
        QTest::newRow("nothing was confirmed") << qint64(0) << false;
        QTest::newRow("another end") << (qint64(64) << 20) << false;
        QTest::newRow("another beginning") << (qint64(64) << 20) << true;
    }

    void uploadGoingOn_takesNoOtherVolumeForItsOwn()
    {
        QFETCH(qint64, confirmed);
        QFETCH(bool, hasHole);
        VERIFY_DONE(makePool());
        const QString name = QStringLiteral("again.img");
        const QString other = makeFile(QStringLiteral("other.bin"), hasHole);
        VERIFY_DONE(ask(UploadVolume { kPool, name, other }));
        const QString source = makeFile(QStringLiteral("again.bin"));
        const auto file = hosts::libvirt::TransferFile::openForReading(source);
        QVERIFY(file.has_value());
        hosts::libvirt::TransferJournal(m_host->uri().toString(), kPool, name, source)
            .write({ .confirmed = confirmed,
                .size = *file->size(),
                .changed = file->changed(),
                .isOurs = true });
        VERIFY_DONE(ask(UploadVolume { kPool, name, source }));
        QVERIFY(contentOf(folder() + QLatin1Char('/') + name) == contentOf(source));
    }

    void imageUploaded_isKnownForWhatItIs()
    {
        VERIFY_DONE(makePool());
        const QString image = makeImage(QStringLiteral("image.qcow2"), QStringLiteral("32M"));
        VERIFY_DONE(ask(UploadVolume { kPool, QStringLiteral("image.qcow2"), image }));
        QTRY_COMPARE_WITH_TIMEOUT(volumeNamed(QStringLiteral("image.qcow2")).format,
            QStringLiteral("qcow2"), kPatienceMs);
        QCOMPARE(volumeNamed(QStringLiteral("image.qcow2")).capacity, Bytes::fromMiB(32));
    }

    void brokenConnection_isNoEndOfATransfer()
    {
        VERIFY_DONE(makePool());
        const QString source = makeFile(QStringLiteral("far.bin"), false);
        openFar();
        m_proxy->setRate(32 << 20);
        const auto up = m_far->call(UploadVolume { kPool, QStringLiteral("far.img"), source });
        cutWhen(folder() + QStringLiteral("/far.img"), 70 << 20);
        VERIFY_DONE(finished(up));
        QCOMPARE(contentOf(folder() + QStringLiteral("/far.img")), contentOf(source));
        const QString target = m_libvirtd.imageFolder() + QStringLiteral("/far.back");
        m_proxy->setRate(32 << 20);
        const auto down = m_far->call(DownloadVolume { kPool, QStringLiteral("far.img"), target });
        cutWhen(target + QStringLiteral(".part"), 30 << 20);
        VERIFY_DONE(finished(down));
        QCOMPARE(contentOf(target), contentOf(source));
        QFile::remove(target);
    }

    void brokenSsh_isNoEndOfAnUpload()
    {
        if (const QString why = SshdFixture::whyMissing(); !why.isEmpty())
            QSKIP(qPrintable(why));
        VERIFY_DONE(makePool());
        const QString source = makeFile(QStringLiteral("ssh.bin"), false);
        const TempHome home;
        SshdFixture sshd;
        QVERIFY(sshd.start(QString::fromLocal8Bit(qgetenv("PATH")), home.runtimeFolder()));
        m_far = std::make_unique<hosts::libvirt::LibvirtHost>(
            hosts::HostUri::parse(sshd.libvirtUri(m_libvirtd.socketPath())).value(), nullptr,
            hosts::libvirt::Timing { .firstBackoff = std::chrono::milliseconds(200) },
            hosts::wire::SshOptions { .arguments = sshd.clientArguments() });
        m_far->open();
        QTRY_COMPARE_WITH_TIMEOUT(
            m_far->connectionState(), hosts::ConnectionState::Connected, kPatienceMs);
        const auto up = m_far->call(UploadVolume { kPool, QStringLiteral("ssh.img"), source });
        const QString arriving = folder() + QStringLiteral("/ssh.img");
        while (!up.isFinished() && QFileInfo(arriving).size() < (8 << 20))
            QTest::qWait(1);
        QVERIFY(!up.isFinished());
        sshd.cutConnections();
        QTRY_COMPARE_WITH_TIMEOUT(
            m_far->connectionState(), hosts::ConnectionState::Reconnecting, kPatienceMs);
        VERIFY_DONE(finished(up));
        QCOMPARE(contentOf(arriving), contentOf(source));
        QCOMPARE(m_far->connectionState(), hosts::ConnectionState::Connected);
        m_far.reset(); // before its sshd
    }

    void fullPool_refusesAnUploadAndKeepsNothingOfIt()
    {
        QVERIFY(m_small->isMounted());
        VERIFY_DONE(ask(DefinePool { { .name = kPool, .target = smallFolder() } }));
        const QString source = makeFile(QStringLiteral("big.bin"), false);
        const auto refused = ask(UploadVolume { kPool, QStringLiteral("big.img"), source });
        QVERIFY(!refused.has_value());
        QVERIFY2(refused.error().cause == vmm::ErrorCause::DiskFull,
            qPrintable(refused.error().toString()));
        QTRY_VERIFY_WITH_TIMEOUT(
            !QFile::exists(smallFolder() + QStringLiteral("/big.img")), kPatienceMs);
        QVERIFY(volumeNamed(QStringLiteral("big.img")).name.isEmpty());
        QCOMPARE(m_host->connectionState(), hosts::ConnectionState::Connected);
    }

    void cancelledTransfer_leavesNothing()
    {
        VERIFY_DONE(makePool());
        const QString source = makeFile(QStringLiteral("slow.bin"), false);
        openFar();
        m_proxy->setRate(8 << 20);
        auto up = m_far->call(UploadVolume { kPool, QStringLiteral("slow.img"), source });
        QTRY_VERIFY_WITH_TIMEOUT(
            QFile::exists(folder() + QStringLiteral("/slow.img")), kPatienceMs);
        up.cancel();
        QTRY_VERIFY_WITH_TIMEOUT(up.isFinished(), kPatienceMs);
        m_proxy->setRate(0);
        QTRY_VERIFY_WITH_TIMEOUT(
            !QFile::exists(folder() + QStringLiteral("/slow.img")), kPatienceMs);
    }

    /// The command ends when that is so, not before.
    void interruptedCommand_leavesNothing()
    {
        VERIFY_DONE(makePool());
        const QString source = makeFile(QStringLiteral("slow.bin"), false);
        openFar();
        m_proxy->setRate(8 << 20);
        QProcess program;
        startVdctl(program, m_far->uri().toString(),
            words(QStringLiteral("volume upload %1 slow.img ").arg(kPool))
                + QStringList { source });
        QTRY_VERIFY_WITH_TIMEOUT(
            QFile::exists(folder() + QStringLiteral("/slow.img")), kPatienceMs);
        ::kill(pid_t(program.processId()), SIGINT);
        const VdctlRun run = endOf(program);
        QVERIFY2(run.exitCode == 130, run.errors.constData());
        QVERIFY(!QFile::exists(folder() + QStringLiteral("/slow.img")));
    }

private:
    QString folder() const { return m_libvirtd.imageFolder() + QStringLiteral("/shelf"); }
    QString otherFolder() const { return m_libvirtd.imageFolder() + QStringLiteral("/drawer"); }
    QString smallFolder() const { return m_libvirtd.imageFolder() + QStringLiteral("/small"); }

    vmm::Result<void> makePool()
    {
        return ask(DefinePool { { .name = kPool, .target = folder(), .isBuilt = true } });
    }

    PoolInfo poolNamed(const QString& name)
    {
        const auto pools = ask(ListPools {});
        for (const PoolInfo& pool : pools.value_or(QVector<PoolInfo> {})) {
            if (pool.name == name)
                return pool;
        }
        return {};
    }

    VolumeInfo volumeNamed(const QString& name)
    {
        const auto volumes = ask(ListVolumes { kPool });
        for (const VolumeInfo& volume : volumes.value_or(QVector<VolumeInfo> {})) {
            if (volume.name == name)
                return volume;
        }
        return {};
    }

    /// 100 MiB: two stretches; data, a hole of 84 MiB, data.
    QString makeFile(const QString& name, bool hasHole = true)
    {
        const QString path = m_libvirtd.imageFolder() + QLatin1Char('/') + name;
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
            return {};
        QRandomGenerator random(static_cast<quint32>(qHash(name)));
        const auto write = [&](int mebibytes) {
            QByteArray bytes(1 << 20, Qt::Uninitialized);
            for (int i = 0; i < mebibytes; ++i) {
                random.fillRange(
                    reinterpret_cast<quint32*>(bytes.data()), bytes.size() / qsizetype(4));
                file.write(bytes);
            }
        };
        write(8);
        if (hasHole)
            file.seek(92 << 20);
        else
            write(84);
        write(8);
        return path;
    }

    /// Breaks all connections once so much of a file is there.
    void cutWhen(const QString& path, qint64 size)
    {
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(path).size() > size, kPatienceMs);
        m_proxy->cut();
        QTRY_COMPARE_WITH_TIMEOUT(
            m_far->connectionState(), hosts::ConnectionState::Reconnecting, kPatienceMs);
        m_proxy->setRate(0);
        QTRY_COMPARE_WITH_TIMEOUT(
            m_far->connectionState(), hosts::ConnectionState::Connected, kPatienceMs);
    }

    /// The same libvirtd over a wire that can be cut.
    void openFar()
    {
        m_proxy
            = std::make_unique<SlowProxy>(m_libvirtd.socketPath(), std::chrono::milliseconds(0));
        m_far = std::make_unique<hosts::libvirt::LibvirtHost>(
            hosts::HostUri::parse(
                QStringLiteral("qemu+tcp://127.0.0.1:%1/system").arg(m_proxy->port()))
                .value(),
            nullptr, hosts::libvirt::Timing { .firstBackoff = std::chrono::milliseconds(200) });
        m_far->open();
        QTRY_COMPARE_WITH_TIMEOUT(
            m_far->connectionState(), hosts::ConnectionState::Connected, kPatienceMs);
    }

    std::unique_ptr<SmallDisk> m_small;
    std::unique_ptr<SlowProxy> m_proxy;
    std::unique_ptr<hosts::libvirt::LibvirtHost> m_far;
};

QTEST_GUILESS_MAIN(tst_Storage)
#include "moc_QemuHostFixture.cpp"
#include "tst_Storage.moc"
