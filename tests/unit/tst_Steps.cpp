// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestNames.h"
#include "vmm/base/Steps.h"

#include <QTest>

using vmm::Error;
using vmm::ErrorKind;
using vmm::Future;
using vmm::Promise;
using vmm::Steps;

class tst_Steps : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_done.clear();
        m_context = std::make_unique<QObject>();
    }

    void allSucceed_inOrderWithoutUndo()
    {
        const auto future = Steps(m_context.get())
                                .add(QStringLiteral("a"), does("a"), does("-a"))
                                .addNow(QStringLiteral("b"), now("b"), [this] { m_done << "-b"; })
                                .run();
        QTRY_VERIFY(future.isFinished());
        QVERIFY(future.result().has_value());
        QCOMPARE(m_done, (QByteArrayList { "a", "b" }));
    }

    void failure_undoesInReverseAndTellsTheFirstError()
    {
        const auto future = Steps(m_context.get())
                                .add(QStringLiteral("a"), does("a"), does("-a"))
                                .add(QStringLiteral("b"), does("b"), fails("-b"))
                                .add(QStringLiteral("c"), fails("c"), does("-c"))
                                .add(QStringLiteral("d"), does("d"), does("-d"))
                                .run();
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(future.result().error().detail, QStringLiteral("c"));
        QCOMPARE(m_done, (QByteArrayList { "a", "b", "c", "-b", "-a" }));
    }

    void afterCommit_nothingIsUndone()
    {
        const auto future = Steps(m_context.get())
                                .add(QStringLiteral("a"), does("a"), does("-a"))
                                .commit()
                                .add(QStringLiteral("tidy"), fails("tidy"))
                                .add(QStringLiteral("tidy more"), does("tidy more"))
                                .run();
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(future.result().error().detail, QStringLiteral("tidy"));
        QCOMPARE(m_done, (QByteArrayList { "a", "tidy", "tidy more" }));
    }

    void stepThatIsTriedAgain_failsOnlyTwice()
    {
        const auto future = Steps(m_context.get())
                                .commit()
                                .add(QStringLiteral("tidy"), fails("tidy"))
                                .again()
                                .add(QStringLiteral("tidy more"), does("tidy more"))
                                .run();
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(future.result().error().detail, QStringLiteral("tidy"));
        QCOMPARE(m_done, (QByteArrayList { "tidy", "tidy", "tidy more" }));
    }

    void stepThatIsTriedAgain_maySucceedThen()
    {
        int told = 0;
        const vmm::StepHook hook
            = [&told](const QString&, const QString& step) -> vmm::Result<void> {
            if (step == QLatin1StringView("tidy") && told++ == 0)
                return Error { ErrorKind::Io, step, QStringLiteral("injected") };
            return {};
        };
        const Future<void> future = Steps(m_context.get(), { QStringLiteral("work"), hook })
                                        .commit()
                                        .add(QStringLiteral("tidy"), does("tidy"))
                                        .again()
                                        .add(QStringLiteral("tidy more"), does("tidy more"))
                                        .run();
        QTRY_VERIFY(future.isFinished());
        QVERIFY(future.result().has_value());
        QCOMPARE(told, 2);
        QCOMPARE(m_done, (QByteArrayList { "tidy", "tidy more" }));
    }

    void cancel_stopsTheRunningStepAndUndoes()
    {
        auto slow = std::make_shared<Promise<void>>();
        Future<void> future = Steps(m_context.get())
                                  .add(QStringLiteral("a"), does("a"), does("-a"))
                                  .add(QStringLiteral("slow"), [slow] { return slow->future(); })
                                  .add(QStringLiteral("c"), does("c"))
                                  .run();
        QTRY_COMPARE(m_done, (QByteArrayList { "a" }));
        QTest::qWait(0);
        future.cancel();
        QTRY_VERIFY(slow->isCancelRequested());
        slow->finish(Error { ErrorKind::Cancelled });
        QTRY_COMPARE(m_done, (QByteArrayList { "a", "-a" }));
        QTRY_VERIFY(future.isFinished());
    }

    void stepCancelledWhileItRuns_isUndoneItself()
    {
        auto slow = std::make_shared<Promise<void>>();
        Future<void> future
            = Steps(m_context.get())
                  .add(QStringLiteral("a"), does("a"), does("-a"))
                  .add(
                      QStringLiteral("slow"), [slow] { return slow->future(); }, does("-slow"))
                  .run();
        QTRY_COMPARE(m_done, (QByteArrayList { "a" }));
        QTest::qWait(0);
        future.cancel();
        QTRY_VERIFY(slow->isCancelRequested());
        slow->finish({}); // it could not be stopped any more
        QTRY_COMPARE(m_done, (QByteArrayList { "a", "-slow", "-a" }));
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(future.resultCount(), 0); // which everybody reads as Cancelled
    }

    void cancelBeyondTheCommit_isNotTold_data()
    {
        QTest::addColumn<bool>("isFailing");
        QTest::newRow("done") << false;
        QTest::newRow("tidying up fails") << true;
    }

    void cancelBeyondTheCommit_isNotTold()
    {
        QFETCH(bool, isFailing);
        auto slow = std::make_shared<Promise<void>>();
        const Future<void> inner
            = Steps(m_context.get())
                  .add(QStringLiteral("a"), does("a"), does("-a"))
                  .commit()
                  .add(QStringLiteral("slow"), [slow] { return slow->future(); })
                  .add(QStringLiteral("b"), does("b"))
                  .run();
        // As operations hand it on.
        Future<int> outer = vmm::async::transformed<int>(
            inner, m_context.get(), [](const vmm::Result<void>& done) -> vmm::Result<int> {
                if (!done)
                    return done.error();
                return 7;
            });
        QTRY_COMPARE(m_done, (QByteArrayList { "a" }));
        QTest::qWait(0);
        outer.cancel();
        QTRY_VERIFY(inner.isCanceled());
        QVERIFY(!slow->isCancelRequested());
        slow->finish(isFailing ? vmm::Result<void>(Error { ErrorKind::Io }) : vmm::Result<void>());
        QTRY_VERIFY(outer.isFinished());
        QCOMPARE(m_done, (QByteArrayList { "a", "b" }));
        QCOMPARE(outer.resultCount(), 1);
        if (isFailing)
            QCOMPARE(outer.resultAt(0).error().kind, ErrorKind::Io);
        else
            QCOMPARE(outer.resultAt(0).value(), 7);
    }

    void cancelInTheLastStep_undoesAll()
    {
        auto slow = std::make_shared<Promise<void>>();
        Future<void> future
            = Steps(m_context.get())
                  .add(QStringLiteral("a"), does("a"), does("-a"))
                  .add(QStringLiteral("last"),
                      [this, slow] {
                          return vmm::async::eitherWay(slow->future(), m_context.get(),
                              [](const auto&) { return vmm::async::ready<void>({}); });
                      })
                  .run();
        QTRY_COMPARE(m_done, (QByteArrayList { "a" }));
        QTest::qWait(0);
        future.cancel();
        slow->finish({});
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(m_done, (QByteArrayList { "a", "-a" }));
        QCOMPARE(future.resultCount(), 0);
    }

    void stepThatFails_isNotUndoneItself()
    {
        const Future<void> future = Steps(m_context.get())
                                        .add(QStringLiteral("a"), does("a"), does("-a"))
                                        .add(QStringLiteral("b"), fails("b"), does("-b"))
                                        .run();
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(m_done, (QByteArrayList { "a", "b", "-a" }));
    }

    void hook_isToldEveryStepAndCanFailIt()
    {
        QStringList told;
        const vmm::StepHook hook
            = [&told](const QString& operation, const QString& step) -> vmm::Result<void> {
            told.append(operation + QLatin1Char('/') + step);
            if (step == QLatin1StringView("b"))
                return Error { ErrorKind::Io, step, QStringLiteral("injected") };
            return {};
        };
        const Future<void> future = Steps(m_context.get(), { QStringLiteral("work"), hook })
                                        .add(QStringLiteral("a"), does("a"), does("-a"))
                                        .add(QStringLiteral("b"), does("b"), does("-b"))
                                        .run();
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(future.result().error().detail, QStringLiteral("injected"));
        QCOMPARE(told,
            (QStringList { QStringLiteral("work/a"), QStringLiteral("work/b"),
                QStringLiteral("work/undo a") }));
        QCOMPARE(m_done, (QByteArrayList { "a", "-a" }));
    }

    void progress_isThatOfTheStepsTogether()
    {
        auto slow = std::make_shared<Promise<void>>();
        slow->setProgressRange(0, 100);
        const Future<void> future
            = Steps(m_context.get())
                  .add(QStringLiteral("a"), does("a"))
                  .add(QStringLiteral("slow"), [slow] { return slow->future(); })
                  .run();
        QTRY_COMPARE(future.progressValue(), 50);
        slow->setProgress(50);
        QTRY_COMPARE(future.progressValue(), 75);
        slow->finish({});
        QTRY_VERIFY(future.isFinished());
    }

    void contextThatDies_endsItAsCancelled()
    {
        auto slow = std::make_shared<Promise<void>>();
        const Future<void> future
            = Steps(m_context.get())
                  .add(QStringLiteral("a"), does("a"), does("-a"))
                  .add(QStringLiteral("slow"), [slow] { return slow->future(); })
                  .run();
        QTRY_COMPARE(m_done, (QByteArrayList { "a" }));
        m_context.reset();
        QVERIFY(future.isFinished());
        QCOMPARE(future.result().error().kind, ErrorKind::Cancelled);
        QCOMPARE(m_done, (QByteArrayList { "a" }));
    }

private:
    Steps::Action does(const char* what)
    {
        return [this, what] {
            m_done << what;
            return vmm::async::ready<void>({});
        };
    }
    Steps::Action fails(const char* what)
    {
        return [this, what] {
            m_done << what;
            return vmm::async::failed<void>({ ErrorKind::Io, {}, QString::fromLatin1(what) });
        };
    }
    std::function<vmm::Result<void>()> now(const char* what)
    {
        return [this, what]() -> vmm::Result<void> {
            m_done << what;
            return {};
        };
    }

    QByteArrayList m_done;
    std::unique_ptr<QObject> m_context;
};

QTEST_GUILESS_MAIN(tst_Steps)
#include "tst_Steps.moc"
