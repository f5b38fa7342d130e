// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The operations of a RemoteHost: from a call to a request, from a reply to its future.
#include "hosts/wire/MessageCodec.h"
#include "hosts/wire/RemoteHost.h"

namespace hosts::wire {

namespace {

template <typename T> vmm::Result<T> answerAs(vmm::Result<Answer> answer)
{
    if (!answer)
        return answer.error();
    if constexpr (std::is_void_v<T>) {
        if (std::holds_alternative<std::monostate>(*answer))
            return {};
    } else if (auto* value = std::get_if<T>(&*answer)) {
        return std::move(*value);
    }
    return vmm::Error { vmm::ErrorKind::ProtocolViolation, {},
        QStringLiteral("the answer to another operation") };
}

} // namespace

vmm::Future<void> RemoteHost::perform(VmId vm, vmm::VmAction action)
{
    const bool isLong = action == vmm::VmAction::Start || action == vmm::VmAction::ShutDown;
    return call<void>(Perform { .vm = vm, .action = action },
        isLong ? m_options.longDeadline : m_options.deadline);
}

vmm::Future<VmId> RemoteHost::define(const QString& domainXml)
{
    return call<VmId>(Define { .xml = domainXml }, m_options.deadline);
}

vmm::Future<VmId> RemoteHost::createMachine(const vmm::NewMachine& machine)
{
    return call<VmId>(CreateMachine { .machine = machine }, m_options.longDeadline);
}

vmm::Future<QString> RemoteHost::definition(VmId vm)
{
    return call<QString>(GetDefinition { .vm = vm }, m_options.deadline);
}

vmm::Future<vmm::ConsoleEndpoint> RemoteHost::consoleEndpoint(VmId vm)
{
    return call<vmm::ConsoleEndpoint>(GetConsole { .vm = vm }, m_options.deadline);
}

void RemoteHost::setVisibleVms(const QSet<VmId>& vms)
{
    if (m_visible == vms)
        return;
    m_visible = vms;
    if (m_state != ConnectionState::Disconnected) // else hello brings it
        send(SetVisible { .vms = vms.values() });
}

template <typename T>
vmm::Future<T> RemoteHost::call(Operation operation, std::chrono::milliseconds deadline)
{
    if (m_state != ConnectionState::Connected)
        return vmm::async::failed<T>({ vmm::ErrorKind::Disconnected, m_uri.toString(),
            m_lastError ? m_lastError->detail : QString(),
            m_lastError ? m_lastError->cause : vmm::ErrorCause::None });
    if (const auto checked = withinLimits(operation); !checked)
        return vmm::async::failed<T>(checked.error());

    const quint32 id = ++m_lastId;
    auto promise = std::make_shared<vmm::Promise<T>>();
    const vmm::Future<T> future = promise->future();
    m_calls.insert(id,
        [promise](vmm::Result<Answer> answer) { promise->finish(answerAs<T>(std::move(answer))); });
    auto* watcher = new QFutureWatcher<vmm::Result<T>>(this);
    connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
    connect(watcher, &QFutureWatcherBase::canceled, this,
        [this, id] { abandon(id, { vmm::ErrorKind::Cancelled }); });
    watcher->setFuture(future);
    QTimer::singleShot(deadline, this, [this, id, deadline] {
        abandon(id,
            { vmm::ErrorKind::TimedOut, m_uri.toString(),
                QStringLiteral("no answer within %1 ms").arg(deadline.count()) });
    });
    send(Request { .id = id, .operation = std::move(operation) });
    return future;
}

void RemoteHost::handle(const Reply& reply)
{
    if (reply.id == 0 || reply.id > m_lastId)
        return lose({ vmm::ErrorKind::ProtocolViolation, m_uri.toString(),
                        QStringLiteral("an answer to nothing that was asked"),
                        vmm::ErrorCause::HostProgramDied },
            QDateTime::currentDateTimeUtc());
    if (const Finish finish = m_calls.take(reply.id)) // else it was given up before
        finish(reply.answer);
}

void RemoteHost::abandon(quint32 id, const vmm::Error& reason)
{
    const Finish finish = m_calls.take(id);
    if (!finish)
        return;
    send(Cancel { .id = id });
    finish(reason);
}

void RemoteHost::failCalls(const vmm::Error& reason)
{
    // Whatever went wrong with the connection, to the caller it means: the outcome is unknown.
    vmm::Error error = reason;
    error.kind = vmm::ErrorKind::Disconnected;
    const auto calls = std::exchange(m_calls, {});
    for (const Finish& finish : calls)
        finish(error);
}

} // namespace hosts::wire
