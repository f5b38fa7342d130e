// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"

#include <QStringList>

#include <functional>
#include <memory>
#include <vector>

namespace vmm {

/// Is told before each step that is taken, and before each that is undone ("undo NAME"); an Error
/// makes the step fail before it begins. This is how tests have something go wrong at every step
/// there is: they hand one to CoreOptions.
using StepHook = std::function<Result<void>(const QString& operation, const QString& step)>;

/// Who looks on while an operation runs; nobody, usually.
struct StepWatch {
    QString operation {};
    StepHook hook {};

    Result<void> tell(const QString& step) const
    {
        return hook ? hook(operation, step) : Result<void>();
    }
};

/// An operation of several steps that is done whole or not at all. Steps run one after the other;
/// when one fails, or the caller cancels before the last is done, those that were done are undone
/// in reverse order, and the first error is the answer.
///
/// Usage: `return Steps(this).add("attach", doIt, undoIt).add(...).run();`
class Steps {
public:
    using Action = std::function<Future<void>()>;

    /// `context` owns the run: if it dies, nothing further is done nor undone and the future ends
    /// with Cancelled.
    explicit Steps(QObject* context, StepWatch watch = {});

    /// Appends a step. `name` is for the log and for error details. `undo` runs if `act` succeeded,
    /// or was cancelled while it ran, for then it may have done its work, or half of it; a failing
    /// undo is logged and the others run all the same.
    Steps& add(const QString& name, Action act, Action undo = {});
    /// For what needs no time.
    Steps& addNow(
        const QString& name, std::function<Result<void>()> act, std::function<void()> undo = {});
    /// The step added last takes so many times as long as another: for the progress.
    Steps& weighing(int share);
    /// Beyond this step nothing is undone any more, and cancelling has no effect, nor on the
    /// answer: what follows only tidies up, and each of it is tried.
    Steps& commit();
    /// The step added last, one beyond commit(), is tried a second time if it fails; if that fails,
    /// too, the first error counts. For what does no harm twice.
    Steps& again();

    /// Starts. Progress: percent, each step its share, within it that of its own future.
    /// A cancelled future cancels the future of the running step, then undoes that and the others.
    Future<void> run();

private:
    struct Step {
        QString name;
        Action act; ///< empty: the point of no return
        Action undo;
        int share = 1; ///< of the progress
        bool isTriedAgain = false;
    };
    class Run;

    QObject* m_context;
    StepWatch m_watch;
    std::vector<Step> m_steps;
};

} // namespace vmm
