// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/Backoff.h"
#include "hosts/wire/Frame.h"
#include "hosts/wire/InventoryMerge.h"
#include "hosts/wire/Limits.h"
#include "tests/support/TestNames.h"

#include <QTest>

using namespace hosts;
using namespace hosts::wire;
using namespace std::chrono_literals;

namespace {

VmInfo vmNamed(const VmId& id, const QString& name)
{
    return { .id = id, .name = name };
}

} // namespace

/// The small parts of the wire that have no I/O.
class tst_Wire : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void frames_areFoundInPiecesOfAnySize()
    {
        const QByteArray stream = framed("one") + framed(QByteArray(70'000, 'x')) + framed("3");
        for (const int piece : { 1, 2, 3, 5, 4096, 1'000'000 }) {
            FrameReader reader;
            QVector<QByteArray> found;
            for (qsizetype at = 0; at < stream.size(); at += piece) {
                reader.feed(stream.mid(at, piece));
                for (;;) {
                    const auto frame = reader.next();
                    QVERIFY(frame.has_value());
                    if (!frame->has_value())
                        break;
                    found.append(**frame);
                }
            }
            QCOMPARE(found, (QVector<QByteArray> { "one", QByteArray(70'000, 'x'), "3" }));
        }
    }

    void frameOfImpossibleLength_isRefused()
    {
        for (const auto& header : { QByteArray("\0\0\0\0", 4), QByteArray("\xff\xff\xff\xff", 4),
                 QByteArray("\x01\0\0\x02", 4) }) {
            FrameReader reader;
            reader.feed(header);
            const auto frame = reader.next();
            QVERIFY(!frame.has_value());
            QCOMPARE(frame.error().kind, vmm::ErrorKind::ProtocolViolation);
        }
    }

    void backoff_doublesUpToItsLimitAndStartsAnew()
    {
        Backoff backoff({ .first = 200ms, .longest = 30s, .chance = [] { return 0.0; } });
        const std::chrono::milliseconds expected[]
            = { 200ms, 400ms, 800ms, 1600ms, 3200ms, 6400ms, 12800ms, 25600ms, 30000ms, 30000ms };
        for (const auto delay : expected)
            QCOMPARE(backoff.next().count(), delay.count());
        for (int i = 0; i < 100; ++i)
            QCOMPARE(backoff.next().count(), 30000);
        backoff.reset();
        QCOMPARE(backoff.next().count(), 200);
    }

    void backoff_takesAwayALittleByChance()
    {
        Backoff least({ .first = 200ms, .jitter = 0.25, .chance = [] { return 1.0; } });
        QCOMPARE(least.next().count(), 150);
        Backoff real({ .first = 200ms });
        const auto delay = real.next();
        QVERIFY(delay >= 150ms && delay <= 200ms);
    }

    void mergedChanges_tellTheLastStateOfEach()
    {
        const VmId a = VmId::createUuid();
        const VmId b = VmId::createUuid();
        InventoryMerge merge;
        QVERIFY(merge.isEmpty());
        merge.add(
            { .changed = { vmNamed(a, QStringLiteral("a1")), vmNamed(b, QStringLiteral("b")) } });
        merge.add({ .changed = { vmNamed(a, QStringLiteral("a2")) }, .removed = { b } });
        QCOMPARE(merge.take(),
            (InventoryChange {
                .changed = { vmNamed(a, QStringLiteral("a2")) }, .removed = { b } }));
        QVERIFY(merge.isEmpty());
    }

    void mergedChanges_keepAMachineThatCameBack()
    {
        const VmId a = VmId::createUuid();
        InventoryMerge merge;
        merge.add({ .removed = { a } });
        merge.add({ .changed = { vmNamed(a, QStringLiteral("again")) } });
        QCOMPARE(
            merge.take(), (InventoryChange { .changed = { vmNamed(a, QStringLiteral("again")) } }));
    }

    void mergedCompleteInventory_forgetsWhatWasBefore()
    {
        const VmId a = VmId::createUuid();
        const VmId b = VmId::createUuid();
        InventoryMerge merge;
        merge.add({ .changed = { vmNamed(a, QStringLiteral("a")) } });
        merge.add({ .isComplete = true, .changed = { vmNamed(b, QStringLiteral("b")) } });
        merge.add({ .removed = { b } });
        QCOMPARE(merge.take(), (InventoryChange { .isComplete = true }));
        merge.add({ .isComplete = true });
        QVERIFY(!merge.isEmpty()); // "there is nothing" is news
    }
};

QTEST_APPLESS_MAIN(tst_Wire)
#include "tst_Wire.moc"
