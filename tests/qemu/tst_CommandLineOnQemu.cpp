// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Golden.h"
#include "tests/support/TestNames.h"
#include "vmm/qemu/CommandLine.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace vmm;

namespace {

constexpr int kInheritedFd = 3; // as in the goldens

// A listening unix socket, -1 on failure.
int listenAt(const QByteArray& path)
{
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    qstrncpy(address.sun_path, path.constData(), sizeof address.sun_path);
    if (::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0
        || ::listen(fd, 1) != 0)
        return -1;
    return fd;
}

// The smallest file that QEMU takes for a Linux kernel: a boot sector with the signature, protocol
// 2.12 and four sectors of real-mode code. It is loaded, never run.
QByteArray kernelLookalike()
{
    QByteArray image(16 * 1024, '\0');
    image[0x1f1] = 4;
    image[0x1fe] = 0x55;
    image[0x1ff] = char(0xaa);
    image.replace(0x202, 4, "HdrS");
    image[0x206] = 0x0c;
    image[0x207] = 0x02;
    image[0x211] = 1; // loaded high
    image.replace(0x22c, 4, QByteArray::fromHex("ffffff37")); // highest address for an initrd
    return image;
}

bool write(const QString& path, const QByteArray& content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

} // namespace

/// Hands every golden machine to the real QEMU: it must accept the command line, greet over QMP and
/// know the ids that the core counts on.
class TestCommandLineOnQemu : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_qemu = QStandardPaths::findExecutable(QStringLiteral("qemu-system-x86_64"));
        if (m_qemu.isEmpty())
            QSKIP("qemu-system-x86_64 is not installed");
    }

    void cleanup()
    {
        for (const QString& loop : std::exchange(m_loops, {}))
            QProcess::execute(QStringLiteral("losetup"), { QStringLiteral("--detach"), loop });
    }

    void goldenMachine_isAcceptedByQemu_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString& name : tests::golden::machines())
            QTest::newRow(qPrintable(name)) << name;
    }

    void goldenMachine_isAcceptedByQemu()
    {
        QFETCH(QString, name);
        QTemporaryDir folder(QDir::tempPath() + QStringLiteral("/vd-XXXXXX"));
        QVERIFY(folder.isValid());
        QString xml = tests::golden::xml(name).replace(
            QLatin1StringView("/srv/"), folder.path() + QLatin1Char('/'));
        if (xml.contains(QLatin1StringView("<tpm")) || xml.contains(QLatin1StringView("virtiofs")))
            QSKIP("needs companions: tst_WholeMachines starts them");
        if (xml.contains(QLatin1StringView("<gl enable='yes'"))
            && !QFile::exists(QStringLiteral("/dev/dri/renderD128")))
            QSKIP("no graphics card: tst_GraphicsCard runs this where there is one");
        if (xml.contains(QLatin1StringView("type='block'"))
            && !QFileInfo(QStringLiteral("/dev/loop-control")).isWritable())
            QSKIP("no loop devices: they need root");
        Definition definition = Definition::fromXml(xml).value();
        // A USB device that is named by its port must be plugged in.
        const QVector<HostDevice> hostDevices = definition.devices<HostDevice>();
        for (int i = static_cast<int>(hostDevices.size()) - 1; i >= 0; --i) {
            if (!hostDevices.at(i).busNumber.isEmpty())
                definition.removeDevice<HostDevice>(i);
        }
        furnish(definition, folder.path());
        if (QTest::currentTestFailed())
            return;
        LaunchContext context = tests::golden::context(name, folder.path());
        context.accelerator = QStringLiteral("tcg");

        QProcess qemu;
        start(qemu, buildCommandLine(definition, context).value(), folder.path());
        QLocalSocket monitor;
        monitor.connectToServer(folder.filePath(QStringLiteral("qmp")));
        QTRY_VERIFY2_WITH_TIMEOUT(
            monitor.canReadLine() || qemu.state() == QProcess::NotRunning, "no greeting", 20'000);
        const QByteArray complaints = qemu.readAllStandardError();
        QVERIFY2(qemu.state() == QProcess::Running, complaints.constData());
        QVERIFY(monitor.readLine().contains("\"QMP\""));

        ask(monitor, "qmp_capabilities");
        const QByteArray blocks = ask(monitor, "query-block");
        QVERIFY2(!blocks.isEmpty(), qemu.readAllStandardError().constData());
        for (const Disk& disk : definition.devices<Disk>())
            QVERIFY2(blocks.contains("disk-" + disk.target.toUtf8()), blocks.constData());
        QCOMPARE(qemu.readAllStandardError(), QByteArray()); // not even a warning
        ask(monitor, "quit");
        QTRY_COMPARE_WITH_TIMEOUT(qemu.state(), QProcess::NotRunning, 10'000);
        QCOMPARE(qemu.exitCode(), 0);
    }

private:
    // Makes every file that the machine names.
    void furnish(const Definition& definition, const QString& folder)
    {
        for (const char* part : { "machine", "run", "logs", "boot" })
            QVERIFY(QDir(folder).mkpath(QString::fromLatin1(part)));
        for (const Disk& disk : definition.devices<Disk>()) {
            if (disk.sourcePath().isEmpty())
                continue;
            const bool isBlock = disk.type == QLatin1StringView("block");
            const QString file = disk.sourcePath() + (isBlock ? QStringLiteral(".img") : QString());
            QVERIFY(QDir().mkpath(QFileInfo(file).path()));
            const QString format = disk.format.isEmpty() ? QStringLiteral("raw") : disk.format;
            QCOMPARE(QProcess::execute(QStringLiteral("qemu-img"),
                         { QStringLiteral("create"), QStringLiteral("-q"), QStringLiteral("-f"),
                             format, file, QStringLiteral("4M") }),
                0);
            if (isBlock)
                QVERIFY(QFile::link(attachLoop(file), disk.sourcePath()));
        }
        if (!definition.kernel().isEmpty())
            QVERIFY(write(definition.kernel(), kernelLookalike()));
        if (!definition.initrd().isEmpty())
            QVERIFY(write(definition.initrd(), "initrd"));
    }

    // A block device with the content of a file.
    QString attachLoop(const QString& file)
    {
        QProcess losetup;
        losetup.start(QStringLiteral("losetup"),
            { QStringLiteral("--find"), QStringLiteral("--show"), file });
        losetup.waitForFinished();
        m_loops.append(QString::fromUtf8(losetup.readAllStandardOutput()).trimmed());
        return m_loops.last();
    }

    void start(QProcess& qemu, const QStringList& arguments, const QString& folder)
    {
        const int listener = listenAt((folder + QStringLiteral("/qmp")).toUtf8());
        QVERIFY(listener >= 0);
        qemu.setChildProcessModifier([listener] { ::dup2(listener, kInheritedFd); });
        qemu.start(m_qemu, arguments);
        QVERIFY(qemu.waitForStarted());
        ::close(listener);
    }

    // The reply to a command; events on the way are dropped.
    QByteArray ask(QLocalSocket& monitor, const char* command)
    {
        monitor.write(QByteArray("{\"execute\":\"") + command + "\"}\n");
        for (;;) {
            const auto isHeard = [&monitor] {
                return monitor.canReadLine() || monitor.state() != QLocalSocket::ConnectedState;
            };
            if (!QTest::qWaitFor(isHeard, 10'000) || !monitor.canReadLine())
                return {};
            const QByteArray line = monitor.readLine();
            if (QJsonDocument::fromJson(line).object().contains(QLatin1StringView("return")))
                return line;
        }
    }

    QString m_qemu;
    QStringList m_loops;
};

QTEST_GUILESS_MAIN(TestCommandLineOnQemu)
#include "tst_CommandLineOnQemu.moc"
