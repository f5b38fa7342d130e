// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/SshTunnel.h"

#include "hosts/wire/SshRun.h"
#include "vmm/base/ErrnoError.h"
#include "vmm/base/UnixListener.h"
#include "vmm/qemu/RuntimeFolder.h"

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QPointer>

#include <sys/socket.h>
#include <unistd.h>

#include <atomic>

namespace hosts::wire {

namespace {

using vmm::Error;
using vmm::ErrorKind;

Q_LOGGING_CATEGORY(lcTunnel, "host.ssh", QtInfoMsg)

constexpr std::chrono::milliseconds kOpenLimit { 30'000 }; // without the time that a person takes
constexpr qsizetype kKeptErrors = 8'192;
const auto kSaysSocket = QByteArrayLiteral("virtdeck-socket ");

vmm::Result<QString> makeTunnelFolder()
{
    static std::atomic_int serial = 0;
    return vmm::makePrivateRuntimeFolder(
        QStringLiteral("tunnel-%1-%2").arg(QCoreApplication::applicationPid()).arg(++serial));
}

/// A program that has a connection for its standard input and output, so nothing is copied here.
void runOver(const QString& program, const QStringList& arguments, int connection, QObject* parent)
{
    auto* process = new QProcess(parent);
    process->setInputChannelMode(QProcess::ForwardedInputChannel);
    process->setProcessChannelMode(QProcess::ForwardedChannels);
    process->setChildProcessModifier([connection] {
        ::dup2(connection, STDIN_FILENO);
        ::dup2(connection, STDOUT_FILENO);
    });
    QObject::connect(process, &QProcess::finished, process, &QObject::deleteLater);
    QObject::connect(process, &QProcess::errorOccurred, process, [process](auto error) {
        if (error == QProcess::FailedToStart)
            process->deleteLater();
    });
    process->start(program, arguments);
}

} // namespace

/// Listens at a socket here, and starts a program there for each who comes.
class SshTunnel::Relay : public QObject {
public:
    Relay(vmm::FileDescriptor listening, QString program, QStringList arguments)
        : m_listening(std::move(listening))
        , m_program(std::move(program))
        , m_arguments(std::move(arguments))
        , m_readable(m_listening.get(), QSocketNotifier::Read)
    {
        connect(&m_readable, &QSocketNotifier::activated, this, [this] {
            const vmm::FileDescriptor connection(
                ::accept4(m_listening.get(), nullptr, nullptr, SOCK_CLOEXEC));
            if (connection.isValid())
                runOver(m_program, m_arguments, connection.get(), this);
        });
    }

private:
    vmm::FileDescriptor m_listening;
    QString m_program;
    QStringList m_arguments;
    QSocketNotifier m_readable;
};

SshTunnel::SshTunnel(HostUri uri, SshOptions options, QObject* parent)
    : QObject(parent)
    , m_uri(std::move(uri))
    , m_options(std::move(options))
    , m_folder(makeTunnelFolder())
{
    if (const QString given = m_uri.queryValue(QStringLiteral("command")); !given.isEmpty())
        m_options.program = given;
    if (m_options.program.isEmpty())
        m_options.program = qEnvironmentVariable("VIRTDECK_SSH", QStringLiteral("ssh"));
    if (m_options.ask && m_folder) {
        const auto ask = [this](const Question& question, const QuestionAnswer& answer) {
            ++m_questions;
            m_deadline.stop();
            m_options.ask(question, [self = QPointer(this), answer](const auto& text) {
                if (self && --self->m_questions == 0 && self->m_opening)
                    self->m_deadline.start();
                answer(text);
            });
        };
        m_asker = std::make_unique<SshAsker>(*m_folder, ask);
    }
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(kOpenLimit);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        fail({ ErrorKind::TimedOut, {},
            QStringLiteral("ssh did not get through within %1 seconds")
                .arg(kOpenLimit.count() / 1000) });
    });
}

SshTunnel::~SshTunnel()
{
    close();
    if (m_folder)
        vmm::removePrivateFolder(*m_folder);
}

QString SshTunnel::controlPath() const
{
    return QStringLiteral("%1/c%2").arg(*m_folder).arg(m_connection);
}

QString SshTunnel::nextLocal()
{
    return QStringLiteral("%1/s%2").arg(*m_folder).arg(++m_serial);
}

vmm::Future<QString> SshTunnel::open()
{
    if (!m_folder)
        return vmm::async::failed<QString>(m_folder.error());
    if (m_opening)
        return m_opening->future();
    close();
    ++m_connection;
    m_opening = std::make_shared<vmm::Promise<QString>>();
    const vmm::Future<QString> future = m_opening->future();
    m_ssh = std::make_unique<QProcess>();
    // Ctrl+C in a terminal is for our program alone.
    m_ssh->setChildProcessModifier([] { ::setpgid(0, 0); });
    if (m_asker) {
        m_asker->begin();
        m_ssh->setProcessEnvironment(m_asker->environment(m_options.askpassProgram));
    }
    connect(m_ssh.get(), &QProcess::readyReadStandardOutput, this, &SshTunnel::readOutput);
    connect(m_ssh.get(), &QProcess::readyReadStandardError, this, &SshTunnel::readErrors);
    connect(m_ssh.get(), &QProcess::finished, this, &SshTunnel::noteEnd);
    connect(m_ssh.get(), &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            fail({ ErrorKind::ProcessFailed, m_options.program, m_ssh->errorString(),
                vmm::ErrorCause::SshMissing });
    });
    m_deadline.start();
    m_ssh->start(m_options.program, sshSocketArguments(m_uri, m_options, controlPath()));
    return future;
}

