// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/HostList.h"
#include "tests/support/FakeHost.h"
#include "tests/support/TestNames.h"

#include <QPointer>
#include <QSignalSpy>
#include <QTest>

using hosts::ConnectionState;
using models::HostList;
using tests::FakeHost;
using vmm::ErrorKind;

namespace {

std::unique_ptr<hosts::Host> makeTestHost(const hosts::HostUri& uri)
{
    if (!uri.toString().startsWith(QStringLiteral("test:")))
        return nullptr;
    return std::make_unique<FakeHost>(uri.toString());
}

} // namespace

class tst_HostList : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void connectTo_addsAndOpens();
    void connectToTwice_failsWithAlreadyExists();
    void connectToWhatNobodySpeaks_failsWithInvalidConfig_data();
    void connectToWhatNobodySpeaks_failsWithInvalidConfig();
    void remove_tellsClosesAndDeletes();
    void removeFromWithinASignalOfTheHost_isSafe();
    void removeOfAStranger_doesNothing();
    void destruction_tellsOfEachHost();
};

void tst_HostList::connectTo_addsAndOpens()
{
    HostList list(makeTestHost);
    QSignalSpy added(&list, &HostList::hostAdded);
    const auto result = list.connectTo(QStringLiteral("test:///default"));
    QVERIFY(result.has_value());
    QCOMPARE(added.size(), 1);
    QCOMPARE(list.hosts(), QVector<hosts::Host*> { *result });
    QCOMPARE(list.find((*result)->uri()), *result);
    QTRY_COMPARE((*result)->connectionState(), ConnectionState::Connected);
}

void tst_HostList::connectToTwice_failsWithAlreadyExists()
{
    HostList list(makeTestHost);
    QVERIFY(list.connectTo(QStringLiteral("test:///default")).has_value());
    const auto again = list.connectTo(QStringLiteral("test:///default"));
    QVERIFY(!again.has_value());
    QCOMPARE(again.error().kind, ErrorKind::AlreadyExists);
    QCOMPARE(again.error().subject, QStringLiteral("test:///default"));
    QCOMPARE(list.hosts().size(), 1);
}

void tst_HostList::connectToWhatNobodySpeaks_failsWithInvalidConfig_data()
{
    QTest::addColumn<QString>("uri");
    QTest::newRow("no uri") << QStringLiteral("not a uri");
    QTest::newRow("empty") << QString();
    QTest::newRow("no host for it") << QStringLiteral("qemu:///system");
}

void tst_HostList::connectToWhatNobodySpeaks_failsWithInvalidConfig()
{
    QFETCH(QString, uri);
    HostList list(makeTestHost);
    const auto result = list.connectTo(uri);
    QVERIFY(!result.has_value());
    QCOMPARE(result.error().kind, ErrorKind::InvalidConfig);
    QVERIFY(!result.error().detail.isEmpty());
    QVERIFY(list.hosts().isEmpty());
    QVERIFY(!HostList().connectTo(uri).has_value());
}

void tst_HostList::remove_tellsClosesAndDeletes()
{
    HostList list(makeTestHost);
    hosts::Host* host = *list.connectTo(QStringLiteral("test:///default"));
    QTRY_COMPARE(host->connectionState(), ConnectionState::Connected);
    const QPointer<hosts::Host> alive(host);
    QSignalSpy closed(host, &hosts::Host::connectionChanged);
    connect(&list, &HostList::hostAboutToBeRemoved, this,
        [&list](hosts::Host* going) { QVERIFY(list.contains(going)); });
    list.remove(host);
    QVERIFY(list.hosts().isEmpty());
    QCOMPARE(closed.size(), 1);
    QTRY_VERIFY(!alive);
}

void tst_HostList::removeFromWithinASignalOfTheHost_isSafe()
{
    HostList list(makeTestHost);
    hosts::Host* host = *list.connectTo(QStringLiteral("test:///default"));
    const QPointer<hosts::Host> alive(host);
    connect(host, &hosts::Host::connectionChanged, this, [&list, host] { list.remove(host); });
    QTRY_VERIFY(!alive);
    QVERIFY(list.hosts().isEmpty());
}

void tst_HostList::removeOfAStranger_doesNothing()
{
    HostList list(makeTestHost);
    FakeHost stranger;
    QSignalSpy removed(&list, &HostList::hostAboutToBeRemoved);
    list.remove(&stranger);
    list.remove(nullptr);
    QCOMPARE(removed.size(), 0);
}

void tst_HostList::destruction_tellsOfEachHost()
{
    auto list = std::make_unique<HostList>(makeTestHost);
    list->add(std::make_unique<FakeHost>(QStringLiteral("test:///a")));
    list->add(std::make_unique<FakeHost>(QStringLiteral("test:///b")));
    QSignalSpy removed(list.get(), &HostList::hostAboutToBeRemoved);
    list.reset();
    QCOMPARE(removed.size(), 2);
}

QTEST_GUILESS_MAIN(tst_HostList)
#include "tst_HostList.moc"
