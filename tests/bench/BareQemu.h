// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/Need.h"
#include "vmm/qemu/QemuProcess.h"
#include "vmm/qemu/RuntimeRecord.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <vector>

namespace bench {

/// A bare QEMU: spawned with the arguments of a machine that ran, talked to by blocking calls.
class BareQemu {
public:
    BareQemu(const QList<QByteArray>& arguments, QString folder)
        : m_arguments(arguments)
        , m_folder(std::move(folder))
    {
    }

    double startMs()
    {
        QDir().mkpath(m_folder); // for the sockets that the arguments name
        QElapsedTimer timer;
        timer.start();
        const int listener = listenForQmp();
        spawn(listener);
        ::close(listener);
        m_socket = connectQmp();
        readLine();
        say("{\"execute\": \"qmp_capabilities\"}\n");
        readLine();
        say("{\"execute\": \"query-status\"}\n");
        const QByteArray answer = readLine();
        const double elapsed = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        if (!answer.contains("\"running\": true"))
            qFatal("the bare QEMU does not run: %s", answer.constData());
        return elapsed;
    }

    void end()
    {
        say("{\"execute\": \"quit\"}\n");
        ::waitpid(m_pid, nullptr, 0);
        ::close(m_socket);
        QDir(m_folder).removeRecursively();
    }

private:
    sockaddr_un address() const
    {
        sockaddr_un address {};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path,
            QFile::encodeName(m_folder + QStringLiteral("/bare")).constData(),
            sizeof address.sun_path - 1);
        return address;
    }

    int listenForQmp() const
    {
        const sockaddr_un name = address();
        const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (::bind(listener, reinterpret_cast<const sockaddr*>(&name), sizeof name) != 0
            || ::listen(listener, 1) != 0)
            qFatal("can't listen");
        return listener;
    }

    void spawn(int listener)
    {
        std::vector<char*> arguments;
        for (QByteArray& argument : m_arguments)
            arguments.push_back(argument.data());
        arguments.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_adddup2(&actions, 1, 2);
        posix_spawn_file_actions_adddup2(&actions, listener, vmm::QemuProcess::kQmpFd);
        if (::posix_spawn(&m_pid, arguments[0], &actions, nullptr, arguments.data(), environ) != 0)
            qFatal("can't start %s", arguments[0]);
        posix_spawn_file_actions_destroy(&actions);
    }

    int connectQmp() const
    {
        const sockaddr_un name = address();
        const int client = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (::connect(client, reinterpret_cast<const sockaddr*>(&name), sizeof name) != 0)
            qFatal("can't connect");
        return client;
    }

    void say(const QByteArray& text) const
    {
        if (::write(m_socket, text.constData(), static_cast<size_t>(text.size())) != text.size())
            qFatal("can't write");
    }

    QByteArray readLine() const
    {
        QByteArray line;
        char byte = 0;
        while (byte != '\n') {
            if (::read(m_socket, &byte, 1) != 1)
                qFatal("QEMU has ended");
            line.append(byte);
        }
        return line;
    }

    QList<QByteArray> m_arguments;
    QString m_folder;
    pid_t m_pid = 0;
    int m_socket = -1;
};

/// The argument list with which QEMU runs for the one machine.
inline QList<QByteArray> argumentsOf(const QString& runtimeFolder)
{
    const auto record = need(vmm::RuntimeRecord::load(runtimeFolder + QStringLiteral("/run.json")));
    QFile file(QStringLiteral("/proc/%1/cmdline").arg(record.process.pid));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no such process");
    QByteArray text = file.readAll();
    text.chop(1);
    return text.split('\0');
}

} // namespace bench
