// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QLocalSocket>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

namespace console {
class ConsoleSession;
}

namespace tests {

/// A real QEMU with a VNC server, whose guest is its firmware; it ends with this.
class VncQemu {
public:
    static bool isInstalled();

    VncQemu() = default;
    ~VncQemu();
    Q_DISABLE_COPY_MOVE(VncQemu)

    QString path(const QString& name) const { return m_folder.filePath(name); } ///< in its folder
    QString path(const char* name) const { return path(QString::fromLatin1(name)); }

    /// `vnc` is what follows -vnc; true once it answers.
    bool start(const QString& vnc, const QStringList& further = {});
    void kill() { m_process.kill(); }
    qint64 processId() const { return m_process.processId(); }
    QJsonObject execute(const QString& command, const QJsonObject& arguments = {});
    quint16 port();
    /// Two equal pictures of ours with one of QEMU's between: a screen at rest.
    bool isShownBy(const console::ConsoleSession& session);

    /// A CA, a certificate of its for "localhost", and another CA: ca-cert.pem, other-ca.pem.
    bool makeCertificates();
    QStringList certificateOptions() const; ///< for start(); they are "tls0" then
    /// Alice, whose password is "wonderland"; QEMU finds her if SASL_CONF_PATH is its folder.
    bool makeSaslUser(const QString& mechanisms);

private:
    QTemporaryDir m_folder;
    QProcess m_process;
    QLocalSocket m_qmp;
};

} // namespace tests
