// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/wayland/WaylandDesktop.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QStandardPaths>

#include <pwd.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace tests {

WaylandDesktop::~WaylandDesktop()
{
    m_process.kill();
    m_process.waitForFinished();
}

void WaylandDesktop::exit(int code)
{
    std::fflush(nullptr);
    m_folder.remove();
    std::_Exit(code);
}

QString WaylandDesktop::start(const QStringList& configuration)
{
    const QString program = QStandardPaths::findExecutable(QStringLiteral("sway"));
    if (program.isEmpty())
        return QStringLiteral("sway is not installed");
    const QString file = m_folder.filePath(QStringLiteral("config"));
    QFile config(file);
    if (!config.open(QIODevice::WriteOnly))
        return config.errorString();
    config.write((QStringList { QStringLiteral("output HEADLESS-1 resolution 1280x800"),
                      QStringLiteral("seat * pointer_constraint enable"),
                      QStringLiteral("xwayland disable") }
                     + configuration)
                     .join(QLatin1Char('\n'))
                     .toUtf8()
        + '\n');
    config.close();
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_folder.path()));

    QStringList arguments { QStringLiteral("--pdeathsig=KILL") };
    if (::geteuid() == 0) { // sway does not run as root
        const passwd* nobody = ::getpwnam("nobody");
        if (!nobody)
            return QStringLiteral("sway does not run as root, and there is no user nobody");
        for (const QString& path : { m_folder.path(), file }) {
            if (::chown(QFile::encodeName(path).constData(), nobody->pw_uid, nobody->pw_gid) != 0)
                return QStringLiteral("chown %1").arg(path);
        }
        arguments += { QStringLiteral("--reuid=%1").arg(nobody->pw_uid),
            QStringLiteral("--regid=%1").arg(nobody->pw_gid), QStringLiteral("--clear-groups") };
    }
    arguments += { program, QStringLiteral("-c"), file };
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const auto& [name, value] :
        { std::pair("HOME", m_folder.path()), std::pair("WLR_BACKENDS", QStringLiteral("headless")),
            std::pair("WLR_RENDERER", QStringLiteral("pixman")),
            std::pair("WLR_LIBINPUT_NO_DEVICES", QStringLiteral("1")),
            std::pair("LIBSEAT_BACKEND", QStringLiteral("noop")) })
        environment.insert(QLatin1StringView(name), value);
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.start(QStringLiteral("setpriv"), arguments);

    // No event loop yet, whose application needs the compositor.
    const QDir folder(m_folder.path());
    QElapsedTimer waiting;
    waiting.start();
    while (waiting.elapsed() < 20'000 && !m_process.waitForFinished(50)) {
        const QStringList found
            = folder.entryList({ QStringLiteral("wayland-?") }, QDir::System | QDir::Files);
        if (found.isEmpty())
            continue;
        qputenv("WAYLAND_DISPLAY", QFile::encodeName(found.first()));
        qputenv("QT_QPA_PLATFORM", "wayland");
        return {};
    }
    return QStringLiteral("sway did not start: %1")
        .arg(QString::fromLocal8Bit(m_process.readAll()));
}

} // namespace tests
