// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

namespace hosts::libvirt {

/// Worker threads for libvirt calls, which block and can't be interrupted. Jobs start in the order
/// in which they were posted. The destructor drops the jobs that have not begun and returns at
/// once: a thread that hangs in a call ends when, and if, the call returns. So jobs must own all
/// they use.
class Lane {
public:
    using Job = std::function<void()>;

    /// `name` (15 characters) shows in debuggers and in top.
    Lane(const char* name, int threads);
    ~Lane();
    Lane(const Lane&) = delete;
    Lane& operator=(const Lane&) = delete;

    void post(Job job);

    /// One thread more, in place of one whose job does not come back; and one less again.
    void grow();
    void shrink();

    /// Drops what has not begun, does `last` and ends. For letting go of a connection, which
    /// blocks.
    void close(Job last);

private:
    struct Queue;
    static void work(const std::shared_ptr<Queue>& queue);

    const char* m_name;
    std::shared_ptr<Queue> m_queue;
};

} // namespace hosts::libvirt
