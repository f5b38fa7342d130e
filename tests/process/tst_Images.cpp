// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/embedded/EmbeddedHost.h"
#include "tests/support/Await.h"
#include "tests/support/DeadMount.h"
#include "tests/support/QemuImg.h"
#include "tests/support/TempHome.h"
#include "tests/support/TestNames.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTest>

using namespace vmm;
using hosts::embedded::EmbeddedHost;
using tests::qemuImg;
using tests::smallDomainXml;
using tests::waitFor;

/// Images as a host offers them: with its machines in mind.
class TestImages : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<tests::TempHome> m_home;
    std::unique_ptr<EmbeddedHost> m_host;
    QString m_base, m_top;

    QUuid defineOn(const QString& name, const QString& disk, const char* format = "qcow2")
    {
        const auto id = waitFor(m_host->define(smallDomainXml(name, QUuid::createUuid(),
            QStringLiteral("<disk type='file'><driver name='qemu' type='%1'/>"
                           "<source file='%2'/><target dev='vda'/></disk>")
                .arg(QLatin1StringView(format), disk))));
        [&] { VERIFY_OK(id); }();
        return id.value_or({});
    }

    template <typename Op> auto call(const Op& operation)
    {
        return waitFor(m_host->call(operation));
    }

    QStringList pathsOf(const QVector<ImageUse>& uses) const
    {
        QStringList paths;
        for (const ImageUse& use : uses)
            paths.append(use.image.path);
        return paths;
    }

