// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/IdleBatch.h"

#include <QTest>

#include <glib.h>

#include <thread>

namespace {

/// Adds itself anew until it has run `left` times, as a library does that draws one thing after
/// the other.
struct Chain {
    int left = 0;
    int ran = 0;
    guint next = 0; ///< the one that was added last

    static gboolean step(gpointer data)
    {
        auto& chain = *static_cast<Chain*>(data);
        ++chain.ran;
        chain.next = --chain.left > 0 ? g_idle_add(&Chain::step, data) : 0;
        return G_SOURCE_REMOVE;
    }
};

gboolean count(gpointer runs)
{
    ++*static_cast<int*>(runs);
    return G_SOURCE_REMOVE;
}

gboolean countAndStay(gpointer runs)
{
    ++*static_cast<int*>(runs);
    return G_SOURCE_CONTINUE;
}

void turn()
{
    g_main_context_iteration(nullptr, FALSE);
}

} // namespace

/// g_idle_add as the console's process has it.
class tst_IdleBatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        console::helper::IdleBatch::install();
        turn(); // what others have in the loop
    }

    void oneAfterTheOther_inFewTurns()
    {
        Chain chain { .left = 500 };
        g_idle_add(&Chain::step, &chain);
        int turns = 0;
        for (; chain.left > 0 && turns < 500; ++turns)
            turn();
        QCOMPARE(chain.ran, 500);
        QVERIFY2(turns < 250, qPrintable(QString::number(turns))); // 500 with GLib's own
        turn();
        QCOMPARE(chain.ran, 500);
    }

    void endlessChain_leavesOthersTheirTurn()
    {
        Chain chain { .left = 1 << 30 };
        int others = 0;
        g_idle_add(&Chain::step, &chain);
        g_timeout_add(1, &count, &others);
        const auto isSeen = [&] {
            turn();
            return others == 1;
        };
        QTRY_VERIFY(isSeen());
        QVERIFY(chain.ran > 1);
        QVERIFY(g_source_remove(chain.next));
        const int before = chain.ran;
        turn();
        QCOMPARE(chain.ran, before);
    }

    void removed_doesNotRun()
    {
        struct Removal {
            int ran = 0;
            static gboolean run(gpointer data)
            {
                const guint added = g_idle_add(&count, &static_cast<Removal*>(data)->ran);
                g_source_remove(added);
                return G_SOURCE_REMOVE;
            }
        } removal;
        g_idle_add(&Removal::run, &removal);
        turn();
        turn();
        QCOMPARE(removal.ran, 0);
    }

    void removesItself()
    {
        struct Self {
            guint id = 0;
            int ran = 0;
            static gboolean run(gpointer data)
            {
                auto& self = *static_cast<Self*>(data);
                ++self.ran;
                g_source_remove(self.id);
                return G_SOURCE_REMOVE;
            }
            static gboolean add(gpointer data)
            {
                static_cast<Self*>(data)->id = g_idle_add(&Self::run, data);
                return G_SOURCE_REMOVE;
            }
        } self;
        g_idle_add(&Self::add, &self); // the other runs in its turn, or in the next
        turn();
        turn();
        QCOMPARE(self.ran, 1);
    }

    void oneThatStays_runsEachTurn()
    {
        struct Adder {
            int ran = 0;
            guint id = 0;
            static gboolean run(gpointer data)
            {
                auto& adder = *static_cast<Adder*>(data);
                adder.id = g_idle_add(&countAndStay, &adder.ran);
                return G_SOURCE_REMOVE;
            }
        } adder;
        g_idle_add(&Adder::run, &adder);
        for (int i = 0; i < 4; ++i)
            turn();
        QCOMPARE_GE(adder.ran, 3);
        g_source_remove(adder.id);
        const int before = adder.ran;
        turn();
        QCOMPARE(adder.ran, before);
    }

    void otherThread_isServedByTheLoop()
    {
        int runs = 0;
        std::thread([&] { g_idle_add(&count, &runs); }).join();
        turn();
        QCOMPARE(runs, 1);
    }
};

QTEST_GUILESS_MAIN(tst_IdleBatch)
#include "tst_IdleBatch.moc"
