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

namespace async {

/// As transformed(), but cancelling it does not reach `future`: fn, and the caller, are told how
/// that ended in any case. For what can't be stopped half-way and must be known to its end.
template <typename U, typename T, typename F>
Future<U> concluded(const Future<T>& future, QObject* context, F fn)
{
    auto promise = std::make_shared<Promise<U>>();
    Future<U> out = promise->future();
    onFinished(future, context, [promise, fn = std::move(fn)](Result<T> result) mutable {
        promise->finishAsItIs(fn(std::move(result)));
    });
    return out;
}

} // namespace async

/// A thread of its own for what must happen in the order in which it was given, one at a time: the
/// changes of a store. Destroying it waits until all of it is done.
class BackgroundLane {
public:
    BackgroundLane() { m_thread.setMaxThreadCount(1); }
    Q_DISABLE_COPY_MOVE(BackgroundLane)

    /// As inBackground().
    template <typename T> Future<T> run(std::function<Result<T>()> work)
    {
        auto promise = std::make_shared<Promise<T>>();
        const Future<T> future = promise->future();
        m_thread.start(
            [promise = std::move(promise), work = std::move(work)] { promise->finish(work()); });
        return future;
    }

private:
    QThreadPool m_thread;
};

} // namespace vmm
