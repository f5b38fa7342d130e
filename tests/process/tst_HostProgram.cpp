// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/Frame.h"
#include "hosts/wire/MessageCodec.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>

#include <algorithm>

/// virtdeck-host as whoever starts it sees it.
class tst_HostProgram : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void helpAndVersion_arePrinted()
    {
        run({ QStringLiteral("--help") });
        QCOMPARE(m_process->exitCode(), 0);
        QVERIFY(m_process->readAllStandardOutput().startsWith("Usage: virtdeck-host URI"));
        run({ QStringLiteral("--version") });
        QCOMPARE(m_process->exitCode(), 0);
        QCOMPARE(
            m_process->readAllStandardOutput(), QByteArray("virtdeck-host " VIRTDECK_VERSION "\n"));
    }

    void wrongUsage_isSaidInASentence_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("nothing") << QStringList {} << QByteArray("one URI is needed");
        QTest::newRow("two URIs") << QStringList { QStringLiteral("a:///"),
            QStringLiteral("b:///") }
                                  << QByteArray("one URI is needed");
        QTest::newRow("an unknown option")
            << QStringList { QStringLiteral("--fly") } << QByteArray("no option --fly");
        QTest::newRow("no URI") << QStringList { QStringLiteral("qemu") }
                                << QByteArray("starts with a scheme");
        QTest::newRow("a password") << QStringList { QStringLiteral("qemu+ssh://a:b@c/system") }
                                    << QByteArray("must not contain a password");
    }

    void wrongUsage_isSaidInASentence()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, said);
        run(arguments);
        QCOMPARE(m_process->exitCode(), 2);
        const QByteArray text = m_process->readAllStandardError();
        QVERIFY2(text.startsWith("virtdeck-host: ") && text.contains(said), text.constData());
        QVERIFY(m_process->readAllStandardOutput().isEmpty());
    }

    void endOfInput_endsTheProgramAfterAHello()
    {
        run({ QStringLiteral("test:///default") }); // run() closes its input
        QCOMPARE(m_process->exitStatus(), QProcess::NormalExit);
        QCOMPARE(m_process->exitCode(), 0);
        hosts::wire::FrameReader frames;
        frames.feed(m_process->readAllStandardOutput());
        const auto frame = frames.next();
        QVERIFY(frame.has_value() && frame->has_value());
        const auto hello = hosts::wire::decode(**frame);
        QVERIFY(hello.has_value());
        QCOMPARE(std::get<hosts::wire::Hello>(*hello).uri, QStringLiteral("test:///default"));
        QCOMPARE(std::get<hosts::wire::Hello>(*hello).protocol, hosts::wire::kProtocolVersion);
    }

    /// A QEMU that comes from it would inherit it.
    void niceness_letsTheWindowGoFirst_data()
    {
        QTest::addColumn<QString>("uri");
        QTest::addColumn<int>("niceness");
        QTest::newRow("libvirt") << QStringLiteral("test:///default") << 10;
        QTest::newRow("a session") << QStringLiteral("test:///session") << 0;
        QTest::newRow("embedded") << QStringLiteral("embedded://") + m_folder.path() << 0;
    }

    void niceness_letsTheWindowGoFirst()
    {
        QFETCH(QString, uri);
        QFETCH(int, niceness);
        QProcess process;
        process.start(QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-host"), { uri });
        QVERIFY(process.waitForReadyRead(10'000)); // its hello
        const int own = ::getpriority(PRIO_PROCESS, 0);
        QCOMPARE(::getpriority(PRIO_PROCESS, static_cast<id_t>(process.processId())),
            std::max(own, niceness));
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished(10'000));
    }

private:
    void run(const QStringList& arguments)
    {
        m_process = std::make_unique<QProcess>();
        m_process->start(QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck-host"), arguments);
        m_process->closeWriteChannel();
        QTRY_COMPARE_WITH_TIMEOUT(m_process->state(), QProcess::NotRunning, 10'000);
    }

    QTemporaryDir m_folder;
    std::unique_ptr<QProcess> m_process;
};

QTEST_GUILESS_MAIN(tst_HostProgram)
#include "tst_HostProgram.moc"
