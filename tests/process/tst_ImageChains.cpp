// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Await.h"
#include "tests/support/QemuImg.h"
#include "tests/support/TestNames.h"
#include "vmm/qemu/ImageChains.h"
#include "vmm/qemu/ImageGuard.h"
#include "vmm/qemu/ImageHolders.h"
#include "vmm/qemu/QcowHeader.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include <unistd.h>

using namespace vmm;
using tests::qemuImg;

/// Backing chains as real qemu-img makes them, and as somebody makes them who wants to be shown the
/// host's files.
class TestImageChains : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    ImageChains m_chains;

    QString path(const char* name) const { return m_folder->filePath(QString::fromLatin1(name)); }

    QString qcow2(const char* name)
    {
        [&] { QVERIFY(qemuImg(QStringLiteral("create -q -f qcow2 %1 8M"), { path(name) })); }();
        return path(name);
    }

    QString overlay(const char* name, const QString& backing, const char* format = "qcow2")
    {
        [&] {
            QVERIFY(qemuImg(QStringLiteral("create -q -f qcow2 -F %1 -b %2 %3"),
                { QString::fromLatin1(format), backing, path(name) }));
        }();
        return path(name);
    }

    /// An overlay whose header says what qemu-img would refuse to write.
    QString forged(const char* name, const QByteArray& backing, const QByteArray& format)
    {
        QByteArray header(512, '\0');
        const auto put32 = [&](int at, quint32 n) { qToBigEndian(n, header.data() + at); };
        const auto put64 = [&](int at, quint64 n) { qToBigEndian(n, header.data() + at); };
        header.replace(0, 4, "QFI\xfb");
        put32(4, 3);
        put64(8, 256);
        put32(16, static_cast<quint32>(backing.size()));
        put32(20, 16);
        put64(24, 8 << 20);
        put32(100, 104);
        if (!format.isEmpty()) {
            put32(104, 0xE2792ACA);
            put32(108, static_cast<quint32>(format.size()));
            header.replace(112, format.size(), format);
        }
        header.replace(256, backing.size(), backing);
        header.resize(65536 * 4);
        return write(name, header);
    }

    QString write(const char* name, const QByteArray& content)
    {
        QFile file(path(name));
        [&] {
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
        }();
        return path(name);
    }

    Result<ImageChain> trusted(const QString& image, const QString& format = {})
    {
        return m_chains.readTrusted(image, format, [](const QString&) { return false; });
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        if (QStandardPaths::findExecutable(QStringLiteral("qemu-img")).isEmpty())
            QSKIP("qemu-img is not installed");
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void chain_isReadToItsEnd()
    {
        const QString base = write("base.img", QByteArray(1 << 20, 'x'));
        const QString middle = overlay("middle.qcow2", QStringLiteral("base.img"), "raw");
        const QString top = overlay("top.qcow2", middle);
        const auto chain = trusted(top);
        VERIFY_OK(chain);
        QCOMPARE(chain->size(), 3);
        QCOMPARE(chain->at(0).backingFile, middle);
        QCOMPARE(chain->at(0).backingFormat, QStringLiteral("qcow2"));
        QCOMPARE(chain->at(1).backingFile, base); // relative in the file
        QCOMPARE(chain->at(2).format, QStringLiteral("raw"));
        QCOMPARE(chain->at(2).virtualSize, Bytes::fromMiB(1));
        QVERIFY(chain->at(0).actualSize > Bytes());
    }

    void changedImage_isReadAnew()
    {
        const QString base = qcow2("base.qcow2");
        const QString top = overlay("top.qcow2", base);
        QCOMPARE(trusted(top)->size(), 2);
        QVERIFY(qemuImg(QStringLiteral("rebase -f qcow2 -b  %1"), { top }));
        QCOMPARE(trusted(top)->size(), 1);
    }

    void snapshotsInside_areNamed()
    {
        const QString image = qcow2("a.qcow2");
        QVERIFY(qemuImg(QStringLiteral("snapshot -c first %1"), { image }));
        QVERIFY(qemuImg(QStringLiteral("snapshot -c second %1"), { image }));
        const auto header = QcowHeader::read(image);
        VERIFY_OK(header);
        const QVector<QcowSnapshot> expected { { QStringLiteral("1"), QStringLiteral("first") },
            { QStringLiteral("2"), QStringLiteral("second") } };
        QCOMPARE(header->snapshots, expected);
    }

    void hostileChain_isRefusedWithItsReason_data()
    {
        QTest::addColumn<QByteArray>("backing");
        QTest::addColumn<QByteArray>("format");
        QTest::addColumn<QString>("why");
        const auto row
            = [](const char* name, const char* backing, const char* format, const char* why) {
                  QTest::newRow(name)
                      << QByteArray(backing) << QByteArray(format) << QString::fromLatin1(why);
              };
        row("secret", "/etc/passwd", "raw", "/etc/passwd");
        row("secret, unsaid", "/etc/passwd", "", "/etc/passwd");
        row("climbing", "../../../../../../../../etc/passwd", "raw", "/etc/passwd");
        row("json", "json:{\"driver\":\"file\",\"filename\":\"/etc/passwd\"}", "raw", "no path");
        row("protocol", "nbd://localhost:10809/x", "raw", "no path");
        row("fat", "fat:/etc", "raw", "no path");
        row("device", "/dev/zero", "raw", "neither a file nor");
        row("itself", "evil.qcow2", "qcow2", "never ends");
    }

    void hostileChain_isRefusedWithItsReason()
    {
        QFETCH(QByteArray, backing);
        QFETCH(QByteArray, format);
        QFETCH(QString, why);
        const auto chain = trusted(forged("evil.qcow2", backing, format));
        QVERIFY(!chain);
        QCOMPARE(chain.error().kind, ErrorKind::InvalidConfig);
        QCOMPARE(chain.error().cause, ErrorCause::ImageUntrusted);
        QVERIFY2(chain.error().detail.contains(why), qPrintable(chain.error().detail));
    }

    void secretBehindALinkBeside_isRefused()
    {
        QVERIFY(QFile::link(QStringLiteral("/etc/passwd"), path("base.img")));
        const auto chain = trusted(forged("evil.qcow2", "base.img", "raw"));
        QCOMPARE(chain.error().cause, ErrorCause::ImageUntrusted);
    }

    void rawElsewhere_isTakenIfItIsSomebodysDisk()
    {
        QTemporaryDir other;
        const QString base = other.filePath(QStringLiteral("base.img"));
        QVERIFY(qemuImg(QStringLiteral("create -q -f raw %1 8M"), { base }));
        const QString top = overlay("top.qcow2", base, "raw");
        QCOMPARE(trusted(top).error().cause, ErrorCause::ImageUntrusted);
        const auto known = [&](const QString& canonical) {
            return canonical == QFileInfo(base).canonicalFilePath();
        };
        VERIFY_OK(m_chains.readTrusted(top, {}, known));
    }

    void backingWithoutFormat_isRefusedIfItLooksLikeAnImage()
    {
        const QString base = qcow2("base.qcow2");
        const auto chain = trusted(forged("top.qcow2", base.toUtf8(), {}));
        QCOMPARE(chain.error().cause, ErrorCause::ImageUntrusted);
        QVERIFY(chain.error().detail.contains(QStringLiteral("rebase")));
    }

    void rawDiskThatLooksLikeQcow2_staysRaw()
    {
        // What a guest writes to its raw disk, in the hope that somebody finds the format out.
        const QString disk = forged("disk.img", "/etc/passwd", "raw");
        const auto chain = trusted(disk, QStringLiteral("raw"));
        VERIFY_OK(chain);
        QCOMPARE(chain->size(), 1);
        QCOMPARE(chain->first().format, QStringLiteral("raw"));
    }

    void dataFileElsewhere_isRefused()
    {
        const QString image = path("d.qcow2");
        QVERIFY(qemuImg(QStringLiteral("create -q -f qcow2 -o data_file=%1,data_file_raw=on %2 8M"),
            { path("data.raw"), image }));
        QCOMPARE(trusted(image).error().cause, ErrorCause::ImageUntrusted);
    }

    void brokenHeader_isRefused_data()
    {
        QTest::addColumn<int>("offset");
        QTest::addColumn<quint32>("value");
        QTest::newRow("version") << 4 << 99u;
        QTest::newRow("clusters") << 20 << 64u;
        QTest::newRow("huge L1") << 36 << 0x7fffffffu;
        QTest::newRow("backing name") << 16 << 100'000u;
        QTest::newRow("snapshots") << 60 << 0xffffffffu;
    }

    void brokenHeader_isRefused()
    {
        QFETCH(int, offset);
        QFETCH(quint32, value);
        const QString image = qcow2("a.qcow2");
        QFile file(image);
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(offset));
        char bytes[4];
        qToBigEndian(value, bytes);
        file.write(bytes, 4);
        file.close();
        const auto chain = trusted(image);
        QVERIFY(!chain);
        QCOMPARE(chain.error().kind, ErrorKind::InvalidConfig);
    }

    void everyCutHeader_isSurvived()
    {
        const QString image = overlay("whole.qcow2", qcow2("base.qcow2"));
        QVERIFY(qemuImg(QStringLiteral("snapshot -c one %1"), { image }));
        QFile whole(image);
        QVERIFY(whole.open(QIODevice::ReadOnly));
        const QByteArray content = whole.readAll();
        for (int length = 0; length < 600; ++length) {
            const auto header = QcowHeader::read(write("cut.qcow2", content.left(length)));
            if (!header)
                QCOMPARE(header.error().kind, ErrorKind::InvalidConfig);
        }
        for (int i = 0; i < 112; ++i) { // each byte of the header spoilt
            QByteArray spoilt = content;
            spoilt[i] = static_cast<char>(~spoilt[i]);
            (void)QcowHeader::read(write("cut.qcow2", spoilt));
        }
    }

    void missingBacking_isNamed()
    {
        const QString base = qcow2("base.qcow2");
        const QString top = overlay("top.qcow2", base);
        QVERIFY(QFile::remove(base));
        const ChainReading reading = m_chains.read(top);
        QCOMPARE(reading.chain.size(), 1);
        QCOMPARE(reading.problem->cause, ErrorCause::ImageMissing);
        QCOMPARE(reading.problem->subject, base);
    }

    void formats_areKnownByTheirContent()
    {
        for (const char* format : { "qcow2", "vmdk", "vdi", "vhdx", "vpc", "qed", "raw" }) {
            const QString name = QString::fromLatin1(format);
            QVERIFY(qemuImg(QStringLiteral("create -q -f %1 %2 8M"), { name, path(format) }));
            // A fixed VHD has its mark at the end alone; what qemu-img makes is dynamic.
            QCOMPARE(formatByContent(path(format)).value_or({}), name);
        }
    }

    void guard_knowsWhoNeedsWhat()
    {
        const QString base = qcow2("base.qcow2");
        const QString one = overlay("one.qcow2", base);
        const QString two = overlay("two.qcow2", base);
        const QUuid id = QUuid::createUuid();
        const ImageGuard guard(m_chains,
            { { .id = id,
                .name = QStringLiteral("web"),
                .isActive = true,
                .disks = { { one, QStringLiteral("qcow2"), false } } } },
            { m_folder->path() });

        const QVector<ImageUse> uses = guard.uses();
        QCOMPARE(uses.size(), 3);
        QCOMPARE(uses.at(0).image.path, base);
        QCOMPARE(uses.at(0).machines, QStringList { QStringLiteral("web") });
        const QStringList both { one, two };
        QCOMPARE(uses.at(0).dependents, both);

        const Error standing = guard.checkUnneeded(base).error();
        QCOMPARE(standing.cause, ErrorCause::ImageNeeded);
        QVERIFY(standing.detail.contains(one) && standing.detail.contains(two));
        QCOMPARE(guard.checkUnneeded(one).error().detail, QStringLiteral("web"));
        VERIFY_OK(guard.checkUnneeded(one, id));
        VERIFY_OK(guard.checkUnneeded(two));
        QCOMPARE(guard.checkIdle(base).error().cause, ErrorCause::ImageLocked);
        VERIFY_OK(guard.checkIdle(two));
        QCOMPARE(
            guard.checkFolderUnneeded(m_folder->path(), QUuid()).error().kind, ErrorKind::Busy);
        VERIFY_OK(guard.checkFolderUnneeded(m_folder->path(), id));
    }

    void guard_seesThroughLinks()
    {
        const QString base = qcow2("base.qcow2");
        QVERIFY(QFile::link(base, path("alias.qcow2")));
        const ImageGuard guard(m_chains,
            { { .id = QUuid::createUuid(),
                .name = QStringLiteral("web"),
                .disks = { { path("alias.qcow2"), QStringLiteral("qcow2"), false } } } },
            {});
        QCOMPARE(guard.checkUnneeded(base).error().detail, QStringLiteral("web"));
    }

    void guard_keepsADiskThatIsMissing()
    {
        const ImageGuard guard(m_chains,
            { { .id = QUuid::createUuid(),
                .name = QStringLiteral("web"),
                .disks = { { path("later.qcow2"), QStringLiteral("qcow2"), false } } } },
            {});
        QCOMPARE(guard.checkUnneeded(path("later.qcow2")).error().detail, QStringLiteral("web"));
    }

    void guard_believesTheDefinitionOfARawDisk()
    {
        const QString disk = forged("disk.img", "/etc/passwd", "raw");
        const ImageGuard guard(m_chains,
            { { .id = QUuid::createUuid(),
                .name = QStringLiteral("web"),
                .disks = { { disk, QStringLiteral("raw"), false } } } },
            { m_folder->path() });
        QCOMPARE(guard.formatOf(disk), QStringLiteral("raw"));
        QCOMPARE(guard.uses().size(), 1); // not /etc/passwd
    }

    void holder_isFoundByItsOpenFile()
    {
        const QString image = qcow2("held.qcow2");
        QVERIFY(holdersOf(image).isEmpty());
        QProcess reader;
        reader.setStandardInputFile(image);
        reader.start(QStringLiteral("sleep"), { QStringLiteral("60") });
        QVERIFY(reader.waitForStarted());
        QTRY_COMPARE(holdersOf(image).value(0).program, QStringLiteral("sleep"));
        QCOMPARE(holdersOf(image).first().pid, reader.processId());
        QVERIFY(!holdersOf(image).first().canWrite);
        reader.kill();
        reader.waitForFinished();
        QVERIFY(holdersOf(image).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestImageChains)
#include "tst_ImageChains.moc"
