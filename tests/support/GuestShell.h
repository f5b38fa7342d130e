// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocalSocket>
#include <QTest>

namespace tests {

/// The shell of a Tiny Linux on its first serial port.
class GuestShell {
public:
    explicit GuestShell(const QString& socketPath) { m_socket.connectToServer(socketPath); }

    /// What a command prints; nothing if the guest does not answer within the time.
    QByteArray ask(const QByteArray& command, int patienceMs = 20'000)
    {
        waitForPrompt();
        // In two parts, so that the echo of the line is not taken for the answer.
        const QByteArray number = QByteArray::number(++m_count);
        m_socket.write(
            "echo \"be\"gin" + number + "; " + command + "; echo \"en\"d" + number + "\n");
        QByteArray heard;
        const bool isDone = QTest::qWaitFor(
            [&] {
                heard += m_socket.readAll();
                return heard.contains("end" + number);
            },
            patienceMs);
        const QByteArray begin = "begin" + number;
        if (!isDone || !heard.contains(begin))
            return {};
        heard = heard.mid(heard.indexOf(begin) + begin.size());
        return heard.left(heard.indexOf("end" + number)).trimmed();
    }

    /// For a command after which there may be nobody to ask.
    void send(const QByteArray& command)
    {
        waitForPrompt();
        m_socket.write(command + "\n");
        (void)QTest::qWaitFor([this] { return m_socket.bytesToWrite() == 0; });
    }

private:
    /// A shell that is just starting forgets what was typed before.
    void waitForPrompt()
    {
        QByteArray heard;
        for (int attempt = 0; attempt < 60 && !heard.contains("tiny# "); ++attempt) {
            m_socket.write("\n");
            (void)QTest::qWaitFor(
                [&] {
                    heard += m_socket.readAll();
                    return heard.contains("tiny# ");
                },
                500);
        }
    }

    QLocalSocket m_socket;
    int m_count = 0;
};

} // namespace tests