void SshTunnel::close()
{
    m_deadline.stop();
    m_relays.clear();
    m_screens.clear();
    m_remoteSocket.clear();
    m_output.clear();
    m_errors.clear();
    m_opening.reset(); // a promise that is dropped answers Cancelled
    m_hasForwardFailed = false;
    m_forwarded.clear();
    if (!m_ssh)
        return;
    QProcess* ssh = m_ssh.release();
    ssh->disconnect();
    ssh->setParent(nullptr);
    connect(ssh, &QProcess::finished, ssh, &QObject::deleteLater);
    if (ssh->state() == QProcess::NotRunning)
        return ssh->deleteLater();
    ssh->closeWriteChannel(); // what runs there ends with its input
    ssh->terminate();
    if (QCoreApplication::closingDown())
        delete ssh;
}

void SshTunnel::readOutput()
{
    m_output = (m_output + m_ssh->readAllStandardOutput()).right(kKeptErrors);
    if (isOpen() || !m_output.endsWith('\n'))
        return;
    for (const QByteArray& line : m_output.split('\n')) { // a login may greet first
        if (line.startsWith(kSaysSocket))
            m_remoteSocket = QString::fromUtf8(line.mid(kSaysSocket.size()));
    }
    if (!isOpen())
        return;
    qCInfo(lcTunnel).noquote() << m_uri.hostName() << "has libvirt at" << m_remoteSocket;
    if (m_isRelaying) {
        const auto local = relayTo(m_remoteSocket);
        m_deadline.stop();
        return std::exchange(m_opening, nullptr)->finish(local);
    }
    vmm::async::onFinished(forwardTo(m_remoteSocket), this,
        [this, connection = m_connection](const vmm::Result<QString>& local) {
            if (connection != m_connection || !m_opening)
                return;
            if (!local)
                return fail(local.error());
            m_deadline.stop();
            m_forwarded = *local;
            std::exchange(m_opening, nullptr)->finish(local);
        });
}

void SshTunnel::readErrors()
{
    const QByteArray said = m_ssh->readAllStandardError();
    qCDebug(lcTunnel).noquote() << said.trimmed();
    m_errors = (m_errors + said).right(kKeptErrors);
    // "channel 3: open failed: connect failed: open failed", also where sshd may not forward (9.2)
    m_hasForwardFailed = m_hasForwardFailed || said.contains("open failed");
}

void SshTunnel::noteEnd(int exitCode)
{
    readErrors();
    fail(sshSocketEnd(exitCode, QString::fromLocal8Bit(m_errors).trimmed()));
}

void SshTunnel::fail(Error reason)
{
    if (m_asker && reason.cause == vmm::ErrorCause::AuthenticationFailed)
        m_asker->noteRefusal();
    if (reason.kind != ErrorKind::ProcessFailed)
        reason.subject = m_uri.toString();
    const auto opening = std::exchange(m_opening, nullptr);
    close();
    if (opening)
        opening->finish(reason);
    else
        Q_EMIT lost(reason);
}

vmm::Future<QString> SshTunnel::forwardTo(const QString& remote)
{
    const QString local = nextLocal();
    return vmm::async::transformed<QString>(
        runSsh(m_options.program,
            sshForwardArguments(m_uri, m_options, controlPath(), SshForward::Begin, local, remote),
            this),
        this, [local](const vmm::Result<void>& done) -> vmm::Result<QString> {
            if (!done)
                return done.error();
            return local;
        });
}

vmm::Result<QString> SshTunnel::relayTo(const QString& remote)
{
    const QString local = nextLocal();
    vmm::FileDescriptor listening = vmm::listenAtUnixSocket(local);
    if (!listening.isValid())
        return vmm::errnoError(local, QStringLiteral("bind"));
    m_relays.push_back(std::make_unique<Relay>(std::move(listening), m_options.program,
        sshRelayArguments(m_uri, m_options, controlPath(), remote)));
    return local;
}

vmm::Result<QString> SshTunnel::relayInstead()
{
    m_isRelaying = true;
    m_screens.clear();
    return relayTo(m_remoteSocket);
}

QString SshTunnel::forwardAgain()
{
    m_isRelaying = false;
    m_hasForwardFailed = false;
    m_screens.clear();
    m_relays.clear();
    return m_forwarded;
}

vmm::Future<vmm::ConsoleEndpoint> SshTunnel::reach(
    const vmm::ConsoleEndpoint& endpoint, const QString& key)
{
    const QString remote = sshRemotePart(endpoint);
    if (remote.isEmpty() || !isOpen())
        return vmm::async::failed<vmm::ConsoleEndpoint>({ ErrorKind::HostLacksFeature, {},
            QStringLiteral("there is no way through ssh to where the screen is") });
    vmm::ConsoleEndpoint here = endpoint;
    here.host.clear();
    here.port = 0;
    const QString name = key + QLatin1Char(' ') + remote;
    if (m_screens.contains(name)) {
        here.unixSocket = m_screens.value(name);
        return vmm::async::ready<vmm::ConsoleEndpoint>(here);
    }
    const vmm::Future<QString> way
        = m_isRelaying ? vmm::async::ready<QString>(relayTo(remote)) : forwardTo(remote);
    return vmm::async::transformed<vmm::ConsoleEndpoint>(way, this,
        [this, name, here, connection = m_connection](
            const vmm::Result<QString>& local) mutable -> vmm::Result<vmm::ConsoleEndpoint> {
            if (!local)
                return local.error();
            if (connection == m_connection)
                m_screens.insert(name, *local);
            here.unixSocket = *local;
            return here;
        });
}

} // namespace hosts::wire
