// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// VNC consoles of a real QEMU, held against what QEMU itself says is on the screen.

#include "console/ConsoleSession.h"
#include "console/SpiceHelperTransport.h"
#include "console/protocol/SealedFile.h"
#include "tests/support/console/ConsoleTestNames.h"
#include "tests/support/console/SoundServer.h"
#include "tests/support/console/VncQemu.h"

#include <QFile>
#include <QLocalSocket>
#include <QPointer>
#include <QSignalSpy>
#include <QTest>

#include <signal.h>

using namespace console;
using tests::VncQemu;

namespace {

constexpr int kPatience = 90'000;

} // namespace

class tst_QemuVnc : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void firmwareText_isTheSameAsQemusOwnScreenshot();
    void keysReachTheGuest();
    void text_goesThroughQemusClipboard_data();
    void text_goesThroughQemusClipboard();
    void sound_isHeardAtItsPitchAndVolume();
    void killedServer_isLostAndTheLastPictureStays();
    void stoppedServer_isToldFromAQuietScreen_data();
    void stoppedServer_isToldFromAQuietScreen();
    void killedHelper_leavesNoKeyPressed();

private:
    using Endpoint = vmm::ConsoleEndpoint;

    std::unique_ptr<VncQemu> m_qemu;
    std::unique_ptr<ConsoleSession> m_session;
};

void tst_QemuVnc::initTestCase()
{
    if (!VncQemu::isInstalled())
        QSKIP("qemu-system-x86_64 is not installed");
}

