// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestNames.h"
#include "vmm/base/Async.h"

#include <QTest>

using namespace vmm;

namespace {

Result<int> parsePositive(int value)
{
    if (value < 0)
        return Error { ErrorKind::InvalidConfig, QStringLiteral("value") };
    return value;
}

Result<QString> describe(int value)
{
    const int positive = TRY(parsePositive(value));
    return QString::number(positive);
}

Result<void> check(int value)
{
    TRY(describe(value));
    return {};
}

} // namespace

class tst_Async : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void tryMacro_passesValuesAndErrors()
    {
        QCOMPARE(describe(3).value(), QStringLiteral("3"));
        QCOMPARE(describe(-1).error().kind, ErrorKind::InvalidConfig);
        QVERIFY(check(1).has_value());
        QVERIFY(!check(-1).has_value());
    }

    void droppedPromise_finishesWithCancelled()
    {
        Future<int> future;
        {
            Promise<int> promise;
            future = promise.future();
            QVERIFY(!future.isFinished());
        }
        QVERIFY(future.isFinished());
        QCOMPARE(future.result().error().kind, ErrorKind::Cancelled);
    }

    void movedPromise_answersOnce()
    {
        Promise<int> first;
        Future<int> future = first.future();
        Promise<int> second(std::move(first));
        second.finish(7);
        second.finish(8);
        QCOMPARE(future.result().value(), 7);
        QCOMPARE(future.resultCount(), 1);
    }

    void onFinished_isNotCalledFromWithin()
    {
        bool called = false;
        async::onFinished(
            async::ready<int>(1), this, [&](const Result<int>& r) { called = r.has_value(); });
        QVERIFY(!called);
        QTRY_VERIFY(called);
    }

    void onFinished_isNotCalledAfterTheContextDied()
    {
        bool called = false;
        Promise<int> promise;
        {
            QObject context;
            async::onFinished(
                promise.future(), &context, [&](const Result<int>&) { called = true; });
        }
        promise.finish(1);
        QTest::qWait(10);
        QVERIFY(!called);
    }

    void cancelledTooLate_tellsThatItWasDone()
    {
        Promise<int> promise;
        Future<int> end = promise.future();
        end.cancel();
        promise.finish(7);
        QCOMPARE(end.resultCount(), 1);
        QCOMPARE(end.resultAt(0).value(), 7);
    }

    void cancelledInTime_isCancelledWhateverIsMadeOfIt()
    {
        Promise<int> promise;
        Future<int> end = async::transformed<int>(
            promise.future(), this, [](const Result<int>&) -> Result<int> { return 7; });
        end.cancel();
        QTRY_VERIFY(promise.isCancelRequested());
        promise.finish(Error { ErrorKind::ProcessFailed });
        QTRY_VERIFY(end.isFinished());
        QCOMPARE(end.resultCount(), 0);
    }

    void andThen_runsInSequence()
    {
        Promise<int> promise;
        const Future<QString> end = async::andThen(promise.future(), this,
            [](int value) { return async::ready<QString>(QString::number(value + 1)); });
        promise.finish(1);
        QTRY_VERIFY(end.isFinished());
        QCOMPARE(end.result().value(), QStringLiteral("2"));
    }

    void andThen_passesAnErrorBy()
    {
        bool called = false;
        const Future<void> end
            = async::andThen(async::failed<int>({ ErrorKind::Busy }), this, [&](int) {
                  called = true;
                  return async::ready<void>({});
              });
        QTRY_VERIFY(end.isFinished());
        QCOMPARE(end.result().error().kind, ErrorKind::Busy);
        QVERIFY(!called);
    }

    void andThen_isCancelledIfTheContextDies()
    {
        Promise<void> promise;
        Future<int> end;
        {
            QObject context;
            end = async::andThen(promise.future(), &context, [] { return async::ready<int>(1); });
        }
        QVERIFY(end.isFinished());
        QCOMPARE(end.result().error().kind, ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(tst_Async)
#include "tst_Async.moc"
