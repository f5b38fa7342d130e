// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/HostQueue.h"

#include <algorithm>
#include <memory>

namespace models {

HostQueue::Place HostQueue::add(Operation operation)
{
    Waiting& added = m_waiting.emplace_back(
        Waiting { .ticket = ++m_lastTicket, .operation = std::move(operation) });
    added.promise.setProgressRange(0, 100);
    if (!m_isScheduled) {
        m_isScheduled = true;
        QMetaObject::invokeMethod(this, &HostQueue::begin, Qt::QueuedConnection);
    }
    return { m_lastTicket, added.promise.future() };
}

bool HostQueue::cancel(Ticket ticket)
{
    const auto found = std::lower_bound(m_waiting.begin(), m_waiting.end(), ticket,
        [](const Waiting& of, Ticket sought) { return of.ticket < sought; });
    if (found == m_waiting.end() || found->ticket != ticket || !found->operation)
        return false;
    // Kept in its place, to be passed over: dropping it would move all behind it.
    found->operation = {};
    found->promise.finish(vmm::Error { vmm::ErrorKind::Cancelled });
    return true;
}

void HostQueue::begin()
{
    m_isScheduled = false;
    while (m_running < kAtOnce && !m_waiting.empty()) {
        Waiting next = std::move(m_waiting.front());
        m_waiting.pop_front();
        if (!next.operation)
            continue;
        ++m_running;
        const vmm::Future<hosts::Answer> done = next.operation();
        auto promise = std::make_shared<vmm::Promise<hosts::Answer>>(std::move(next.promise));
        vmm::async::detail::link(done, promise, this);
        vmm::async::onFinished(done, this, [this, promise](vmm::Result<hosts::Answer> answer) {
            --m_running;
            promise->finish(std::move(answer));
            begin();
        });
    }
}

} // namespace models
