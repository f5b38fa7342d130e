// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/libvirt/QemuHostFixture.h"
#include "tests/support/VdctlRun.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QUrl>

#include <csignal>

using namespace tests;
using hosts::VmId;

namespace {

const auto kPool = QStringLiteral("shelf");
const auto kName = QStringLiteral("screened");

} // namespace

/// vdctl with a real libvirtd: what it prints and what comes of it.
class tst_VdctlHost : public QemuHostTest {
    Q_OBJECT

protected Q_SLOTS:
    void initTestCase()
    {
        m_libvirtd.isolateNetwork();
        QemuHostTest::initTestCase();
    }

    void cleanup()
    {
        m_libvirtd.virsh({ QStringLiteral("pool-destroy"), kPool });
        m_libvirtd.virsh({ QStringLiteral("net-destroy"), QStringLiteral("lab") });
        QDir(folder()).removeRecursively();
        QemuHostTest::cleanup();
    }

private Q_SLOTS:
    void volumes_areMadeSentFetchedAndDeleted()
    {
        makePool();
        QCOMPARE(output("pool list --names"), kPool.toUtf8() + '\n');
        QVERIFY(output("pool list").contains("running"));
        QCOMPARE(output("volume create shelf disk 64M"), QByteArray());
        const QJsonObject disk
            = QJsonDocument::fromJson(output("--json volume list shelf")).array().at(0).toObject();
        QCOMPARE(disk.value(QStringLiteral("format")).toString(), QStringLiteral("qcow2"));
        QCOMPARE(disk.value(QStringLiteral("capacity")).toDouble(), 64.0 * (1 << 20));
        const QString source = m_libvirtd.imageFolder() + QStringLiteral("/source");
        write(source, QByteArray(3 << 20, 'v'));
        QCOMPARE(output("volume upload shelf sent " + source.toUtf8()), QByteArray());
        QCOMPARE(output("volume download shelf sent " + source.toUtf8() + ".back"), QByteArray());
        QCOMPARE(contentOf(source + QStringLiteral(".back")), contentOf(source));
        QCOMPARE(output("volume delete shelf sent disk"), QByteArray());
        QCOMPARE(output("volume list shelf --names"), QByteArray());
        QFile::remove(source + QStringLiteral(".back"));
    }

    void newMachine_isWhereItWasToBe()
    {
        makePool();
        startNetwork();
        m_defined << QStringLiteral("placed");
        const auto refused = runVdctl(
            uri(), words(QStringLiteral("create placed --network lab --network nowhere")));
        QVERIFY2(refused.exitCode == 4, refused.errors.constData());
        QVERIFY2(refused.errors.contains("nowhere"), refused.errors.constData());
        output("create placed --memory 64M --disk 16M --pool shelf --network lab --network user");
        const QByteArray xml = output("xml placed");
        QVERIFY(xml.contains("<source network='lab'/>") && xml.contains("<interface type='user'>"));
        QVERIFY(QFile::exists(folder() + QStringLiteral("/placed.qcow2")));
    }

    void networks_areListed()
    {
        startNetwork();
        const QJsonObject lab
            = QJsonDocument::fromJson(output("--json network list")).array().at(0).toObject();
        QCOMPARE(lab.value(QStringLiteral("name")).toString(), QStringLiteral("lab"));
        QCOMPARE(lab.value(QStringLiteral("active")).toBool(), true);
        QVERIFY(output("network leases lab").startsWith("ADDRESS"));
    }

    /// Whoever reads it comes when the command has ended.
    void addressOfAScreen_isThatOfTheScreen()
    {
        startWith(QStringLiteral("<graphics type='vnc' autoport='yes' listen='127.0.0.1'/>"));
        const QUrl url(QString::fromUtf8(output("console-uri " + kName.toUtf8()).trimmed()));
        QCOMPARE(url.scheme(), QStringLiteral("vnc"));
        QVERIFY(url.port() >= 5900);
        QCOMPARE(m_libvirtd.virsh({ QStringLiteral("domdisplay"), kName }).trimmed(),
            QStringLiteral("vnc://127.0.0.1:%1").arg(url.port() - 5900));
    }

    void screenThatListensNowhere_isHeldOpen()
    {
        startWith(QStringLiteral("<graphics type='vnc'><listen type='none'/></graphics>"));
        const auto refused = runVdctl(uri(), { QStringLiteral("console-uri"), kName });
        QCOMPARE(refused.exitCode, 9);
        QCOMPARE(refused.output, QByteArray());
        QVERIFY2(refused.errors.contains("--hold"), refused.errors.constData());

        QProcess program;
        startVdctl(
            program, uri(), { QStringLiteral("console-uri"), QStringLiteral("--hold"), kName });
        QTRY_VERIFY_WITH_TIMEOUT(program.bytesAvailable() > 0, kPatienceMs);
        const QString path = QString::fromUtf8(program.readAllStandardOutput().trimmed())
                                 .mid(int(strlen("vnc+unix://")));
        QLocalSocket socket;
        socket.connectToServer(path);
        QTRY_VERIFY_WITH_TIMEOUT(socket.bytesAvailable() >= 4, kPatienceMs);
        QCOMPARE(socket.read(4), QByteArray("RFB "));
        ::kill(pid_t(program.processId()), SIGINT);
        QCOMPARE(endOf(program).exitCode, 0);
        QTRY_VERIFY(!QFile::exists(path));
    }

    void heldScreen_endsWithItsMachine()
    {
        startWith(QStringLiteral("<graphics type='vnc'><listen type='none'/></graphics>"));
        QProcess program;
        startVdctl(
            program, uri(), { QStringLiteral("console-uri"), QStringLiteral("--hold"), kName });
        QTRY_VERIFY_WITH_TIMEOUT(program.bytesAvailable() > 0, kPatienceMs);
        m_libvirtd.virsh({ QStringLiteral("destroy"), kName });
        QCOMPARE(endOf(program).exitCode, 0);
    }

private:
    QString uri() const { return m_libvirtd.uri().toString(); }
    QString folder() const { return m_libvirtd.imageFolder() + QStringLiteral("/shelf"); }

    static void write(const QString& path, const QByteArray& content)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

    static QByteArray contentOf(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    /// Of a command that succeeds.
    QByteArray output(const QByteArray& line)
    {
        const VdctlRun run = runVdctl(uri(), words(QString::fromUtf8(line)));
        [&] { QVERIFY2(run.exitCode == 0, run.errors.constData()); }();
        return run.output;
    }

    void makePool()
    {
        QDir().mkpath(folder());
        m_libvirtd.virsh({ QStringLiteral("pool-create-as"), kPool, QStringLiteral("dir"),
            QStringLiteral("--target"), folder() });
    }

    void startNetwork()
    {
        const QString path = m_libvirtd.imageFolder() + QStringLiteral("/lab.xml");
        write(path, "<network><name>lab</name><bridge name='vdlab0'/></network>");
        bool isMade = false;
        const QString said = m_libvirtd.virsh({ QStringLiteral("net-create"), path }, &isMade);
        QVERIFY2(isMade, qPrintable(said));
    }

    void startWith(const QString& graphics)
    {
        static const QRegularExpression usual(QStringLiteral("<graphics.*/>(?=<video)"));
        const VmId vm = define(bareMachine(kName).replace(usual, graphics), kName);
        start(vm);
    }
};

QTEST_GUILESS_MAIN(tst_VdctlHost)
#include "moc_QemuHostFixture.cpp"
#include "tst_VdctlHost.moc"
