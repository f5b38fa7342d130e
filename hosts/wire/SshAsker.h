// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Question.h"
#include "vmm/base/Result.h"

#include <QLocalServer>
#include <QObject>
#include <QProcessEnvironment>
#include <QSet>

namespace hosts::wire {

/// Brings ssh's questions here by its SSH_ASKPASS (OpenSSH 8.4 and later): ssh starts a program
/// that asks us over a unix socket and prints what we say. Answers are kept nowhere.
class SshAsker : public QObject {
    Q_OBJECT

public:
    /// The environment variable that tells askpass() where to ask.
    static constexpr auto kSocketVariable = "VIRTDECK_ASKPASS_SOCKET";

    /// `folder`: one of this user alone. `ask` shows a question and answers when it likes.
    SshAsker(const QString& folder, Asker ask);

    /// Another ssh is about to start: what it asks first is asked for the first time, unless the
    /// one before was refused.
    void begin();
    /// The last ssh could not log in: what it was answered was wrong.
    void noteRefusal() { m_isRefused = true; }

    /// What ssh needs in its environment; `program` has askpass() as its mode (virtdeck-host).
    QProcessEnvironment environment(const QString& program) const;

private:
    void receive();

    QLocalServer m_server;
    Asker m_ask;
    QSet<QString> m_asked; ///< a prompt that comes again was answered wrongly
    bool m_isRefused = false;
};

/// The program that ssh starts: asks, prints, and returns the exit code. Waits for a person.
int askpass(const QString& socket, const QString& prompt);

} // namespace hosts::wire
