// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Dispatch.h"
#include "hosts/HostTypes.h"
#include "hosts/HostUri.h"
#include "hosts/Metrics.h"
#include "hosts/Operations.h"
#include "hosts/Question.h"
#include "vmm/base/Async.h"

#include <QObject>
#include <QSet>

namespace hosts {

/// One hypervisor: its machines and what can be done with them. The same interface for the embedded
/// core, for libvirt, and for a host that lives in a process of its own (hosts/wire/RemoteHost).
///
/// Thread: lives in one thread; all calls, signals and futures are there, and no call waits for
/// anything. Every future finishes. Operations on a host that isn't Connected fail with
/// Disconnected.
class Host : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    virtual const HostUri& uri() const = 0;

    /// Starts connecting; the outcome comes by connectionChanged. Emits the inventory (isComplete)
    /// and the info before Connected. Does nothing if it is connecting or connected.
    virtual void open() = 0;

    /// Lets go of the host. Its machines go on running. Pending operations finish with Cancelled.
    virtual void close() = 0;

    virtual ConnectionState connectionState() const = 0;
    /// Why the state is Failed or Reconnecting.
    virtual std::optional<vmm::Error> lastError() const = 0;

    virtual const HostInfo& info() const = 0;

    /// The last known inventory, in no order. After the connection was lost it is what was known
    /// then.
    virtual QVector<VmInfo> vms() const = 0;

    /// How old vms() is: when the host was last heard of, in UTC. Now while Connected; invalid if
    /// it never was.
    virtual QDateTime lastSeen() const;

    /// Does one of the things that can be asked of a host (Operations.h). Cancelling the future
    /// stops the operation where that can still be done; it tells its progress in percent where
    /// that is known.
    virtual vmm::Future<Answer> run(const Operation& operation) = 0;

    /// The same, with the operation's own type of reply.
    template <typename Op> vmm::Future<typename Op::Reply> call(const Op& operation)
    {
        using Reply = typename Op::Reply;
        return vmm::async::transformed<Reply>(run(operation), this,
            [](vmm::Result<Answer> answer) { return replyFrom<Reply>(std::move(answer)); });
    }

    // The most common ones by name.
    vmm::Future<void> perform(VmId vm, vmm::VmAction action);
    vmm::Future<VmId> define(const QString& domainXml);
    vmm::Future<VmId> createMachine(const vmm::NewMachine& machine);
    vmm::Future<QString> definition(VmId vm);
    vmm::Future<vmm::ConsoleEndpoint> consoleEndpoint(VmId vm);

    /// Who is asked what only a person can say (passwords, trust). Empty, as at first: nobody; then
    /// a host that needs to ask fails with AuthenticationFailed.
    virtual void setAsker(const Asker& asker) { m_asker = asker; }

    /// The machines that somebody looks at: these are sampled every second, the others every ten.
    virtual void setVisibleVms(const QSet<VmId>& vms) = 0;

Q_SIGNALS:
    void connectionChanged(hosts::ConnectionState state);
    void infoChanged();
    void inventoryChanged(const hosts::InventoryChange& change);
    void metricsSampled(const hosts::MetricsBatch& batch);
    /// What was listed of these has changed, or may have: told only after somebody has asked.
    void resourcesChanged(hosts::ResourceKind kind);

protected:
    const Asker& asker() const { return m_asker; }

private:
    Asker m_asker;
};

} // namespace hosts
