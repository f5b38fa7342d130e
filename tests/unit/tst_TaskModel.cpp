// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/TaskModel.h"
#include "tests/support/TestNames.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using models::Task;
using models::TaskId;
using models::TaskInfo;
using models::TaskModel;
using models::TaskState;
using vmm::Error;
using vmm::ErrorKind;

namespace QTest {
template <> inline char* toString(const TaskState& state)
{
    return qstrdup(qPrintable(models::nameOf(state)));
}
} // namespace QTest

class tst_TaskModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_model = std::make_unique<TaskModel>();
        m_tester = std::make_unique<QAbstractItemModelTester>(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    }

    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
    }

    void taskRunsThenSucceeds();
    void failure_keepsItsErrorAndCountsUntilSeen();
    void abandonedPromise_isCancelled();
    void finishedFuture_endsItsTaskToo();
    void newestIsFirst();
    void progress_isAPercentage();
    void cancel_asksTheOperationOnce();
    void manyTasks_tellTheirCountsOnce();
    void cancelOfWhatCannotBe_isRefused();
    void retry_startsAgainOnce();
    void successfulTask_hasNoRetry();
    void history_isBoundedAndKeepsRunningTasks();
    void failures_areBoundedToo();
    void failures_outliveTheSuccessesAfterThem();
    void taskThatEndsLast_staysLongest();
    void clearedTasks_countNoMoreInTheHistory();
    void clearFinished_keepsRunningTasks();
    void modelThatDies_leavesTheFutureAlone();

private:
    TaskState stateOf(TaskId task) const { return m_model->find(task)->state; }

    void succeed(int tasks)
    {
        TaskId last = 0;
        for (int i = 0; i < tasks; ++i)
            last = m_model->track({}, vmm::async::ready<int>(1));
        QTRY_COMPARE(stateOf(last), TaskState::Succeeded);
    }

    std::unique_ptr<TaskModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void tst_TaskModel::taskRunsThenSucceeds()
{
    vmm::Promise<void> promise;
    QSignalSpy finished(m_model.get(), &TaskModel::finished);
    const TaskInfo info { .vmName = QStringLiteral("x") };
    const TaskId task = m_model->track(info, promise.future());
    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(stateOf(task), TaskState::Running);
    QCOMPARE(m_model->runningCount(), 1);
    QVERIFY(m_model->find(task)->started.isValid());
    QVERIFY(!m_model->find(task)->finished.isValid());
    promise.finish({});
    QTRY_COMPARE(stateOf(task), TaskState::Succeeded);
    QCOMPARE(m_model->runningCount(), 0);
    QVERIFY(m_model->find(task)->finished.isValid());
    QCOMPARE(finished.size(), 1);
    QCOMPARE(m_model->index(0).data().toString(), QStringLiteral("x"));
}

void tst_TaskModel::failure_keepsItsErrorAndCountsUntilSeen()
{
    const Error error { ErrorKind::Busy, QStringLiteral("disk") };
    const TaskId task = m_model->track({}, vmm::async::failed<int>(error));
    QTRY_COMPARE(stateOf(task), TaskState::Failed);
    QCOMPARE(m_model->find(task)->error, error);
    QCOMPARE(m_model->indexOf(task).data(TaskModel::ErrorRole).value<Error>(), error);
    QCOMPARE(m_model->unseenFailureCount(), 1);
    m_model->markFailuresSeen();
    QCOMPARE(m_model->unseenFailureCount(), 0);
    QCOMPARE(m_model->failedCount(), 1);
    QVERIFY(m_model->find(task)->isSeen);
}

void tst_TaskModel::abandonedPromise_isCancelled()
{
    auto promise = std::make_unique<vmm::Promise<int>>();
    const TaskId task = m_model->track({}, promise->future());
    promise.reset();
    QTRY_COMPARE(stateOf(task), TaskState::Cancelled);
    QCOMPARE(m_model->unseenFailureCount(), 0);
}

void tst_TaskModel::finishedFuture_endsItsTaskToo()
{
    const TaskId task = m_model->track({}, vmm::async::ready<int>(3));
    QTRY_COMPARE(stateOf(task), TaskState::Succeeded);
}

void tst_TaskModel::newestIsFirst()
{
    vmm::Promise<void> promise;
    const TaskId first = m_model->track({}, promise.future());
    const TaskId second = m_model->track({}, promise.future());
    QCOMPARE(m_model->indexOf(second).row(), 0);
    QCOMPARE(m_model->indexOf(first).row(), 1);
    QVERIFY(!m_model->indexOf(99).isValid());
    QCOMPARE(m_model->find(0), nullptr);
}

void tst_TaskModel::progress_isAPercentage()
{
    vmm::Promise<void> promise;
    const TaskId task = m_model->track({}, promise.future());
    QCOMPARE(m_model->find(task)->progress, -1);
    promise.setProgressRange(0, 200);
    promise.setProgress(50);
    QTRY_COMPARE(m_model->find(task)->progress, 25);
    promise.finish({});
    QTRY_COMPARE(m_model->find(task)->progress, 100);
}

void tst_TaskModel::cancel_asksTheOperationOnce()
{
    auto promise = std::make_unique<vmm::Promise<int>>();
    int asked = 0;
    const TaskId task = m_model->track({}, promise->future(), { .cancel = [&asked] {
        ++asked;
        return true;
    } });
    QVERIFY(m_model->find(task)->canCancel);
    QVERIFY(m_model->cancel(task));
    QVERIFY(!m_model->cancel(task));
    QCOMPARE(asked, 1);
    QVERIFY(!m_model->find(task)->canCancel);
    QCOMPARE(stateOf(task), TaskState::Running); // until the operation says so
    promise.reset();
    QTRY_COMPARE(stateOf(task), TaskState::Cancelled);
}

