// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"

#include <QEventLoop>

namespace bench {

/// The value of a result; ends the program if there is none: a benchmark that measures half of what
/// it says is worse than none.
template <typename T> T need(const vmm::Result<T>& result)
{
    if (!result.has_value())
        qFatal("%s", qPrintable(result.error().toString()));
    if constexpr (!std::is_void_v<T>)
        return result.value();
}

/// Runs the event loop until `future` has finished; without naps, which would be measured too.
template <typename T> vmm::Result<T> wait(const vmm::Future<T>& future)
{
    std::optional<vmm::Result<T>> outcome;
    QEventLoop loop;
    vmm::async::onFinished(future, &loop, [&](const vmm::Result<T>& result) {
        outcome = result;
        loop.quit();
    });
    loop.exec();
    return *outcome;
}

} // namespace bench
