// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/Library.h"
#include "hosts/libvirt/PoolLease.h"
#include "tests/support/LibvirtdFixture.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <thread>
#include <vector>

using namespace hosts::libvirt;

/// A pool for a folder that no pool of the host has, lent to several at once.
class tst_PoolLease : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (const QString why = tests::LibvirtdFixture::missing(); !why.isEmpty())
            QSKIP(qPrintable(why));
        QVERIFY2(m_libvirtd.start(), qPrintable(m_libvirtd.problem()));
        prepareLibrary();
        m_folder = m_libvirtd.imageFolder() + QStringLiteral("/lent");
        QVERIFY(QDir().mkpath(m_folder));
        QFile image(m_folder + QStringLiteral("/disk.raw"));
        QVERIFY(image.open(QIODevice::WriteOnly) && image.resize(4096));
    }

    void severalAtOnce_haveOnePool()
    {
        constexpr int kThreads = 8;
        constexpr int kRounds = 5;
        std::vector<QStringList> problems(kThreads);
        std::vector<std::thread> threads;
        for (int i = 0; i < kThreads; ++i)
            threads.emplace_back([this, &mine = problems[static_cast<size_t>(i)]] {
                const Connection connection = connect();
                for (int round = 0; round < kRounds; ++round)
                    mine += problemOfLease(connection);
            });
        for (std::thread& thread : threads)
            thread.join();
        for (const QStringList& mine : problems)
            QCOMPARE(mine.join(QLatin1Char('\n')), QString());
        QCOMPARE(poolNames(), QString());
    }

    void last_takesItAlong()
    {
        const Connection connection = connect();
        auto first = PoolLease::of(connection, m_folder);
        QVERIFY2(first.has_value(), first ? "" : qPrintable(first.error().toString()));
        const QString name = poolNames();
        QVERIFY(name.startsWith(QStringLiteral("virtdeck-")));
        auto second = PoolLease::of(connect(), m_folder);
        QVERIFY(second.has_value());
        *first = PoolLease();
        QCOMPARE(poolNames(), name);
        QVERIFY(second->volume(m_folder + QStringLiteral("/disk.raw")).has_value());
        *second = PoolLease();
        QCOMPARE(poolNames(), QString());
    }

    void poolOfTheHost_stays()
    {
        m_libvirtd.virsh({ QStringLiteral("pool-create-as"), QStringLiteral("theirs"),
            QStringLiteral("dir"), QStringLiteral("--target"), m_folder });
        {
            const auto lease = PoolLease::of(connect(), m_folder);
            QVERIFY(lease.has_value());
            QCOMPARE(poolNames(), QStringLiteral("theirs"));
        }
        QCOMPARE(poolNames(), QStringLiteral("theirs"));
    }

private:
    Connection connect() const
    {
        return Connection(virConnectOpen(m_libvirtd.uri().toString().toUtf8().constData()));
    }

    QStringList problemOfLease(const Connection& connection) const
    {
        const auto lease = PoolLease::of(connection, m_folder);
        if (!lease)
            return { lease.error().toString() };
        const auto volume = lease->volume(m_folder + QStringLiteral("/disk.raw"));
        return volume ? QStringList() : QStringList { volume.error().toString() };
    }

    QString poolNames() const
    {
        return m_libvirtd
            .virsh(
                { QStringLiteral("pool-list"), QStringLiteral("--all"), QStringLiteral("--name") })
            .trimmed();
    }

    tests::LibvirtdFixture m_libvirtd;
    QString m_folder;
};

QTEST_GUILESS_MAIN(tst_PoolLease)
#include "tst_PoolLease.moc"
