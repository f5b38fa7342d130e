// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/SmallDisk.h"
#include "tests/support/TempHome.h"
#include "tests/support/TestNames.h"
#include "vmm/base/AtomicFile.h"
#include "vmm/qemu/MachineStore.h"
#include "vmm/qemu/RuntimeFolder.h"
#include "vmm/qemu/RuntimeRecord.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

#include <thread>

using namespace vmm;
using tests::SmallDisk;
using tests::TempHome;

namespace {

const QString kXml = QStringLiteral("<domain><name>first</name></domain>\n");
const QString kOtherXml = QStringLiteral("<domain><name>second, longer</name></domain>\n");

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestMachineStore : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<TempHome> m_home;

    Result<std::unique_ptr<MachineStore>> open(const QString& folder = {})
    {
        return MachineStore::open(
            folder.isEmpty() ? m_home->dataFolder() : folder, m_home->runtimeFolder());
    }

    static QStringList entries(const QString& folder)
    {
        return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_home = std::make_unique<TempHome>();
    }

    void savedMachines_areFoundAgain()
    {
        const QUuid first = QUuid::createUuid();
        const QUuid second = QUuid::createUuid();
        {
            const auto store = open();
            QVERIFY(store.has_value());
            QVERIFY((*store)->save(first, kXml).has_value());
            QVERIFY((*store)->save(second, kOtherXml).has_value());
            QVERIFY((*store)->save(first, kOtherXml).has_value());
            QVERIFY(QFileInfo((*store)->placesOf(first).diskFolder()).isDir());
        }
        const auto store = open();
        QVERIFY(store.has_value());
        const auto machines = (*store)->load();
        QCOMPARE(machines.size(), 2);
        for (const StoredMachine& machine : machines) {
            QVERIFY(machine.id == first || machine.id == second);
            QCOMPARE(machine.xml, kOtherXml);
            QVERIFY(!machine.problem);
        }
    }

    void secondInstance_isRefusedWithThePid()
    {
        const auto first = open();
        QVERIFY(first.has_value());
        const auto second = open();
        QCOMPARE(second.error().cause, ErrorCause::DataFolderInUse);
        QCOMPARE(second.error().kind, ErrorKind::Busy);
        QCOMPARE(second.error().subject, m_home->dataFolder());
        QCOMPARE(second.error().detail, QString::number(::getpid()));
    }

    void closedStore_freesItsFolder()
    {
        QVERIFY(open().has_value());
        QVERIFY(open().has_value());
    }

    void newerFormat_isRefusedAndLeftAlone()
    {
        m_home->write(QStringLiteral("data/format"), "2\n");
        const auto store = open();
        QCOMPARE(store.error().cause, ErrorCause::DataFolderNewer);
        QVERIFY(store.error().detail.contains(QLatin1Char('2')));
        QCOMPARE(entries(m_home->dataFolder()), QStringList { QStringLiteral("format") });
        QCOMPARE(contentOf(m_home->path(QStringLiteral("data/format"))), QByteArray("2\n"));
    }

    void damagedFormat_isRefused()
    {
        for (const QByteArray content : { "", "x", "-1", "0", "1 2" }) {
            m_home->write(QStringLiteral("data/format"), content);
            const auto store = open();
            QVERIFY2(!store.has_value(), content.constData());
            QCOMPARE(store.error().kind, ErrorKind::InvalidConfig);
        }
    }

