// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/SshdFixture.h"

#include "tests/support/FreePort.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTcpSocket>
#include <QTest>

#include <pwd.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <csignal>

namespace tests {

namespace {

const QString kSshd = QStringLiteral("/usr/sbin/sshd"); // it insists on an absolute path

QVector<qint64> childrenOf(qint64 parent)
{
    QFile file(QStringLiteral("/proc/%1/task/%1/children").arg(parent));
    QVector<qint64> all;
    if (file.open(QIODevice::ReadOnly)) {
        const auto pids = file.readAll().split(' ');
        for (const QByteArray& pid : pids) {
            if (pid.toLongLong() > 0)
                all.append(pid.toLongLong());
        }
    }
    return all;
}

} // namespace

QString SshdFixture::whyMissing()
{
    if (!QFile::exists(kSshd))
        return QStringLiteral("sshd is not installed (openssh-server)");
    if (QStandardPaths::findExecutable(QStringLiteral("ssh")).isEmpty())
        return QStringLiteral("ssh is not installed (openssh-client)");
    return {};
}

SshdFixture::SshdFixture() = default;

SshdFixture::~SshdFixture()
{
    stop();
}

void SshdFixture::write(const char* name, const QByteArray& content) const
{
    QFile out(file(name));
    if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size())
        qFatal("can't write %s", name);
    out.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
}

void SshdFixture::makeKey(const char* name) const
{
    QProcess::execute(QStringLiteral("ssh-keygen"),
        { QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"),
            QStringLiteral("-N"), QString(), QStringLiteral("-f"), file(name) });
}

QByteArray SshdFixture::publicKey(const char* name) const
{
    QFile key(file(name) + QStringLiteral(".pub"));
    return key.open(QIODevice::ReadOnly) ? key.readAll().trimmed() : QByteArray();
}

QString SshdFixture::userName() const
{
    const passwd* user = ::getpwuid(::geteuid());
    return QString::fromLocal8Bit(user ? user->pw_name : "root");
}

QString SshdFixture::authority() const
{
    return QStringLiteral("%1@127.0.0.1:%2").arg(userName()).arg(m_port);
}

QString SshdFixture::libvirtUri(const QString& socketPath) const
{
    return QStringLiteral("qemu+ssh://%1/system?socket=%2").arg(authority(), socketPath);
}

bool SshdFixture::start(const QString& pathForLogins, const QString& runtimeFolder)
{
    for (const char* key : { "host", "client", "stranger" }) {
        if (!QFile::exists(file(key)))
            makeKey(key);
    }
    if (m_port == 0)
        m_port = freePort();
    if (::geteuid() == 0)
        QDir().mkpath(QStringLiteral("/run/sshd")); // where root's sshd locks itself up
    write("authorized_keys", publicKey("client") + '\n');
    const QByteArray folder = m_folder.path().toUtf8();
    write("sshd.config",
        "Port " + QByteArray::number(m_port) + "\nListenAddress 127.0.0.1\nHostKey " + folder
            + "/host\nPidFile none\nAuthorizedKeysFile " + folder
            + "/authorized_keys\nStrictModes no\nPasswordAuthentication "
            + (hasPassword() ? "yes" : "no")
            + "\n"
              "KbdInteractiveAuthentication no\nPermitRootLogin yes\nUsePAM no\nSetEnv \"PATH="
            + pathForLogins.toUtf8() + "\" \"XDG_RUNTIME_DIR=" + runtimeFolder.toUtf8()
            + "\" QT_FORCE_STDERR_LOGGING=1\n"
            + (m_refusesForwarding ? "DisableForwarding yes\n" : ""));
    writeClientConfig("client");
    const QByteArray address = "[127.0.0.1]:" + QByteArray::number(m_port) + ' ';
    write("known_hosts", address + publicKey("host") + '\n');
    if (hasPassword()) {
        m_sshd.setChildProcessModifier([shadow = file("shadow").toLocal8Bit()] {
            if (::unshare(CLONE_NEWNS) != 0
                || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0
                || ::mount(shadow.constData(), "/etc/shadow", nullptr, MS_BIND, nullptr) != 0)
                ::_exit(1);
        });
    }
    m_sshd.start(kSshd,
        { QStringLiteral("-D"), QStringLiteral("-e"), QStringLiteral("-f"), file("sshd.config") });
    return QTest::qWaitFor(
        [this] {
            QTcpSocket socket;
            socket.connectToHost(QStringLiteral("127.0.0.1"), quint16(m_port));
            return socket.waitForConnected(200);
        },
        10'000);
}

void SshdFixture::acceptPassword(const QByteArray& password)
{
    QProcess openssl;
    openssl.start(QStringLiteral("openssl"),
        { QStringLiteral("passwd"), QStringLiteral("-6"), QStringLiteral("-stdin") });
    openssl.write(password + '\n');
    openssl.closeWriteChannel();
    openssl.waitForFinished();
    write("shadow",
        userName().toUtf8() + ':' + openssl.readAllStandardOutput().trimmed()
            + ":19000:0:99999:7:::\n");
}

void SshdFixture::stop()
{
    if (m_sshd.state() == QProcess::NotRunning)
        return;
    cutConnections();
    m_sshd.kill();
    m_sshd.waitForFinished();
}

void SshdFixture::writeClientConfig(const char* key, const char* checking) const
{
    write("client.config",
        "Host *\nIdentityFile " + file(key).toUtf8() + "\nIdentitiesOnly yes\nIdentityAgent none\n"
            + "UserKnownHostsFile " + file("known_hosts").toUtf8()
            + "\nGlobalKnownHostsFile none\nStrictHostKeyChecking " + checking + '\n');
}

void SshdFixture::forgetHostKey() const
{
    write("known_hosts", {});
}

void SshdFixture::forgeHostKey() const
{
    write("known_hosts",
        "[127.0.0.1]:" + QByteArray::number(m_port) + ' ' + publicKey("stranger") + '\n');
}

void SshdFixture::lockKey(const QString& passphrase) const
{
    QProcess::execute(QStringLiteral("ssh-keygen"),
        { QStringLiteral("-q"), QStringLiteral("-p"), QStringLiteral("-P"), QString(),
            QStringLiteral("-N"), passphrase, QStringLiteral("-f"), file("client") });
}

void SshdFixture::askAboutHosts() const
{
    forgetHostKey();
    writeClientConfig("client", "ask");
}

void SshdFixture::useUnknownKey() const
{
    writeClientConfig("stranger");
}

void SshdFixture::addToClientConfig(const QByteArray& lines) const
{
    QFile config(file("client.config"));
    QByteArray before;
    if (config.open(QIODevice::ReadOnly))
        before = config.readAll();
    config.close();
    write("client.config", lines + before);
}

int SshdFixture::connectionCount() const
{
    return static_cast<int>(childrenOf(m_sshd.processId()).size());
}

void SshdFixture::cutConnections() const
{
    const auto connections = childrenOf(m_sshd.processId());
    for (const qint64 pid : connections) {
        // Logged in as somebody else than root, it has a child that holds the connection.
        for (const qint64 child : childrenOf(pid)) {
            QFile name(QStringLiteral("/proc/%1/comm").arg(child));
            if (name.open(QIODevice::ReadOnly) && name.readAll().trimmed() == "sshd")
                ::kill(pid_t(child), SIGKILL);
        }
        ::kill(pid_t(pid), SIGKILL);
    }
}

} // namespace tests
