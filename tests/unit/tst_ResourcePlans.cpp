// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/MigrationEstimate.h"
#include "models/NetworkPlan.h"
#include "models/PoolKinds.h"

#include <QTest>

using namespace models;
using hosts::MigrationProgress;
using vmm::Bytes;

namespace {

QString text(const char* latin1)
{
    return QString::fromLatin1(latin1);
}

} // namespace

/// What is proposed and worked out about pools, networks and migrations.
class tst_ResourcePlans : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyPoolType_asksForSomething()
    {
        QSet<QString> types;
        for (const PoolKind& kind : poolKinds()) {
            types.insert(kind.type);
            QVERIFY2(!kind.required.isEmpty(), qPrintable(kind.type));
            QCOMPARE(kind.takes(PoolField::Format), !kind.formats.isEmpty());
            QCOMPARE(missingFields(kind, {}).size(), kind.required.size());
        }
        QCOMPARE(types.size(), poolKinds().size());
        for (const char* type : { "dir", "fs", "netfs", "logical", "disk", "iscsi", "rbd" })
            QVERIFY(types.contains(text(type)));
        QCOMPARE(poolKindOf(text("future")).type, text("future"));
    }

    void missingFields_areThoseNotGiven()
    {
        hosts::NewPool pool { .type = text("netfs"), .host = text("nas") };
        const PoolKind kind = poolKindOf(pool.type);
        QCOMPARE(
            missingFields(kind, pool), (QVector<PoolField> { PoolField::Path, PoolField::Target }));
        pool.path = text("/export");
        pool.target = text("relative");
        QCOMPARE(missingFields(kind, pool), QVector<PoolField> { PoolField::Target });
        pool.target = usualPoolTarget(kind, text("nas"));
        QVERIFY(missingFields(kind, pool).isEmpty());
    }

    void usualRange_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("last");
        const auto row = [](const char* address, const char* first, const char* last) {
            QTest::newRow(address) << text(address) << text(first) << text(last);
        };
        row("192.168.150.1/24", "192.168.150.2", "192.168.150.254");
        row("192.168.150.254/24", "192.168.150.1", "192.168.150.253");
        row("10.0.0.1/8", "10.0.0.2", "10.0.0.254");
        row("10.0.0.1/30", "10.0.0.2", "10.0.0.2");
        row("10.0.0.1/31", "", "");
        row("10.0.0.1", "", "");
        row("fd00::1/64", "", "");
        row("nonsense/24", "", "");
    }

    void usualRange()
    {
        QFETCH(QString, address);
        QFETCH(QString, first);
        QFETCH(QString, last);
        const hosts::NetworkAddress usual = withUsualRange(address);
        QCOMPARE(usual.dhcpFirst, first);
        QCOMPARE(usual.dhcpLast, last);
        if (!first.isEmpty()) {
            QVERIFY(isHostAddress(address));
            QVERIFY(isAddressIn(first, address) && isAddressIn(last, address));
        }
    }

    void addresses_areJudged()
    {
        QVERIFY(isHostAddress(text("fd00::1/64")));
        QVERIFY(!isHostAddress(text("192.168.1.1")));
        QVERIFY(!isHostAddress(text("192.168.1.300/24")));
        QVERIFY(!isAddressIn(text("192.168.2.1"), text("192.168.1.1/24")));
        QVERIFY(!isAddressIn(text(""), text("192.168.1.1/24")));
    }

    void migration_endsWhenMoreIsCopiedThanWritten()
    {
        MigrationProgress progress { .isActive = true,
            .total = Bytes::fromMiB(1000),
            .remaining = Bytes::fromMiB(250),
            .rate = Bytes::fromMiB(60),
            .dirtyRate = Bytes::fromMiB(10) };
        QCOMPARE(outlookOf(progress).percent, 75);
        QCOMPARE(outlookOf(progress).left, std::chrono::seconds(5));
        QVERIFY(!outlookOf(progress).isLosing);
        progress.dirtyRate = Bytes::fromMiB(60);
        QVERIFY(outlookOf(progress).isLosing);
        QVERIFY(!outlookOf(progress).left);
        progress.isPostCopy = true;
        QCOMPARE(outlookOf(progress).left, std::chrono::seconds(5));
        progress.rate = {};
        QVERIFY(!outlookOf(progress).left && !outlookOf(progress).isLosing);
        QCOMPARE(outlookOf({}).percent, -1);
    }
};

QTEST_GUILESS_MAIN(tst_ResourcePlans)
#include "tst_ResourcePlans.moc"
