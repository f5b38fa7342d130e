// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/FakeProgram.h"
#include "tests/support/TestNames.h"
#include "vmm/qemu/ImageTool.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <sys/mount.h>
#include <unistd.h>

using namespace vmm;

namespace {

template <typename T> Result<T> waitFor(const Future<T>& future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 20'000))
        return Error { ErrorKind::TimedOut, {}, QStringLiteral("the future never finished") };
    return future.resultAt(0);
}

// A file system of 64 KiB, gone with this object.
class SmallDisk {
public:
    explicit SmallDisk(const QString& path)
        : m_path(path.toUtf8())
    {
        m_isMounted = ::mount("none", m_path.constData(), "tmpfs", 0, "size=64k") == 0;
    }
    ~SmallDisk()
    {
        if (m_isMounted)
            ::umount2(m_path.constData(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    bool isMounted() const { return m_isMounted; }

private:
    QByteArray m_path;
    bool m_isMounted = false;
};

} // namespace

class TestImageTool : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_program = QStandardPaths::findExecutable(QStringLiteral("qemu-img"));
        if (m_program.isEmpty())
            QSKIP("qemu-img is not installed");
    }

    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_folder = std::make_unique<QTemporaryDir>();
        m_tool = std::make_unique<ImageTool>(m_program);
    }

