// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Who gets to the screen of a machine of the embedded host, and who is there: passwords, and
// clients that share a screen or push each other out. A real QEMU, real connections.

#include "console/ConsoleSession.h"
#include "console/SpiceHelperTransport.h"
#include "tests/support/Await.h"
#include "tests/support/EmbeddedHome.h"
#include "tests/support/TestNames.h"
#include "tests/support/console/ConsoleTestNames.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTest>

using namespace hosts;
using console::ConsoleSession;
using console::EndReason;
using console::SessionState;
using tests::waitFor;
using vmm::ConsoleEndpoint;

namespace {

constexpr int kPatience = 90'000;
const QString kSecret = QStringLiteral("sesame");

/// A machine without a guest: its firmware has a screen, too.
QString domainXml(const QString& graphics)
{
    return QStringLiteral("<domain type='qemu'><name>screen</name>"
                          "<memory unit='MiB'>64</memory><vcpu>1</vcpu>"
                          "<os><type arch='x86_64' machine='pc'>hvm</type></os>"
                          "<devices>%1<video><model type='vga'/></video></devices></domain>")
        .arg(graphics);
}

std::unique_ptr<ConsoleSession> newSession()
{
    return std::make_unique<ConsoleSession>(console::SpiceHelperTransport::factory(
        QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-console")));
}

/// Whatever any program on this computer was started with.
bool isOnSomeCommandLine(const QString& text)
{
    const QStringList pids
        = QDir(QStringLiteral("/proc")).entryList({ QStringLiteral("[0-9]*") }, QDir::Dirs);
    for (const QString& pid : pids) {
        QFile file(QStringLiteral("/proc/%1/cmdline").arg(pid));
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(text.toUtf8()))
            return true;
    }
    return false;
}

/// Fails the check unless it failed in that way.
#define VERIFY_FAILED(result, expected)                                                            \
    do {                                                                                           \
        const auto done = result;                                                                  \
        QVERIFY(!done.has_value());                                                                \
        QCOMPARE(done.error().kind, expected);                                                     \
    } while (false)

} // namespace

class tst_ScreenAccess : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void password_isAskedForAndGivenByItself_data() { addProtocols(); }
    void password_isAskedForAndGivenByItself();
    void password_outlastsASave_data() { addProtocols(); }
    void password_outlastsASave();
    void anotherPassword_countsAtOnce_data() { addProtocols(); }
    void anotherPassword_countsAtOnce();
    void firstPassword_countsFromTheNextStartOn();
    void tooLongPassword_isRefusedByName();
    void whoIsThere_isTold_data() { addProtocols(); }
    void whoIsThere_isTold();
    void vncClients_shareOrPushEachOtherOut();

private:
    static void addProtocols();
    void boot(const QString& graphics);
    vmm::Result<ConsoleEndpoint> endpoint()
    {
        return waitFor(m_host->call(GetConsole { .vm = m_vm }), kPatience);
    }
    vmm::Result<void> setPassword(const QString& password)
    {
        return waitFor(
            m_host->call(SetScreenPassword { .vm = m_vm, .password = password }), kPatience);
    }
    static SessionState outcomeOf(ConsoleSession& session, const ConsoleEndpoint& endpoint)
    {
        session.open(endpoint);
        (void)QTest::qWaitFor(
            [&] {
                return session.state() == SessionState::Live
                    || session.state() == SessionState::Lost;
            },
            kPatience);
        if (session.state() == SessionState::Lost)
            qInfo("%s: %s", qPrintable(console::nameOf(session.endReason())),
                qPrintable(session.endDetail()));
        return session.state();
    }

    std::unique_ptr<tests::TempHome> m_home;
    std::unique_ptr<embedded::EmbeddedHost> m_host;
    VmId m_vm;
};

void tst_ScreenAccess::initTestCase()
{
    if (QStandardPaths::findExecutable(QStringLiteral("qemu-system-x86_64")).isEmpty())
        QSKIP("qemu-system-x86_64 is not installed");
}

