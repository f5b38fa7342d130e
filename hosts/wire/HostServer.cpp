// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/HostServer.h"

#include "hosts/wire/Limits.h"
#include "hosts/wire/MessageCodec.h"

#include <QPointer>

namespace hosts::wire {

namespace {

vmm::Error violation(const QString& detail)
{
    return { vmm::ErrorKind::ProtocolViolation, {}, detail };
}

vmm::Result<Answer> sendable(const vmm::Result<Answer>& answer)
{
    if (answer) {
        if (const auto checked = withinLimits(*answer); !checked)
            return checked.error();
    }
    return answer;
}

} // namespace

HostServer::HostServer(
    Host& host, int readFd, int writeFd, HostServerOptions options, QObject* parent)
    : QObject(parent)
    , m_host(host)
    , m_options(std::move(options))
    , m_stream(readFd, writeFd)
{
    connect(&m_stream, &FdStream::received, this, &HostServer::readFrames);
    connect(&m_stream, &FdStream::sent, this, &HostServer::catchUp);
    connect(&m_stream, &FdStream::ended, this, &HostServer::finish);
}

void HostServer::start()
{
    if (std::exchange(m_hasStarted, true))
        return;
    sendNow(Hello { .protocol = m_options.protocol,
        .program = m_options.program,
        .uri = m_options.uri.isEmpty() ? m_host.uri().toString() : m_options.uri });
}

void HostServer::readFrames(const QByteArray& bytes)
{
    m_frames.feed(bytes);
    while (!m_isFinished) {
        const auto frame = m_frames.next();
        if (!frame)
            return finish(frame.error().toString());
        if (!frame->has_value())
            return;
        const auto message = decode(**frame);
        if (!message)
            return finish(message.error().toString());
        if (const auto handled = handle(*message); !handled)
            return finish(handled.error().toString());
    }
}

vmm::Result<void> HostServer::handle(const Message& message)
{
    if (const auto* hello = std::get_if<Hello>(&message))
        return handle(*hello);
    if (!m_isWelcome)
        return violation(QStringLiteral("the first message was no hello"));
    if (const auto* request = std::get_if<Request>(&message))
        return handle(*request);
    if (const auto* ping = std::get_if<Ping>(&message)) {
        sendNow(Pong { .serial = ping->serial });
    } else if (const auto* cancel = std::get_if<Cancel>(&message)) {
        if (const auto canceller = m_cancellers.value(cancel->id))
            canceller();
    } else if (const auto* say = std::get_if<Say>(&message)) {
        return handle(*say);
    } else if (const auto* visible = std::get_if<SetVisible>(&message)) {
        const QSet<VmId> vms(visible->vms.begin(), visible->vms.end());
        m_options.setVisible ? m_options.setVisible(vms) : m_host.setVisibleVms(vms);
    } else {
        return violation(QStringLiteral("a message that only a host may send"));
    }
    return {};
}

vmm::Result<void> HostServer::handle(const Hello& hello)
{
    if (m_isWelcome)
        return violation(QStringLiteral("a second hello"));
    if (hello.protocol != m_options.protocol)
        return vmm::Error { vmm::ErrorKind::ProtocolViolation, hello.program,
            QStringLiteral("speaks version %1 of the protocol, this side version %2")
                .arg(hello.protocol)
                .arg(m_options.protocol),
            vmm::ErrorCause::HostProgramVersion };
    m_isWelcome = true;
    if (hello.abilities.contains(QLatin1StringView(kFollowsResources)))
        connect(&m_host, &Host::resourcesChanged, this,
            [this](ResourceKind kind) { sendKept(ResourcesEvent { .kind = kind }); });
    welcome(hello.abilities.contains(QLatin1StringView(kAsks)));
    return {};
}

vmm::Result<void> HostServer::handle(const Say& say)
{
    if (say.id == 0 || say.id > m_lastQuestion)
        return violation(QStringLiteral("an answer to nothing that was asked"));
    if (const QuestionAnswer answer = m_questions.take(say.id))
        answer(say.text);
    return {};
}

void HostServer::ask(const Question& question, const QuestionAnswer& answer)
{
    if (m_isFinished)
        return answer(std::nullopt);
    m_questions.insert(++m_lastQuestion, answer);
    sendNow(Ask { .id = m_lastQuestion, .question = question });
}

void HostServer::welcome(bool peerAsks)
{
    if (peerAsks) {
        m_asks = true;
        m_host.setAsker(
            [self = QPointer(this)](const Question& question, const QuestionAnswer& answer) {
                if (self)
                    self->ask(question, answer);
                else
                    answer(std::nullopt);
            });
    }
    connect(&m_host, &Host::connectionChanged, this, [this](ConnectionState state) {
        sendKept(ConnectionEvent { .state = state, .error = m_host.lastError() });
    });
    connect(&m_host, &Host::infoChanged, this,
        [this] { sendKept(InfoEvent { .info = m_host.info() }); });
    connect(&m_host, &Host::inventoryChanged, this, &HostServer::sendInventory);
    connect(&m_host, &Host::metricsSampled, this, &HostServer::sendMetrics);
    switch (m_host.connectionState()) {
    case ConnectionState::Disconnected:
    case ConnectionState::Failed:
        return m_host.open();
    case ConnectionState::Connecting:
        return; // all is still to come
    case ConnectionState::Connected:
    case ConnectionState::Reconnecting:
        break;
    }
    sendKept(InfoEvent { .info = m_host.info() });
    sendInventory({ .isComplete = true, .changed = m_host.vms() });
    sendKept(ConnectionEvent { .state = m_host.connectionState(), .error = m_host.lastError() });
}

vmm::Result<void> HostServer::handle(const Request& request)
{
    if (m_cancellers.contains(request.id))
        return violation(QStringLiteral("an id that is in use"));
    if (m_cancellers.size() >= kMaxPending)
        return violation(QStringLiteral("too many requests at once"));
    follow(request.id, m_host.run(request.operation));
    return {};
}

void HostServer::follow(quint32 id, const vmm::Future<Answer>& future)
{
    m_cancellers.insert(id, [copy = vmm::Future<Answer>(future)]() mutable { copy.cancel(); });
    auto* watcher = new QFutureWatcher<vmm::Result<Answer>>(this);
    connect(watcher, &QFutureWatcherBase::progressValueChanged, this, [this, id](int percent) {
        if (!isPeerSlow())
            sendNow(Progress { .id = id, .percent = std::clamp(percent, 0, 100) });
    });
    connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
    watcher->setFuture(future);
    vmm::async::onFinished(future, this,
        [this, id](const vmm::Result<Answer>& result) { reply(id, sendable(result)); });
}

void HostServer::reply(quint32 id, vmm::Result<Answer> answer)
{
    m_cancellers.remove(id);
    sendKept(Reply { .id = id, .answer = std::move(answer) });
}

void HostServer::sendInventory(const InventoryChange& change)
{
    m_merged.add(change);
    if (!isPeerSlow())
        flushMerged();
}

void HostServer::sendMetrics(const MetricsBatch& batch)
{
    if (isPeerSlow())
        m_lateMetrics = batch; // the one before is lost: nobody wants old load
    else
        sendNow(MetricsEvent { .batch = batch });
}

void HostServer::sendKept(const Message& message)
{
    flushMerged(); // a reply must not overtake the change it brought about
    sendNow(message);
}

void HostServer::flushMerged()
{
    if (m_merged.isEmpty())
        return;
    for (const InventoryEvent& event : divided(m_merged.take()))
        sendNow(event);
}

void HostServer::sendNow(const Message& message)
{
    if (m_isFinished)
        return;
    m_stream.write(framed(encode(message)));
    if (m_stream.unsent() > m_options.stuckPeerBytes)
        m_stream.setReading(false);
}

void HostServer::catchUp()
{
    if (m_isFinished || isPeerSlow())
        return;
    m_stream.setReading(true);
    flushMerged();
    if (m_lateMetrics && !isPeerSlow())
        sendNow(MetricsEvent { .batch = *std::exchange(m_lateMetrics, std::nullopt) });
}

void HostServer::leave()
{
    if (std::exchange(m_isFinished, true))
        return;
    m_stream.setReading(false);
    m_host.disconnect(this);
    if (m_asks)
        m_host.setAsker({});
    const auto questions = std::exchange(m_questions, {});
    for (const QuestionAnswer& answer : questions)
        answer(std::nullopt);
    const auto cancellers = std::exchange(m_cancellers, {});
    for (const auto& cancel : cancellers)
        cancel();
}

void HostServer::finish(const QString& reason)
{
    if (m_isFinished)
        return;
    leave();
    Q_EMIT finished(reason);
}

} // namespace hosts::wire
