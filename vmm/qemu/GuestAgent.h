// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Guest.h"
#include "vmm/definition/Definition.h"
#include "vmm/qemu/GuestAgentChannel.h"
#include "vmm/qemu/MachineStore.h"

namespace vmm {

/// What the agent in a guest (qemu-ga) can do for us. Everything fails with GuestAgentMissing if
/// there is none that answers, and with RefusedByGuest if it would not.
///
/// Thread: that of its creator.
class GuestAgent : public QObject {
    Q_OBJECT

public:
    using Milliseconds = GuestAgentChannel::Milliseconds;
    /// File systems are never frozen for longer, whatever happens to whom who had them frozen.
    static constexpr Milliseconds kLongestFreeze { 60'000 };

    explicit GuestAgent(const QString& socketPath, QObject* parent = nullptr);
    ~GuestAgent() override; ///< thaws

    /// Completes if it is there: at once, or with GuestAgentMissing after a moment.
    /// Source: guest-ping.
    Future<void> ping();

    /// What it doesn't know stays empty. Source: guest-info, guest-get-host-name, guest-get-osinfo,
    /// guest-get-timezone, guest-network-get-interfaces, guest-get-fsinfo, guest-get-users.
    Future<GuestFacts> facts();

    /// Runs a program and waits for its end. Cancelling it stops the waiting, not the program.
    /// Source: guest-exec, guest-exec-status.
    Future<GuestCommandResult> run(const GuestCommand& command);

    /// Sets the guest's clock to ours. Source: guest-set-time.
    Future<void> setTime();

    /// Source: guest-set-user-password.
    Future<void> setPassword(const QString& user, const QString& password);

    /// Completes when the agent did not refuse: it does not answer to these when it obeys.
    /// Source: guest-shutdown.
    Future<void> powerDown();
    Future<void> reboot();

    /// Has the guest write out everything and hold still; thaws by itself after kLongestFreeze, or
    /// when this object goes. Failing, nothing is frozen. Source: guest-fsfreeze-freeze.
    Future<void> freeze();
    /// Source: guest-fsfreeze-thaw.
    Future<void> thaw();
    bool isFrozen() const { return m_isFrozen; }
    /// Thaws a guest that a VirtDeck left frozen that died.
    void thawLeftOver();

    void setSyncDeadline(Milliseconds deadline) { m_channel.setSyncDeadline(deadline); }

private:
    Future<void> shutDown(const QString& mode);

    void markFrozen(bool isFrozen);

    GuestAgentChannel m_channel;
    QString m_frozenMark; ///< a file that is there while the guest may be frozen
    QTimer m_thawTimer;
    bool m_isFrozen = false;
};

/// Where the agent of a machine is reached that was started with that definition; empty if it has
/// no channel for one (org.qemu.guest_agent.0).
QString agentSocket(const Definition& definition, const MachinePlaces& places);

} // namespace vmm
