// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/libvirt/Handles.h"
#include "hosts/libvirt/JobRunner.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace hosts::libvirt {

/// Watches a call that blocks, on a thread of its own, from its construction to its destruction,
/// which waits for what has begun. `look` is called every quarter of a second, to tell the
/// progress. Once `control` is cancelled `stop` is called, 50 times a second: what it is to stop
/// may not have begun yet.
class JobWatch {
public:
    using Step = std::function<void()>;

    JobWatch(const JobControl& control, Step look, Step stop = {});
    ~JobWatch();
    JobWatch(const JobWatch&) = delete;
    JobWatch& operator=(const JobWatch&) = delete;

private:
    const JobControl& m_control;
    Step m_look;
    Step m_stop;
    std::mutex m_mutex;
    std::condition_variable m_ended;
    bool m_isOver = false;
    std::thread m_thread;
};

/// Of the job that a domain is busy with. Take libvirt's last error while it lives: it lets go of
/// the domain at its end, and this thread's error is forgotten with that. Source:
/// virDomainGetJobInfo, virDomainAbortJob.
JobWatch watchDomainJob(const Domain& domain, JobControl& control);

} // namespace hosts::libvirt
