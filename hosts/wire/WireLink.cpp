// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/WireLink.h"

#include "hosts/wire/Limits.h"
#include "hosts/wire/MessageCodec.h"

#include <QLoggingCategory>

namespace hosts::wire {

namespace {

Q_LOGGING_CATEGORY(lcWire, "host.wire", QtInfoMsg)

// The silence is counted in beats, not by the clock: if this whole program was stopped for a while,
// one late beat is no proof against the other side.
constexpr int kSilentBeats = 4;
constexpr int kMaxMetricsOnTheirWay = 8;

vmm::Error nonsense(const QString& detail)
{
    return { vmm::ErrorKind::ProtocolViolation, {}, detail, vmm::ErrorCause::HostProgramDied };
}

} // namespace

WireLink::WireLink(CarrierFactory makeCarrier, WireLinkOptions options)
    : m_makeCarrier(std::move(makeCarrier))
    , m_options(std::move(options))
    , m_settleTimer(this)
    , m_helloTimer(this)
    , m_heart(this)
{
    m_settleTimer.setSingleShot(true);
    m_settleTimer.setInterval(m_options.settleLimit);
    connect(&m_settleTimer, &QTimer::timeout, this, &WireLink::settled);
    m_helloTimer.setSingleShot(true);
    m_helloTimer.setInterval(m_options.helloLimit);
    m_heart.setInterval(m_options.silenceLimit / kSilentBeats);
    connect(&m_helloTimer, &QTimer::timeout, this, [this] {
        fail({ vmm::ErrorKind::TimedOut, {},
            QStringLiteral("the host program said nothing for %1 ms")
                .arg(m_options.helloLimit.count()),
            vmm::ErrorCause::HostProgramDied });
    });
    connect(&m_heart, &QTimer::timeout, this, &WireLink::beat);
}

WireLink::~WireLink() = default;

void WireLink::start()
{
    if (m_isStopping)
        return;
    m_carrier = m_makeCarrier();
    connect(m_carrier.get(), &Carrier::received, this, &WireLink::readFrames);
    connect(m_carrier.get(), &Carrier::ended, this, &WireLink::bury);
    m_settleTimer.start();
    m_helloTimer.start();
    m_carrier->start();
    send(Hello {
        .program = m_options.program, .abilities = m_options.abilities, .uri = m_options.uri });
}

void WireLink::send(const Message& message)
{
    if (m_carrier && !m_isStopping)
        m_carrier->write(framed(encode(message)));
}

void WireLink::release(std::chrono::milliseconds grace)
{
    m_isReleased = true;
    stop(grace);
    if (!m_carrier)
        deleteLater();
}

void WireLink::settle()
{
    if (!m_settleTimer.isActive())
        return;
    m_settleTimer.stop();
    Q_EMIT settled();
}

void WireLink::stop(std::chrono::milliseconds grace)
{
    m_isStopping = true;
    settle();
    m_helloTimer.stop();
    m_heart.stop();
    if (!m_carrier)
        return;
    if (grace.count() == 0)
        return m_carrier->kill();
    m_carrier->hangUp();
    QTimer::singleShot(grace, m_carrier.get(), [carrier = m_carrier.get()] { carrier->kill(); });
}

void WireLink::bury(const vmm::Error& reason)
{
    fail(reason);
    m_carrier.release()->deleteLater(); // it is the sender
    if (m_isReleased)
        deleteLater();
}

void WireLink::readFrames(const QByteArray& bytes)
{
    if (m_isStopping)
        return;
    m_hasHeard = true;
    m_lastHeard = QDateTime::currentDateTimeUtc();
    m_frames.feed(bytes);
    while (!m_isStopping) {
        const auto frame = m_frames.next();
        if (!frame)
            return fail(nonsense(frame.error().detail));
        if (!frame->has_value())
            return;
        const auto message = decode(**frame);
        if (!message)
            return fail(nonsense(message.error().detail));
        if (const auto handled = handle(*message); !handled)
            return fail(handled.error());
    }
}

vmm::Result<void> WireLink::handle(const Message& message)
{
    if (const auto* hello = std::get_if<Hello>(&message)) {
        TRY(check(*hello));
        m_isGreeted = true;
        m_helloTimer.stop();
        m_heart.start();
        Q_EMIT received(message);
        return {};
    }
    if (!m_isGreeted)
        return nonsense(QStringLiteral("the first message was no hello"));
    if (std::holds_alternative<Pong>(message))
        return {};
    if (const auto* part = std::get_if<InventoryEvent>(&message))
        return collect(*part);
    if (std::holds_alternative<MetricsEvent>(message)) {
        if (m_metricsOnTheirWay >= kMaxMetricsOnTheirWay)
            return {};
        ++m_metricsOnTheirWay;
    } else if (!std::holds_alternative<Reply>(message) && !std::holds_alternative<Progress>(message)
        && !std::holds_alternative<ConnectionEvent>(message)
        && !std::holds_alternative<InfoEvent>(message)
        && !std::holds_alternative<ResourcesEvent>(message)
        && !std::holds_alternative<Ask>(message)) {
        return nonsense(QStringLiteral("a message that a host must not send"));
    }
    Q_EMIT received(message);
    return {};
}

vmm::Result<void> WireLink::check(const Hello& hello) const
{
    if (m_isGreeted)
        return nonsense(QStringLiteral("a second hello"));
    if (hello.protocol != kProtocolVersion)
        return vmm::Error { vmm::ErrorKind::ProtocolViolation, hello.program,
            QStringLiteral("%1 speaks version %2 of the protocol, %3 speaks version %4")
                .arg(hello.program)
                .arg(hello.protocol)
                .arg(m_options.program)
                .arg(kProtocolVersion),
            vmm::ErrorCause::HostProgramVersion };
    if (hello.uri != m_options.uri)
        return nonsense(QStringLiteral("it serves \"%1\"").arg(hello.uri));
    return {};
}

vmm::Result<void> WireLink::collect(const InventoryEvent& part)
{
    if (m_inventory.changed.size() + part.change.changed.size() > kMaxVms)
        return nonsense(QStringLiteral("more than %1 machines").arg(kMaxVms));
    m_inventory.isComplete = part.change.isComplete;
    m_inventory.changed += part.change.changed;
    m_inventory.removed += part.change.removed;
    if (!part.hasMore) {
        Q_EMIT received(InventoryEvent { .change = std::exchange(m_inventory, {}) });
        settle();
    }
    return {};
}

void WireLink::beat()
{
    if (std::exchange(m_hasHeard, false)) {
        m_silentBeats = 0;
    } else if (++m_silentBeats >= kSilentBeats) {
        return fail({ vmm::ErrorKind::Disconnected, {},
            QStringLiteral("the host program has not answered for %1 ms")
                .arg(m_options.silenceLimit.count()),
            vmm::ErrorCause::HostProgramDied });
    }
    send(Ping { .serial = ++m_pingSerial });
}

void WireLink::fail(vmm::Error reason)
{
    if (m_isStopping)
        return;
    if (m_isGreeted && reason.cause != vmm::ErrorCause::HostUnreachable
        && (reason.kind == vmm::ErrorKind::InvalidConfig || reason.kind == vmm::ErrorKind::NotFound
            || reason.kind == vmm::ErrorKind::PermissionDenied)) {
        // It had said hello: whatever its exit code means, it was there and let us in.
        reason.kind = vmm::ErrorKind::Disconnected;
        reason.cause = vmm::ErrorCause::HostProgramDied;
    }
    if (const QString words = m_carrier->lastWords(); !words.isEmpty())
        reason.detail += QLatin1Char('\n') + words;
    if (reason.kind != vmm::ErrorKind::ProcessFailed) // then it is the program's path
        reason.subject = m_options.subject.isEmpty() ? m_options.uri : m_options.subject;
    qCInfo(lcWire).noquote() << reason.toString();
    // A program that broke the rules, or does not answer, won't take a hint either.
    stop(std::chrono::milliseconds(0));
    Q_EMIT ended(reason, m_lastHeard);
}

} // namespace hosts::wire
