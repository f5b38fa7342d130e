// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"

#include <QThreadPool>

#include <functional>

namespace vmm {

/// Does what waits for a disk (fsync of much, walking through folders) in another thread. `work`
/// must own everything it touches. Completes when it is done; can't be cancelled.
template <typename T> Future<T> inBackground(std::function<Result<T>()> work)
{
    auto promise = std::make_shared<Promise<T>>();
    const Future<T> future = promise->future();
    QThreadPool::globalInstance()->start(
        [promise = std::move(promise), work = std::move(work)] { promise->finish(work()); });
    return future;
}

} // namespace vmm
