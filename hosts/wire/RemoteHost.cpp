// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/RemoteHost.h"

#include "hosts/wire/ProcessCarrier.h"

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QPointer>

namespace hosts::wire {

namespace {

Q_LOGGING_CATEGORY(lcRemote, "host.remote", QtInfoMsg)

// ssh has to find the host, agree on keys and log in first.
constexpr std::chrono::milliseconds kSshHelloLimit { 30'000 };
// And somebody to find a password; sshd itself waits for two minutes.
constexpr std::chrono::milliseconds kAskingHelloLimit { 150'000 };

/// Trying again is no use before somebody has done something about it.
bool isHopeless(const vmm::Error& reason)
{
    constexpr std::array causes { vmm::ErrorCause::HostProgramMissing,
        vmm::ErrorCause::HostProgramVersion, vmm::ErrorCause::SshMissing,
        vmm::ErrorCause::HostKeyUnknown, vmm::ErrorCause::HostKeyChanged,
        vmm::ErrorCause::AuthenticationFailed };
    return reason.kind == vmm::ErrorKind::InvalidConfig
        || std::find(causes.begin(), causes.end(), reason.cause) != causes.end();
}

} // namespace

RemoteHost::RemoteHost(HostUri uri, WireThread& thread, RemoteHostOptions options, QObject* parent)
    : Host(parent)
    , m_uri(std::move(uri))
    , m_thread(thread)
    , m_options(std::move(options))
    , m_backoff(m_options.backoff)
{
    m_options.link.uri = m_uri.isRemoteCore() ? m_uri.remoteUri() : m_uri.toString();
    m_options.link.subject = m_uri.toString();
    m_options.link.abilities.append(QString::fromLatin1(kFollowsResources));
    m_options.ask = askingOnce(m_options.ask);
    m_options.ssh.ask = askingOnce(m_options.ssh.ask);
    if (m_options.ask)
        m_options.link.abilities.append(QString::fromLatin1(kAsks));
    if (m_uri.isRemoteCore()) {
        m_ssh = std::make_unique<SshRoute>(m_uri, m_options.ssh);
        m_options.link.helloLimit = std::max(
            m_options.link.helloLimit, m_options.ssh.ask ? kAskingHelloLimit : kSshHelloLimit);
    }
    m_retryTimer.setSingleShot(true);
    m_stableTimer.setSingleShot(true);
    m_stableTimer.setInterval(m_options.stableAfter);
    m_saveTimer.setSingleShot(true);
    m_saveTimer.setInterval(m_options.saveAfter);
    connect(&m_saveTimer, &QTimer::timeout, this, &RemoteHost::save);
    connect(&m_retryTimer, &QTimer::timeout, this, &RemoteHost::launch);
    connect(&m_stableTimer, &QTimer::timeout, this, [this] { m_backoff.reset(); });
}

RemoteHost::~RemoteHost()
{
    save();
    dropLink();
}

void RemoteHost::open()
{
    m_declined.clear();
    if (m_state == ConnectionState::Connected || m_state == ConnectionState::Connecting)
        return;
    if (m_state == ConnectionState::Reconnecting) {
        if (!m_link)
            launch();
        return;
    }
    m_backoff.reset();
    setState(ConnectionState::Connecting);
    recall();
    launch();
}

/// Read in the wire thread, so it is here before the host program has said its first word.
void RemoteHost::recall()
{
    if (m_options.cacheFolder.isEmpty() || !m_vms.isEmpty() || m_lastSeen.isValid())
        return;
    m_thread.post([self = QPointer(this), uri = m_uri, folder = m_options.cacheFolder] {
        auto known = InventoryStore(folder).load(uri);
        if (!known)
            return;
        QMetaObject::invokeMethod(qApp, [self, known = std::move(*known)] {
            if (self)
                self->takeRecalled(known);
        });
    });
}

void RemoteHost::takeRecalled(const KnownHost& known)
{
    if (m_state == ConnectionState::Connected || m_lastSeen.isValid() || !m_vms.isEmpty())
        return; // the truth was faster
    m_lastSeen = known.lastSeen;
    if (m_info == HostInfo {}) {
        m_info = known.info;
        Q_EMIT infoChanged();
    }
    apply({ .isComplete = true, .changed = known.vms });
}

void RemoteHost::noteUnsaved()
{
    if (m_options.cacheFolder.isEmpty() || std::exchange(m_isUnsaved, true))
        return;
    m_saveTimer.start();
}

void RemoteHost::save()
{
    m_saveTimer.stop();
    if (!std::exchange(m_isUnsaved, false))
        return;
    const KnownHost known { .info = m_info, .vms = vms(), .lastSeen = lastSeen() };
    m_thread.post([uri = m_uri, folder = m_options.cacheFolder, known] {
        if (const auto saved = InventoryStore(folder).save(uri, known); !saved)
            qCInfo(lcRemote).noquote() << saved.error().toString();
    });
}

void RemoteHost::close()
{
    noteLastSeen(QDateTime::currentDateTimeUtc());
    save();
    dropLink();
    m_retryTimer.stop();
    m_calls.clear(); // a promise that is dropped answers Cancelled
    setState(ConnectionState::Disconnected);
}

void RemoteHost::launch()
{
    m_retryTimer.stop();
    CarrierFactory makeCarrier = m_options.makeCarrier;
    if (!makeCarrier && m_ssh) {
        makeCarrier = m_ssh->nextCarrier();
    } else if (!makeCarrier) {
        const QStringList arguments = m_options.arguments + QStringList { m_uri.toString() };
        makeCarrier = [program = m_options.program, arguments] {
            return std::make_unique<ProcessCarrier>(program, arguments);
        };
    }
    m_link = new WireLink(std::move(makeCarrier), m_options.link);
    // Signals cross from the wire thread; those of a link that was dropped may still be on their
    // way.
    const quint64 generation = ++m_generation;
    connect(m_link, &WireLink::received, this, [this, generation](const Message& message) {
        if (generation == m_generation)
            handle(message);
    });
    connect(m_link, &WireLink::ended, this,
        [this, generation](const vmm::Error& reason, const QDateTime& lastHeard) {
            if (generation == m_generation)
                lose(reason, lastHeard);
        });
    m_thread.run(m_link);
}

void RemoteHost::dropLink()
{
    m_stableTimer.stop();
    ++m_generation;
    WireLink* link = std::exchange(m_link, nullptr);
    if (!link)
        return;
    QMetaObject::invokeMethod(
        link, [link, grace = m_options.link.endGrace] { link->release(grace); });
}

void RemoteHost::noteLastSeen(const QDateTime& when)
{
    if (m_state == ConnectionState::Connected)
        m_lastSeen = when;
}

QDateTime RemoteHost::lastSeen() const
{
    return m_state == ConnectionState::Connected ? QDateTime::currentDateTimeUtc() : m_lastSeen;
}

void RemoteHost::setState(ConnectionState state, std::optional<vmm::Error> error)
{
    const bool isNews = m_state != state || m_lastError != error;
    m_state = state;
    m_lastError = std::move(error);
    if (isNews)
        Q_EMIT connectionChanged(state);
}

void RemoteHost::send(const Message& message)
{
    if (m_link)
        QMetaObject::invokeMethod(
            m_link, [link = m_link, message] { link->send(message); }, Qt::QueuedConnection);
}

void RemoteHost::handle(const Message& message)
{
    if (std::holds_alternative<Hello>(message)) {
        if (!m_visible.isEmpty())
            send(SetVisible { .vms = m_visible.values() });
    } else if (const auto* reply = std::get_if<Reply>(&message)) {
        handle(*reply);
    } else if (const auto* progress = std::get_if<Progress>(&message)) {
        handle(*progress);
    } else if (const auto* ask = std::get_if<Ask>(&message)) {
        handle(*ask);
    } else if (const auto* connection = std::get_if<ConnectionEvent>(&message)) {
        handle(*connection);
    } else if (const auto* info = std::get_if<InfoEvent>(&message)) {
        m_info = info->info;
        Q_EMIT infoChanged();
    } else if (const auto* inventory = std::get_if<InventoryEvent>(&message)) {
        apply(inventory->change);
    } else if (const auto* metrics = std::get_if<MetricsEvent>(&message)) {
        m_link->metricsTaken();
        Q_EMIT metricsSampled(metrics->batch);
    } else if (const auto* resources = std::get_if<ResourcesEvent>(&message)) {
        Q_EMIT resourcesChanged(resources->kind);
    }
}

void RemoteHost::handle(const ConnectionEvent& event)
{
    switch (event.state) {
    case ConnectionState::Connecting:
        return; // it already says so, or Reconnecting, which tells more
    case ConnectionState::Connected:
        m_stableTimer.start();
        setState(ConnectionState::Connected);
        return noteUnsaved();
    case ConnectionState::Reconnecting:
        // The host does that by itself; its program is well.
        noteLastSeen(QDateTime::currentDateTimeUtc());
        return setState(ConnectionState::Reconnecting, event.error);
    case ConnectionState::Failed:
        return giveUp(
            event.error.value_or(vmm::Error { vmm::ErrorKind::Disconnected, m_uri.toString() }));
    case ConnectionState::Disconnected:
        return lose({ vmm::ErrorKind::Disconnected, m_uri.toString(),
                        QStringLiteral("the host closed itself") },
            QDateTime::currentDateTimeUtc());
    }
}

void RemoteHost::apply(const InventoryChange& change)
{
    if (change.isComplete) {
        m_vms.clear();
        m_vms.reserve(change.changed.size());
    }
    for (const VmId& vm : change.removed)
        m_vms.remove(vm);
    for (const VmInfo& vm : change.changed)
        m_vms.insert(vm.id, vm);
    if (m_ssh)
        leaveConsoles(change);
    if (m_state == ConnectionState::Connected)
        noteUnsaved();
    Q_EMIT inventoryChanged(change);
}

void RemoteHost::lose(const vmm::Error& reason, const QDateTime& lastHeard)
{
    if (isHopeless(reason))
        return giveUp(reason);
    noteLastSeen(lastHeard);
    save();
    dropLink();
    m_retryTimer.start(m_backoff.next());
    failCalls(reason);
    setState(ConnectionState::Reconnecting, reason);
}

void RemoteHost::giveUp(const vmm::Error& reason)
{
    noteLastSeen(QDateTime::currentDateTimeUtc());
    if (m_ssh && reason.cause == vmm::ErrorCause::AuthenticationFailed)
        m_ssh->noteRefusal();
    dropLink();
    failCalls(reason);
    setState(ConnectionState::Failed, reason);
}

} // namespace hosts::wire
