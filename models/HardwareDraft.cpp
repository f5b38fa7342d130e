// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/HardwareDraft.h"

#include "vmm/definition/DefinitionChanges.h"

#include <algorithm>

namespace models {

using Field = HardwareField;
using Kind = HardwareKind;

namespace {

bool isLiveField(Kind kind, Field field)
{
    switch (kind) {
    case Kind::Cdrom:
        return field == Field::Source;
    case Kind::NetworkCard:
        return field == Field::Link;
    case Kind::Disk:
        return field == Field::BytesLimit || field == Field::RequestsLimit;
    case Kind::Cpu:
        return field == Field::CurrentVcpus;
    case Kind::Memory:
        return field == Field::CurrentMemory;
    default: // not while it runs
        return false;
    }
}

} // namespace

void HardwareDraft::setStored(const Hardware& stored, Typed typed)
{
    const bool isEdited = isDirty() || typed == Typed::Unreadable;
    m_stored = stored;
    const bool isDone = typed == Typed::Readable && m_edited.saysTheSameAs(stored);
    if (!isEdited || isDone)
        return revert();
    m_isOvertaken = false;
    if (m_base.saysTheSameAs(stored))
        return;
    const auto made
        = typed == Typed::Readable ? Hardware::rebased(m_base, m_edited, stored) : std::nullopt;
    if (made) {
        m_base = stored;
        m_edited = *made;
    }
    m_isOvertaken = !made;
}

void HardwareDraft::setApplied(const Hardware& applied)
{
    m_base = applied;
    m_stored = applied;
    m_isOvertaken = false;
}

void HardwareDraft::edit(const HardwareItem& item, Field field, const QString& value)
{
    const bool goesOn
        = m_typed && m_typed->item == item && m_typed->field == field && m_typed->after == m_edited;
    if (!goesOn)
        m_typed = Typing { .item = item, .field = field, .before = m_edited };
    m_edited = m_typed->before;
    m_edited.setValue(item, field, value);
    m_typed->after = m_edited;
}

void HardwareDraft::revert()
{
    m_base = m_stored;
    m_edited = m_stored;
    m_isOvertaken = false;
}

void HardwareDraft::insist()
{
    m_base = m_stored;
    m_isOvertaken = false;
}

QVector<HardwareChange> HardwareDraft::changes() const
{
    return Hardware::differences(m_stored, m_edited);
}

bool HardwareDraft::isToldByChanges() const
{
    return Hardware::rebased(m_stored, m_edited, m_stored).has_value();
}

QVector<HardwareChange> HardwareDraft::pending() const
{
    return m_running ? Hardware::differences(*m_running, m_stored) : QVector<HardwareChange> {};
}

QVector<QStringList> HardwareDraft::differences() const
{
    QVector<QStringList> rows;
    if (!m_running)
        return rows;
    const auto running = vmm::Definition::fromXml(m_running->toXml());
    const auto stored = vmm::Definition::fromXml(m_stored.toXml());
    if (!running || !stored)
        return rows;
    for (const vmm::DefinitionChange& change : vmm::changesBetween(*running, *stored))
        rows.append({ change.element, change.running, change.stored });
    return rows;
}

QString HardwareDraft::runningValue(const HardwareItem& item, Field field) const
{
    if (!m_running)
        return {};
    for (const HardwareChange& change : Hardware::differences(*m_running, m_edited)) {
        if (change.what == HardwareChange::What::Changed && change.item == item
            && change.field == field)
            return change.running;
    }
    return m_edited.value(item, field);
}

bool HardwareDraft::isLive() const
{
    const QVector<HardwareChange> all = changes();
    const auto isLiveChange = [](const HardwareChange& change) {
        return change.what == HardwareChange::What::Changed
            && isLiveField(change.item.kind, change.field);
    };
    return !all.isEmpty() && std::all_of(all.begin(), all.end(), isLiveChange) && isToldByChanges();
}

QVector<hosts::Operation> HardwareDraft::liveOperations(hosts::VmId vm) const
{
    QVector<hosts::Operation> operations;
    QVector<HardwareItem> done;
    for (const HardwareChange& change : changes()) {
        if (done.contains(change.item))
            continue;
        done.append(change.item);
        if (change.item.kind == Kind::Memory)
            operations.append(
                hosts::SetMemory { vm, vmm::Bytes::fromBytes(change.stored.toULongLong()) });
        else if (change.item.kind == Kind::Cpu)
            operations.append(hosts::SetVcpus { vm, change.stored.toInt() });
        else
            operations.append(hosts::UpdateDevice { vm, m_edited.deviceXml(change.item) });
    }
    return operations;
}

} // namespace models
