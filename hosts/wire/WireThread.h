// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/wire/WireLink.h"

#include <QThread>

#include <functional>

namespace hosts::wire {

/// How many host programs start at once, at most; the others wait until one has settled.
int mostStarting();

/// The one reader thread of all remote hosts: processes, pipes, framing and decoding are its
/// business. Make one, give it to every RemoteHost, and destroy it after them; its destructor waits
/// (for two seconds at most) until the host programs have ended.
class WireThread {
public:
    WireThread();
    ~WireThread();
    Q_DISABLE_COPY_MOVE(WireThread)

    /// Runs a job there that may wait for a disk, after what was posted before. Jobs that were
    /// posted before the end of this are still run.
    void post(std::function<void()> job);

    /// Moves a new link there and starts it as soon as fewer than mostStarting() of those given
    /// before are starting. It belongs to itself once it is released.
    void run(WireLink* link);

private:
    class Keeper;

    QThread* m_thread;
    Keeper* m_keeper;
};

} // namespace hosts::wire
