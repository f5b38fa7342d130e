// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench-window: from exec until the window shows its inventory, beside virt-manager.
//
// Both programs run in turn on an X server of this benchmark, on a libvirt test connection. The
// screen is watched in the server's shared framebuffer: a program counts as painted when 99 of 100
// pixels first had what they show after a second of rest. That asks nothing of the programs and
// treats both alike.
#include "tests/bench/Figure.h"
#include "tests/bench/ProcessTree.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QThread>

#include <signal.h>

namespace {

constexpr int kRuns = 5;
constexpr int kWidth = 1280;
constexpr int kHeight = 800;

struct Outcome {
    double wallMs = 0; ///< exec to painted
    double cpuMs = 0; ///< of the whole process tree until then
};

/// An X server whose screen can be read as memory.
class Screen {
public:
    Screen()
    {
        m_server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_server.start(QStringLiteral("Xvfb"),
            { QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"),
                QStringLiteral("0"), QStringLiteral("%1x%2x24").arg(kWidth).arg(kHeight),
                QStringLiteral("-fbdir"), m_folder.path(), QStringLiteral("-nolisten"),
                QStringLiteral("tcp") });
        if (!m_server.waitForReadyRead(10000))
            qFatal("Xvfb did not start");
        m_display = QStringLiteral(":") + QString::fromLatin1(m_server.readLine().trimmed());
        m_file.setFileName(m_folder.filePath(QStringLiteral("Xvfb_screen0")));
        if (!m_file.open(QIODevice::ReadOnly))
            qFatal("no framebuffer file");
        m_pixels = m_file.map(0, m_file.size()) + (m_file.size() - qint64(kWidth) * kHeight * 4);
    }
    ~Screen()
    {
        m_server.terminate();
        m_server.waitForFinished();
    }

    const QString& display() const { return m_display; }
    QByteArray picture() const
    {
        return QByteArray(reinterpret_cast<const char*>(m_pixels), qsizetype(kWidth) * kHeight * 4);
    }

private:
    QTemporaryDir m_folder;
    QProcess m_server;
    QFile m_file;
    QString m_display;
    const uchar* m_pixels = nullptr;
};

bool looksLike(const QByteArray& one, const QByteArray& other)
{
    const auto* a = reinterpret_cast<const quint32*>(one.constData());
    const auto* b = reinterpret_cast<const quint32*>(other.constData());
    const int count = kWidth * kHeight;
    int different = 0;
    for (int i = 0; i < count; ++i)
        different += (a[i] & 0xffffff) != (b[i] & 0xffffff);
    return different * 100 < count;
}

/// Runs a command in a desktop session of its own.
Outcome measure(
    const Screen& screen, const QStringList& command, const QProcessEnvironment& environment)
{
    struct Moment {
        double wallMs;
        double cpuMs;
        QByteArray picture;
    };
    QList<Moment> moments;
    QByteArray last = screen.picture();
    QProcess process;
    QProcessEnvironment own = environment;
    own.insert(QStringLiteral("DISPLAY"), screen.display());
    process.setProcessEnvironment(own);
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    QElapsedTimer clock;
    clock.start();
    process.start(
        QStringLiteral("dbus-run-session"), QStringList { QStringLiteral("--") } + command);
    process.waitForStarted();
    double lastChange = 0;
    while (clock.elapsed() < 20000) {
        const QByteArray now = screen.picture();
        const double wall = static_cast<double>(clock.nsecsElapsed()) / 1e6;
        if (now != last) {
            double cpu = 0;
            for (const qint64 pid : bench::descendants(process.processId()))
                cpu += bench::cpuMs(pid);
            moments.append({ wall, cpu, now });
            last = now;
            lastChange = wall;
        } else if (!moments.isEmpty() && wall - lastChange > 1500) {
            break;
        }
        if (moments.size() > 400)
            break;
        QThread::msleep(3);
    }
    for (const qint64 pid : bench::descendants(process.processId()))
        ::kill(static_cast<pid_t>(pid), SIGKILL);
    process.waitForFinished();
    for (const Moment& moment : moments) {
        if (looksLike(moment.picture, last))
            return { moment.wallMs, moment.cpuMs };
    }
    return { std::nan(""), std::nan("") };
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    const Screen screen;
    QTemporaryDir home;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name :
        { "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR" }) {
        const QString folder = home.filePath(QString::fromLatin1(name));
        QDir().mkpath(folder);
        QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        environment.insert(QString::fromLatin1(name), folder);
    }
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
    environment.insert(QStringLiteral("GSETTINGS_BACKEND"), QStringLiteral("memory"));

    const QString uri = QStringLiteral("test:///default");
    const QString virtdeck = QStringLiteral(VIRTDECK_BIN_DIR "/virtdeck");
    std::vector<double> ours, theirs, ourCpu, theirCpu;
    for (int run = 0; run <= kRuns; ++run) {
        const Outcome a = measure(screen, { virtdeck, QStringLiteral("--only"), uri }, environment);
        const Outcome b = measure(screen,
            { QStringLiteral("virt-manager"), QStringLiteral("--no-fork"), QStringLiteral("-c"),
                uri },
            environment);
        if (run == 0)
            continue; // warms the caches
        ours.push_back(a.wallMs);
        ourCpu.push_back(a.cpuMs);
        theirs.push_back(b.wallMs);
        theirCpu.push_back(b.cpuMs);
    }
    const double wall = bench::median(ours);
    const double cpu = bench::median(ourCpu);
    bench::print({ .bench = QStringLiteral("window"),
        .metric = QStringLiteral("exec to inventory painted"),
        .value = wall,
        .unit = QStringLiteral("ms"),
        .against = QStringLiteral("virt-manager"),
        .ratio = wall / bench::median(theirs),
        .goal = QStringLiteral("ratio <= 0.5") });
    bench::print({ .bench = QStringLiteral("window"),
        .metric = QStringLiteral("CPU until then, all processes"),
        .value = cpu,
        .unit = QStringLiteral("ms"),
        .against = QStringLiteral("virt-manager"),
        .ratio = cpu / bench::median(theirCpu),
        .goal = QStringLiteral("<= 400 ms") });
    return 0;
}
