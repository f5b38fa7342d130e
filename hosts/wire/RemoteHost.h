// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Host.h"
#include "hosts/wire/Backoff.h"
#include "hosts/wire/InventoryStore.h"
#include "hosts/wire/SshRoute.h"
#include "hosts/wire/WireThread.h"

#include <QTimer>

namespace hosts::wire {

struct RemoteHostOptions {
    /// The program (a path, or a name to be found in PATH) and what stands before the URI.
    QString program = QStringLiteral("virtdeck-host");
    QStringList arguments {};
    Asker ask {}; ///< asked what the host wants to know; empty: it has nobody to ask
    SshOptions ssh {}; ///< for URIs of remote cores, which take nothing of the above
    /// Where the last known inventory is kept for the next start (InventoryStore); empty: nowhere.
    QString cacheFolder {};
    std::chrono::milliseconds saveAfter { 5'000 }; ///< changes are gathered so long
    bool reachesConsoles = true; ///< of a remote core: endpoints are brought here
    /// An operation that was cancelled finishes once the host has undone what it had begun, not at
    /// once.
    bool awaitsCancelled = false;
    CarrierFactory makeCarrier {}; ///< instead of a process; it has to serve the URI
    WireLinkOptions link {};
    Backoff::Options backoff {};
    std::chrono::milliseconds stableAfter { 10'000 }; ///< connected so long: backoff starts anew
    std::chrono::milliseconds longDeadline { 60'000 }; ///< Patience::Step
    std::chrono::milliseconds deadline { 15'000 }; ///< Patience::Question
};

/// A host that lives in a process of its own (virtdeck-host), seen from the window. Keeps the last
/// known inventory while that process is away, and starts it again with backoff when it died, hung
/// or talked nonsense: operations that were under way then fail with Disconnected (cause
/// HostProgramDied). A remote core is reached through ssh, its screens through the same connection.
/// What was known last is also kept on disk, off this thread, and shown at once when the host is
/// opened for the first time.
/// What the host itself gives up (Failed) is not tried again before open(), nor is a question put
/// again that the person declined.
class RemoteHost : public Host {
    Q_OBJECT

public:
    /// `thread` must outlive this.
    RemoteHost(
        HostUri uri, WireThread& thread, RemoteHostOptions options = {}, QObject* parent = nullptr);
    /// Doesn't wait: the process is ended by the wire thread.
    ~RemoteHost() override;

    // hosts::Host
    const HostUri& uri() const override { return m_uri; }
    void open() override; ///< while Reconnecting: tries at once
    void close() override;
    ConnectionState connectionState() const override { return m_state; }
    std::optional<vmm::Error> lastError() const override { return m_lastError; }
    const HostInfo& info() const override { return m_info; }
    QVector<VmInfo> vms() const override { return m_vms.values(); }
    QDateTime lastSeen() const override;
    vmm::Future<Answer> run(const Operation& operation) override;
    void setVisibleVms(const QSet<VmId>& vms) override;

private:
    using Call = vmm::Promise<Answer>;

    void launch();
    void dropLink();
    void setState(ConnectionState state, std::optional<vmm::Error> error = std::nullopt);
    void send(const Message& message);

    void handle(const Message& message);
    void handle(const ConnectionEvent& event);
    void handle(const Reply& reply);
    void apply(const InventoryChange& change);
    void lose(const vmm::Error& reason, const QDateTime& lastHeard);
    void noteLastSeen(const QDateTime& when);
    void giveUp(const vmm::Error& reason);

    void recall();
    void takeRecalled(const KnownHost& known);
    void noteUnsaved();
    void save();

    void handle(const Progress& progress);
    void handle(const Ask& ask);
    Asker askingOnce(const Asker& ask);
    vmm::Future<Answer> ask(const Operation& operation);
    vmm::Future<Answer> bringHere(const QString& key, const Answer& answer);
    void leaveConsoles(const InventoryChange& change);
    void startDeadline(quint32 id, Patience patience);
    void abandon(quint32 id, const vmm::Error& reason);
    void failCalls(const vmm::Error& reason);

    HostUri m_uri;
    WireThread& m_thread;
    RemoteHostOptions m_options;
    Backoff m_backoff;
    QTimer m_retryTimer;
    QTimer m_stableTimer;
    QTimer m_saveTimer;
    bool m_isUnsaved = false; ///< something has changed that is not kept yet
    std::unique_ptr<SshRoute> m_ssh; // of a remote core
    WireLink* m_link = nullptr; // lives in the wire thread; ours until it is released
    quint64 m_generation = 0; // of the link; signals of older ones are stale
    ConnectionState m_state = ConnectionState::Disconnected;
    std::optional<vmm::Error> m_lastError;
    HostInfo m_info;
    QHash<VmId, VmInfo> m_vms;
    QDateTime m_lastSeen;
    QSet<VmId> m_visible;
    QHash<quint32, std::shared_ptr<Call>> m_calls;
    quint32 m_lastId = 0;
    QSet<QString> m_declined; ///< questions that nobody wants to hear again before open()
};

} // namespace hosts::wire
