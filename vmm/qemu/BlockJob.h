// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"

#include <QJsonObject>
#include <QString>

#include <functional>

namespace vmm {

class Machine;

/// Work on disks that QEMU does while the guest runs.
struct BlockJob {
    QString id {}; ///< of this job, the same for whoever takes it up after us
    QString command {}; ///< block-commit, block-stream; empty: it runs already
    QJsonObject arguments {}; ///< without id
    QString image {}; ///< for errors
    /// Before the last step of a job that copies until it is told to end: `job-complete` is given
    /// when this has finished. An error cancels the job.
    std::function<Future<void>()> beforeCompletion {};
};

/// Starts it, or takes up the one of that id that runs already, and follows it to its end, over
/// losses of the monitor. Progress in percent; cancelled, the job is cancelled and nothing has
/// changed for the guest. Errors: those of QEMU (Io/DiskFull), Cancelled, NotFound (it is not there
/// any more: whether it was through must be seen from the disks), WrongState (the machine ended).
/// Source: QMP `query-jobs`, `job-complete`, `job-cancel`, `job-dismiss`, event JOB_STATUS_CHANGE
/// (QEMU 7.2).
Future<void> runBlockJob(Machine& machine, const BlockJob& job);

/// Ids of the jobs that are ours (kMergeJob, kFlattenJob, each followed by the disk's target).
Future<QStringList> blockJobs(Machine& machine);

inline constexpr QLatin1StringView kMergeJob { "merge-" };
inline constexpr QLatin1StringView kFlattenJob { "flatten-" };

} // namespace vmm
