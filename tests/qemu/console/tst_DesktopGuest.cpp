// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Clipboard, size, monitors, files, a shared folder and sound with a real agent: a Debian guest
// with an X server (tests/guest-desktop), asked by commands that run inside it.

#include "console/ClipboardBridge.h"
#include "console/ConsoleSession.h"
#include "console/FileTransfers.h"
#include "console/SpiceHelperTransport.h"
#include "console/protocol/SealedFile.h"
#include "tests/support/GuestShell.h"
#include "tests/support/console/ConsoleTestNames.h"
#include "tests/support/console/SoundServer.h"

#include <QBuffer>
#include <QClipboard>
#include <QCryptographicHash>
#include <QFile>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMimeData>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <cmath>

using namespace console;

namespace {

constexpr int kPatience = 90'000;

QString desktopFolder()
{
    const QString named = qEnvironmentVariable("VIRTDECK_TEST_DESKTOP");
    return named.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation)
            + QStringLiteral("/virtdeck/desktop")
                           : named;
}

} // namespace

class tst_DesktopGuest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QString qemu = QStandardPaths::findExecutable(QStringLiteral("qemu-system-x86_64"));
        if (qemu.isEmpty())
            QSKIP("qemu-system-x86_64 is not installed");
        const QString folder = desktopFolder();
        if (!QFile::exists(folder + QStringLiteral("/initrd.gz")))
            QSKIP("the desktop guest is not built (./dev guest)");
        m_qemu.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_qemu.start(qemu,
            QStringLiteral("-accel tcg -machine q35 -m 768 -nodefaults -display none -device "
                           "virtio-vga,max_outputs=2 -device virtio-serial-pci -chardev "
                           "spicevmc,id=agent,name=vdagent -device "
                           "virtserialport,chardev=agent,name=com.redhat.spice.0 -chardev "
                           "spiceport,id=folder,name=org.spice-space.webdav.0 -device "
                           "virtserialport,chardev=folder,name=org.spice-space.webdav.0 -device "
                           "ich9-intel-hda -device hda-duplex,audiodev=sound -audiodev "
                           "spice,id=sound -device qemu-xhci -device usb-tablet -serial "
                           "chardev:serial")
                    .split(QLatin1Char(' '))
                << QStringLiteral("-kernel") << folder + QStringLiteral("/vmlinuz")
                << QStringLiteral("-initrd") << folder + QStringLiteral("/initrd.gz")
                << QStringLiteral("-append") << QStringLiteral("console=ttyS0 console=tty0 quiet")
                << QStringLiteral("-chardev")
                << QStringLiteral("socket,id=serial,path=%1,server=on,wait=off").arg(path("serial"))
                << QStringLiteral("-spice")
                << QStringLiteral("unix=on,addr=%1,disable-ticketing=on").arg(path("spice")));
        QTRY_VERIFY_WITH_TIMEOUT(
            QFile::exists(path("serial")) && QFile::exists(path("spice")), kPatience);
        m_shell = std::make_unique<tests::GuestShell>(path("serial"));
        QVERIFY(QTest::qWaitFor([this] { return ask("echo up") == "up"; }, kPatience));
        const QByteArray said = m_shell->ask("desktop", 2 * kPatience);
        QVERIFY2(said.contains("DESKTOP"), said.constData());

        m_session = std::make_unique<ConsoleSession>(
            SpiceHelperTransport::factory(QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-console")));
        m_hasSound = m_sound.start();
        m_session->open({ .unixSocket = path("spice") });
        QTRY_COMPARE_WITH_TIMEOUT(m_session->state(), SessionState::Live, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(m_session->isAgentConnected(), kPatience);
        m_window = std::make_unique<QWidget>();
        m_view = new QLineEdit(m_window.get());
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        leaveView();
        m_bridge = std::make_unique<ClipboardBridge>(*m_view);
        m_bridge->setSession(m_session.get());
    }

    void cleanupTestCase()
    {
        m_bridge.reset();
        m_window.reset();
        m_session.reset();
        m_qemu.kill();
        m_qemu.waitForFinished();
    }

    void clipboardOff_theGuestSeesNothing()
    {
        QGuiApplication::clipboard()->setText(QStringLiteral("secret of the host"));
        focusView();
        QVERIFY(!ask("timeout 5 xclip -o -selection clipboard").contains("secret"));
        ask("echo -n secret of the guest | xclip -selection clipboard >/dev/null 2>&1");
        leaveView();
        QVERIFY(!ask("sleep 2; echo waited").isEmpty());
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("secret of the host"));
    }

    void textToGuest_isPastedThere()
    {
        m_bridge->setSharing(ClipboardSharing::ToGuest);
        QGuiApplication::clipboard()->setText(QStringLiteral("Grüße vom Host"));
        focusView();
        QVERIFY(QTest::qWaitFor(
            [this] {
                return ask("timeout 10 xclip -o -selection clipboard")
                    == QByteArray("Grüße vom Host");
            },
            kPatience));
        leaveView();
    }

    void textFromGuest_isPastedHere()
    {
        m_bridge->setSharing(ClipboardSharing::FromGuest);
        ask("echo -n aus dem Gast | xclip -selection clipboard >/dev/null 2>&1");
        QTRY_COMPARE_WITH_TIMEOUT(
            QGuiApplication::clipboard()->text(), QStringLiteral("aus dem Gast"), kPatience);
    }

    void pictures_goBothWays()
    {
        m_bridge->setSharing(ClipboardSharing::Both);
        QImage picture(40, 30, QImage::Format_RGB32);
        picture.fill(QColor(12, 34, 56));
        QGuiApplication::clipboard()->setImage(picture);
        focusView();
        QVERIFY(QTest::qWaitFor(
            [this] {
                return ask("timeout 10 xclip -o -selection clipboard -t image/png >/tmp/got.png; "
                           "head "
                           "-c 4 /tmp/got.png | tail -c 3")
                    == "PNG";
            },
            kPatience));
        leaveView();
        ask("xclip -selection clipboard -t image/png -i /tmp/got.png >/dev/null 2>&1");
        const auto got = [] {
            return QImage::fromData(
                QGuiApplication::clipboard()->mimeData()->data(QStringLiteral("image/png")), "PNG");
        };
        QTRY_COMPARE_WITH_TIMEOUT(got().pixelColor(3, 3), QColor(12, 34, 56), kPatience);
    }

    void markedText_isThePrimarySelection()
    {
        m_bridge->setSharing(ClipboardSharing::FromGuest);
        AgentChannel* agent = m_session->agent();
        ClipboardData got;
        connect(agent, &AgentChannel::clipboardOffered, this,
            [agent](ClipboardSelection selection, const ClipboardTypes& types) {
                if (selection == ClipboardSelection::Primary && !types.isEmpty())
                    agent->requestClipboard(selection, ClipboardType::Text, 4711);
            });
        connect(agent, &AgentChannel::clipboardArrived, this,
            [&got](quint32 request, const ClipboardData& data) {
                if (request == 4711)
                    got = data;
            });
        ask("echo -n marked | xclip -selection primary >/dev/null 2>&1");
        QTRY_VERIFY_WITH_TIMEOUT(got, kPatience);
        QCOMPARE(std::string_view(
                     reinterpret_cast<const char*>(got->bytes().data()), got->bytes().size()),
            std::string_view("marked"));
        agent->disconnect(this);
    }

    void size_isTakenByTheGuest()
    {
        m_session->requestGuestSize({ 1152, 864 });
        // What a desktop does by itself when a monitor tells of a new size: looks, and takes it.
        QVERIFY(QTest::qWaitFor(
            [this] {
                ask("xrandr >/dev/null; xrandr --output Virtual-1 --auto");
                return m_session->frame().size() == QSize(1152, 864);
            },
            kPatience));
        QVERIFY(ask("xrandr").contains("current 1152 x 864"));
    }

    void secondDisplay_isSwitchedOnAndOff()
    {
        QTRY_COMPARE_WITH_TIMEOUT(m_session->heads().offered(), 2, kPatience);
        m_session->requestHead(1, true);
        m_session->requestGuestSize({ 800, 600 }, 1);
        ConsoleHead* second = m_session->heads().at(1);
        QVERIFY(QTest::qWaitFor(
            [this, second] {
                ask("xrandr >/dev/null; xrandr --output Virtual-2 --auto --right-of Virtual-1");
                return second->isOn() && second->frame().size() == QSize(800, 600);
            },
            kPatience));
        QVERIFY(ask("xrandr").contains("current 1952 x 864"));
        ask("xsetroot -solid '#00ff00'");
        QTRY_COMPARE_WITH_TIMEOUT(
            second->frame().pixelColor(400, 300), QColor(0, 255, 0), kPatience);
        m_session->requestHead(1, false);
        QVERIFY(QTest::qWaitFor(
            [this] {
                ask("xrandr >/dev/null; xrandr --auto");
                return ask("xrandr").contains("Virtual-2 disconnected");
            },
            kPatience));
    }

    void file_arrivesUnchanged()
    {
        const QString name = QStringLiteral("a file ü.bin");
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QByteArray bytes(1'500'000, '\0');
        for (qsizetype i = 0; i < bytes.size(); ++i)
            bytes[i] = char(i * 7 + i / 251);
        file.write(bytes);
        file.close();
        m_session->files().send({ file.fileName() });
        QTRY_COMPARE_WITH_TIMEOUT(m_session->files().runningCount(), 0, 2 * kPatience);
        const FileTransfer& transfer = m_session->files().all().first();
        QVERIFY2(transfer.outcome == FileOutcome::Done, qPrintable(transfer.detail));
        const QByteArray sum = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
        const QByteArray there = ask("sha256sum /tmp/received/*.bin");
        QVERIFY2(there.startsWith(sum), there.constData());
        QVERIFY(ask("echo /tmp/received/*").contains(name.toUtf8()));
    }

    void sharedFolder_isReadAndWrittenThere()
    {
        QTemporaryDir shared;
        QFile file(shared.filePath(QStringLiteral("hello.txt")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("from the host");
        file.close();
        const QByteArray read = "timeout 10 wget -q -O - http://127.0.0.1:9843/hello.txt";
        const auto write = [this](const QByteArray& name) {
            return ask("printf 'PUT /" + name
                + " HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 14\\r\\nConnection: "
                  "close\\r\\n\\r\\nfrom the guest' | timeout 10 nc 127.0.0.1 9843 | head -1");
        };
        QVERIFY(!ask(read).contains("host")); // nothing is shared unasked

        m_session->devices().shareFolder({ .path = shared.path(), .isReadOnly = true });
        QVERIFY(QTest::qWaitFor([&] { return ask(read) == "from the host"; }, kPatience));
        QTRY_VERIFY(m_session->devices().folder().isUsed);
        write("refused.txt");
        QVERIFY(!QFile::exists(shared.filePath(QStringLiteral("refused.txt"))));

        m_session->devices().shareFolder({ .path = shared.path(), .isReadOnly = false });
        QFile reply(shared.filePath(QStringLiteral("reply.txt")));
        QByteArray said;
        QVERIFY2(QTest::qWaitFor(
                     [&] {
                         said = write("reply.txt");
                         return reply.exists();
                     },
                     kPatience),
            said.constData());
        QVERIFY(reply.open(QIODevice::ReadOnly));
        QCOMPARE(reply.readAll(), QByteArray("from the guest"));

        m_session->devices().shareFolder({});
        QVERIFY(QTest::qWaitFor([&] { return !ask(read).contains("host"); }, kPatience));
    }

    void sound_isHeardHere()
    {
        if (!m_hasSound)
            QSKIP("pulseaudio is not installed");
        GuestDevices& devices = m_session->devices();
        tests::Listener listener;
        ask("(speaker-test -t sine -f 600 -c 2 -D hw:0 -b 200000 -l 0 >/tmp/tone.log 2>&1 &)");
        QTRY_VERIFY2_WITH_TIMEOUT(devices.playback().flow == SoundFlow::Flowing,
            qPrintable(devices.playback().problem), kPatience);
        const bool isHeard = QTest::qWaitFor(
            [&] { return listener.peak() > 3000 && std::abs(listener.frequency() - 600) < 15; },
            kPatience);
        const int peak = listener.peak();
        QVERIFY2(isHeard, qPrintable(QStringLiteral("%1 Hz").arg(listener.frequency())));

        ask("amixer -q set Master 50%");
        QTRY_VERIFY_WITH_TIMEOUT(listener.peak() > 0 && listener.peak() < peak * 3 / 4, kPatience);
        ask("killall speaker-test");
        QTRY_COMPARE_WITH_TIMEOUT(listener.peak(), 0, kPatience);
    }

    void microphone_isRecordedThere()
    {
        if (!m_hasSound)
            QSKIP("pulseaudio is not installed");
        GuestDevices& devices = m_session->devices();
        // Waves in the last second: a loudspeaker that is listened to wakes up in two.
        const QByteArray waves = "timeout 30 arecord -q -D hw:0 -f S16_LE -c 2 -r 48000 -d 4 "
                                 "/tmp/heard.wav; tail -c 192000 /tmp/heard.wav | od -An -v -t d2 "
                                 "-w4 | awk '{ s = $1 < 0; c += s != p; p = s } END { print c / 2 "
                                 "}'";
        const QByteArray closed = ask(waves);
        QVERIFY2(!closed.isEmpty() && closed.toDouble() < 2, closed.constData()); // silence
        devices.setSound({ .isMicrophoneOn = true });
        QByteArray heard;
        const bool isHeard = QTest::qWaitFor(
            [&] {
                heard = ask(waves);
                return std::abs(heard.toDouble() - 400) < 15;
            },
            kPatience);
        QVERIFY2(isHeard, heard.constData());
    }

    void agentThatEnds_isTold()
    {
        ask("killall spice-vdagentd spice-vdagent");
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->isAgentConnected(), kPatience);
        m_session->files().send({ m_folder.filePath(QStringLiteral("a file ü.bin")) });
        QCOMPARE(m_session->files().all().last().outcome, FileOutcome::NoAgent);
    }

private:
    QString path(const char* name) const { return m_folder.filePath(QLatin1StringView(name)); }
    QByteArray ask(const QByteArray& command)
    {
        return m_shell->ask(
            "export DISPLAY=:0 PATH=/bin:/usr/bin:/usr/sbin; " + command, kPatience);
    }
    void focusView()
    {
        m_view->show();
        m_view->setFocus();
        QTRY_VERIFY(m_view->hasFocus());
    }
    void leaveView()
    {
        m_view->clearFocus();
        m_view->hide(); // the pointer may be over it
    }

    QTemporaryDir m_folder;
    tests::SoundServer m_sound;
    bool m_hasSound = false;
    QProcess m_qemu;
    std::unique_ptr<tests::GuestShell> m_shell;
    std::unique_ptr<ConsoleSession> m_session;
    std::unique_ptr<QWidget> m_window;
    QLineEdit* m_view = nullptr;
    std::unique_ptr<ClipboardBridge> m_bridge;
};

QTEST_MAIN(tst_DesktopGuest)
#include "tst_DesktopGuest.moc"
