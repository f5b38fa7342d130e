// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The ways to screens and serial ports. The host itself is in LibvirtHost.cpp.
#include "hosts/libvirt/DomainActions.h"
#include "hosts/libvirt/LibvirtHost.h"
#include "hosts/libvirt/ScreenDump.h"
#include "hosts/libvirt/Session.h"
#include "hosts/libvirt/StreamSerialSource.h"
#include "vmm/qemu/RuntimeFolder.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QLoggingCategory>

namespace hosts::libvirt {

using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::Result;

namespace {

Q_LOGGING_CATEGORY(logScreens, "vm.libvirt.host")

/// A screen of another computer, from this one.
Result<void> checkReachable(const vmm::ConsoleEndpoint& endpoint, const QString& name)
{
    if (endpoint.unixSocket.isEmpty() && !QHostAddress(endpoint.host).isLoopback()
        && endpoint.host != QStringLiteral("localhost"))
        return {};
    return vmm::Error { ErrorKind::HostLacksFeature, name,
        QStringLiteral("its screen is reached from the host's own computer alone") };
}

} // namespace

/// virDomainOpenGraphics takes a descriptor, so both ends must be of this computer.
bool LibvirtHost::isOfThisComputer() const
{
    return m_uri.isLocal() && m_uri.driver() == QStringLiteral("qemu");
}

void LibvirtHost::handOver(
    VmId vm, unsigned int index, const std::shared_ptr<vmm::FileDescriptor>& socket)
{
    if (!m_session)
        return; // and with the descriptor the visitor's connection ends
    const auto done = m_session->call<void>(
        nameOfVm(vm), m_timing.query, [vm, index, socket](const Connection& connection) {
            return openGraphics(connection, vm, index, socket->get());
        });
    vmm::async::onFinished(done, this, [](const Result<void>& result) {
        if (!result)
            qCWarning(logScreens).noquote()
                << "handing over a screen:" << result.error().toString();
    });
}

vmm::Future<vmm::ConsoleEndpoint> LibvirtHost::answer(const GetConsole& operation)
{
    return vmm::async::transformed<vmm::ConsoleEndpoint>(
        wayTo(operation), this, [this, vm = operation.vm](Result<vmm::ConsoleEndpoint> endpoint) {
            if (endpoint && m_session)
                endpoint->clients = m_session->visitors().of(vm);
            return endpoint;
        });
}

vmm::Future<vmm::ConsoleEndpoint> LibvirtHost::wayTo(const GetConsole& operation)
{
    const VmId vm = operation.vm;
    if (isOfThisComputer() && !operation.isLasting) {
        const auto found = m_session->call<GraphicsDevice>(nameOfVm(vm), m_timing.query,
            [vm, kind = operation.screen](
                const Connection& connection) { return findGraphics(connection, vm, kind); });
        return vmm::async::transformed<vmm::ConsoleEndpoint>(found, this,
            [this, vm](const Result<GraphicsDevice>& device) -> Result<vmm::ConsoleEndpoint> {
                if (!device)
                    return device.error();
                return vmm::ConsoleEndpoint { .protocol = device->protocol,
                    .unixSocket = TRY(m_doors.open(vm, device->index)),
                    .pushesOthersOut = device->pushesOthersOut };
            });
    }
    const auto there = m_session->call<vmm::ConsoleEndpoint>(nameOfVm(vm), m_timing.query,
        [vm, kind = operation.screen, hostName = m_uri.hostName()](
            const Connection& connection) { return findConsole(connection, vm, hostName, kind); });
    if (operation.isLasting)
        return vmm::async::transformed<vmm::ConsoleEndpoint>(there, this,
            [isHere = m_uri.isLocal(), name = nameOfVm(vm)](
                const Result<vmm::ConsoleEndpoint>& endpoint) -> Result<vmm::ConsoleEndpoint> {
                if (endpoint && !isHere)
                    TRY(checkReachable(*endpoint, name));
                return endpoint;
            });
    if (!m_tunnel)
        return there;
    return vmm::async::andThen(there, this, [this, vm](const vmm::ConsoleEndpoint& endpoint) {
        return m_tunnel->reach(endpoint, vm.toString());
    });
}

vmm::Future<vmm::ConsoleEndpoint> LibvirtHost::answer(const OpenSerial& operation)
{
    const QString name = nameOfVm(operation.vm);
    const QString port = QStringLiteral("%1 %2").arg(operation.vm.toString()).arg(operation.port);
    return m_serialPorts.open(port, [this, operation, name, port] {
        const auto stream = m_session->call<Stream>(
            name, m_timing.query, [operation](const Connection& connection) {
                return openConsole(connection, operation);
            });
        return vmm::async::transformed<vmm::ConsoleEndpoint>(stream, this,
            [this, name, port](const Result<Stream>& opened) -> Result<vmm::ConsoleEndpoint> {
                if (!opened)
                    return opened.error();
                return relayConsole(port, *opened, name);
            });
    });
}

Result<vmm::ConsoleEndpoint> LibvirtHost::relayConsole(
    const QString& port, const Stream& stream, const QString& name)
{
    // One folder for this process; several hosts in it count on.
    static int serial = 0;
    const QString folder = TRY(vmm::makePrivateRuntimeFolder(
        QStringLiteral("serial-%1").arg(QCoreApplication::applicationPid())));
    auto source = TRY(StreamSerialSource::create(stream, name));
    return m_serialPorts.add(
        port, QStringLiteral("%1/%2").arg(folder).arg(++serial), std::move(source));
}

vmm::Future<vmm::Screenshot> LibvirtHost::answer(const GetScreenshot& operation)
{
    const auto turn = takeTurn(operation.vm, GetScreenshot::kFeature);
    if (!turn)
        return vmm::async::failed<vmm::Screenshot>(turn.error());
    const auto future = m_session->call<vmm::Screenshot>(nameOfVm(operation.vm), m_timing.query,
        [operation, turn = *turn](const Connection& connection) {
            return takeScreenshot(
                connection, operation.vm, operation.maxWidth, operation.maxHeight);
        });
    vmm::async::onFinished(future, this, [this](const Result<vmm::Screenshot>& result) {
        if (!result && result.error().kind == ErrorKind::HostLacksFeature
            && result.error().cause == ErrorCause::None)
            markMissing(Feature::Screenshot, result.error().detail);
    });
    return future;
}

} // namespace hosts::libvirt