    void create_makesAnImageThatInfoDescribes_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("name");
        QTest::newRow("qcow2") << QStringLiteral("qcow2") << QStringLiteral("disk.qcow2");
        QTest::newRow("raw") << QStringLiteral("raw") << QStringLiteral("disk.img");
        QTest::newRow("odd name") << QStringLiteral("qcow2")
                                  << QStringLiteral("-o a=b, c:d \"e\" ü.qcow2");
        QTest::newRow("long name") << QStringLiteral("qcow2") << QString(250, QLatin1Char('x'));
    }

    void create_makesAnImageThatInfoDescribes()
    {
        QFETCH(QString, format);
        QFETCH(QString, name);
        const QString path = m_folder->filePath(name);
        const auto made = waitFor(m_tool->create(path, format, Bytes::fromGiB(10)));
        QVERIFY2(made, qPrintable(made ? QString() : made.error().toString()));
        const auto info = waitFor(m_tool->info(path));
        QVERIFY2(info, qPrintable(info ? QString() : info.error().toString()));
        QCOMPARE(info->format, format);
        QCOMPARE(info->virtualSize, Bytes::fromGiB(10));
        QVERIFY(info->actualSize < Bytes::fromMiB(1)); // grows as it is filled
        QVERIFY(info->backingFile.isEmpty());
        QCOMPARE(files(), QStringList { name });
    }

    void createOverExisting_failsWithAlreadyExists_andKeepsIt()
    {
        const QString path = m_folder->filePath(QStringLiteral("precious"));
        write(path, "my data");
        const auto made = waitFor(m_tool->create(path, QStringLiteral("qcow2"), Bytes::fromMiB(8)));
        QCOMPARE(made.error().kind, ErrorKind::AlreadyExists);
        QCOMPARE(read(path), QByteArray("my data"));
    }

    void twoCreatesOfOneName_makeOne()
    {
        const QString path = m_folder->filePath(QStringLiteral("twice.qcow2"));
        const auto first = m_tool->create(path, QStringLiteral("qcow2"), Bytes::fromMiB(8));
        const auto second = m_tool->create(path, QStringLiteral("qcow2"), Bytes::fromMiB(16));
        const Result<void> results[] = { waitFor(first), waitFor(second) };
        QVERIFY(results[0].has_value() != results[1].has_value());
        const Result<void>& failed = results[0] ? results[1] : results[0];
        QCOMPARE(failed.error().kind, ErrorKind::AlreadyExists);
        QCOMPARE(files(), QStringList { QStringLiteral("twice.qcow2") });
    }

    void createInMissingFolder_failsWithNotFound()
    {
        const auto made = waitFor(m_tool->create(m_folder->filePath(QStringLiteral("no/disk")),
            QStringLiteral("qcow2"), Bytes::fromMiB(8)));
        QCOMPARE(made.error().kind, ErrorKind::NotFound);
    }

    void createOnFullDisk_failsWithDiskFull_andLeavesNothing()
    {
        const SmallDisk disk(m_folder->path());
        if (!disk.isMounted())
            QSKIP("may not mount a small file system");
        const auto made = waitFor(m_tool->create(
            m_folder->filePath(QStringLiteral("d")), QStringLiteral("qcow2"), Bytes::fromGiB(1)));
        QVERIFY(!made);
        QCOMPARE(made.error().kind, ErrorKind::Io);
        QCOMPARE(made.error().cause, ErrorCause::DiskFull);
        QCOMPARE(files(), QStringList());
    }

    void createOfImpossible_failsWithInvalidConfig_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("format");
        QTest::addColumn<Bytes>("size");
        const QString good = QStringLiteral("/tmp/never-made");
        QTest::newRow("no size") << good << QStringLiteral("qcow2") << Bytes();
        QTest::newRow("giant") << good << QStringLiteral("qcow2") << Bytes::fromGiB(1 << 20);
        QTest::newRow("format") << good << QStringLiteral("qcow2,x=y") << Bytes::fromMiB(1);
        QTest::newRow("relative") << QStringLiteral("disk") << QStringLiteral("raw")
                                  << Bytes::fromMiB(1);
        QTest::newRow("protocol") << QStringLiteral("nbd://host/x") << QStringLiteral("raw")
                                  << Bytes::fromMiB(1);
    }

    void createOfImpossible_failsWithInvalidConfig()
    {
        QFETCH(QString, path);
        QFETCH(QString, format);
        QFETCH(Bytes, size);
        const auto made = waitFor(m_tool->create(path, format, size));
        QCOMPARE(made.error().kind, ErrorKind::InvalidConfig);
        QVERIFY(!QFile::exists(path));
    }

    void droppedTool_cancels_andLeavesNothing()
    {
        const tests::FakeProgram slow(*m_folder,
            "for p; do case \"$p\" in *.part) echo half > \"$p\";; esac; done; exec sleep 60",
            QStringLiteral("slow"));
        auto tool = std::make_unique<ImageTool>(slow.path());
        const auto future = tool->create(
            m_folder->filePath(QStringLiteral("d")), QStringLiteral("qcow2"), Bytes::fromMiB(8));
        QTRY_VERIFY(!files().filter(QStringLiteral(".part")).isEmpty());
        tool.reset();
        QCOMPARE(future.resultAt(0).error().kind, ErrorKind::Cancelled);
        QVERIFY(files().filter(QStringLiteral(".part")).isEmpty());
    }

    void programThatHangs_failsWithTimedOut_andLeavesNothing()
    {
        const tests::FakeProgram slow(*m_folder,
            "for p; do case \"$p\" in *.part) echo half > \"$p\";; esac; done; exec sleep 60",
            QStringLiteral("slow"));
        ImageTool tool(slow.path());
        tool.setDeadline(std::chrono::milliseconds(500));
        const auto made = waitFor(tool.create(
            m_folder->filePath(QStringLiteral("d")), QStringLiteral("qcow2"), Bytes::fromMiB(8)));
        QCOMPARE(made.error().kind, ErrorKind::TimedOut);
        QVERIFY(files().filter(QStringLiteral(".part")).isEmpty());
    }

    void changeInPlace_isNeverCutShort()
    {
        const tests::FakeProgram slow(
            *m_folder, "sleep 1; echo done >> \"$0.done\"", QStringLiteral("slow"));
        ImageTool tool(slow.path());
        tool.setDeadline(std::chrono::milliseconds(100));
        const QString path = m_folder->filePath(QStringLiteral("disk"));
        QVERIFY(
            waitFor(tool.snapshot(ImageTool::SnapshotStep::Apply, path, QStringLiteral("tag"))));
        QVERIFY(waitFor(
            tool.restOn(path, m_folder->filePath(QStringLiteral("below")), QStringLiteral("raw"))));
        QVERIFY(waitFor(tool.resize(path, QStringLiteral("raw"), Bytes::fromMiB(8))));
        // Whoever cancels is told how it ended.
        Future<void> cancelled
            = tool.snapshot(ImageTool::SnapshotStep::Delete, path, QStringLiteral("tag"));
        cancelled.cancel();
        QVERIFY(waitFor(cancelled));
        QFile done(slow.path() + QStringLiteral(".done"));
        QVERIFY(done.open(QIODevice::ReadOnly));
        QCOMPARE(done.readAll().count('\n'), 4);
    }

    void missingProgram_failsWithQemuMissing()
    {
        ImageTool tool(m_folder->filePath(QStringLiteral("no-qemu-img")));
        const auto made = waitFor(tool.create(
            m_folder->filePath(QStringLiteral("d")), QStringLiteral("qcow2"), Bytes::fromMiB(8)));
        QCOMPARE(made.error().cause, ErrorCause::QemuMissing);
    }

    void infoOfMissing_failsWithImageMissing()
    {
        const auto info = waitFor(m_tool->info(m_folder->filePath(QStringLiteral("nowhere"))));
        QCOMPARE(info.error().kind, ErrorKind::NotFound);
        QCOMPARE(info.error().cause, ErrorCause::ImageMissing);
    }

    void infoOfFolder_failsWithInvalidConfig()
    {
        QCOMPARE(waitFor(m_tool->info(m_folder->path())).error().kind, ErrorKind::InvalidConfig);
    }

    void infoOfBrokenImage_failsWithInvalidConfig()
    {
        const QString path = m_folder->filePath(QStringLiteral("broken.qcow2"));
        write(path, QByteArray("QFI\xfb\0\0\0\x63", 8) + QByteArray(512, 'x')); // version 99
        const auto info = waitFor(m_tool->info(path));
        QVERIFY(!info);
        QCOMPARE(info.error().kind, ErrorKind::InvalidConfig);
        QVERIFY(!info.error().detail.isEmpty());
    }

    void infoOfOverlay_namesItsBackingFile()
    {
        const QString base = m_folder->filePath(QStringLiteral("base.qcow2"));
        const QString overlay = m_folder->filePath(QStringLiteral("overlay.qcow2"));
        QVERIFY(waitFor(m_tool->create(base, QStringLiteral("qcow2"), Bytes::fromMiB(8))));
        QCOMPARE(QProcess::execute(m_program,
                     { QStringLiteral("create"), QStringLiteral("-q"), QStringLiteral("-f"),
                         QStringLiteral("qcow2"), QStringLiteral("-F"), QStringLiteral("qcow2"),
                         QStringLiteral("-b"), QStringLiteral("base.qcow2"), overlay }),
            0);
        QCOMPARE(waitFor(m_tool->info(overlay))->backingFile, base);
    }

    void createOverlay_takesItsSizeFromBelow()
    {
        const QString base = m_folder->filePath(QStringLiteral("base.qcow2"));
        const QString overlay = m_folder->filePath(QStringLiteral("overlay.qcow2"));
        QVERIFY(waitFor(m_tool->create(base, QStringLiteral("qcow2"), Bytes::fromMiB(8))));
        NewImage image { .path = overlay, .backingFile = base };
        QCOMPARE(waitFor(m_tool->create(image)).error().kind, ErrorKind::InvalidConfig);
        image.backingFormat = QStringLiteral("qcow2");
        QVERIFY(waitFor(m_tool->create(image)));
        const auto info = waitFor(m_tool->info(overlay));
        QCOMPARE(info->virtualSize, Bytes::fromMiB(8));
        QCOMPARE(info->backingFile, base);
        QCOMPARE(info->backingFormat, QStringLiteral("qcow2"));
    }

    void resize_isSeen()
    {
        const QString path = makeFull(4);
        QVERIFY(waitFor(m_tool->resize(path, QStringLiteral("raw"), Bytes::fromMiB(9))));
        QCOMPARE(QFileInfo(path).size(), 9 << 20);
    }

    void convert_tellsProgress_andCopiesEveryByte()
    {
        const QString raw = makeFull(64);
        const QString qcow2 = m_folder->filePath(QStringLiteral("c.qcow2"));
        const QString back = m_folder->filePath(QStringLiteral("back.img"));
        const auto copying = m_tool->convert(
            { .source = raw, .target = qcow2, .isCompressed = true }, QStringLiteral("raw"));
        QVector<int> steps;
        QFutureWatcher<Result<void>> watcher;
        connect(&watcher, &QFutureWatcherBase::progressValueChanged, this,
            [&](int percent) { steps.append(percent); });
        watcher.setFuture(copying);
        QVERIFY(waitFor(copying));
        QVERIFY(steps.size() > 2);
        QVERIFY(std::is_sorted(steps.cbegin(), steps.cend()));
        QCOMPARE(steps.last(), 100);
        QVERIFY(waitFor(
            m_tool->convert({ .source = qcow2, .target = back, .format = QStringLiteral("raw") },
                QStringLiteral("qcow2"))));
        QVERIFY(read(back) == read(raw));
    }

    void cancelledConvert_endsTheProgram_andLeavesNothing()
    {
        const tests::FakeProgram slow(*m_folder,
            "for p; do case \"$p\" in *.part) echo half > \"$p\";; esac; done;"
            "echo '    (12.50/100%)'; exec sleep 60",
            QStringLiteral("slow"));
        const QString raw = makeFull(1);
        ImageTool tool(slow.path());
        auto copying = tool.convert(
            { .source = raw, .target = m_folder->filePath(QStringLiteral("c.qcow2")) },
            QStringLiteral("raw"));
        QTRY_COMPARE(copying.progressValue(), 12);
        QVERIFY(!files().filter(QStringLiteral(".part")).isEmpty());
        copying.cancel();
        QTRY_VERIFY(copying.isFinished());
        QTRY_VERIFY(files().filter(QStringLiteral(".part")).isEmpty());
        QCOMPARE(async::detail::take(copying).error().kind, ErrorKind::Cancelled);
    }

    void convertToFullDisk_failsWithDiskFull_andLeavesNothing()
    {
        const QString raw = makeFull(8);
        const QString small = m_folder->filePath(QStringLiteral("small"));
        QVERIFY(QDir().mkdir(small));
        const SmallDisk disk(small);
        if (!disk.isMounted())
            QSKIP("may not mount a small file system");
        const auto copied = waitFor(
            m_tool->convert({ .source = raw, .target = small + QStringLiteral("/c.qcow2") },
                QStringLiteral("raw")));
        QCOMPARE(copied.error().cause, ErrorCause::DiskFull);
        QVERIFY(QDir(small).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
    }

    void flattenedImage_standsAloneWithTheSameContent()
    {
        const QString raw = makeFull(16);
        const QString top = m_folder->filePath(QStringLiteral("top.qcow2"));
        QVERIFY(waitFor(m_tool->create(
            NewImage { .path = top, .backingFile = raw, .backingFormat = QStringLiteral("raw") })));
        QVERIFY(waitFor(m_tool->flatten(top)));
        QVERIFY(waitFor(m_tool->info(top))->backingFile.isEmpty());
        const QByteArray content = read(raw);
        QVERIFY(QFile::remove(raw));
        const QString back = m_folder->filePath(QStringLiteral("back.img"));
        QVERIFY(waitFor(
            m_tool->convert({ .source = top, .target = back, .format = QStringLiteral("raw") },
                QStringLiteral("qcow2"))));
        QVERIFY(read(back) == content);
    }

    void check_findsAndRepairsLeaks()
    {
        const QString path = m_folder->filePath(QStringLiteral("leaky.qcow2"));
        QVERIFY(waitFor(m_tool->create(path, QStringLiteral("qcow2"), Bytes::fromMiB(8))));
        QCOMPARE(
            waitFor(m_tool->check(path, QStringLiteral("qcow2"), false)).value(), ImageCheck());
        // The L1 table's cluster, counted twice: reference counts are 16 bits at 0x20000.
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(0x20000 + 3 * 2));
        QCOMPARE(file.write("\0\2", 2), 2);
        file.close();
        const auto found = waitFor(m_tool->check(path, QStringLiteral("qcow2"), false));
        QVERIFY2(found, qPrintable(found ? QString() : found.error().toString()));
        QCOMPARE(found->leaks, 1);
        QVERIFY(found->isSound());
        QCOMPARE(waitFor(m_tool->check(path, QStringLiteral("qcow2"), true))->leaksFixed, 1);
        QCOMPARE(
            waitFor(m_tool->check(path, QStringLiteral("qcow2"), false)).value(), ImageCheck());
    }

    void checkOfRaw_failsWithHostLacksFeature()
    {
        const auto checked = waitFor(m_tool->check(makeFull(1), QStringLiteral("raw"), false));
        QCOMPARE(checked.error().kind, ErrorKind::HostLacksFeature);
    }

    void snapshotInside_takesTheContentBack()
    {
        using Step = ImageTool::SnapshotStep;
        const QString path = m_folder->filePath(QStringLiteral("a,b=c.qcow2"));
        QVERIFY(waitFor(m_tool->create(path, QStringLiteral("qcow2"), Bytes::fromMiB(8))));
        QVERIFY(waitFor(m_tool->snapshot(Step::Create, path, QStringLiteral("one"))));
        QVERIFY(waitFor(m_tool->resize(path, QStringLiteral("qcow2"), Bytes::fromMiB(16))));
        QVERIFY(waitFor(m_tool->snapshot(Step::Apply, path, QStringLiteral("one"))));
        QCOMPARE(waitFor(m_tool->info(path))->virtualSize, Bytes::fromMiB(8));
        QCOMPARE(waitFor(m_tool->snapshot(Step::Apply, path, QStringLiteral("two"))).error().kind,
            ErrorKind::NotFound);
        QVERIFY(waitFor(m_tool->snapshot(Step::Delete, path, QStringLiteral("one"))));
    }

    void infoOfImageInUse_isRefusedOnlyIfAsked()
    {
        const QString path = m_folder->filePath(QStringLiteral("used.qcow2"));
        QVERIFY(waitFor(m_tool->create(path, QStringLiteral("qcow2"), Bytes::fromMiB(8))));
        const QString io = QStandardPaths::findExecutable(QStringLiteral("qemu-io"));
        if (io.isEmpty())
            QSKIP("qemu-io is not installed");
        QProcess user; // holds the image open, with QEMU's own locks
        user.start(io, { QStringLiteral("-f"), QStringLiteral("qcow2"), path });
        // Its prompt comes when it has its locks; asked sooner, we might hold the one it wants.
        QByteArray said;
        QTRY_VERIFY((said += user.readAllStandardOutput()).contains("qemu-io>"));
        QVERIFY(!waitFor(m_tool->info(path, InUse::Refuse)));

        QVERIFY(waitFor(m_tool->info(path)));
        const auto refused = waitFor(m_tool->info(path, InUse::Refuse));
        QCOMPARE(refused.error().kind, ErrorKind::Busy);
        QCOMPARE(refused.error().cause, ErrorCause::ImageLocked);
        user.write("quit\n");
        QVERIFY(user.waitForFinished());
    }

    void complaint_isUnderstood_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<ErrorCause>("cause");
        QTest::newRow("lock") << QStringLiteral("Failed to get \"write\" lock\nIs another process "
                                                "using the image [/x.qcow2]?")
                              << ErrorCause::ImageLocked;
        QTest::newRow("missing") << QStringLiteral("Could not open '/x': No such file or directory")
                                 << ErrorCause::ImageMissing;
        QTest::newRow("full") << QStringLiteral("Could not resize: No space left on device")
                              << ErrorCause::DiskFull;
        QTest::newRow("other") << QStringLiteral("Image is not in qcow2 format")
                               << ErrorCause::None;
    }

    void complaint_isUnderstood()
    {
        QFETCH(QString, text);
        QFETCH(ErrorCause, cause);
        const Error error = imageError(QStringLiteral("/x"), text);
        QCOMPARE(error.cause, cause);
        QCOMPARE(error.detail, text);
    }

private:
    QStringList files() const
    {
        return QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden);
    }

    /// A raw image full of bytes that differ.
    QString makeFull(int mebibytes) const
    {
        const QString path = m_folder->filePath(QStringLiteral("full.img"));
        QByteArray content(mebibytes << 20, Qt::Uninitialized);
        quint32 noise = 1;
        for (char& byte : content)
            byte = static_cast<char>((noise = noise * 1664525 + 1013904223) >> 24);
        write(path, content);
        return path;
    }

    static void write(const QString& path, const QByteArray& content)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
    }

    static QByteArray read(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QString m_program;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ImageTool> m_tool;
};

QTEST_GUILESS_MAIN(TestImageTool)
#include "tst_ImageTool.moc"
