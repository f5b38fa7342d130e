// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/JobWatch.h"

#include <algorithm>

namespace hosts::libvirt {

namespace {

constexpr std::chrono::milliseconds kLookEvery { 250 };
constexpr double kMostBeforeTheEnd = 99;

} // namespace

JobWatch::JobWatch(std::function<void()> look)
    : m_look(std::move(look))
    , m_thread([this] {
        std::unique_lock lock(m_mutex);
        while (!m_ended.wait_for(lock, kLookEvery, [this] { return m_isOver; })) {
            lock.unlock();
            m_look();
            lock.lock();
        }
    })
{
}

JobWatch::~JobWatch()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isOver = true;
        m_ended.notify_all();
    }
    m_thread.join();
}

std::function<void()> domainJobLook(const Domain& domain, JobControl& control)
{
    return [domain, &control] {
        if (control.isCancelled()) {
            virDomainAbortJob(domain.get()); // again and again: it may not have begun yet
            return;
        }
        virDomainJobInfo info {};
        if (virDomainGetJobInfo(domain.get(), &info) < 0 || info.dataTotal == 0)
            return;
        const double share
            = static_cast<double>(info.dataProcessed) / static_cast<double>(info.dataTotal);
        control.setProgress(static_cast<int>(std::min(kMostBeforeTheEnd, 100 * share)));
    };
}

} // namespace hosts::libvirt