    void unusableFolder_isRefused_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::newRow("a file in its place") << m_dataFile;
        QTest::newRow("below a file") << m_dataFile + QStringLiteral("/below");
        QTest::newRow("kernel's") << QStringLiteral("/proc/virtdeck");
    }

    void unusableFolder_isRefused()
    {
        QFETCH(QString, folder);
        folder.replace(m_dataFile, m_home->write(QStringLiteral("file"), "x"));
        const auto store = open(folder);
        QVERIFY(!store.has_value());
        QCOMPARE(store.error().cause, ErrorCause::DataFolderUnwritable);
        QCOMPARE(store.error().subject, folder);
    }

    void readOnlyFileSystem_isRefused()
    {
        const SmallDisk disk(m_home->dataFolder());
        if (!disk.isMounted())
            QSKIP("mounting takes root");
        QVERIFY(disk.makeReadOnly());
        QCOMPARE(open().error().cause, ErrorCause::DataFolderUnwritable);
        QCOMPARE(open().error().kind, ErrorKind::PermissionDenied);
    }

    void fullDisk_keepsTheOldDefinition()
    {
        const SmallDisk disk(m_home->dataFolder());
        if (!disk.isMounted())
            QSKIP("mounting takes root");
        const auto store = open();
        QVERIFY(store.has_value());
        const QUuid id = QUuid::createUuid();
        QVERIFY((*store)->save(id, kXml).has_value());
        QFile filler(m_home->dataFolder() + QStringLiteral("/filler"));
        QVERIFY(filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        while (filler.write(QByteArray(1024, 'x')) > 0) { }

        const auto saved = (*store)->save(id, kOtherXml.repeated(200));
        QCOMPARE(saved.error().cause, ErrorCause::DiskFull);
        QCOMPARE((*store)->load().first().xml, kXml);
        // A new machine fails as a whole.
        QVERIFY(!(*store)->save(QUuid::createUuid(), kOtherXml.repeated(200)).has_value());
        QCOMPARE((*store)->load().size(), 1);
        QVERIFY(filler.remove());
        QVERIFY((*store)->save(id, kOtherXml).has_value());
        QCOMPARE((*store)->load().first().xml, kOtherXml);
    }

    // A power cut may leave any beginning of the file that was written aside.
    void cutWhileReplacing_keepsTheOldDefinition()
    {
        const QUuid id = QUuid::createUuid();
        const auto store = open();
        QVERIFY((*store)->save(id, kXml).has_value());
        const QByteArray next = kOtherXml.toUtf8();
        for (qsizetype length = 0; length <= next.size(); ++length) {
            QFile aside((*store)->placesOf(id).definitionFile() + QLatin1StringView(kAsideSuffix));
            QVERIFY(aside.open(QIODevice::WriteOnly));
            aside.write(next.first(length));
            aside.close();
            const auto machines = (*store)->load();
            QCOMPARE(machines.size(), 1);
            QCOMPARE(machines.first().xml, kXml);
        }
        // And what lies around does not hinder the next one.
        QVERIFY((*store)->save(id, kOtherXml).has_value());
        QCOMPARE((*store)->load().first().xml, kOtherXml);
    }

    void cutWhileAdding_leavesNoMachine()
    {
        const QUuid id = QUuid::createUuid();
        const auto store = open();
        const auto places = (*store)->beginNew(id);
        QVERIFY(places.has_value());
        QFile disk(places->diskFolder() + QStringLiteral("/a.qcow2"));
        QVERIFY(disk.open(QIODevice::WriteOnly));
        QVERIFY((*store)->load().isEmpty());
        const QString machines = m_home->dataFolder() + QStringLiteral("/machines");
        QTRY_VERIFY(entries(machines).isEmpty());
    }

    void committedMachine_hasWhatWasMadeForIt()
    {
        const QUuid id = QUuid::createUuid();
        const auto store = open();
        const auto aside = (*store)->beginNew(id);
        QFile disk(aside->diskFolder() + QStringLiteral("/a.qcow2"));
        QVERIFY(disk.open(QIODevice::WriteOnly));
        QVERIFY((*store)->commitNew(id, kXml).has_value());
        QVERIFY(QFile::exists((*store)->placesOf(id).diskFolder() + QStringLiteral("/a.qcow2")));
        QCOMPARE((*store)->load().first().id, id);
    }

    void cutWhileRemoving_isFinishedLater()
    {
        const QUuid id = QUuid::createUuid();
        const auto store = open();
        QVERIFY((*store)->save(id, kXml).has_value());
        const QString machines = m_home->dataFolder() + QStringLiteral("/machines");
        const QString folder = (*store)->placesOf(id).folder;
        QVERIFY(QDir().rename(
            folder, machines + QStringLiteral("/.removed-") + QFileInfo(folder).fileName()));
        QVERIFY((*store)->load().isEmpty());
        QTRY_VERIFY(entries(machines).isEmpty());
    }

    void unreadableDefinition_hidesNobody()
    {
        const QUuid good = QUuid::createUuid();
        const QUuid bad = QUuid::createUuid();
        const auto store = open();
        QVERIFY((*store)->save(good, kXml).has_value());
        // A folder in the file's place.
        QVERIFY(QDir().mkpath((*store)->placesOf(bad).definitionFile()));
        const auto machines = (*store)->load();
        QCOMPARE(machines.size(), 2);
        for (const StoredMachine& machine : machines)
            QCOMPARE(machine.problem.has_value(), machine.id == bad);
    }

    void strangeEntries_areNoMachines()
    {
        const auto store = open();
        m_home->write(QStringLiteral("data/machines/readme/domain.xml"), "x");
        m_home->write(
            QStringLiteral("data/machines/{12345678-1234-1234-1234-123456789abc}/domain.xml"), "x");
        m_home->write(
            QStringLiteral("data/machines/12345678-1234-1234-1234-123456789ABC/domain.xml"), "x");
        m_home->write(QStringLiteral("data/machines/file"), "x");
        QVERIFY((*store)->load().isEmpty());
        QCOMPARE(entries(m_home->dataFolder() + QStringLiteral("/machines")).size(), 4);
    }

    void runtimeFolder_isPrivate()
    {
        QDir().mkpath(m_home->runtimeFolder());
        ::chmod(QFile::encodeName(m_home->runtimeFolder()), 0755);
        QVERIFY(open().has_value());
        struct stat status { };
        QCOMPARE(::stat(QFile::encodeName(m_home->runtimeFolder()), &status), 0);
        QCOMPARE(status.st_mode & 0777, 0700u);
    }

    void runtimeFolder_isRefusedIfALink()
    {
        QVERIFY(QFile::link(QStringLiteral("/tmp"), m_home->runtimeFolder()));
        QCOMPARE(open().error().kind, ErrorKind::PermissionDenied);
    }

    void runtimeFolderTooLongForSockets_isPassedOver()
    {
        const QByteArray before = qgetenv("XDG_RUNTIME_DIR");
        const QString longFolder = m_home->path(QString(80, QLatin1Char('r')));
        QDir().mkpath(longFolder);
        qputenv("XDG_RUNTIME_DIR", QFile::encodeName(longFolder));
        const auto chosen = makeRuntimeFolder(m_home->dataFolder());
        const QString shortFolder = m_home->path(QStringLiteral("r"));
        QDir().mkpath(shortFolder);
        qputenv("XDG_RUNTIME_DIR", QFile::encodeName(shortFolder));
        const auto usual = makeRuntimeFolder(m_home->dataFolder());
        const auto other = makeRuntimeFolder(m_home->path(QStringLiteral("other")));
        qputenv("XDG_RUNTIME_DIR", before);
        QVERIFY(chosen.has_value());
        QVERIFY(!chosen->startsWith(longFolder));
        QDir().rmdir(*chosen);
        QVERIFY(usual.has_value() && usual->startsWith(shortFolder + QStringLiteral("/virtdeck/")));
        QVERIFY(other.has_value() && *other != *usual);
    }

    /// A machine that was started from a crontab, where there is no session.
    void runtimeFolderOfRunningMachines_isKeptInAnotherEnvironment()
    {
        const QByteArray before = qgetenv("XDG_RUNTIME_DIR");
        qunsetenv("XDG_RUNTIME_DIR");
        const auto first = makeRuntimeFolder(m_home->dataFolder());
        const QString session = m_home->path(QStringLiteral("r"));
        QDir().mkpath(session);
        qputenv("XDG_RUNTIME_DIR", QFile::encodeName(session));
        const QString machine = first.value_or(QString()) + QStringLiteral("/machine");
        const auto chosenWith = [&](const QString& bootId) {
            QDir().mkpath(machine);
            const MachinePlaces places { .runtimeFolder = machine };
            const RuntimeRecord record { .bootId = bootId };
            return record.save(places.recordFile())
                ? makeRuntimeFolder(m_home->dataFolder()).value_or(QString())
                : QString();
        };
        const QString running = chosenWith(currentBootId());
        const QString longAgo = chosenWith(QStringLiteral("of another boot"));
        qputenv("XDG_RUNTIME_DIR", before);
        QVERIFY(first.has_value());
        removePrivateFolder(*first);
        QCOMPARE(running, *first);
        QVERIFY2(longAgo.startsWith(session), qPrintable(longAgo));
    }

    /// ssh takes its sockets out of a folder that we remove.
    void privateFolder_goesAlthoughItsFilesVanishMeanwhile()
    {
        for (int round = 0; round < 20; ++round) {
            const auto folder = makePrivateRuntimeFolder(QStringLiteral("vanishing"));
            QVERIFY(folder.has_value());
            const auto name = [&](int i) { return *folder + QStringLiteral("/f%1").arg(i); };
            constexpr int kFiles = 300;
            for (int i = 0; i < kFiles; ++i)
                QVERIFY(QFile(name(i)).open(QIODevice::WriteOnly));
            std::thread other([&] {
                for (int i = kFiles - 1; i >= 0; --i)
                    ::unlink(QFile::encodeName(name(i)).constData());
            });
            removePrivateFolder(*folder);
            other.join();
            QVERIFY(!QDir(*folder).exists());
        }
    }

private:
    const QString m_dataFile = QStringLiteral("FILE");
};

QTEST_GUILESS_MAIN(TestMachineStore)
#include "tst_MachineStore.moc"
