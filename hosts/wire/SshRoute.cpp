// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/SshRoute.h"

#include "hosts/wire/ProcessCarrier.h"
#include "hosts/wire/SshRun.h"
#include "vmm/qemu/RuntimeFolder.h"

#include <QCoreApplication>
#include <QFile>

#include <atomic>

namespace hosts::wire {

namespace {

using vmm::ErrorKind;

vmm::Result<QString> makeFolder()
{
    static std::atomic_int serial = 0;
    return vmm::makePrivateRuntimeFolder(
        QStringLiteral("ssh-%1-%2").arg(QCoreApplication::applicationPid()).arg(++serial));
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
        vmm::removePrivateFolder(*m_folder);
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
    if (m_asker) {
        m_asker->begin();
        options.environment = m_asker->environment(m_options.askpassProgram);
    }
    return [options, program = m_options.program,
               arguments = sshHostArguments(m_uri, m_options, controlPath())] {
        return std::make_unique<ProcessCarrier>(program, arguments, options);
    };
}

void SshRoute::noteRefusal()
{
    if (m_asker)
        m_asker->noteRefusal();
}

vmm::Future<void> SshRoute::run(QObject* runner, SshForward what, const Forward& forward) const
{
    return runSsh(m_options.program,
        sshForwardArguments(m_uri, m_options, controlPath(), what, forward.local, forward.remote),
        runner);
}

vmm::Future<vmm::ConsoleEndpoint> SshRoute::reach(
    const vmm::ConsoleEndpoint& endpoint, const QString& key, QObject* runner)
{
    const QString remote = sshRemotePart(endpoint);
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
