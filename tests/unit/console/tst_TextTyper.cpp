// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "console/ConsoleSession.h"
#include "console/typing/TextTyper.h"
#include "tests/support/console/FakeTransport.h"

#include <QSignalSpy>
#include <QTest>

using namespace console;
using namespace std::chrono_literals;

namespace {

/// A machine's keyboard that is typed on.
struct Machine {
    explicit Machine()
        : session(fake.factory())
    {
        session.open({ .unixSocket = QStringLiteral("/x") });
        fake.latest->goLive();
        fake.latest->log.clear();
    }

    tests::FakeTransports fake;
    ConsoleSession session;
    TextTyper typer;
};

} // namespace

class tst_TextTyper : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const auto us = KeyboardLayout::load(QStringLiteral("us"));
        QVERIFY(us);
        m_us = *us;
    }

    void pause_isThatOfTheRate()
    {
        Machine machine;
        std::chrono::milliseconds before = 1h;
        for (const int rate : { 1, 10, TextTyper::kUsualRate, TextTyper::kMaxRate }) {
            machine.typer.start(machine.session, m_us, QStringLiteral("a"), rate);
            QCOMPARE(machine.typer.pause(), 1000ms / rate);
            QVERIFY(machine.typer.pause() < before);
            before = machine.typer.pause();
        }
        machine.typer.start(machine.session, m_us, QStringLiteral("a"), 1'000'000);
        QCOMPARE(machine.typer.pause(), 1000ms / TextTyper::kMaxRate);
        machine.typer.start(machine.session, m_us, QStringLiteral("a"), 0);
        QCOMPARE(machine.typer.pause(), 1000ms / TextTyper::kMinRate);
    }

    /// Side by side: whatever holds one up, holds the other up.
    void higherRate_isThereFirst()
    {
        Machine fast;
        Machine slow;
        const QString text(40, QLatin1Char('x'));
        QSignalSpy done(&fast.typer, &TextTyper::finished);
        slow.typer.start(slow.session, m_us, text, 10);
        fast.typer.start(fast.session, m_us, text, 200);
        QTRY_COMPARE(done.size(), 1);
        QVERIFY(done.first().first().toBool());
        QCOMPARE(fast.fake.latest->log.filter(QStringLiteral("key 2d down")).size(), 40);
        QCOMPARE(fast.fake.latest->log.filter(QStringLiteral("key 2d up")).size(), 40);
        QVERIFY(slow.typer.isRunning() && slow.typer.typed() < 40);
    }

    void everyPause_isOneKey()
    {
        Machine machine;
        QList<qsizetype> keys;
        connect(&machine.typer, &TextTyper::progressed, this,
            [&] { keys.append(machine.fake.latest->log.size()); });
        machine.typer.start(machine.session, m_us, QStringLiteral("aBc"), TextTyper::kMaxRate);
        QVERIFY(machine.fake.latest->log.isEmpty());
        QTRY_VERIFY(!machine.typer.isRunning());
        QCOMPARE(keys, QList<qsizetype>({ 2, 2 + 4, 2 + 4 + 2 })); // B with Shift
    }

private:
    KeyboardLayout m_us;
};

QTEST_GUILESS_MAIN(tst_TextTyper)
#include "tst_TextTyper.moc"