private Q_SLOTS:
    void init()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("qemu-img")).isEmpty())
            QSKIP("qemu-img is not installed");
        m_home = std::make_unique<tests::TempHome>();
        CoreOptions options = m_home->fakeOptions();
        options.qemu->imageTool = QStandardPaths::findExecutable(QStringLiteral("qemu-img"));
        m_host = std::make_unique<EmbeddedHost>(
            *hosts::HostUri::parse(QStringLiteral("embedded:///")), options);
        m_host->open();
        QTRY_COMPARE(m_host->connectionState(), hosts::ConnectionState::Connected);
        m_base = m_home->path(QStringLiteral("base.qcow2"));
        m_top = m_home->path(QStringLiteral("top.qcow2"));
        VERIFY_OK(call(hosts::CreateImage { { .path = m_base, .size = Bytes::fromMiB(8) } }));
        VERIFY_OK(call(hosts::CreateImage { { .path = m_top, .backingFile = m_base } }));
    }

    void cleanup()
    {
        if (m_host) {
            const auto vms = m_host->vms();
            for (const hosts::VmInfo& vm : vms) {
                if (isAllowed(VmAction::ForceOff, vm.state))
                    VERIFY_OK(waitFor(m_host->perform(vm.id, VmAction::ForceOff)));
            }
        }
        m_host.reset();
        m_home.reset();
    }

    void list_showsMachinesImages_andThoseOfTheHostsFolder()
    {
        defineOn(QStringLiteral("web"), m_top);
        const QString own = m_home->dataFolder() + QStringLiteral("/images/iso.img");
        VERIFY_OK(call(hosts::CreateImage {
            { .path = own, .format = QStringLiteral("raw"), .size = Bytes::fromMiB(1) } }));
        const auto uses = call(hosts::ListImages {});
        VERIFY_OK(uses);
        QStringList expected { m_base, own, m_top };
        expected.sort();
        QCOMPARE(pathsOf(*uses), expected);
        for (const ImageUse& use : *uses) {
            QCOMPARE(use.machines,
                use.image.path == own ? QStringList() : QStringList { QStringLiteral("web") });
        }
    }

    void inspect_showsTheChain()
    {
        const auto chain = call(hosts::InspectImage { m_top });
        VERIFY_OK(chain);
        QCOMPARE(chain->size(), 2);
        QCOMPARE(chain->at(1).path, m_base);
    }

    void inspectOfForeignFormat_knowsItsSize()
    {
        const QString image = m_home->path(QStringLiteral("a.vmdk"));
        QVERIFY(qemuImg(QStringLiteral("create -q -f vmdk %1 24M"), { image }));
        const auto chain = call(hosts::InspectImage { image });
        VERIFY_OK(chain);
        QCOMPARE(chain->first().format, QStringLiteral("vmdk"));
        QCOMPARE(chain->first().virtualSize, Bytes::fromMiB(24));
    }

    void neededImage_isNeitherDeletedNorResized_andSaysForWhom()
    {
        defineOn(QStringLiteral("web"), m_top);
        const auto base = call(hosts::DeleteImage { m_base });
        QCOMPARE(base.error().cause, ErrorCause::ImageNeeded);
        QCOMPARE(base.error().detail, m_top);
        const auto top = call(hosts::DeleteImage { m_top });
        QCOMPARE(top.error().cause, ErrorCause::ImageNeeded);
        QCOMPARE(top.error().detail, QStringLiteral("web"));
        QCOMPARE(call(hosts::ResizeImage { m_base, Bytes::fromMiB(16) }).error().cause,
            ErrorCause::ImageNeeded);
        QVERIFY(QFile::exists(m_base) && QFile::exists(m_top));
    }

    void imageOfRunningMachine_isLeftAlone_andTheMachineNamed()
    {
        const QUuid id = defineOn(QStringLiteral("web"), m_top);
        VERIFY_OK(waitFor(m_host->perform(id, VmAction::Start)));
        const Error refused = call(hosts::ResizeImage { m_top, Bytes::fromMiB(16) }).error();
        QCOMPARE(refused.cause, ErrorCause::ImageLocked);
        QCOMPARE(refused.detail, QStringLiteral("web"));
        QCOMPARE(call(hosts::CheckImage { m_top, true }).error().cause, ErrorCause::ImageLocked);
        VERIFY_OK(call(hosts::CheckImage { m_top, false }));
        VERIFY_OK(call(hosts::InspectImage { m_top }));
    }

    void flattenedImage_needsItsBaseNoMore()
    {
        defineOn(QStringLiteral("web"), m_top);
        VERIFY_OK(call(hosts::FlattenImage { m_top }));
        QCOMPARE(call(hosts::InspectImage { m_top })->size(), 1);
        VERIFY_OK(call(hosts::DeleteImage { m_base }));
    }

    void flattenWithSnapshots_isRefused()
    {
        QVERIFY(qemuImg(QStringLiteral("snapshot -c one %1"), { m_top }));
        QCOMPARE(call(hosts::FlattenImage { m_top }).error().kind, ErrorKind::WrongState);
    }

    void resize_growsOnly()
    {
        VERIFY_OK(call(hosts::ResizeImage { m_top, Bytes::fromMiB(16) }));
        QCOMPARE(call(hosts::InspectImage { m_top })->first().virtualSize, Bytes::fromMiB(16));
        QCOMPARE(call(hosts::ResizeImage { m_top, Bytes::fromMiB(12) }).error().kind,
            ErrorKind::InvalidConfig);
    }

    void imageHeldByAProgram_isBusyWithItsName()
    {
        const QString io = QStandardPaths::findExecutable(QStringLiteral("qemu-io"));
        if (io.isEmpty())
            QSKIP("qemu-io is not installed");
        QProcess holder;
        holder.start(io, { QStringLiteral("-f"), QStringLiteral("qcow2"), m_top });
        QVERIFY(holder.waitForStarted());
        // It has the lock once it answers. Not to be tried out: what tries it, takes it.
        holder.write("length\n");
        QByteArray said;
        const auto isAnswered = [&] {
            said += holder.readAllStandardOutput();
            return said.contains("8 MiB");
        };
        QVERIFY2(QTest::qWaitFor(isAnswered, 60'000), said.constData());
        QCOMPARE(call(hosts::CheckImage { m_top, true }).error().cause, ErrorCause::ImageLocked);
        const Error error = call(hosts::ResizeImage { m_top, Bytes::fromGiB(2) }).error();
        QCOMPARE(error.cause, ErrorCause::ImageLocked);
        QVERIFY2(
            error.detail.contains(QStringLiteral("qemu-io (process %1)").arg(holder.processId())),
            qPrintable(error.detail));
        QCOMPARE(call(hosts::DeleteImage { m_top }).error().cause, ErrorCause::ImageLocked);
        holder.kill();
        QVERIFY(holder.waitForFinished());
        VERIFY_OK(call(hosts::DeleteImage { m_top }));
    }

    void fileThatIsNoImage_isNotDeleted()
    {
        const QString letter = m_home->write(QStringLiteral("letter.txt"), "dear all");
        QCOMPARE(call(hosts::DeleteImage { letter }).error().kind, ErrorKind::InvalidConfig);
        QVERIFY(QFile::exists(letter));
        QCOMPARE(
            call(hosts::DeleteImage { m_home->path() }).error().kind, ErrorKind::InvalidConfig);
        QCOMPARE(call(hosts::DeleteImage { QStringLiteral("top.qcow2") }).error().kind,
            ErrorKind::InvalidConfig);
    }

    void rawDiskThatLooksLikeQcow2_isConvertedAsRaw()
    {
        // The guest has written an overlay's header to its raw disk.
        QVERIFY(qemuImg(QStringLiteral("create -q -f qcow2 -u -F raw -b /etc/passwd %1 8M"),
            { m_home->path(QStringLiteral("disk.img")) }));
        const QString disk = m_home->path(QStringLiteral("disk.img"));
        defineOn(QStringLiteral("web"), disk, "raw");
        const QString copy = m_home->path(QStringLiteral("copy.img"));
        VERIFY_OK(call(hosts::ConvertImage {
            { .source = disk, .target = copy, .format = QStringLiteral("raw") } }));
        QFile file(copy);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.read(4) == "QFI\xfb"); // its bytes, not what they pretend to be
    }

    // As a guest may have left it: the header of another image at its beginning.
    QString rawDiskWithQcow2Header(const char* name)
    {
        const QString path = m_home->path(QString::fromLatin1(name));
        [&] { QVERIFY(qemuImg(QStringLiteral("create -q -f qcow2 %1 64M"), { path })); }();
        return path;
    }

    void rawDiskThatLooksLikeQcow2_isGrownAsRaw()
    {
        const QString disk = rawDiskWithQcow2Header("guest.img");
        const QUuid vm = defineOn(QStringLiteral("web"), disk, "raw");
        const Bytes size = Bytes::fromMiB(8);
        VERIFY_OK(call(hosts::ResizeDisk { vm, QStringLiteral("vda"), size }));
        QCOMPARE(QFileInfo(disk).size(), static_cast<qint64>(size.count()));
    }

    void machineMadeOnTheRawDiskOfAnother_takesItAsRaw()
    {
        const QString disk = rawDiskWithQcow2Header("guest.img");
        defineOn(QStringLiteral("web"), disk, "raw");
        const auto made = waitFor(m_host->createMachine(
            { .name = QStringLiteral("other"), .memory = Bytes::fromMiB(64), .diskImage = disk }));
        VERIFY_OK(made);
        const auto xml = call(hosts::GetDefinition { *made });
        VERIFY_OK(xml);
        QCOMPARE(Definition::fromXml(*xml)->devices<Disk>().first().format, QStringLiteral("raw"));
    }

    void machineMadeOnAnImageThatLeadsElsewhere_isRefused()
    {
        const QString secret = m_home->write(QStringLiteral("etc/secret"), QByteArray(4096, 's'));
        const QString image = m_home->path(QStringLiteral("sent.qcow2"));
        QVERIFY(qemuImg(QStringLiteral("create -q -f qcow2 -F raw -b %1 %2"), { secret, image }));
        const auto made = waitFor(m_host->createMachine(
            { .name = QStringLiteral("other"), .memory = Bytes::fromMiB(64), .diskImage = image }));
        QVERIFY(!made.has_value());
        QCOMPARE(made.error().cause, ErrorCause::ImageUntrusted);
        const QUuid vm = defineOn(QStringLiteral("sent"), image);
        QCOMPARE(
            call(hosts::ResizeDisk { vm, QStringLiteral("vda"), Bytes::fromMiB(8) }).error().cause,
            ErrorCause::ImageUntrusted);
    }

    void machineOnAHostileImage_isNotStarted()
    {
        const QString evil = m_home->path(QStringLiteral("evil.qcow2"));
        QVERIFY(
            qemuImg(QStringLiteral("create -q -f qcow2 -u -F raw -b /etc/passwd %1 8M"), { evil }));
        const QUuid id = defineOn(QStringLiteral("web"), evil);
        const auto started = waitFor(m_host->perform(id, VmAction::Start));
        QCOMPARE(started.error().cause, ErrorCause::ImageUntrusted);
        QCOMPARE(started.error().subject, evil);
        QVERIFY(!isActive(m_host->vms().first().state));
    }

    void machineWhoseDiskOthersStandOn_isNotRemoved()
    {
        const auto id = waitFor(m_host->createMachine({ .name = QStringLiteral("base"),
            .memory = Bytes::fromMiB(64),
            .newDisk = Bytes::fromMiB(8) }));
        VERIFY_OK(id);
        const QString disk = m_host->vms().first().disks.first();
        const QString overlay = m_home->path(QStringLiteral("overlay.qcow2"));
        VERIFY_OK(call(hosts::CreateImage { { .path = overlay, .backingFile = disk } }));
        const QUuid user = defineOn(QStringLiteral("user"), overlay);
        const auto refused = waitFor(m_host->perform(*id, VmAction::Undefine));
        QCOMPARE(refused.error().cause, ErrorCause::ImageNeeded);
        QVERIFY(QFile::exists(disk));
        VERIFY_OK(waitFor(m_host->perform(user, VmAction::Undefine)));
        // It may come back from the trash, and needs its disk then.
        const auto kept = waitFor(m_host->perform(*id, VmAction::Undefine));
        QCOMPARE(kept.error().cause, ErrorCause::ImageNeeded);
        const Error overlaid = call(hosts::DeleteImage { overlay }).error();
        QCOMPARE(overlaid.cause, ErrorCause::ImageNeeded);
        QCOMPARE(overlaid.detail, QStringLiteral("user (in the trash)"));
        VERIFY_OK(call(hosts::EmptyTrash { { user } }));
        VERIFY_OK(waitFor(m_host->perform(*id, VmAction::Undefine)));
        VERIFY_OK(call(hosts::DeleteImage { overlay }));
    }

    /// The disk is one of the memory alone: the machine's next start is to do without it.
    void diskOfSavedMemory_isItsMachines()
    {
        const QUuid saved = defineOn(QStringLiteral("saved"), m_top);
        VERIFY_OK(waitFor(m_host->perform(saved, VmAction::Start)));
        VERIFY_OK(waitFor(m_host->define(smallDomainXml(QStringLiteral("saved"), saved))));
        VERIFY_OK(waitFor(m_host->perform(saved, VmAction::Save)));

        const Error deleted = call(hosts::DeleteImage { m_top }).error();
        QCOMPARE(deleted.cause, ErrorCause::ImageNeeded);
        QCOMPARE(deleted.detail, QStringLiteral("saved"));
        const QUuid other = defineOn(QStringLiteral("other"), m_top);
        const Error started = waitFor(m_host->perform(other, VmAction::Start)).error();
        QCOMPARE(started.cause, ErrorCause::ImageNeeded);
        QCOMPARE(started.subject, m_top);
        QCOMPARE(started.detail, QStringLiteral("the memory of saved"));

        const QString above = m_home->path(QStringLiteral("above.qcow2"));
        VERIFY_OK(call(hosts::CreateImage { { .path = above, .backingFile = m_top } }));
        const QUuid linked = defineOn(QStringLiteral("linked"), above);
        QCOMPARE(waitFor(m_host->perform(saved, VmAction::Start)).error().cause,
            ErrorCause::ImageNeeded);
        VERIFY_OK(waitFor(m_host->perform(linked, VmAction::Undefine)));
        VERIFY_OK(call(hosts::EmptyTrash { { linked } }));
        VERIFY_OK(call(hosts::DeleteImage { above }));
        VERIFY_OK(waitFor(m_host->perform(saved, VmAction::Start)));
        VERIFY_OK(waitFor(m_host->perform(saved, VmAction::ForceOff)));
        VERIFY_OK(waitFor(m_host->perform(other, VmAction::Start)));
    }

    /// A server that is gone, or a program that serves files and hangs.
    void fileSystemThatDoesNotAnswer_holdsUpNoOtherMachine()
    {
        const QUuid healthy = defineOn(QStringLiteral("healthy"), m_top);
        const tests::DeadMount dead(m_home->path(QStringLiteral("dead")));
        if (!dead.isMounted())
            QSKIP("mounting takes root and FUSE");
        const QString disk = dead.path() + QStringLiteral("/a.qcow2");
        const QUuid unlucky = defineOn(QStringLiteral("unlucky"), disk);
        QElapsedTimer time;
        time.start();
        VERIFY_OK(waitFor(m_host->perform(healthy, VmAction::Start)));
        const Error error = waitFor(m_host->perform(unlucky, VmAction::Start)).error();
        QCOMPARE(error.kind, ErrorKind::TimedOut);
        QCOMPARE(error.subject, disk);
        const auto uses = call(hosts::ListImages {});
        VERIFY_OK(uses);
        QVERIFY(pathsOf(*uses).contains(disk)); // it is somebody's all the same
        QVERIFY2(time.elapsed() < 10'000, QByteArray::number(time.elapsed()).constData());
    }
};

QTEST_GUILESS_MAIN(TestImages)
#include "tst_Images.moc"
