// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The console of a real QEMU, held against what QEMU itself says is on the screen.

#include "console/ConsoleSession.h"
#include "console/SpiceHelperTransport.h"
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

using namespace console;

class tst_QemuConsole : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_qemu = QStandardPaths::findExecutable(QStringLiteral("qemu-system-x86_64"));
        if (m_qemu.isEmpty())
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
        QVERIFY(start(card));
        ConsoleSession session(
            SpiceHelperTransport::factory(QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-console")));
        session.open({ .unixSocket = path("spice") });
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), SessionState::Live, 20000);
        QTRY_VERIFY_WITH_TIMEOUT(session.firstFrameMs() >= 0, 20000);
        // Two pictures of a screen at rest: the firmware's text once it gave up looking for a disk.
        // Not by QTRY_VERIFY, which looks once more after it succeeded: by then the cursor has
        // blinked.
        QVERIFY(QTest::qWaitFor([&] { return isSettledAndEqual(session); }, 90000));
        QVERIFY(colours(session.frame()) > 1);

        // Ctrl+Alt+Del reaches the firmware, which starts over: the screen is drawn anew.
        QSignalSpy damage(&session, &ConsoleSession::damaged);
        session.sendKeyCombination({ 0x1d, 0x38, 0x153 });
        QTRY_VERIFY_WITH_TIMEOUT(damage.size() > 2, 30000);

        m_process.kill();
        m_process.waitForFinished();
        QTRY_COMPARE(session.state(), SessionState::Lost);
        QCOMPARE(session.endReason(), EndReason::ServerClosed);
        QVERIFY(!session.frame().isNull());
    }

    void cleanup()
    {
        m_qmp.abort();
        m_process.kill();
        m_process.waitForFinished();
    }

private:
    QString path(const char* name) const { return m_folder.filePath(QLatin1StringView(name)); }

    bool start(const QString& card)
    {
        QFile::remove(path("spice"));
        QFile::remove(path("qmp"));
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(m_qemu,
            { QStringLiteral("-accel"), QStringLiteral("tcg"), QStringLiteral("-m"),
                QStringLiteral("64"), QStringLiteral("-nodefaults"), QStringLiteral("-display"),
                QStringLiteral("none"), QStringLiteral("-device"), card, QStringLiteral("-spice"),
                QStringLiteral("unix=on,addr=%1,disable-ticketing=on").arg(path("spice")),
                QStringLiteral("-qmp"),
                QStringLiteral("unix:%1,server=on,wait=off").arg(path("qmp")) });
        // Its socket's file is there before anybody listens.
        const auto isConnected = [this] {
            if (m_qmp.state() == QLocalSocket::UnconnectedState)
                m_qmp.connectToServer(path("qmp"));
            return m_qmp.state() == QLocalSocket::ConnectedState;
        };
        return QTest::qWaitFor(isConnected, 20000) && ask(QStringLiteral("qmp_capabilities"), {})
            && QFile::exists(path("spice"));
    }

    /// One QMP command; true if QEMU carried it out.
    bool ask(const QString& command, const QJsonObject& arguments)
    {
        m_qmp.write(QJsonDocument(QJsonObject { { QStringLiteral("execute"), command },
                                      { QStringLiteral("arguments"), arguments } })
                        .toJson(QJsonDocument::Compact));
        bool done = false;
        const bool answered = QTest::qWaitFor(
            [&] {
                while (m_qmp.canReadLine()) {
                    const auto answer = QJsonDocument::fromJson(m_qmp.readLine()).object();
                    done = done || answer.contains(QStringLiteral("return"));
                    if (done || answer.contains(QStringLiteral("error")))
                        return true;
                }
                return false;
            },
            20000);
        return answered && done;
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

    static int colours(const QImage& image)
    {
        QSet<QRgb> seen;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                seen.insert(image.pixel(x, y));
        }
        return int(seen.size());
    }

    QString m_qemu;
    QTemporaryDir m_folder;
    QProcess m_process;
    QLocalSocket m_qmp;
};

QTEST_MAIN(tst_QemuConsole)
#include "tst_QemuConsole.moc"
