// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/JobWatch.h"

#include <algorithm>
#include <chrono>

namespace hosts::libvirt {

namespace {

using namespace std::chrono_literals;

constexpr auto kTick = 20ms;
constexpr auto kLookEvery = 250ms;
constexpr double kMostBeforeTheEnd = 99;

} // namespace

JobWatch::JobWatch(const JobControl& control, Step look, Step stop)
    : m_control(control)
    , m_look(std::move(look))
    , m_stop(std::move(stop))
    , m_thread([this] {
        auto sinceLook = 0ms;
        std::unique_lock lock(m_mutex);
        while (!m_ended.wait_for(lock, kTick, [this] { return m_isOver; })) {
            const bool isToStop = m_stop && m_control.isCancelled();
            sinceLook += kTick;
            if (!isToStop && sinceLook < kLookEvery)
                continue;
            sinceLook = 0ms;
            lock.unlock();
            isToStop ? m_stop() : m_look();
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

JobWatch watchDomainJob(const Domain& domain, JobControl& control)
{
    const auto look = [domain, &control] {
        virDomainJobInfo info {};
        if (virDomainGetJobInfo(domain.get(), &info) < 0 || info.dataTotal == 0)
            return;
        const double share
            = static_cast<double>(info.dataProcessed) / static_cast<double>(info.dataTotal);
        control.setProgress(static_cast<int>(std::min(kMostBeforeTheEnd, 100 * share)));
    };
    return JobWatch(control, look, [domain] { virDomainAbortJob(domain.get()); });
}

} // namespace hosts::libvirt
