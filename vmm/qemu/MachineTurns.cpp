// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/MachineTurns.h"

namespace vmm {

Future<void> MachineTurns::take(const QUuid& machine, Work work)
{
    std::shared_ptr<std::deque<Turn>>& waiting = m_waiting[machine];
    if (!waiting)
        waiting = std::make_shared<std::deque<Turn>>();
    waiting->push_back({ .work = std::move(work) });
    const Future<void> future = waiting->back().promise.future();
    if (waiting->size() == 1)
        begin(machine);
    return future;
}

void MachineTurns::begin(const QUuid& machine)
{
    const auto waiting = m_waiting.value(machine);
    async::onFinished(
        waiting->front().work(), this, [this, machine, waiting](const Result<void>& done) {
            Promise<void> promise = std::move(waiting->front().promise);
            waiting->pop_front();
            if (waiting->empty())
                m_waiting.remove(machine);
            else
                begin(machine);
            promise.finishAsItIs(done);
        });
}

} // namespace vmm