void tst_QemuVnc::init()
{
    m_qemu = std::make_unique<VncQemu>();
    m_session = std::make_unique<ConsoleSession>(
        SpiceHelperTransport::factory(QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-console")));
}

void tst_QemuVnc::cleanup()
{
    m_session.reset();
    m_qemu.reset();
}

void tst_QemuVnc::firmwareText_isTheSameAsQemusOwnScreenshot()
{
    QVERIFY(m_qemu->start(QStringLiteral("unix:") + m_qemu->path("vnc")));
    m_session->open({ .protocol = Endpoint::Protocol::Vnc, .unixSocket = m_qemu->path("vnc") });
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Live, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(m_session->firstFrameMs() >= 0, kPatience);
    // Not by QTRY_VERIFY, which looks once more after it succeeded: by then the cursor has blinked.
    QVERIFY(QTest::qWaitFor([this] { return m_qemu->isShownBy(*m_session); }, kPatience));

    // Ctrl+Alt+Del reaches the firmware, which starts over: the screen is drawn anew.
    QSignalSpy damage(m_session.get(), &ConsoleSession::damaged);
    m_session->sendKeyCombination({ 0x1d, 0x38, 0x153 });
    QTRY_VERIFY_WITH_TIMEOUT(damage.size() > 2, kPatience);
}

/// The lights prove it: QEMU's keyboard turns Caps Lock on, and says so.
void tst_QemuVnc::keysReachTheGuest()
{
    // The firmware sets them only while it asks for keys: as long as it offers its menu.
    QVERIFY(m_qemu->start(QStringLiteral("unix:") + m_qemu->path("vnc"),
        { QStringLiteral("-boot"), QStringLiteral("menu=on,splash-time=60000") }));
    m_session->open({ .protocol = Endpoint::Protocol::Vnc, .unixSocket = m_qemu->path("vnc") });
    QTRY_VERIFY_WITH_TIMEOUT(m_session->firstFrameMs() >= 0, kPatience);
    QVERIFY(QTest::qWaitFor([this] { return m_qemu->isShownBy(*m_session); }, kPatience));
    const bool wasOn = m_session->keyLocks().capsLock;
    const auto hasChanged = [&] { return m_session->keyLocks().capsLock != wasOn; };
    // A screen at rest does not yet mean that somebody listens: as a user would, once more.
    bool isHeard = false;
    for (int tries = 0; tries < 20 && !isHeard; ++tries) {
        m_session->key(0x3a, true);
        m_session->key(0x3a, false);
        isHeard = QTest::qWaitFor(hasChanged, 3'000);
    }
    QVERIFY(isHeard);
}

void tst_QemuVnc::text_goesThroughQemusClipboard_data()
{
    QTest::addColumn<bool>("isTcp");
    QTest::addColumn<bool>("isTls");
    QTest::newRow("unix socket") << false << false; // Hextile
    QTest::newRow("TCP") << true << false; // Tight
    QTest::newRow("TLS") << true << true;
}

/// QEMU's clipboard is one for all its clients: what one offers another can have.
void tst_QemuVnc::text_goesThroughQemusClipboard()
{
    QFETCH(bool, isTcp);
    QFETCH(bool, isTls);
    QStringList further;
    if (isTls) {
        QVERIFY(m_qemu->makeCertificates());
        further = m_qemu->certificateOptions();
    }
    const QString tcp = QStringLiteral("127.0.0.1:0,to=99%1")
                            .arg(isTls ? QStringLiteral(",tls-creds=tls0") : QString());
    QVERIFY(m_qemu->start(isTcp ? tcp : QStringLiteral("unix:") + m_qemu->path("vnc"), further));
    Endpoint endpoint { .protocol = Endpoint::Protocol::Vnc };
    if (isTcp) {
        endpoint.host = QStringLiteral("127.0.0.1");
        endpoint.port = m_qemu->port();
    } else {
        endpoint.unixSocket = m_qemu->path("vnc");
    }
    if (isTls) {
        endpoint.tlsCaFile = m_qemu->path("ca-cert.pem");
        endpoint.tlsSubject = QStringLiteral("localhost");
    }
    ConsoleSession other(
        SpiceHelperTransport::factory(QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-console")));
    for (ConsoleSession* session : { m_session.get(), &other }) {
        session->open(endpoint);
        QTRY_VERIFY_WITH_TIMEOUT(session->firstFrameMs() >= 0, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(session->isAgentConnected(), kPatience);
    }
    // Pictures go on meanwhile, in whichever encoding.
    m_session->sendKeyCombination({ 0x1d, 0x38, 0x153 });

    const QByteArray text = QByteArray("5 \xe2\x82\xac, ") + QByteArray(90'000, 'x');
    AgentChannel* giver = m_session->agent();
    giver->setClipboardSharing(ClipboardSharing::ToGuest);
    connect(giver, &AgentChannel::clipboardWanted, giver,
        [&](ClipboardSelection, ClipboardType, quint32 request) {
            const auto file = protocol::SealedFile::write(
                std::as_bytes(std::span(text.constData(), size_t(text.size()))));
            giver->answerClipboard(request, file.get(), quint64(text.size()));
        });
    AgentChannel* taker = other.agent();
    taker->setClipboardSharing(ClipboardSharing::FromGuest);
    connect(taker, &AgentChannel::clipboardOffered, taker,
        [&](ClipboardSelection selection, const ClipboardTypes& types) {
            if (types.contains(ClipboardType::Text))
                taker->requestClipboard(selection, ClipboardType::Text, 7);
        });
    QByteArray arrived;
    connect(taker, &AgentChannel::clipboardArrived, taker,
        [&](quint32, const ClipboardData& data, quint64) {
            if (data)
                arrived = QByteArray(reinterpret_cast<const char*>(data->bytes().data()),
                    qsizetype(data->bytes().size()));
        });
    for (int round = 0; round < 3; ++round) { // both streams stay understood
        arrived.clear();
        giver->offerClipboard(ClipboardSelection::Clipboard, { ClipboardType::Text });
        QTRY_COMPARE_WITH_TIMEOUT(arrived, text, kPatience);
        QTest::qWait(300); // the screen goes on
    }
    QVERIFY(QTest::qWaitFor([this] { return m_qemu->isShownBy(*m_session); }, kPatience));
}

/// The guest's own loudspeaker, played on from outside: 480 Hz.
void tst_QemuVnc::sound_isHeardAtItsPitchAndVolume()
{
    tests::SoundServer sound;
    if (!sound.start())
        QSKIP("pulseaudio is not installed");
    tests::Listener listener;
    QVERIFY(m_qemu->start(QStringLiteral("unix:%1,audiodev=sound").arg(m_qemu->path("vnc")),
        { QStringLiteral("-audiodev"), QStringLiteral("none,id=sound"), QStringLiteral("-machine"),
            QStringLiteral("pc,pcspk-audiodev=sound"), QStringLiteral("-qtest"),
            QStringLiteral("unix:%1,server=on,wait=off").arg(m_qemu->path("ports")) }));
    m_session->open({ .protocol = Endpoint::Protocol::Vnc, .unixSocket = m_qemu->path("vnc") });
    QTRY_VERIFY_WITH_TIMEOUT(m_session->firstFrameMs() >= 0, kPatience);
    QVERIFY(QTest::qWaitFor([this] { return m_qemu->isShownBy(*m_session); }, kPatience));
    GuestDevices& devices = m_session->devices();
    QTRY_COMPARE_WITH_TIMEOUT(devices.playback().flow, SoundFlow::Idle, kPatience);
    QCOMPARE(devices.microphone().flow, SoundFlow::Absent);

    QLocalSocket ports;
    ports.connectToServer(m_qemu->path("ports"));
    QVERIFY(ports.waitForConnected());
    ports.write("outb 0x43 0xb6\noutb 0x42 0xb5\noutb 0x42 0x09\noutb 0x61 0x03\n");
    QTRY_VERIFY2_WITH_TIMEOUT(devices.playback().flow == SoundFlow::Flowing,
        qPrintable(devices.playback().problem), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(
        listener.peak() > 5000 && std::abs(listener.frequency() - 480) < 10, kPatience);
    const int loud = listener.peak();
    devices.setSound({ .volume = 50 });
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(listener.peak() - loud / 8) < loud / 30, kPatience); // cubed
    devices.setSound({ .isMuted = true });
    QTRY_COMPARE_WITH_TIMEOUT(listener.peak(), 0, kPatience);
    devices.setSound({});
    QTRY_VERIFY_WITH_TIMEOUT(std::abs(listener.peak() - loud) < loud / 10, kPatience);

    ports.write("outb 0x61 0x00\n");
    QTRY_COMPARE_WITH_TIMEOUT(devices.playback().flow, SoundFlow::Idle, kPatience);
    QVERIFY(QTest::qWaitFor([this] { return m_qemu->isShownBy(*m_session); }, kPatience));
}

void tst_QemuVnc::killedServer_isLostAndTheLastPictureStays()
{
    QVERIFY(m_qemu->start(QStringLiteral("unix:") + m_qemu->path("vnc")));
    m_session->open({ .protocol = Endpoint::Protocol::Vnc, .unixSocket = m_qemu->path("vnc") });
    QTRY_VERIFY_WITH_TIMEOUT(m_session->firstFrameMs() >= 0, kPatience);
    m_qemu->kill();
    QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Lost, kPatience);
    QCOMPARE(m_session->endReason(), EndReason::ServerClosed);
    QVERIFY(!m_session->frame().isNull());
}

void tst_QemuVnc::stoppedServer_isToldFromAQuietScreen_data()
{
    QTest::addColumn<bool>("isGuestPaused");
    QTest::newRow("running guest") << false;
    QTest::newRow("paused guest") << true;
}

void tst_QemuVnc::stoppedServer_isToldFromAQuietScreen()
{
    QFETCH(bool, isGuestPaused);
    QVERIFY(m_qemu->start(QStringLiteral("unix:") + m_qemu->path("vnc")));
    m_session->open({ .protocol = Endpoint::Protocol::Vnc, .unixSocket = m_qemu->path("vnc") });
    QTRY_VERIFY_WITH_TIMEOUT(m_session->firstFrameMs() >= 0, kPatience);
    QVERIFY(QTest::qWaitFor([this] { return m_qemu->isShownBy(*m_session); }, kPatience));
    if (isGuestPaused)
        m_qemu->execute(QStringLiteral("stop"));
    QSignalSpy changed(m_session.get(), &ConsoleSession::responsiveChanged);
    const auto press = [this] {
        m_session->key(0x2a, true); // Shift: nothing happens on the screen
        m_session->key(0x2a, false);
    };
    press();
    QTest::qWait(7'000);
    press();
    QTest::qWait(7'000);
    QVERIFY(changed.isEmpty());
    ::kill(pid_t(m_qemu->processId()), SIGSTOP);
    press();
    QTRY_COMPARE_WITH_TIMEOUT(m_session->isResponsive(), false, kPatience);
    ::kill(pid_t(m_qemu->processId()), SIGCONT);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->isResponsive(), true, kPatience);
}

/// Nobody is left to release it; what QEMU tells its keyboard proves that it does.
void tst_QemuVnc::killedHelper_leavesNoKeyPressed()
{
    QVERIFY(m_qemu->start(QStringLiteral("unix:") + m_qemu->path("vnc"),
        { QStringLiteral("-trace"), QStringLiteral("input_event_key_qcode"), QStringLiteral("-D"),
            m_qemu->path("trace") }));
    const auto heard = [this](const char* key) {
        QFile trace(m_qemu->path("trace"));
        return trace.open(QIODevice::ReadOnly) && trace.readAll().contains(key);
    };
    QPointer<SpiceHelperTransport> first;
    ConsoleSession session([&first]() -> std::unique_ptr<ConsoleTransport> {
        auto transport = std::make_unique<SpiceHelperTransport>(
            QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-console"));
        if (!first)
            first = transport.get();
        return transport;
    });
    session.open({ .protocol = Endpoint::Protocol::Vnc, .unixSocket = m_qemu->path("vnc") });
    QTRY_VERIFY_WITH_TIMEOUT(session.firstFrameMs() >= 0, kPatience);
    session.key(0x2a, true);
    session.key(0x1e, true);
    QTRY_VERIFY_WITH_TIMEOUT(heard("qcode shift, down 1"), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(heard("qcode a, down 1"), kPatience);
    QVERIFY(!heard("down 0"));
    QSignalSpy changed(&session, &ConsoleSession::stateChanged);
    ::kill(pid_t(first->helperPid()), SIGKILL);
    QTRY_VERIFY_WITH_TIMEOUT(heard("qcode shift, down 0"), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(heard("qcode a, down 0"), kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Live, kPatience); // another helper
    QVERIFY(changed.size() > 1);
}

QTEST_MAIN(tst_QemuVnc)
#include "tst_QemuVnc.moc"
