// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>

namespace tests {

/// A real sshd on loopback with keys and configuration of its own, which knows one key of ours. It
/// runs as whoever runs the test, who is also whom one logs in as.
class SshdFixture {
public:
    /// Why there is none on this machine; empty if there is.
    static QString whyMissing();

    SshdFixture();
    ~SshdFixture();
    Q_DISABLE_COPY_MOVE(SshdFixture)

    /// Listens when this returns true. `pathForLogins`: $PATH of what is run through it.
    bool start(const QString& pathForLogins, const QString& runtimeFolder);
    void stop(); ///< with all its connections

    int port() const { return m_port; }
    QString userName() const;
    /// What the URI of a host has before its path.
    QString authority() const;
    /// Of a libvirtd that is reached through it.
    QString libvirtUri(const QString& socketPath) const;
    /// For ssh, so that it knows host and key, and nothing of the user's own.
    QStringList clientArguments() const { return { QStringLiteral("-F"), file("client.config") }; }

    void forgetHostKey() const; ///< the client has never met this host
    void forgeHostKey() const; ///< the client has met another one there
    void lockKey(const QString& passphrase) const; ///< the client's key needs it from now on
    void askAboutHosts() const; ///< the client asks about a host that it has never met
    void useUnknownKey() const; ///< the client has a key that the host does not know

    void refuseForwarding() { m_refusesForwarding = true; } ///< from the next start() on
    /// The same; it lets in whoever knows this password, too, without the computer's own being
    /// touched. Root's sshd alone: it sees another /etc/shadow.
    void acceptPassword(const QByteArray& password);
    /// Lines that come before all others, so they overrule them.
    void addToClientConfig(const QByteArray& lines) const;
    QByteArray identityFile() const { return file("client").toUtf8(); }
    QByteArray knownHostsFile() const { return file("known_hosts").toUtf8(); }
    int connectionCount() const; ///< those that are logged in, or on their way

    /// Kills what holds each connection, as a cut cable would; new ones are possible.
    void cutConnections() const;

private:
    QString file(const char* name) const { return m_folder.filePath(QLatin1StringView(name)); }
    void write(const char* name, const QByteArray& content) const;
    void makeKey(const char* name) const;
    void writeClientConfig(const char* key, const char* checking = "yes") const;
    QByteArray publicKey(const char* name) const;
    bool hasPassword() const { return QFile::exists(file("shadow")); }

    QTemporaryDir m_folder;
    QProcess m_sshd;
    int m_port = 0;
    bool m_refusesForwarding = false;
};

} // namespace tests
