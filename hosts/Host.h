// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/HostUri.h"
#include "hosts/Metrics.h"
#include "vmm/base/Async.h"
#include "vmm/base/ConsoleEndpoint.h"
#include "vmm/base/NewMachine.h"

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

    /// One step of a machine's life. Completes when the hypervisor has accepted it (ShutDown: the
    /// guest was asked; it may ignore that) or, for Start, when the guest runs. Watch
    /// inventoryChanged for the state. Undefine removes the definition and keeps disks that the
    /// host did not create itself. Errors: NotFound, WrongState, TimedOut, HostLacksFeature and
    /// what the hypervisor says.
    virtual vmm::Future<void> perform(VmId vm, vmm::VmAction action) = 0;

    /// Adds a machine from libvirt domain XML (https://libvirt.org/formatdomain.html), or replaces
    /// the definition of the one with the same UUID if that is shut off. Completes when it is
    /// stored. Errors: InvalidConfig (DefinitionBroken, DefinitionUnsupported), AlreadyExists
    /// (NameInUse), Io.
    virtual vmm::Future<VmId> define(const QString& domainXml) = 0;

    /// Makes what `machine` asks for: its disk, if any, then its definition. Undoes the disk if the
    /// definition is refused.
    virtual vmm::Future<VmId> createMachine(const vmm::NewMachine& machine) = 0;

    /// The stored definition as domain XML.
    virtual vmm::Future<QString> definition(VmId vm) = 0;

    /// Where to find the screen of an active machine. May hold a secret: don't keep it.
    /// Errors: WrongState (not active), HostLacksFeature (no screen), NotFound.
    virtual vmm::Future<vmm::ConsoleEndpoint> consoleEndpoint(VmId vm) = 0;

    /// The machines that somebody looks at: these are sampled every second, the others every ten.
    virtual void setVisibleVms(const QSet<VmId>& vms) = 0;

Q_SIGNALS:
    void connectionChanged(hosts::ConnectionState state);
    void infoChanged();
    void inventoryChanged(const hosts::InventoryChange& change);
    void metricsSampled(const hosts::MetricsBatch& batch);
};

} // namespace hosts
