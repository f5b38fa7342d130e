// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/libvirt/DomainReader.h"

#include <QHash>
#include <QSet>

namespace hosts::libvirt {

/// The machines of one host as they were last read; tells what each reading changed. Pure.
class Inventory {
public:
    /// `isOfThisComputer`: screens that listen nowhere can be reached, too.
    explicit Inventory(bool isOfThisComputer = false)
        : m_isOfThisComputer(isOfThisComputer)
    {
    }

    QVector<VmInfo> vms() const { return m_vms.values(); }
    const QHash<VmId, VmInfo>& all() const { return m_vms; }
    const VmInfo* find(VmId id) const;
    QStringList childrenOf(VmId id) const; ///< names of those whose disks stand on its disks

    /// The whole list was read: the result has isComplete set.
    InventoryChange replaceAll(const QVector<DomainRecord>& records);
    /// The whole list was read again: the result is the difference.
    InventoryChange compareAll(const QVector<DomainRecord>& records);
    /// Some machines were read, or found gone.
    InventoryChange update(const DomainReading& reading);
    /// Only the details of the records count; machines that are gone meanwhile stay gone.
    InventoryChange describe(const QVector<DomainRecord>& records);

    /// libvirt calls a machine shut off until its guest runs; between our request and its answer it
    /// is Starting. Empty change if that is no news.
    InventoryChange beginStart(VmId id);
    InventoryChange endStart(VmId id, const QString& failure);

    /// All machines whose QEMU does not answer, with the words for it; the others do again. The
    /// words stand in reasonDetail while the machine is in its state.
    InventoryChange markHanging(const QHash<VmId, QString>& hanging);
    QString whyHanging(VmId id) const { return m_hanging.value(id); } ///< empty: it answers

    /// Where machines are, as somebody else knows it; all others are nowhere worth telling.
    InventoryChange place(const QHash<VmId, QString>& locations);

private:
    void noteParent(const DomainRecord& record);
    VmInfo merged(const DomainRecord& record) const;
    void put(const DomainRecord& record, InventoryChange& change);

    bool m_isOfThisComputer;
    QHash<VmId, VmInfo> m_vms;
    QSet<VmId> m_starting;
    QHash<VmId, VmId> m_parents;
    bool m_isWatching = false; ///< a start that is seen now happened now
    QHash<VmId, QString> m_hanging;
    QHash<VmId, QString> m_locations;
    QHash<VmId, QString> m_startFailures; ///< what libvirt said, until the next start
};

inline bool isEmpty(const InventoryChange& change)
{
    return !change.isComplete && change.changed.isEmpty() && change.removed.isEmpty();
}

} // namespace hosts::libvirt
