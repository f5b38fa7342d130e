// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/TimedOpening.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorKind;
using vmm::Result;

namespace {

constexpr std::chrono::milliseconds kTick { 20 };

/// Shared with the thread that opens, which may be stuck for longer than anybody waits for it.
struct Opening {
    Lifeline lifeline;
    std::mutex mutex; // guards the rest
    std::condition_variable ended;
    std::optional<Result<Connection>> result;

    void carryOut(const Target& target)
    {
        auto opened = openConnection(target, &lifeline);
        const std::lock_guard lock(mutex);
        result = std::move(opened);
        ended.notify_all();
    }

    /// Nothing, if it has not come to an end within the time.
    std::optional<Result<Connection>> waitFor(std::chrono::milliseconds time)
    {
        std::unique_lock lock(mutex);
        ended.wait_for(lock, time, [this] { return result.has_value(); });
        return std::exchange(result, std::nullopt);
    }
};

} // namespace

Result<Connection> openWithin(
    std::chrono::milliseconds limit, const Target& target, const JobControl& control)
{
    const auto opening = std::make_shared<Opening>();
    std::thread([opening, target] { opening->carryOut(target); }).detach();
    for (auto left = limit; left > left.zero() && !control.isCancelled();) {
        if (auto result = opening->waitFor(kTick))
            return std::move(*result);
        if (!target.credentials->isAsking())
            left -= kTick;
    }
    opening->lifeline.cut();
    if (control.isCancelled())
        return Error { ErrorKind::Cancelled, target.uri.toString() };
    return Error { ErrorKind::TimedOut, target.uri.toString(),
        QStringLiteral("no connection within %1 seconds").arg(limit.count() / 1000.0) };
}

} // namespace hosts::libvirt
