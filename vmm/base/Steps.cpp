// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/base/Steps.h"

#include <QLoggingCategory>
#include <QObject>

#include <utility>

namespace vmm {

namespace {

Q_LOGGING_CATEGORY(stepsLog, "vm.steps", QtInfoMsg)

} // namespace

/// One execution; a child of the context, gone when it is over.
class Steps::Run : public QObject {
public:
    Run(std::vector<Step> steps, StepWatch watch, QObject* context)
        : QObject(context)
        , m_steps(std::move(steps))
        , m_watch(std::move(watch))
    {
        m_promise.setProgressRange(0, 100);
        auto* watcher = new QFutureWatcher<Result<void>>(this);
        connect(watcher, &QFutureWatcherBase::canceled, this, &Run::cancel);
        watcher->setFuture(m_promise.future());
    }

    Future<void> future() { return m_promise.future(); }

    void next()
    {
        showProgress(0);
        if (m_isCancelled && !m_isCommitted)
            return undo(Error { ErrorKind::Cancelled });
        if (m_at == m_steps.size())
            return finish({});
        const Step& step = m_steps[m_at];
        if (!step.act) {
            m_isCommitted = true;
            ++m_at;
            return next();
        }
        const Result<void> allowed = m_watch.tell(step.name);
        follow(allowed ? step.act() : async::failed<void>(allowed.error()));
    }

private:
    void follow(const Future<void>& future)
    {
        auto* watcher = new QFutureWatcher<Result<void>>(this);
        connect(watcher, &QFutureWatcherBase::progressValueChanged, this,
            [this](int percent) { showProgress(percent); });
        watcher->setFuture(future);
        m_cancelStep = [copy = Future<void>(future)]() mutable { copy.cancel(); };
        async::onFinished(future, this, [this, watcher](const Result<void>& result) {
            delete watcher;
            m_cancelStep = {};
            if (!result && !m_isCommitted) {
                // What was cancelled may be done, all or in part.
                if (m_isCancelled)
                    ++m_at;
                return undo(result.error());
            }
            if (!result && std::exchange(m_steps[m_at].isTriedAgain, false)) {
                m_firstTry = result.error();
                return next();
            }
            if (!result && !m_lateError)
                m_lateError = m_firstTry.value_or(result.error());
            m_firstTry.reset();
            ++m_at;
            next();
        });
    }

    void cancel()
    {
        m_isCancelled = true;
        if (m_cancelStep && !m_isCommitted)
            m_cancelStep();
    }

    void undo(const Error& error)
    {
        if (!m_error)
            m_error = error;
        while (m_at > 0) {
            const Step& step = m_steps[--m_at];
            if (!step.undo)
                continue;
            (void)m_watch.tell(QStringLiteral("undo ") + step.name);
            async::onFinished(step.undo(), this, [this, name = step.name](const auto& undone) {
                if (!undone)
                    qCWarning(stepsLog).noquote()
                        << "can't undo" << name << undone.error().toString();
                undo(*m_error);
            });
            return;
        }
        finish(*m_error);
    }

    void showProgress(int percentOfStep)
    {
        int whole = 0;
        int done = 0;
        for (size_t i = 0; i < m_steps.size(); ++i) {
            whole += m_steps[i].share * 100;
            done += m_steps[i].share * (i < m_at ? 100 : i == m_at ? percentOfStep : 0);
        }
        m_promise.setProgress(whole > 0 ? static_cast<int>(qint64(done) * 100 / whole) : 100);
    }

    void finish(Result<void> result)
    {
        if (result && m_lateError)
            result = *m_lateError;
        if (m_isCommitted)
            m_promise.finishAsItIs(std::move(result));
        else
            m_promise.finish(std::move(result));
        deleteLater();
    }

    std::vector<Step> m_steps;
    StepWatch m_watch;
    Promise<void> m_promise;
    size_t m_at = 0;
    bool m_isCancelled = false;
    bool m_isCommitted = false;
    std::function<void()> m_cancelStep;
    std::optional<Error> m_error; ///< what is being undone for
    std::optional<Error> m_firstTry; ///< why there is a second
    std::optional<Error> m_lateError; ///< of tidying up
};

Steps::Steps(QObject* context, StepWatch watch)
    : m_context(context)
    , m_watch(std::move(watch))
{
}

Steps& Steps::add(const QString& name, Action act, Action undo)
{
    m_steps.push_back({ name, std::move(act), std::move(undo) });
    return *this;
}

Steps& Steps::weighing(int share)
{
    m_steps.back().share = share;
    return *this;
}

Steps& Steps::addNow(
    const QString& name, std::function<Result<void>()> act, std::function<void()> undo)
{
    Action undoLater;
    if (undo)
        undoLater = [undo = std::move(undo)] {
            undo();
            return async::ready<void>({});
        };
    return add(
        name, [act = std::move(act)] { return async::ready<void>(act()); }, std::move(undoLater));
}

Steps& Steps::commit()
{
    m_steps.push_back({});
    return *this;
}

Steps& Steps::again()
{
    m_steps.back().isTriedAgain = true;
    return *this;
}

Future<void> Steps::run()
{
    auto* run = new Run(std::move(m_steps), std::move(m_watch), m_context);
    const Future<void> future = run->future();
    run->next();
    return future;
}

} // namespace vmm
