// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The console of a real QEMU, held against what QEMU itself says is on the screen.

#include "console/ConsoleSession.h"
#include "console/SpiceHelperTransport.h"
#include "tests/support/FreePort.h"
#include "tests/support/console/ConsoleTestNames.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QProcess>
#include <QSet>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace console;

namespace {

/// A port that nobody listens at, of 127.0.0.1.

int colours(const QImage& image)
{
    QSet<QRgb> seen;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            seen.insert(image.pixel(x, y));
    }
    return int(seen.size());
}

/// A machine without a disk: its firmware's text is all there is to see.
class Qemu {
public:
    /// `spice`: where its screen is served, as QEMU's -spice says it.
    bool start(const QString& program, const QString& card, const QString& spice,
        const QStringList& further = {})
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(program,
            QStringList { QStringLiteral("-accel"), QStringLiteral("tcg"), QStringLiteral("-m"),
                QStringLiteral("64"), QStringLiteral("-nodefaults"), QStringLiteral("-display"),
                QStringLiteral("none"), QStringLiteral("-device"), card, QStringLiteral("-spice"),
                spice + QStringLiteral(",disable-ticketing=on"), QStringLiteral("-qmp"),
                QStringLiteral("unix:%1,server=on,wait=off").arg(path("qmp")) }
                + further);
        // Its socket's file is there before anybody listens.
        const auto isConnected = [this] {
            if (m_qmp.state() == QLocalSocket::UnconnectedState)
                m_qmp.connectToServer(path("qmp"));
            return m_qmp.state() == QLocalSocket::ConnectedState;
        };
        return QTest::qWaitFor(isConnected, 20000) && ask(QStringLiteral("qmp_capabilities"));
    }

    void kill()
    {
        m_qmp.abort();
        m_process.kill();
        m_process.waitForFinished();
    }
    ~Qemu() { kill(); }

    QString path(const char* name) const { return m_folder.filePath(QLatin1StringView(name)); }

    /// One QMP command; true if QEMU carried it out.
    bool ask(const QString& command, const QJsonObject& arguments = {})
    {
        m_qmp.write(QJsonDocument(QJsonObject { { QStringLiteral("execute"), command },
                                      { QStringLiteral("arguments"), arguments } })
                        .toJson(QJsonDocument::Compact));
        bool done = false;
        const bool answered = QTest::qWaitFor(
            [&] {
                while (m_qmp.canReadLine()) {
                    const auto answer = QJsonDocument::fromJson(m_qmp.readLine()).object();
                    if (answer.contains(QStringLiteral("error")))
                        return true;
                    done = done || answer.contains(QStringLiteral("return"));
                    if (done) {
                        m_answer = answer[QStringLiteral("return")].toObject();
                        return true;
                    }
                }
                return false;
            },
            20000);
        return answered && done;
    }

    /// What such a command (query-status, query-migrate) says of the status.
    QString status(const QString& command)
    {
        return ask(command) ? m_answer[QStringLiteral("status")].toString() : QString();
    }

    QImage screenshot()
    {
        if (!ask(
                QStringLiteral("screendump"), { { QStringLiteral("filename"), path("shot.ppm") } }))
            return {};
        return QImage(path("shot.ppm")).convertToFormat(QImage::Format_RGB32);
    }

    bool isSettledAndEqual(const ConsoleSession& session)
    {
        const QImage first = screenshot();
        return colours(first) > 1 && session.frame().copy() == first && screenshot() == first;
    }

private:
    QTemporaryDir m_folder;
    QProcess m_process;
    QLocalSocket m_qmp;
    QJsonObject m_answer;
};

} // namespace

