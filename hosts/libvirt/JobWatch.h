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

/// Calls `look` every quarter of a second on a thread of its own, while a call that blocks is under
/// way on this one. The destructor waits for a look that has begun.
class JobWatch {
public:
    explicit JobWatch(std::function<void()> look);
    ~JobWatch();
    JobWatch(const JobWatch&) = delete;
    JobWatch& operator=(const JobWatch&) = delete;

private:
    std::function<void()> m_look;
    std::mutex m_mutex;
    std::condition_variable m_ended;
    bool m_isOver = false;
    std::thread m_thread;
};

/// A look that tells the progress of the job that a domain is busy with, and stops it once it was
/// cancelled. Source: virDomainGetJobInfo, virDomainAbortJob.
std::function<void()> domainJobLook(const Domain& domain, JobControl& control);

} // namespace hosts::libvirt
