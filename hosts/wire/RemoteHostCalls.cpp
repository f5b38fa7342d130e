// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The operations of a RemoteHost: from a call to a request, from a reply to its future.
#include "hosts/wire/MessageCodec.h"
#include "hosts/wire/RemoteHost.h"

#include <QPointer>

namespace hosts::wire {

namespace {

/// Which console it is about, beginning with the machine; empty if about none.
QString consoleKey(const Operation& operation)
{
    if (const auto* screen = std::get_if<GetConsole>(&operation))
        return screen->vm.toString() + nameOf(screen->screen);
    if (const auto* serial = std::get_if<OpenSerial>(&operation))
        return serial->vm.toString() + QString::number(serial->port);
    return {};
}

} // namespace

void RemoteHost::setVisibleVms(const QSet<VmId>& vms)
{
    if (m_visible == vms)
        return;
    m_visible = vms;
    if (m_state != ConnectionState::Disconnected) // else hello brings it
        send(SetVisible { .vms = vms.values() });
}

vmm::Future<Answer> RemoteHost::run(const Operation& operation)
{
    const QString key = consoleKey(operation);
    if (key.isEmpty() || !m_ssh || !m_options.reachesConsoles)
        return ask(operation);
    return vmm::async::andThen(
        ask(operation), this, [this, key](const Answer& answer) { return bringHere(key, answer); });
}

vmm::Future<Answer> RemoteHost::bringHere(const QString& key, const Answer& answer)
{
    const auto* endpoint = std::get_if<vmm::ConsoleEndpoint>(&answer);
    if (!endpoint)
        return vmm::async::ready<Answer>(answer);
    return asAnswer(m_ssh->reach(*endpoint, key, m_link), this);
}

/// The screen of a machine that is off, or gone, is nowhere.
void RemoteHost::leaveConsoles(const InventoryChange& change)
{
    for (const VmId& vm : change.removed)
        m_ssh->leave(vm.toString(), m_link);
    for (const VmInfo& vm : change.changed) {
        if (!vmm::isActive(vm.state))
            m_ssh->leave(vm.id.toString(), m_link);
    }
}

vmm::Future<Answer> RemoteHost::ask(const Operation& operation)
{
    if (m_state != ConnectionState::Connected)
        return vmm::async::failed<Answer>({ vmm::ErrorKind::Disconnected, m_uri.toString(),
            m_lastError ? m_lastError->detail : QString(),
            m_lastError ? m_lastError->cause : vmm::ErrorCause::None });
    if (const auto checked = withinLimits(operation); !checked)
        return vmm::async::failed<Answer>(checked.error());

    const quint32 id = ++m_lastId;
    const auto call = std::make_shared<Call>();
    const vmm::Future<Answer> future = call->future();
    call->setProgressRange(0, 100);
    m_calls.insert(id, call);
    auto* watcher = new QFutureWatcher<vmm::Result<Answer>>(this);
    connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
    connect(watcher, &QFutureWatcherBase::canceled, this, [this, id] {
        if (m_options.awaitsCancelled)
            send(Cancel { .id = id });
        else
            abandon(id, { vmm::ErrorKind::Cancelled });
    });
    watcher->setFuture(future);
    startDeadline(id, patienceFor(operation));
    send(Request { .id = id, .operation = operation });
    return future;
}

void RemoteHost::startDeadline(quint32 id, Patience patience)
{
    if (patience == Patience::Job)
        return; // it tells its progress; a host that died is noticed by its silence
    const auto deadline = patience == Patience::Step ? m_options.longDeadline : m_options.deadline;
    QTimer::singleShot(deadline, this, [this, id, deadline] {
        abandon(id,
            { vmm::ErrorKind::TimedOut, m_uri.toString(),
                QStringLiteral("no answer within %1 ms").arg(deadline.count()) });
    });
}

void RemoteHost::handle(const Progress& progress)
{
    if (const auto call = m_calls.value(progress.id))
        call->setProgress(progress.percent);
}

Asker RemoteHost::askingOnce(const Asker& ask)
{
    if (!ask)
        return {};
    return [self = QPointer(this), ask](const Question& question, const QuestionAnswer& answer) {
        if (!self || self->m_declined.contains(question.prompt))
            return answer(std::nullopt);
        ask(question, [self, prompt = question.prompt, answer](const std::optional<QString>& text) {
            if (self && !text && self->m_state != ConnectionState::Connected)
                self->m_declined.insert(prompt);
            answer(text);
        });
    };
}

void RemoteHost::handle(const Ask& ask)
{
    if (!m_options.ask)
        return send(Say { .id = ask.id });
    m_options.ask(ask.question,
        [self = QPointer(this), id = ask.id, generation = m_generation](
            const std::optional<QString>& text) {
            if (self && self->m_generation == generation)
                self->send(Say { .id = id, .text = text });
        });
}

void RemoteHost::handle(const Reply& reply)
{
    if (reply.id == 0 || reply.id > m_lastId)
        return lose({ vmm::ErrorKind::ProtocolViolation, m_uri.toString(),
                        QStringLiteral("an answer to nothing that was asked"),
                        vmm::ErrorCause::HostProgramDied },
            QDateTime::currentDateTimeUtc());
    const auto call = m_calls.take(reply.id);
    if (!call)
        return; // it was given up before
    if (m_options.awaitsCancelled)
        call->finishAsItIs(reply.answer);
    else
        call->finish(reply.answer);
}

void RemoteHost::abandon(quint32 id, const vmm::Error& reason)
{
    const auto call = m_calls.take(id);
    if (!call)
        return;
    send(Cancel { .id = id });
    call->finish(reason);
}

void RemoteHost::failCalls(const vmm::Error& reason)
{
    // Whatever went wrong with the connection, to the caller it means: the outcome is unknown.
    vmm::Error error = reason;
    error.kind = vmm::ErrorKind::Disconnected;
    const auto calls = std::exchange(m_calls, {});
    for (const auto& call : calls)
        call->finish(error);
}

} // namespace hosts::wire
