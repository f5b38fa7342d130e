// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Question.h"
#include "hosts/libvirt/Mailbox.h"

#include <QHash>
#include <QSet>

#include <libvirt/libvirt.h>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

namespace hosts::libvirt {

/// What one host's libvirt wants to know before it opens a connection (virConnectOpenAuth's
/// callback). A person is asked in the thread that made this; the worker thread that opens the
/// connection waits for it. What was accepted is remembered as long as this lives, so that a second
/// connection and a reconnection need not ask again. Held by shared_ptr from both ends.
class Credentials {
public:
    static constexpr int kAttempts = 3;

    /// `host`: what the answers are kept under. `userName`: of the URI, answers for a name.
    Credentials(QString host, QString userName);

    /// The making thread. Questions that wait are declined when the asker is taken away.
    void setAsker(const Asker& asker);
    /// The making thread: declines what is being asked; whoever waits goes on.
    void declineAll();
    /// Any thread: a person is thinking, so no deadline should run.
    bool isAsking() const { return m_asking > 0; }

    struct Login {
        QString user {};
        QString password {}; ///< a secret
    };
    /// With which the last connection opened, as far as it was said here. Any thread.
    std::optional<Login> login() const;

    /// One attempt to open a connection; a worker thread's.
    class Attempt {
    public:
        explicit Attempt(Credentials& credentials)
            : m_credentials(credentials)
        {
        }
        int answer(virConnectCredentialPtr wanted, unsigned int count); ///< the callback
        void accept(); ///< it opened
        /// It did not, because of what was said. False if there is no use in asking once more.
        bool reject();
        void noteLogin(); ///< it did not, for another reason; what was said may well be right
        bool isDeclined() const { return m_isDeclined; } ///< or there was nobody to ask

    private:
        Question questionFor(const virConnectCredential& wanted) const;
        std::optional<QString> find(const virConnectCredential& wanted);

        Credentials& m_credentials;
        QHash<QString, QString> m_given; // by prompt
        Login m_login;
        bool m_isDeclined = false;
    };

private:
    struct Slot;

    std::optional<QString> askAndWait(const Question& question);

    const QString m_host;
    const QString m_userName;
    std::shared_ptr<Mailbox> m_mail;
    Asker m_asker; // the making thread's
    std::vector<std::weak_ptr<Slot>> m_waiting; // the making thread's
    std::atomic_int m_asking = 0;

    mutable std::mutex m_mutex; // guards what follows
    QHash<QString, QString> m_known; // by prompt
    QSet<QString> m_refused; // prompts whose answer was wrong
    int m_failures = 0; // of what a person said
    std::optional<Login> m_login;
};

} // namespace hosts::libvirt
