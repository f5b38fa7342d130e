// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Result.h"

#include <QFuture>
#include <QMutexLocker>
#include <QPromise>

#include <utility>

namespace vmm {

/// What every operation returns. It always finishes: with a value, or with an Error. One that was
/// cancelled and has no result was not done.
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

    /// Answers, once; further answers are dropped. A caller who has cancelled is told all the same
    /// that it was done; any failure is Cancelled to that one.
    void finish(Result<T> result)
    {
        const bool isDone = result.has_value();
        answer(std::move(result), isDone);
    }
    /// The same, but a failure, too, is told as it is: of what could no longer be cancelled.
    void finishAsItIs(Result<T> result) { answer(std::move(result), true); }

    bool isAnswered() const { return !m_open.isOpen; }
    /// The caller asked to stop (QFuture::cancel on the future itself).
    bool isCancelRequested() const { return m_promise.isCanceled(); }
    void setProgress(int percent) { m_promise.setProgressValue(percent); }
    void setProgressRange(int minimum, int maximum)
    {
        m_promise.setProgressRange(minimum, maximum);
    }

private:
    void answer(Result<T> result, bool isForAll)
    {
        if (!m_open.isOpen)
            return;
        m_open.isOpen = false;
        if (!m_promise.addResult(result) && isForAll)
            addThoughCancelled(result);
        m_promise.finish();
    }

    // QPromise drops the result of a future that was cancelled (Qt 6.4.2: reportResult() in
    // qfutureinterface.h); whoever reads it finds it there all the same.
    void addThoughCancelled(const Result<T>& result)
    {
        QFutureInterfaceBase state = QFutureInterfaceBase::get(m_promise.future());
        const QMutexLocker lock(&state.mutex());
        state.resultStoreBase().template addResult<Result<T>>(-1, &result);
    }

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

} // namespace vmm
