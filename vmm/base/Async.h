// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Result.h"

#include <QFuture>
#include <QFutureWatcher>
#include <QPromise>

#include <memory>

namespace vmm {

/// What every operation returns. It always finishes: with a value, or with an Error.
template <typename T> using Future = QFuture<Result<T>>;

/// The producing end of a Future. Dropping it unanswered finishes the future with Cancelled, so no
/// caller waits for ever. Movable; share it by std::shared_ptr where a callback must be copyable.
template <typename T> class Promise {
public:
    Promise() { m_promise.start(); }
    Promise(Promise&&) noexcept = default;
    Promise& operator=(Promise&&) = delete;
    Promise(const Promise&) = delete;
    Promise& operator=(const Promise&) = delete;
    ~Promise()
    {
        if (m_open.isOpen)
            finish(
                Error { ErrorKind::Cancelled, {}, QStringLiteral("abandoned before it was done") });
    }

    Future<T> future() { return m_promise.future(); }

    /// Answers, once; further answers are dropped.
    void finish(Result<T> result)
    {
        if (!m_open.isOpen)
            return;
        m_open.isOpen = false;
        m_promise.addResult(std::move(result));
        m_promise.finish();
    }

    bool isAnswered() const { return !m_open.isOpen; }
    /// The caller asked to stop (QFuture::cancel on the future itself).
    bool isCancelRequested() const { return m_promise.isCanceled(); }
    void setProgress(int percent) { m_promise.setProgressValue(percent); }
    void setProgressRange(int minimum, int maximum)
    {
        m_promise.setProgressRange(minimum, maximum);
    }

private:
    // Moved-from promises must not answer: the flag moves along.
    struct OpenFlag {
        bool isOpen = true;
        OpenFlag() = default;
        OpenFlag(OpenFlag&& other) noexcept
            : isOpen(std::exchange(other.isOpen, false))
        {
        }
        OpenFlag& operator=(OpenFlag&&) = delete;
    };

    QPromise<Result<T>> m_promise;
    OpenFlag m_open;
};

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
    // A future that was cancelled before its result was added has none.
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

/// fn(const T&) -> Future<U> runs in `context`'s thread once `future` succeeded; an error goes
/// through. If `context` dies first the returned future finishes with Cancelled.
template <typename T, typename F>
auto andThen(const QFuture<Result<T>>& future, QObject* context, F fn)
{
    using NextFuture = typename std::conditional_t<std::is_void_v<T>, std::invoke_result<F>,
        std::invoke_result<F, std::add_lvalue_reference_t<std::add_const_t<T>>>>::type;
    using NextResult = std::remove_cvref_t<decltype(std::declval<NextFuture>().result())>;
    using U = typename NextResult::value_type;

    auto promise = std::make_shared<Promise<U>>();
    Future<U> out = promise->future();
    onFinished(future, context, [promise, context, fn = std::move(fn)](Result<T> result) mutable {
        if (!result.has_value()) {
            promise->finish(result.error());
            return;
        }
        auto forward = [promise](Result<U> next) { promise->finish(std::move(next)); };
        if constexpr (std::is_void_v<T>)
            onFinished(fn(), context, std::move(forward));
        else
            onFinished(fn(result.value()), context, std::move(forward));
    });
    return out;
}

} // namespace async

} // namespace vmm
