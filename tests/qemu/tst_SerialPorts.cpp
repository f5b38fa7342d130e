// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The serial port of a real guest, by way of the host: what it said before anybody came, several
// who come, one from elsewhere, and the end.

#include "tests/support/Await.h"
#include "tests/support/EmbeddedHome.h"
#include "tests/support/TestGuest.h"

#include <QFile>
#include <QLocalSocket>
#include <QTest>

using namespace hosts;

namespace {

constexpr int kPatience = 120'000;

QByteArray readUntil(QLocalSocket& socket, const QByteArray& wanted)
{
    QByteArray heard;
    (void)QTest::qWaitFor(
        [&] {
            heard += socket.readAll();
            return heard.contains(wanted);
        },
        kPatience);
    return heard;
}

} // namespace

class tst_SerialPorts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void whatWasSaidBefore_comesFirst();
    void severalClients_seeTheSame();
    void anotherProgram_isToldOf();
    void endOfTheMachine_endsThePort();
    void noSuchPort_isNotFound();
    void furtherPorts_areOthers();

private:
    vmm::Result<vmm::ConsoleEndpoint> open(int port = 0)
    {
        return tests::waitFor(m_host->call(OpenSerial { .vm = m_vm, .port = port }));
    }
    void boot(const QString& furtherDevices = {});

    std::optional<tests::TestGuest> m_guest = tests::TestGuest::find();
    std::unique_ptr<tests::TempHome> m_home;
    std::unique_ptr<embedded::EmbeddedHost> m_host;
    VmId m_vm;
};

void tst_SerialPorts::initTestCase()
{
    if (!m_guest)
        QSKIP("Tiny Linux is not built: ./dev guest");
}

void tst_SerialPorts::init()
{
    m_home = std::make_unique<tests::TempHome>();
    m_host = tests::embeddedHostIn(*m_home);
    m_host->open();
    QTRY_COMPARE_WITH_TIMEOUT(m_host->connectionState(), ConnectionState::Connected, kPatience);
}

void tst_SerialPorts::cleanup()
{
    if (!m_vm.isNull())
        (void)tests::waitFor(m_host->perform(m_vm, vmm::VmAction::ForceOff), kPatience);
    m_vm = {};
    m_host.reset();
    m_home.reset();
}

void tst_SerialPorts::boot(const QString& furtherDevices)
{
    const auto made = tests::waitFor(m_host->define(
        m_guest->domainXml(QStringLiteral("tiny"), QStringLiteral("qemu"), furtherDevices)));
    VERIFY_OK(made);
    m_vm = *made;
    VERIFY_OK(tests::waitFor(m_host->perform(m_vm, vmm::VmAction::Start), kPatience));
    const QString log = m_home->dataFolder() + QStringLiteral("/machines/")
        + m_vm.toString(QUuid::WithoutBraces) + QStringLiteral("/logs/serial.log");
    const auto isReady = [log] {
        QFile file(log);
        return file.open(QIODevice::ReadOnly) && file.readAll().contains("tiny# ");
    };
    QTRY_VERIFY_WITH_TIMEOUT(isReady(), kPatience);
}

void tst_SerialPorts::whatWasSaidBefore_comesFirst()
{
    boot();
    const auto consoles = m_host->vms().first().consoles;
    QVERIFY(consoles.contains(
        vmm::ConsoleChoice { .protocol = vmm::ConsoleEndpoint::Protocol::Serial }));
    const auto endpoint = open();
    VERIFY_OK(endpoint);
    QCOMPARE(endpoint->protocol, vmm::ConsoleEndpoint::Protocol::Serial);
    QLocalSocket client;
    client.connectToServer(endpoint->unixSocket);
    const QByteArray said = readUntil(client, "READY");
    QVERIFY2(said.contains("READY"), said.right(200));
    client.write("echo $((40 + 2))-typed\n");
    QVERIFY(readUntil(client, "42-typed").contains("42-typed"));
}

void tst_SerialPorts::severalClients_seeTheSame()
{
    boot();
    const auto one = open();
    const auto two = open();
    VERIFY_OK(one);
    VERIFY_OK(two);
    QCOMPARE(*one, *two);
    QLocalSocket first;
    QLocalSocket second;
    first.connectToServer(one->unixSocket);
    second.connectToServer(two->unixSocket);
    QVERIFY(readUntil(second, "READY").contains("READY"));
    first.write("echo $((1 + 1))-both\n");
    QVERIFY(readUntil(first, "2-both").contains("2-both"));
    QVERIFY(readUntil(second, "2-both").contains("2-both"));
    // One that leaves takes nothing from the other.
    first.abort();
    second.write("echo $((2 + 1))-one\n");
    QVERIFY(readUntil(second, "3-one").contains("3-one"));
}

void tst_SerialPorts::anotherProgram_isToldOf()
{
    boot();
    // QEMU's own socket lies beside the shared one.
    const auto endpoint = open();
    VERIFY_OK(endpoint);
    const QString folder = endpoint->unixSocket.section(QLatin1Char('/'), 0, -2);
    // The relay nobody came to lets go of the port.
    QLocalSocket stranger;
    stranger.connectToServer(folder + QStringLiteral("/serial"));
    QVERIFY(QTest::qWaitFor(
        [&] {
            const auto again = open();
            return !again && again.error().cause == vmm::ErrorCause::ConsoleInUse;
        },
        kPatience));
    stranger.abort();
    QTRY_VERIFY_WITH_TIMEOUT(open().has_value(), kPatience);
}

void tst_SerialPorts::endOfTheMachine_endsThePort()
{
    boot();
    const auto endpoint = open();
    VERIFY_OK(endpoint);
    QLocalSocket client;
    client.connectToServer(endpoint->unixSocket);
    QVERIFY(readUntil(client, "READY").contains("READY"));
    VERIFY_OK(tests::waitFor(m_host->perform(m_vm, vmm::VmAction::ForceOff), kPatience));
    QTRY_COMPARE_WITH_TIMEOUT(client.state(), QLocalSocket::UnconnectedState, kPatience);
    QCOMPARE(open().error().kind, vmm::ErrorKind::WrongState);
}

void tst_SerialPorts::noSuchPort_isNotFound()
{
    boot();
    QCOMPARE(open(7).error().kind, vmm::ErrorKind::NotFound);
    QCOMPARE(open(-1).error().kind, vmm::ErrorKind::NotFound);
}

void tst_SerialPorts::furtherPorts_areOthers()
{
    boot(QStringLiteral("<serial type='pty'/>"));
    const auto first = open(0);
    const auto second = open(1);
    VERIFY_OK(first);
    VERIFY_OK(second);
    QVERIFY(first->unixSocket != second->unixSocket);
    QLocalSocket shell;
    QLocalSocket other;
    shell.connectToServer(first->unixSocket);
    other.connectToServer(second->unixSocket);
    QVERIFY(readUntil(shell, "READY").contains("READY"));
    shell.write("echo over-there >/dev/ttyS1\n");
    QVERIFY(readUntil(other, "over-there").contains("over-there"));
}

QTEST_GUILESS_MAIN(tst_SerialPorts)
#include "tst_SerialPorts.moc"