class tst_QemuConsole : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_program = QStandardPaths::findExecutable(QStringLiteral("qemu-system-x86_64"));
        if (m_program.isEmpty())
            QSKIP("qemu-system-x86_64 is not installed");
    }

    void firmwareText_isTheSameAsQemusOwnScreenshot_data()
    {
        QTest::addColumn<QString>("card");
        QTest::newRow("virtio-vga") << QStringLiteral("virtio-vga");
        QTest::newRow("VGA") << QStringLiteral("VGA");
    }

    void firmwareText_isTheSameAsQemusOwnScreenshot()
    {
        QFETCH(QString, card);
        Qemu qemu;
        QVERIFY(
            qemu.start(m_program, card, QStringLiteral("unix=on,addr=%1").arg(qemu.path("spice"))));
        ConsoleSession session(m_transport);
        session.open({ .unixSocket = qemu.path("spice") });
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Live, 20000);
        QTRY_VERIFY_WITH_TIMEOUT(session.firstFrameMs() >= 0, 20000);
        // Two pictures of a screen at rest: the firmware's text once it gave up looking for a disk.
        // Not by QTRY_VERIFY, which looks once more after it succeeded: by then the cursor has
        // blinked.
        QVERIFY(QTest::qWaitFor([&] { return qemu.isSettledAndEqual(session); }, 90000));
        QVERIFY(colours(session.frame()) > 1);

        // Ctrl+Alt+Del reaches the firmware, which starts over: the screen is drawn anew.
        QSignalSpy damage(&session, &ConsoleSession::damaged);
        session.sendKeyCombination({ 0x1d, 0x38, 0x153 });
        QTRY_VERIFY_WITH_TIMEOUT(damage.size() > 2, 30000);

        qemu.kill();
        QTRY_COMPARE(session.state(), SessionState::Lost);
        // One of the further channels may still be on its way.
        QVERIFY(session.endReason() == EndReason::ServerClosed
            || session.endReason() == EndReason::ConnectFailed);
        QVERIFY(!session.frame().isNull());
    }

    /// With seamless migration the channels go on over there as they are, else they begin anew
    /// there. If the machine is there before its client is, the server sends the client after it.
    void machineThatMigrates_isFollowed_data()
    {
        QTest::addColumn<QString>("seamless");
        QTest::addColumn<int>("headStartMs");
        QTest::newRow("seamless") << QStringLiteral("on") << 1000;
        QTest::newRow("semi-seamless") << QStringLiteral("off") << 1000;
        QTest::newRow("switch host") << QStringLiteral("on") << 0;
    }

    void machineThatMigrates_isFollowed()
    {
        QFETCH(QString, seamless);
        QFETCH(int, headStartMs);
        const auto screenAt = [&](quint16 port) {
            return QStringLiteral("port=%1,addr=127.0.0.1,seamless-migration=%2")
                .arg(port)
                .arg(seamless);
        };
        const quint16 herePort = tests::freePort();
        const quint16 therePort = tests::freePort();
        const QString way = QStringLiteral("tcp:127.0.0.1:%1").arg(tests::freePort());
        Qemu here;
        Qemu there;
        QVERIFY(here.start(m_program, QStringLiteral("VGA"), screenAt(herePort)));
        QVERIFY(there.start(m_program, QStringLiteral("VGA"), screenAt(therePort),
            { QStringLiteral("-incoming"), way }));
        ConsoleSession session(m_transport);
        QSignalSpy states(&session, &ConsoleSession::stateChanged);
        session.open({ .host = QStringLiteral("127.0.0.1"), .port = herePort });
        QVERIFY(QTest::qWaitFor([&] { return here.isSettledAndEqual(session); }, 90000));
        const auto changes = states.size();

        QVERIFY(here.ask(QStringLiteral("client_migrate_info"),
            { { QStringLiteral("protocol"), QStringLiteral("spice") },
                { QStringLiteral("hostname"), QStringLiteral("127.0.0.1") },
                { QStringLiteral("port"), therePort } }));
        QTest::qWait(headStartMs); // for the client to connect over there; QEMU does not tell
        QVERIFY(here.ask(QStringLiteral("migrate"), { { QStringLiteral("uri"), way } }));
        QTRY_COMPARE_WITH_TIMEOUT(
            here.status(QStringLiteral("query-migrate")), QStringLiteral("completed"), 60000);
        QTRY_COMPARE_WITH_TIMEOUT(
            there.status(QStringLiteral("query-status")), QStringLiteral("running"), 20000);
        QTest::qWait(1000); // the server over here says goodbye when the client is over there
        here.kill();
        QVERIFY(QTest::qWaitFor([&] { return there.isSettledAndEqual(session); }, 60000));
        QCOMPARE(session.state(), SessionState::Live);
        QSignalSpy damage(&session, &ConsoleSession::damaged);
        session.sendKeyCombination({ 0x1d, 0x38, 0x153 });
        QTRY_VERIFY_WITH_TIMEOUT(damage.size() > 2, 30000);
        QCOMPARE(session.state(), SessionState::Live);
        QCOMPARE(states.size(), changes);
    }

private:
    QString m_program;
    const TransportFactory m_transport
        = SpiceHelperTransport::factory(QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-console"));
};

QTEST_MAIN(tst_QemuConsole)
#include "tst_QemuConsole.moc"
