// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/console/XServer.h"

#include <QByteArray>
#include <QStandardPaths>

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace tests {

XServer::XServer()
{
    int display[2];
    if (QStandardPaths::findExecutable(QStringLiteral("Xvfb")).isEmpty() || ::pipe(display) != 0)
        return;
    m_pid = ::fork();
    if (m_pid == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        ::close(display[0]);
        const QByteArray fd = QByteArray::number(display[1]);
        ::execlp("Xvfb", "Xvfb", "-displayfd", fd.constData(), "-screen", "0", "1280x900x24",
            "-nolisten", "tcp", nullptr);
        ::_exit(127);
    }
    ::close(display[1]);
    // Number and line end come in two writes; closing in between would kill the server.
    QByteArray number;
    char byte = 0;
    while (::read(display[0], &byte, 1) == 1 && byte != '\n')
        number.append(byte);
    ::close(display[0]);
    if (number.isEmpty()) {
        ::waitpid(m_pid, nullptr, 0);
        m_pid = 0;
        return;
    }
    qputenv("DISPLAY", ':' + number);
    qputenv("QT_QPA_PLATFORM", "xcb");
}

XServer::~XServer()
{
    if (m_pid <= 0)
        return;
    ::kill(m_pid, SIGTERM);
    ::waitpid(m_pid, nullptr, 0);
}

} // namespace tests