void tst_TaskModel::manyTasks_tellTheirCountsOnce()
{
    QSignalSpy counts(m_model.get(), &TaskModel::countsChanged);
    vmm::Promise<int> promise;
    for (int i = 0; i < 100; ++i)
        m_model->track({}, promise.future());
    QCOMPARE(counts.size(), 0);
    QTRY_COMPARE(counts.size(), 1);
    QCOMPARE(m_model->runningCount(), 100);
}

void tst_TaskModel::cancelOfWhatCannotBe_isRefused()
{
    vmm::Promise<int> promise;
    const TaskId task = m_model->track({}, promise.future());
    QVERIFY(!m_model->cancel(task));
    QVERIFY(!m_model->cancel(99));
}

void tst_TaskModel::retry_startsAgainOnce()
{
    int starts = 0;
    const TaskId task = m_model->track(
        {}, vmm::async::failed<int>({ ErrorKind::Io }), { .retry = [&starts] { ++starts; } });
    QVERIFY(!m_model->retry(task)); // still running
    QTRY_COMPARE(stateOf(task), TaskState::Failed);
    QVERIFY(m_model->find(task)->canRetry);
    QVERIFY(m_model->retry(task));
    QVERIFY(!m_model->retry(task));
    QCOMPARE(starts, 1);
    QCOMPARE(m_model->unseenFailureCount(), 0);
}

void tst_TaskModel::successfulTask_hasNoRetry()
{
    const TaskId task = m_model->track({}, vmm::async::ready<int>(1), { .retry = [] {} });
    QTRY_COMPARE(stateOf(task), TaskState::Succeeded);
    QVERIFY(!m_model->retry(task));
}

void tst_TaskModel::history_isBoundedAndKeepsRunningTasks()
{
    vmm::Promise<void> promise;
    const TaskId old = m_model->track({}, promise.future());
    succeed(TaskModel::kHistory + 50);
    QCOMPARE(m_model->rowCount(), TaskModel::kHistory + 1);
    QVERIFY(m_model->find(old));
    QVERIFY(!m_model->find(old + 1));
    promise.finish({});
    QTRY_COMPARE(m_model->rowCount(), TaskModel::kHistory);
}

void tst_TaskModel::failures_areBoundedToo()
{
    m_tester.reset(); // it looks at every row every time
    TaskId last = 0;
    for (int i = 0; i < TaskModel::kFailures + 50; ++i)
        last = m_model->track({}, vmm::async::failed<int>({ ErrorKind::Io }));
    QTRY_COMPARE(stateOf(last), TaskState::Failed);
    QCOMPARE(m_model->rowCount(), TaskModel::kFailures);
    QCOMPARE(m_model->unseenFailureCount(), TaskModel::kFailures);
    QCOMPARE(m_model->failedCount(), TaskModel::kFailures);
    QVERIFY(!m_model->find(1));
}

void tst_TaskModel::failures_outliveTheSuccessesAfterThem()
{
    const TaskId failed = m_model->track({}, vmm::async::failed<int>({ ErrorKind::Io }));
    succeed(TaskModel::kHistory + 50);
    QVERIFY(m_model->find(failed));
    QCOMPARE(m_model->unseenFailureCount(), 1);
    QCOMPARE(m_model->rowCount(), TaskModel::kHistory + 1);
}

void tst_TaskModel::taskThatEndsLast_staysLongest()
{
    vmm::Promise<void> promise;
    vmm::Promise<void> failing;
    const TaskId first = m_model->track({}, promise.future());
    const TaskId second = m_model->track({}, failing.future());
    succeed(TaskModel::kHistory);
    promise.finish({});
    failing.finish(Error { ErrorKind::Io });
    QTRY_COMPARE(m_model->runningCount(), 0);
    QCOMPARE(stateOf(first), TaskState::Succeeded);
    QCOMPARE(stateOf(second), TaskState::Failed);
    QCOMPARE(m_model->failedCount(), 1);
    QCOMPARE(m_model->rowCount(), TaskModel::kHistory + 1);
}

void tst_TaskModel::clearedTasks_countNoMoreInTheHistory()
{
    const TaskId failed = m_model->track({}, vmm::async::failed<int>({ ErrorKind::Io }));
    succeed(TaskModel::kHistory);
    m_model->clear({ failed, failed + 1 });
    QCOMPARE(m_model->rowCount(), TaskModel::kHistory - 1);
    succeed(2);
    QCOMPARE(m_model->rowCount(), TaskModel::kHistory);
    QVERIFY(!m_model->find(failed + 2) && m_model->find(failed + 3));
    m_model->clearFinished();
    succeed(TaskModel::kHistory + 1);
    QCOMPARE(m_model->rowCount(), TaskModel::kHistory);
}

void tst_TaskModel::clearFinished_keepsRunningTasks()
{
    vmm::Promise<void> promise;
    m_model->track({}, vmm::async::ready<int>(1));
    const TaskId running = m_model->track({}, promise.future());
    m_model->track({}, vmm::async::failed<int>({ ErrorKind::Io }));
    QTRY_COMPARE(m_model->runningCount(), 1);
    m_model->clearFinished();
    QCOMPARE(m_model->rowCount(), 1);
    QVERIFY(m_model->find(running));
    QCOMPARE(m_model->unseenFailureCount(), 0);
}

void tst_TaskModel::modelThatDies_leavesTheFutureAlone()
{
    vmm::Promise<int> promise;
    m_model->track({}, promise.future());
    cleanup();
    promise.finish(3);
    QCOMPARE(promise.future().result(), vmm::Result<int>(3));
}

QTEST_GUILESS_MAIN(tst_TaskModel)
#include "tst_TaskModel.moc"
