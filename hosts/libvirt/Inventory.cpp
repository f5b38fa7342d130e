// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/Inventory.h"

#include <algorithm>

namespace hosts::libvirt {

using vmm::StateReason;
using vmm::VmState;

namespace {

void describeVm(VmInfo& info, const DomainDetails& details, bool isOfThisComputer)
{
    info.vcpus = details.vcpus;
    info.memory = details.memory;
    info.consoles = isOfThisComputer ? details.consolesHere : details.consoles;
    info.hasScreen
        = std::any_of(info.consoles.begin(), info.consoles.end(), [](const auto& console) {
              return console.protocol != vmm::ConsoleEndpoint::Protocol::Serial;
          });
    info.title = details.title;
    info.description = details.description;
    info.machineType = details.machineType;
    info.disks = details.disks;
    info.networkCards = details.networkCards;
    info.tags = details.tags;
    info.isTemplate = details.isTemplate;
    info.parentName = details.parentName;
    info.isAutostart = details.isAutostart;
    info.hasSavedMemory = details.hasSavedMemory;
    info.hasPendingChanges = details.hasPendingChanges;
    info.snapshots = details.snapshots;
}

/// Readings are gathered, so a step between two states may have been missed, or two readings may
/// disagree about a machine on its way. What the state table can't follow becomes the next state
/// that it can; the reading that comes after the machine settled tells the rest.
VmState reachable(VmState from, VmState to)
{
    if (from == to || vmm::canTransition(from, to))
        return to;
    switch (to) {
    case VmState::Starting:
        return from; // stopped and started again between two readings
    case VmState::ShuttingDown:
        return VmState::Running;
    case VmState::Crashed:
        return VmState::ShutOff; // it died before it was seen running; the reason tells
    case VmState::Unknown:
    case VmState::ShutOff:
    case VmState::Running:
    case VmState::Paused:
        return to;
    }
    return to;
}

} // namespace

const VmInfo* Inventory::find(VmId id) const
{
    const auto found = m_vms.constFind(id);
    return found == m_vms.constEnd() ? nullptr : &*found;
}

QStringList Inventory::childrenOf(VmId id) const
{
    QStringList names;
    for (auto child = m_parents.begin(); child != m_parents.end(); ++child) {
        if (child.value() == id && m_vms.contains(child.key()))
            names.append(m_vms.value(child.key()).name);
    }
    return names;
}

void Inventory::noteParent(const DomainRecord& record)
{
    if (!record.details)
        return;
    if (record.details->parent.isNull())
        m_parents.remove(record.id);
    else
        m_parents.insert(record.id, record.details->parent);
}

InventoryChange Inventory::replaceAll(const QVector<DomainRecord>& records)
{
    m_starting.clear();
    m_isWatching = false; // what changed while nobody looked has no known time
    QHash<VmId, VmInfo> fresh;
    fresh.reserve(records.size());
    for (const DomainRecord& record : records) {
        noteParent(record);
        fresh.insert(record.id, merged(record));
    }
    m_vms = std::move(fresh);
    m_isWatching = true;
    return { .isComplete = true, .changed = vms() };
}

InventoryChange Inventory::compareAll(const QVector<DomainRecord>& records)
{
    InventoryChange change;
    QSet<VmId> present;
    present.reserve(records.size());
    for (const DomainRecord& record : records) {
        present.insert(record.id);
        put(record, change);
    }
    for (auto vm = m_vms.begin(); vm != m_vms.end();) {
        if (present.contains(vm.key())) {
            ++vm;
        } else {
            change.removed.append(vm.key());
            vm = m_vms.erase(vm);
        }
    }
    return change;
}

InventoryChange Inventory::update(const DomainReading& reading)
{
    InventoryChange change;
    for (const DomainRecord& record : reading.records)
        put(record, change);
    for (const VmId& id : reading.gone) {
        if (m_vms.remove(id) > 0)
            change.removed.append(id);
        m_starting.remove(id);
        m_startFailures.remove(id);
    }
    return change;
}

InventoryChange Inventory::describe(const QVector<DomainRecord>& records)
{
    InventoryChange change;
    for (const DomainRecord& record : records) {
        const auto found = m_vms.find(record.id);
        if (found == m_vms.end() || !record.details)
            continue;
        noteParent(record);
        VmInfo info = *found;
        describeVm(info, *record.details, m_isOfThisComputer);
        if (info == *found)
            continue;
        *found = info;
        change.changed.append(info);
    }
    return change;
}

InventoryChange Inventory::beginStart(VmId id)
{
    const auto found = m_vms.find(id);
    if (found == m_vms.end() || !vmm::isAllowed(vmm::VmAction::Start, found->state))
        return {};
    m_startFailures.remove(id);
    m_starting.insert(id);
    found->state = VmState::Starting;
    found->reason = StateReason::HostRequest;
    found->reasonDetail.clear();
    return { .changed = { *found } };
}

InventoryChange Inventory::endStart(VmId id, const QString& failure)
{
    const auto found = m_vms.find(id);
    if (!m_starting.remove(id) || found == m_vms.end())
        return {};
    if (failure.isEmpty()) // the reading that follows tells the state
        return {};
    m_startFailures.insert(id, failure);
    found->state = VmState::ShutOff;
    found->reason = StateReason::StartFailed;
    found->reasonDetail = failure;
    return { .changed = { *found } };
}

InventoryChange Inventory::markHanging(const QHash<VmId, QString>& hanging)
{
    InventoryChange change;
    const QHash<VmId, QString> before = std::exchange(m_hanging, hanging);
    for (auto& [ids, other] : { std::pair(&before, &hanging), std::pair(&hanging, &before) }) {
        for (auto entry = ids->constBegin(); entry != ids->constEnd(); ++entry) {
            const auto vm = m_vms.find(entry.key());
            if (vm == m_vms.end() || other->contains(entry.key()))
                continue;
            vm->reasonDetail = hanging.value(entry.key());
            change.changed.append(*vm);
        }
    }
    return change;
}

InventoryChange Inventory::place(const QHash<VmId, QString>& locations)
{
    InventoryChange change;
    m_locations = locations;
    for (VmInfo& vm : m_vms) {
        if (vm.location == locations.value(vm.id))
            continue;
        vm.location = locations.value(vm.id);
        change.changed.append(vm);
    }
    return change;
}

VmInfo Inventory::merged(const DomainRecord& record) const
{
    VmInfo info = m_vms.value(record.id);
    const bool isNew = info.id.isNull();
    const bool ran = vmm::isActive(info.state) && info.state != VmState::Starting;
    info.id = record.id;
    info.name = record.name;
    info.state = isNew ? record.state : reachable(info.state, record.state);
    info.reason = record.reason;
    info.reasonDetail = m_hanging.value(record.id);
    info.location = m_locations.value(record.id);
    if (!vmm::isActive(record.state)) {
        info.since = {};
        if (m_starting.contains(record.id)) {
            info.state = VmState::Starting;
            info.reason = StateReason::HostRequest;
        } else if (m_startFailures.contains(record.id)) {
            info.reason = StateReason::StartFailed;
            info.reasonDetail = m_startFailures.value(record.id);
        }
    } else if (m_isWatching && !ran && !info.since.isValid()) {
        // libvirt tells no start time; this is seen. One that appears running was started here, or
        // has come from another host.
        info.since = QDateTime::currentDateTimeUtc();
    }
    if (record.details)
        describeVm(info, *record.details, m_isOfThisComputer);
    return info;
}

void Inventory::put(const DomainRecord& record, InventoryChange& change)
{
    noteParent(record);
    if (vmm::isActive(record.state))
        m_startFailures.remove(record.id); // it did start, whoever started it
    const VmInfo info = merged(record);
    const auto found = m_vms.constFind(record.id);
    if (found != m_vms.constEnd() && *found == info)
        return;
    m_vms.insert(record.id, info);
    change.changed.append(info);
}

} // namespace hosts::libvirt
