// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Result.h"

#include <QLocalServer>
#include <QObject>
#include <QProcessEnvironment>

#include <functional>
#include <optional>

namespace hosts::wire {

/// Something that ssh wants to know: a password, a passphrase, whether to trust a computer.
struct SshQuestion {
    QString prompt {}; ///< in ssh's words; may have several lines
    bool isSecret = true; ///< false: "yes" or "no", and nobody may know how to answer but a person
};

/// Called with what the user says, or nothing if the user declines; at most once. A question whose
/// answer is dropped is declined.
using SshAnswer = std::function<void(const std::optional<QString>& text)>;

/// Brings ssh's questions here by its SSH_ASKPASS (OpenSSH 8.4 and later): ssh starts a program
/// that asks us over a unix socket and prints what we say. Answers are kept nowhere.
class SshAsker : public QObject {
    Q_OBJECT

public:
    /// The environment variable that tells askpass() where to ask.
    static constexpr auto kSocketVariable = "VIRTDECK_ASKPASS_SOCKET";

    /// `folder`: one of this user alone. `ask` shows a question and answers when it likes.
    SshAsker(const QString& folder, std::function<void(const SshQuestion&, SshAnswer)> ask);

    /// What ssh needs in its environment; `program` has askpass() as its mode (virtdeck-host).
    QProcessEnvironment environment(const QString& program) const;

private:
    void receive();

    QLocalServer m_server;
    std::function<void(const SshQuestion&, SshAnswer)> m_ask;
};

/// The program that ssh starts: asks, prints, and returns the exit code. Waits for a person.
int askpass(const QString& socket, const QString& prompt);

} // namespace hosts::wire
