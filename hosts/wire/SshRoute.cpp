// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/SshRoute.h"

#include "hosts/wire/ProcessCarrier.h"
#include "vmm/qemu/RuntimeFolder.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTimer>

#include <atomic>

namespace hosts::wire {

namespace {

using vmm::ErrorKind;

constexpr std::chrono::milliseconds kForwardLimit { 10'000 };

vmm::Result<QString> makeFolder()
{
    static std::atomic_int serial = 0;
    return vmm::makePrivateRuntimeFolder(
        QStringLiteral("ssh-%1-%2").arg(QCoreApplication::applicationPid()).arg(++serial));
}

/// One short run of ssh, in the thread of its parent; deletes itself.
class SshRun : public QObject {
public:
    SshRun(const QString& program, const QStringList& arguments,
        std::shared_ptr<vmm::Promise<void>> promise, QObject* parent)
        : QObject(parent)
        , m_promise(std::move(promise))
        , m_process(this)
    {
        connect(&m_process, &QProcess::finished, this, [this](int code) { end(code); });
        connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart)
                end(-1);
        });
        QTimer::singleShot(kForwardLimit, this, [this] {
            m_promise->finish(vmm::Error { ErrorKind::TimedOut, QStringLiteral("ssh -O") });
            m_process.kill();
        });
        m_process.setStandardInputFile(QProcess::nullDevice());
        m_process.start(program, arguments);
    }

private:
    void end(int code)
    {
        if (code == 0)
            m_promise->finish({});
        else
            m_promise->finish(vmm::Error { ErrorKind::ProcessFailed, QStringLiteral("ssh -O"),
                QString::fromLocal8Bit(m_process.readAllStandardError()).trimmed() });
        deleteLater();
    }

    std::shared_ptr<vmm::Promise<void>> m_promise;
    QProcess m_process;
};

/// The other side's word for where a console is, as a part of -L: it is believed nothing. Empty if
/// there is no way to it.
QString remotePart(const vmm::ConsoleEndpoint& endpoint)
{
    const auto isPlain = [](QChar c) {
        return c.isPrint() && !c.isSpace() && c != QLatin1Char(':') && c != QLatin1Char('\\')
            && c != QLatin1Char('[') && c != QLatin1Char(']');
    };
    const QString& path = endpoint.unixSocket;
    if (!path.isEmpty())
        return path.startsWith(QLatin1Char('/')) && std::all_of(path.begin(), path.end(), isPlain)
            ? path
            : QString();
    // A certificate names a host, which a socket has not.
    if (endpoint.port == 0 || endpoint.tlsPort != 0)
        return {};
    // It listens there, whatever that address means here.
    return QStringLiteral("localhost:%1").arg(endpoint.port);
}

} // namespace

SshRoute::SshRoute(HostUri uri, SshOptions options, QObject* parent)
    : QObject(parent)
    , m_uri(std::move(uri))
    , m_options(std::move(options))
    , m_folder(makeFolder())
{
    if (m_options.program.isEmpty())
        m_options.program = qEnvironmentVariable("VIRTDECK_SSH", QStringLiteral("ssh"));
    if (m_options.ask && m_folder)
        m_asker = std::make_unique<SshAsker>(*m_folder, m_options.ask);
    else
        m_options.ask = nullptr;
}

SshRoute::~SshRoute()
{
    if (m_folder)
        QDir(*m_folder).removeRecursively();
}

QString SshRoute::controlPath() const
{
    // Without a folder there are no consoles, but there is a host.
    return m_folder ? QStringLiteral("%1/%2").arg(*m_folder).arg(m_connection)
                    : QStringLiteral("none");
}

CarrierFactory SshRoute::nextCarrier()
{
    ++m_connection;
    m_forwards.clear();
    ProcessOptions options { .ofEnd = sshEnd, .ofMissing = vmm::ErrorCause::SshMissing };
    if (m_asker)
        options.environment = m_asker->environment(m_options.askpassProgram);
    return [options, program = m_options.program,
               arguments = sshHostArguments(m_uri, m_options, controlPath())] {
        return std::make_unique<ProcessCarrier>(program, arguments, options);
    };
}

vmm::Future<void> SshRoute::run(QObject* runner, SshForward what, const Forward& forward) const
{
    auto promise = std::make_shared<vmm::Promise<void>>();
    const vmm::Future<void> future = promise->future();
    const QStringList arguments
        = sshForwardArguments(m_uri, m_options, controlPath(), what, forward.local, forward.remote);
    QMetaObject::invokeMethod(runner, [promise, runner, program = m_options.program, arguments] {
        new SshRun(program, arguments, promise, runner); // deletes itself
    });
    return future;
}

vmm::Future<vmm::ConsoleEndpoint> SshRoute::reach(
    const vmm::ConsoleEndpoint& endpoint, const QString& key, QObject* runner)
{
    const QString remote = remotePart(endpoint);
    if (!m_folder)
        return vmm::async::failed<vmm::ConsoleEndpoint>(m_folder.error());
    if (remote.isEmpty() || !runner)
        return vmm::async::failed<vmm::ConsoleEndpoint>({ ErrorKind::HostLacksFeature, {},
            QStringLiteral("there is no way through ssh to where the screen is") });
    vmm::ConsoleEndpoint here = endpoint;
    here.host.clear();
    here.port = 0;
    const auto standing = m_forwards.constFind(key);
    if (standing != m_forwards.cend() && standing->remote == remote) {
        here.unixSocket = standing->local;
        return vmm::async::ready<vmm::ConsoleEndpoint>(here);
    }
    leave(key, runner);
    const Forward forward { .local = QStringLiteral("%1/s%2").arg(*m_folder).arg(++m_serial),
        .remote = remote };
    here.unixSocket = forward.local;
    return vmm::async::transformed<vmm::ConsoleEndpoint>(run(runner, SshForward::Begin, forward),
        this,
        [this, key, forward, here, connection = m_connection](
            const vmm::Result<void>& done) -> vmm::Result<vmm::ConsoleEndpoint> {
            if (!done)
                return done.error();
            if (connection == m_connection)
                m_forwards.insert(key, forward);
            return here;
        });
}

void SshRoute::leave(const QString& key, QObject* runner)
{
    const QStringList keys = m_forwards.keys();
    for (const QString& each : keys) {
        if (!each.startsWith(key))
            continue;
        const Forward standing = m_forwards.take(each);
        if (runner)
            (void)run(
                runner, SshForward::End, standing); // what fails here ends with the connection
        QFile::remove(standing.local);
    }
}

} // namespace hosts::wire
