// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"

#include <QHash>
#include <QObject>
#include <QUuid>

#include <deque>
#include <functional>

namespace vmm {

/// Has what reads and writes something of a machine happen one after the other, in the order in
/// which it was asked for. Machines don't wait for each other.
class MachineTurns : public QObject {
public:
    using Work = std::function<Future<void>()>;

    /// Begins `work` when all before it has ended, at once if there is nothing. Can't be cancelled.
    Future<void> take(const QUuid& machine, Work work);
    /// Somebody has a turn or waits for one.
    bool isTaken(const QUuid& machine) const { return m_waiting.contains(machine); }

private:
    struct Turn {
        Work work {};
        Promise<void> promise {};
    };
    void begin(const QUuid& machine);

    QHash<QUuid, std::shared_ptr<std::deque<Turn>>> m_waiting; ///< the first one is at work
};

} // namespace vmm
