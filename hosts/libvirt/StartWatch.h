// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/libvirt/Domains.h"
#include "hosts/libvirt/JobRunner.h"

#include <atomic>
#include <memory>

namespace hosts::libvirt {

/// Notices when a machine that is off is started, by whomever: what is read of its disks from then
/// on changes under the reader. Blocking, for worker threads.
/// Source: VIR_DOMAIN_EVENT_ID_LIFECYCLE, virDomainGetState.
class StartWatch {
public:
    explicit StartWatch(const Subject& subject);
    ~StartWatch();
    StartWatch(const StartWatch&) = delete;
    StartWatch& operator=(const StartWatch&) = delete;

    /// What is known without asking.
    bool isTold() const { return *m_isTold; }
    /// Whether it was started since the watch was made, or runs.
    bool wasStarted() const;
    /// Error: WrongState, if it was.
    vmm::Result<void> check() const;

private:
    using Flag = std::shared_ptr<std::atomic_bool>;

    Domain m_domain;
    QString m_name;
    Flag m_isTold; ///< shared with the callback, which may be called when the watch is gone
    int m_id = -1;
};

/// Of a job that is of no use any more once the machine was started: it is cancelled then.
class JobUntilStart : public JobControl {
public:
    JobUntilStart(JobControl& whole, const StartWatch& watch)
        : m_whole(whole)
        , m_watch(watch)
    {
    }
    bool isCancelled() const override { return m_watch.isTold() || m_whole.isCancelled(); }
    void setProgress(int percent) override { m_whole.setProgress(percent); }

private:
    JobControl& m_whole;
    const StartWatch& m_watch;
};

} // namespace hosts::libvirt
