// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Promise.h"

#include <QFutureWatcher>

#include <memory>

namespace vmm {

namespace async {

/// A future that is finished already.
template <typename T> Future<T> ready(Result<T> result)
{
    Promise<T> promise;
    Future<T> future = promise.future();
    promise.finish(std::move(result));
    return future;
}

template <typename T> Future<T> failed(Error error)
{
    return ready<T>(Result<T>(std::move(error)));
}

namespace detail {

template <typename T> Result<T> take(const QFuture<Result<T>>& future)
{
    // One that was cancelled before it was done has none.
    if (future.resultCount() == 0)
        return Error { ErrorKind::Cancelled };
    return future.resultAt(0);
}

} // namespace detail

/// Calls fn(Result<T>) in `context`'s thread when `future` has finished; never after `context`
/// died. If it has finished already, the call comes from the event loop, not from within
/// onFinished.
template <typename T, typename F>
void onFinished(const QFuture<Result<T>>& future, QObject* context, F fn)
{
    auto* watcher = new QFutureWatcher<Result<T>>(context);
    QObject::connect(
        watcher, &QFutureWatcherBase::finished, context, [watcher, fn = std::move(fn)]() mutable {
            watcher->deleteLater();
            fn(detail::take(watcher->future()));
        });
    watcher->setFuture(future);
}

namespace detail {

/// Cancels `inner` when `outer` is cancelled, and tells the progress of the one through the other.
template <typename T, typename U>
void link(const Future<T>& inner, const std::shared_ptr<Promise<U>>& outer, QObject* context)
{
    if (inner.isFinished())
        return;
    auto* below = new QFutureWatcher<Result<T>>(context);
    auto* above = new QFutureWatcher<Result<U>>(below);
    QObject::connect(below, &QFutureWatcherBase::progressValueChanged, below,
        [outer](int percent) { outer->setProgress(percent); });
    QObject::connect(below, &QFutureWatcherBase::finished, below, &QObject::deleteLater);
    QObject::connect(above, &QFutureWatcherBase::canceled, below,
        [copy = Future<T>(inner)]() mutable { copy.cancel(); });
    below->setFuture(inner);
    above->setFuture(outer->future());
}

} // namespace detail

namespace detail {

/// Answers `to`, which was made of `from`. If that was cancelled and not done, nor was this.
template <typename T, typename U> void pass(const Future<T>& from, Promise<U>& to, Result<U> result)
{
    if (from.resultCount() > 0)
        to.finishAsItIs(std::move(result));
    else if (to.isCancelRequested())
        to.finish(Error { ErrorKind::Cancelled });
    else
        to.finish(std::move(result));
}

} // namespace detail

/// A future of fn(Result<T>) -> Result<U>, called in `context`'s thread when `future` has finished;
/// Cancelled if `context` dies first. Cancelling it cancels `future`; if that is done all the same
/// the result is told. Progress passes through. If `future` has finished already, so has what is
/// returned.
template <typename U, typename T, typename F>
Future<U> transformed(const Future<T>& future, QObject* context, F fn)
{
    auto promise = std::make_shared<Promise<U>>();
    Future<U> out = promise->future();
    if (future.isFinished()) {
        promise->finish(fn(detail::take(future)));
        return out;
    }
    promise->setProgressRange(0, 100);
    detail::link(future, promise, context);
    onFinished(future, context, [promise, future, fn = std::move(fn)](Result<T> result) mutable {
        detail::pass(future, *promise, Result<U>(fn(std::move(result))));
    });
    return out;
}

/// fn(const T&) -> Future<U> runs in `context`'s thread once `future` succeeded; an error goes
/// through. If `context` dies first the returned future finishes with Cancelled. Cancelling it
/// cancels whichever of the two is under way; the progress is that of the second.
template <typename T, typename F>
auto andThen(const QFuture<Result<T>>& future, QObject* context, F fn)
{
    using NextFuture = typename std::conditional_t<std::is_void_v<T>, std::invoke_result<F>,
        std::invoke_result<F, std::add_lvalue_reference_t<std::add_const_t<T>>>>::type;
    using NextResult = std::remove_cvref_t<decltype(std::declval<NextFuture>().result())>;
    using U = typename NextResult::value_type;

    auto promise = std::make_shared<Promise<U>>();
    Future<U> out = promise->future();
    promise->setProgressRange(0, 100);
    detail::link(future, promise, context);
    onFinished(future, context, [promise, context, fn = std::move(fn)](Result<T> result) mutable {
        if (!result.has_value()) {
            promise->finish(result.error());
            return;
        }
        if (promise->isCancelRequested()) {
            promise->finish(Error { ErrorKind::Cancelled });
            return;
        }
        const auto proceed = [&] {
            if constexpr (std::is_void_v<T>)
                return fn();
            else
                return fn(result.value());
        };
        const Future<U> next = proceed();
        detail::link(next, promise, context);
        onFinished(next, context,
            [promise, next](Result<U> last) { detail::pass(next, *promise, std::move(last)); });
    });
    return out;
}

/// fn(Result<T>) -> Future<U> runs in `context`'s thread once `future` has finished, however. If
/// `context` dies first the returned future finishes with Cancelled. Cancelling it cancels the
/// first, never the second, whose result is told; progress is that of the first.
template <typename T, typename F>
auto eitherWay(const QFuture<Result<T>>& future, QObject* context, F fn)
{
    using NextFuture = typename std::invoke_result<F, Result<T>>::type;
    using NextResult = std::remove_cvref_t<decltype(std::declval<NextFuture>().result())>;
    using U = typename NextResult::value_type;

    auto promise = std::make_shared<Promise<U>>();
    Future<U> out = promise->future();
    promise->setProgressRange(0, 100);
    detail::link(future, promise, context);
    onFinished(future, context, [promise, context, fn = std::move(fn)](Result<T> result) mutable {
        const Future<U> next = fn(std::move(result));
        onFinished(next, context,
            [promise, next](Result<U> last) { detail::pass(next, *promise, std::move(last)); });
    });
    return out;
}

} // namespace async

} // namespace vmm
