// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Operations.h"
#include "vmm/base/Async.h"

#include <QObject>

#include <deque>
#include <functional>

namespace models {

/// Runs many operations of one host a few at a time. Sent all at once, the last of a thousand
/// starts would wait behind the others until its deadline, and the host's disks would thrash.
class HostQueue : public QObject {
    Q_OBJECT

public:
    static constexpr int kAtOnce = 8;

    using Operation = std::function<vmm::Future<hosts::Answer>()>;
    using Ticket = quint64;

    using QObject::QObject;

    struct Place {
        Ticket ticket = 0;
        /// What the operation answers, with its progress; Cancelled if it never began. Cancelling
        /// it cancels an operation that has begun.
        vmm::Future<hosts::Answer> done {};
    };

    /// The operation begins from the event loop, when its turn has come.
    Place add(Operation operation);
    /// Takes out an operation that has not begun; false if it has, or is done.
    bool cancel(Ticket ticket);

private:
    struct Waiting {
        Ticket ticket = 0;
        Operation operation {};
        vmm::Promise<hosts::Answer> promise {};
    };

    void begin();

    std::deque<Waiting> m_waiting; // tickets ascend
    Ticket m_lastTicket = 0;
    int m_running = 0;
    bool m_isScheduled = false;
};

} // namespace models
