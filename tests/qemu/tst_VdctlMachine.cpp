// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/GuestFixture.h"
#include "tests/support/TempHome.h"
#include "tests/support/TestGuest.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

/// The life of a real machine by vdctl alone, each command a process of its own.
class tst_VdctlMachine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_guest = tests::TestGuest::find();
        if (!m_guest)
            QSKIP("Tiny Linux is not built; run ./dev guest");
        QDir().mkpath(m_home.runtimeFolder());
        QFile::setPermissions(m_home.runtimeFolder(),
            QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
        qputenv("XDG_RUNTIME_DIR", m_home.runtimeFolder().toLocal8Bit());
    }

    void cleanup() { (void)run({ QStringLiteral("force-off"), QStringLiteral("tiny") }); }

    void machine_livesByCommandsAlone()
    {
        const QString xml = m_home.write(
            QStringLiteral("tiny.xml"), m_guest->domainXml(QStringLiteral("tiny")).toUtf8());
        QCOMPARE(run({ QStringLiteral("define"), xml }), 0);
        const QString id = QString::fromLatin1(m_output.trimmed());
        QVERIFY(!QUuid(id).isNull());
        QCOMPARE(state(), QStringLiteral("shut off"));
        QCOMPARE(run({ QStringLiteral("start"), id }), 0);
        QCOMPARE(state(), QStringLiteral("running"));
        QCOMPARE(run({ QStringLiteral("start"), QStringLiteral("tiny") }), 7); // it runs
        QCOMPARE(run({ QStringLiteral("console-uri"), QStringLiteral("tiny") }), 0);
        const QString socket = QString::fromUtf8(m_output.trimmed().mid(qstrlen("spice+unix://")));
        QVERIFY2(QFile::exists(socket), qPrintable(socket));
        QCOMPARE(run({ QStringLiteral("metrics"), QStringLiteral("tiny") }), 0);
        QVERIFY(m_output.contains("tiny") && m_output.contains("MiB"));
        QCOMPARE(run({ QStringLiteral("pause"), QStringLiteral("tiny") }), 0);
        QCOMPARE(state(), QStringLiteral("paused"));
        QCOMPARE(run({ QStringLiteral("resume"), QStringLiteral("tiny") }), 0);
        // It hears the power button once it has booted; it may do so when we have stopped waiting.
        const auto isShutDown = [this] {
            return run({ QStringLiteral("shutdown"), QStringLiteral("--wait"), QStringLiteral("10"),
                       QStringLiteral("tiny") })
                == 0
                || state() == QLatin1StringView("shut off");
        };
        QVERIFY(QTest::qWaitFor(isShutDown, 300'000));
        QCOMPARE(state(), QStringLiteral("shut off"));
        QCOMPARE(run({ QStringLiteral("undefine"), QStringLiteral("tiny") }), 0);
        QCOMPARE(run({ QStringLiteral("info"), QStringLiteral("tiny") }), 4);
        QCOMPARE(run({ QStringLiteral("list"), QStringLiteral("--names") }), 0);
        QVERIFY(m_output.isEmpty());
    }

    void reboot_isSeenToWhenTheCommandIsGone()
    {
        const QString xml = m_home.write(
            QStringLiteral("rebooted.xml"), m_guest->domainXml(QStringLiteral("tiny")).toUtf8());
        QCOMPARE(run({ QStringLiteral("define"), xml }), 0);
        const QString log = m_home.dataFolder() + QStringLiteral("/machines/")
            + QString::fromLatin1(m_output.trimmed()) + QStringLiteral("/logs/serial.log");
        const auto timesUp = [&log] { return tests::contentOf(log).count("READY"); };
        QCOMPARE(run({ QStringLiteral("start"), QStringLiteral("tiny") }), 0);
        QTRY_COMPARE_WITH_TIMEOUT(timesUp(), 1, tests::kGuestPatience);
        QCOMPARE(run({ QStringLiteral("reboot"), QStringLiteral("tiny") }), 0);
        QTRY_COMPARE_WITH_TIMEOUT(timesUp(), 2, tests::kGuestPatience);
        QCOMPARE(state(), QStringLiteral("running"));
        QCOMPARE(run({ QStringLiteral("force-off"), QStringLiteral("tiny") }), 0);
        QCOMPARE(run({ QStringLiteral("undefine"), QStringLiteral("tiny") }), 0);
    }

    void frozenGuest_staysSoWhenTheCommandIsGone()
    {
        const QString xml = m_home.write(
            QStringLiteral("frozen.xml"), m_guest->agentDomainXml(QStringLiteral("tiny")).toUtf8());
        QCOMPARE(run({ QStringLiteral("define"), xml }), 0);
        QCOMPARE(run({ QStringLiteral("start"), QStringLiteral("tiny") }), 0);
        const auto hasAgent = [this] {
            return run({ QStringLiteral("guest"), QStringLiteral("facts"), QStringLiteral("tiny") })
                == 0;
        };
        QTRY_VERIFY_WITH_TIMEOUT(hasAgent(), 3 * tests::kGuestPatience);
        const auto freeze = [this](const char* how) {
            return run({ QStringLiteral("guest"), QStringLiteral("freeze"), QStringLiteral("tiny"),
                QString::fromLatin1(how) });
        };
        QCOMPARE(freeze("on"), 0);
        QCOMPARE(state(), QStringLiteral("running"));
        QVERIFY(isFrozen());
        QCOMPARE(freeze("off"), 0);
        QVERIFY(!isFrozen());
        QCOMPARE(run({ QStringLiteral("force-off"), QStringLiteral("tiny") }), 0);
        QCOMPARE(run({ QStringLiteral("undefine"), QStringLiteral("tiny") }), 0);
    }

private:
    /// As VirtDeck notes it.
    bool isFrozen() const
    {
        QDirIterator marks(m_home.runtimeFolder(), { QStringLiteral("*.frozen") }, QDir::Files,
            QDirIterator::Subdirectories);
        return marks.hasNext();
    }

    int run(const QStringList& words)
    {
        QProcess program;
        program.start(QStringLiteral(VIRTDECK_BIN_DIR "/vdctl"),
            QStringList {
                QStringLiteral("-c"), QStringLiteral("embedded://") + m_home.dataFolder() }
                + words);
        program.closeWriteChannel();
        if (!QTest::qWaitFor([&] { return program.state() == QProcess::NotRunning; }, 60'000))
            return -1;
        m_output = program.readAllStandardOutput();
        return program.exitCode();
    }

    QString state()
    {
        if (run({ QStringLiteral("--json"), QStringLiteral("list") }) != 0)
            return {};
        const QJsonArray all = QJsonDocument::fromJson(m_output).array();
        return all.first().toObject().value(QStringLiteral("state")).toString();
    }

    tests::TempHome m_home;
    std::optional<tests::TestGuest> m_guest;
    QByteArray m_output;
};

QTEST_GUILESS_MAIN(tst_VdctlMachine)
#include "tst_VdctlMachine.moc"