void tst_ScreenAccess::addProtocols()
{
    QTest::addColumn<QString>("protocol");
    QTest::newRow("vnc") << QStringLiteral("vnc");
    QTest::newRow("spice") << QStringLiteral("spice");
}

void tst_ScreenAccess::init()
{
    m_home = std::make_unique<tests::TempHome>();
    m_host = tests::embeddedHostIn(*m_home);
    m_host->open();
    QTRY_COMPARE_WITH_TIMEOUT(m_host->connectionState(), ConnectionState::Connected, kPatience);
}

void tst_ScreenAccess::cleanup()
{
    if (!m_vm.isNull())
        (void)waitFor(m_host->perform(m_vm, vmm::VmAction::ForceOff), kPatience);
    m_vm = {};
    m_host.reset();
    m_home.reset();
}

void tst_ScreenAccess::boot(const QString& graphics)
{
    const auto made = waitFor(m_host->define(domainXml(graphics)));
    VERIFY_OK(made);
    m_vm = *made;
    VERIFY_OK(waitFor(m_host->perform(m_vm, vmm::VmAction::Start), kPatience));
}

void tst_ScreenAccess::password_isAskedForAndGivenByItself()
{
    QFETCH(QString, protocol);
    boot(QStringLiteral("<graphics type='%1' passwd='%2'/>").arg(protocol, kSecret));
    QVERIFY(!isOnSomeCommandLine(kSecret));
    auto way = endpoint();
    VERIFY_OK(way);
    QCOMPARE(way->password, kSecret);
    const auto session = newSession();
    QCOMPARE(outcomeOf(*session, *way), SessionState::Live);
    session->close();
    way->password = QStringLiteral("simsim");
    QCOMPARE(outcomeOf(*session, *way), SessionState::Lost);
    QCOMPARE(session->endReason(), EndReason::AuthenticationFailed);
    way->password.clear();
    QCOMPARE(outcomeOf(*session, *way), SessionState::Lost);
    QCOMPARE(session->endReason(), EndReason::AuthenticationFailed);
}

void tst_ScreenAccess::password_outlastsASave()
{
    QFETCH(QString, protocol);
    boot(QStringLiteral("<graphics type='%1' passwd='%2'/>").arg(protocol, kSecret));
    VERIFY_OK(waitFor(m_host->perform(m_vm, vmm::VmAction::Save), kPatience));
    VERIFY_OK(waitFor(m_host->perform(m_vm, vmm::VmAction::Start), kPatience));
    const auto way = endpoint();
    VERIFY_OK(way);
    const auto session = newSession();
    QCOMPARE(outcomeOf(*session, *way), SessionState::Live);
}

void tst_ScreenAccess::anotherPassword_countsAtOnce()
{
    QFETCH(QString, protocol);
    boot(QStringLiteral("<graphics type='%1' passwd='%2'/>").arg(protocol, kSecret));
    auto before = endpoint();
    VERIFY_OK(before);
    VERIFY_OK(setPassword(QStringLiteral("another")));
    const auto session = newSession();
    QCOMPARE(outcomeOf(*session, *before), SessionState::Lost);
    QCOMPARE(session->endReason(), EndReason::AuthenticationFailed);
    const auto after = endpoint();
    VERIFY_OK(after);
    QCOMPARE(after->password, QStringLiteral("another"));
    QCOMPARE(outcomeOf(*session, *after), SessionState::Live);
    QVERIFY(!m_host->vms().first().hasPendingChanges);
    // None any more: from the next start on, until then it is the one before.
    session->close();
    VERIFY_OK(setPassword({}));
    QCOMPARE(outcomeOf(*session, *after), SessionState::Live);
    session->close();
    VERIFY_OK(waitFor(m_host->perform(m_vm, vmm::VmAction::ForceOff), kPatience));
    VERIFY_OK(waitFor(m_host->perform(m_vm, vmm::VmAction::Start), kPatience));
    const auto open = endpoint();
    VERIFY_OK(open);
    QVERIFY(open->password.isEmpty());
    QCOMPARE(outcomeOf(*session, *open), SessionState::Live);
}

