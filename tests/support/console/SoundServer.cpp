// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/console/SoundServer.h"

#include <QFile>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace tests {

bool SoundServer::start()
{
    const QString program = QStandardPaths::findExecutable(QStringLiteral("pulseaudio"));
    if (program.isEmpty())
        return false;
    qputenv("PULSE_SERVER", QByteArray("unix:") + QFile::encodeName(socket()));
    qputenv("PULSE_SINK", "quiet");
    qputenv("PULSE_SOURCE", "voice.monitor");
    qputenv("PULSE_COOKIE", QFile::encodeName(m_folder.filePath(QStringLiteral("cookie"))));
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : { "XDG_RUNTIME_DIR", "HOME", "PULSE_RUNTIME_PATH" })
        environment.insert(QLatin1StringView(name), m_folder.path());
    m_process.setProcessEnvironment(environment);
    m_process.setStandardErrorFile(QProcess::nullDevice());
    const auto module = [](const QString& text) {
        return QStringList { QStringLiteral("-L"), text };
    };
    m_process.start(program,
        QStringList { QStringLiteral("-n"), QStringLiteral("--daemonize=no"),
            QStringLiteral("--use-pid-file=no"), QStringLiteral("--exit-idle-time=-1"),
            QStringLiteral("--disable-shm=yes") }
            + module(QStringLiteral("module-null-sink sink_name=quiet"))
            // Not its source of sine waves, which hands over two seconds at a time.
            + module(QStringLiteral("module-null-sink sink_name=voice"))
            + module(QStringLiteral("module-sine sink=voice frequency=400"))
            + module(
                QStringLiteral("module-native-protocol-unix auth-anonymous=1 socket=") + socket()));
    return QTest::qWaitFor([this] { return QFile::exists(socket()); }, 20000);
}

SoundServer::~SoundServer()
{
    m_process.kill();
    m_process.waitForFinished();
    for (const char* name : { "PULSE_SERVER", "PULSE_SINK", "PULSE_SOURCE", "PULSE_COOKIE" })
        qunsetenv(name);
}

QString SoundServer::socket() const
{
    return m_folder.filePath(QStringLiteral("pulse.sock"));
}

Listener::Listener()
{
    m_process.start(QStringLiteral("parec"),
        { QStringLiteral("--raw"), QStringLiteral("--format=s16le"), QStringLiteral("--channels=1"),
            QStringLiteral("--rate=48000"), QStringLiteral("--latency-msec=20"),
            QStringLiteral("-d"), QStringLiteral("quiet.monitor") });
}

Listener::~Listener()
{
    m_process.kill();
    m_process.waitForFinished();
}

/// The last quarter of a second, once there is that much.
QVector<qint16> Listener::latest()
{
    constexpr qsizetype kSamples = 12'000;
    m_heard = (m_heard + m_process.readAllStandardOutput()).right(2 * kSamples);
    if (m_heard.size() < 2 * kSamples)
        return {};
    QVector<qint16> out(kSamples);
    std::memcpy(out.data(), m_heard.constData(), size_t(m_heard.size()));
    return out;
}

int Listener::peak()
{
    int out = 0;
    for (const qint16 sample : latest())
        out = std::max(out, std::abs(int(sample)));
    return out;
}

double Listener::frequency()
{
    const QVector<qint16> samples = latest();
    int changes = 0;
    for (qsizetype i = 1; i < samples.size(); ++i)
        changes += (samples[i - 1] < 0) != (samples[i] < 0) ? 1 : 0;
    return samples.isEmpty() ? 0 : changes / 2.0 * 48000 / double(samples.size());
}

} // namespace tests
