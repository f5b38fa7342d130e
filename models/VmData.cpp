// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/VmData.h"

namespace models {

using hosts::Host;
using hosts::HostMetric;
using hosts::VmMetric;

double VmData::load(const VmRecord& vm, VmMetric metric) const
{
    if (!vmm::isActive(vm.info.state))
        return hosts::kNotOffered;
    return m_metrics.latest(vm.host, vm.info.id, metric);
}

QVariant VmData::sharedRole(const Host* host, int role) const
{
    switch (role) {
    case HostRole:
        return QVariant::fromValue(const_cast<Host*>(host)); // models hold it non-const
    case ConnectionRole:
        return QVariant::fromValue(host->connectionState());
    case StaleRole:
        return m_inventory.isStale(host);
    case LastSeenRole:
        return m_inventory.lastSeen(host);
    }
    return {};
}

QVariant VmData::role(const VmRecord& vm, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return vm.info.name;
    case Qt::AccessibleTextRole:
        return m_wording.spokenVm ? m_wording.spokenVm(vm, m_inventory.isStale(vm.host))
                                  : QVariant();
    case KindRole:
        return QVariant::fromValue(RowKind::Vm);
    case VmIdRole:
        return QVariant::fromValue(vm.info.id);
    case InfoRole:
        return QVariant::fromValue(vm.info);
    case StateRole:
        return QVariant::fromValue(vm.info.state);
    case ReasonRole:
        return QVariant::fromValue(vm.info.reason);
    case ReasonDetailRole:
        return vm.info.reasonDetail;
    case CpuHistoryRole:
        return QVariant::fromValue(m_metrics.series(vm.host, vm.info.id, VmMetric::CpuLoad));
    case CpuRole:
        return load(vm, VmMetric::CpuLoad);
    case MemoryUsedRole:
        return load(vm, VmMetric::MemoryUsed);
    case DiskReadRole:
        return load(vm, VmMetric::DiskRead);
    case DiskWriteRole:
        return load(vm, VmMetric::DiskWrite);
    case NetworkReceiveRole:
        return load(vm, VmMetric::NetworkReceive);
    case NetworkSendRole:
        return load(vm, VmMetric::NetworkSend);
    }
    return sharedRole(vm.host, role);
}

QVariant VmData::role(const Host* host, int role) const
{
    switch (role) {
    case Qt::AccessibleTextRole:
        return m_wording.spokenHost ? m_wording.spokenHost(*host, m_inventory.lastSeen(host))
                                    : QVariant();
    case Qt::DisplayRole:
        if (m_wording.title)
            return m_wording.title(*host);
        [[fallthrough]];
    case NameRole:
        if (!host->info().name.isEmpty())
            return host->info().name;
        return host->uri().hostName().isEmpty() ? host->uri().toString() : host->uri().hostName();
    case KindRole:
        return QVariant::fromValue(RowKind::Host);
    case VmIdRole:
        return QVariant::fromValue(hosts::VmId());
    case HostInfoRole:
        return QVariant::fromValue(host->info());
    case ReasonDetailRole:
        return host->lastError() ? host->lastError()->detail : QString();
    case VmCountsRole:
        return QVariant::fromValue(m_inventory.counts(host));
    case CpuHistoryRole:
        return QVariant::fromValue(m_metrics.series(host, HostMetric::CpuLoad));
    case CpuRole:
        return m_metrics.latest(host, HostMetric::CpuLoad);
    case MemoryUsedRole:
        return m_metrics.latest(host, HostMetric::MemoryUsed);
    }
    return sharedRole(host, role);
}

const QVector<int>& VmData::loadRoles()
{
    static const QVector<int> roles { CpuHistoryRole, CpuRole, MemoryUsedRole, DiskReadRole,
        DiskWriteRole, NetworkReceiveRole, NetworkSendRole, ValueRole, Qt::DisplayRole };
    return roles;
}

QHash<int, QByteArray> VmData::roleNames()
{
    return { { Qt::DisplayRole, "display" }, { KindRole, "kind" }, { HostRole, "host" },
        { VmIdRole, "vmId" }, { NameRole, "name" }, { InfoRole, "info" },
        { HostInfoRole, "hostInfo" }, { StateRole, "state" }, { ReasonRole, "reason" },
        { ReasonDetailRole, "reasonDetail" }, { ConnectionRole, "connection" },
        { StaleRole, "isStale" }, { LastSeenRole, "lastSeen" }, { VmCountsRole, "vmCounts" },
        { CpuHistoryRole, "cpuHistory" }, { CpuRole, "cpu" }, { MemoryUsedRole, "memoryUsed" },
        { DiskReadRole, "diskRead" }, { DiskWriteRole, "diskWrite" },
        { NetworkReceiveRole, "networkReceive" }, { NetworkSendRole, "networkSend" },
        { ValueRole, "value" } };
}

} // namespace models