void tst_ScreenAccess::firstPassword_countsFromTheNextStartOn()
{
    boot(QStringLiteral("<graphics type='vnc'/>"));
    VERIFY_OK(setPassword(kSecret));
    auto way = endpoint();
    VERIFY_OK(way);
    QVERIFY(way->password.isEmpty());
    const auto session = newSession();
    QCOMPARE(outcomeOf(*session, *way), SessionState::Live);
    session->close();
    VERIFY_OK(waitFor(m_host->perform(m_vm, vmm::VmAction::ForceOff), kPatience));
    VERIFY_OK(waitFor(m_host->perform(m_vm, vmm::VmAction::Start), kPatience));
    way = endpoint();
    VERIFY_OK(way);
    QCOMPARE(way->password, kSecret);
    QCOMPARE(outcomeOf(*session, *way), SessionState::Live);
}

void tst_ScreenAccess::tooLongPassword_isRefusedByName()
{
    const QString tooLong = QStringLiteral("open-sesame");
    const auto made = waitFor(m_host->define(
        domainXml(QStringLiteral("<graphics type='vnc' passwd='%1'/>").arg(tooLong))));
    VERIFY_FAILED(made, vmm::ErrorKind::InvalidConfig);
    QVERIFY(made.error().toString().contains(QStringLiteral("passwd")));
    QVERIFY(!made.error().toString().contains(tooLong));
    boot(QStringLiteral("<graphics type='vnc'/>"));
    VERIFY_FAILED(setPassword(tooLong), vmm::ErrorKind::InvalidConfig);
    VERIFY_FAILED(waitFor(m_host->call(SetScreenPassword {
                      .vm = m_vm, .screen = ScreenKind::Spice, .password = kSecret })),
        vmm::ErrorKind::HostLacksFeature);
}

void tst_ScreenAccess::whoIsThere_isTold()
{
    QFETCH(QString, protocol);
    boot(QStringLiteral("<graphics type='%1'/>").arg(protocol));
    const auto way = endpoint();
    VERIFY_OK(way);
    QVERIFY(way->clients.isEmpty());
    const QDateTime before = QDateTime::currentDateTimeUtc();
    const auto session = newSession();
    QCOMPARE(outcomeOf(*session, *way), SessionState::Live);
    QTRY_COMPARE_WITH_TIMEOUT(endpoint()->clients.size(), 1, kPatience);
    const vmm::ConsoleClient client = endpoint()->clients.first();
    QVERIFY(client.address.isEmpty()); // a unix socket
    QVERIFY(client.since >= before && client.since <= QDateTime::currentDateTimeUtc());
    session->close();
    QTRY_VERIFY_WITH_TIMEOUT(endpoint()->clients.isEmpty(), kPatience);
}

void tst_ScreenAccess::vncClients_shareOrPushEachOtherOut()
{
    boot(QStringLiteral("<graphics type='vnc'/>"));
    const auto way = endpoint();
    VERIFY_OK(way);
    const auto first = newSession();
    const auto second = newSession();
    QCOMPARE(outcomeOf(*first, *way), SessionState::Live);
    QCOMPARE(outcomeOf(*second, *way), SessionState::Live);
    QTRY_COMPARE_WITH_TIMEOUT(endpoint()->clients.size(), 2, kPatience);
    QCOMPARE(first->state(), SessionState::Live);
    second->close();
    second->setOptions({ .isExclusive = true });
    QCOMPARE(outcomeOf(*second, *way), SessionState::Live);
    QTRY_COMPARE_WITH_TIMEOUT(first->state(), SessionState::TakenOver, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(endpoint()->clients.size(), 1, kPatience);
}

QTEST_MAIN(tst_ScreenAccess)
#include "tst_ScreenAccess.moc"
