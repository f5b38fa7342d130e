// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/DomainReader.h"
#include "hosts/libvirt/Library.h"
#include "hosts/libvirt/Overlapped.h"
#include "tests/support/LibvirtdFixture.h"

#include <QTest>

using namespace hosts::libvirt;
using namespace std::chrono_literals;

namespace {

constexpr int kMachines = 12;

} // namespace

/// What is told of many machines in few calls is what is told of each alone.
class tst_DomainReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (const QString why = tests::LibvirtdFixture::missing(); !why.isEmpty())
            QSKIP(qPrintable(why));
        QVERIFY2(m_libvirtd.start(), qPrintable(m_libvirtd.problem()));
        prepareLibrary();
        for (int i = 0; i < kMachines; ++i) {
            const QString name = QStringLiteral("vm-%1").arg(i);
            QVERIFY(m_libvirtd.virshDefine(tests::LibvirtdFixture::smallMachine(name)));
            if (i % 2 == 0)
                m_libvirtd.virsh({ QStringLiteral("autostart"), name });
        }
        m_libvirtd.virsh({ QStringLiteral("start"), QStringLiteral("vm-3") });
        m_libvirtd.virsh({ QStringLiteral("start"), QStringLiteral("vm-4") });
        m_libvirtd.virsh({ QStringLiteral("setvcpus"), QStringLiteral("vm-4"), QStringLiteral("2"),
            QStringLiteral("--maximum"), QStringLiteral("--config") });
        m_libvirtd.virsh({ QStringLiteral("snapshot-create-as"), QStringLiteral("vm-5"),
            QStringLiteral("one"), QStringLiteral("--disk-only") });
        m_libvirtd.virsh({ QStringLiteral("start"), QStringLiteral("vm-6") });
        m_libvirtd.virsh({ QStringLiteral("managedsave"), QStringLiteral("vm-6") });
        m_connection = Connection(virConnectOpen(m_libvirtd.uri().toString().toUtf8().constData()));
        QVERIFY(m_connection);
    }

    void manyAtOnce_areDescribedAsEachAlone()
    {
        auto all = listWithFacts(m_connection, kNearWidth);
        QVERIFY(all.has_value());
        QCOMPARE(all->records.size(), qsizetype(kMachines));
        QVERIFY(all->facts.persistent && all->facts.startedWithHost && all->facts.savedInMemory
            && all->facts.snapshotted);
        readDetailsOf(*all);
        int startedWithHost = 0;
        int saved = 0;
        int changed = 0;
        for (const DomainRecord& together : std::as_const(all->records)) {
            DomainTable none;
            const auto alone = readDomains(m_connection, { together.id }, kNearWidth, none);
            QVERIFY(alone.has_value());
            QCOMPARE(alone->records.size(), qsizetype(1));
            QVERIFY(together.details && alone->records.first().details);
            QVERIFY2(
                *together.details == *alone->records.first().details, qPrintable(together.name));
            startedWithHost += together.details->isAutostart ? 1 : 0;
            saved += together.details->hasSavedMemory ? 1 : 0;
            changed += together.details->hasPendingChanges ? 1 : 0;
        }
        QCOMPARE(startedWithHost, kMachines / 2);
        QCOMPARE(saved, 1);
        QCOMPARE(changed, 1);
    }

    void budget_endsTheReading()
    {
        auto all = listWithFacts(m_connection, 1);
        QVERIFY(all.has_value());
        int reached = 0;
        for (int calls = 0; reached < kMachines; ++calls) {
            QVERIFY(calls < kMachines);
            const auto next = readDetails(*all, reached, 1, 0ms);
            QVERIFY(next.has_value());
            QCOMPARE(*next, reached + 1); // at least one each time, or it would never end
            QVERIFY(all->records[reached].details);
            reached = *next;
        }
    }

private:
    static void readDetailsOf(DomainListing& listing)
    {
        for (int reached = 0; reached < listing.records.size();) {
            const auto next = readDetails(listing, reached, kNearWidth, 10s);
            QVERIFY(next.has_value());
            reached = *next;
        }
    }

    tests::LibvirtdFixture m_libvirtd;
    Connection m_connection;
};

QTEST_GUILESS_MAIN(tst_DomainReader)
#include "tst_DomainReader.moc"
