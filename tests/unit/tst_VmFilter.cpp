// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/VmFilter.h"

#include <QTest>

using models::VmFilter;
using vmm::VmState;

class tst_VmFilter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void accepts_data();
    void accepts();
    void loadTerms_compareTheLoad_data();
    void loadTerms_compareTheLoad();
    void loadThatIsNotKnown_matchesNeitherWay();
    void wordsOfTheUsersLanguage_nameStates();
    void templatesAndSavedMachines_areFoundByWhatIsShown();
    void sameMeaning_isEqual();
};

void tst_VmFilter::accepts_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>(
        "expected"); // of: running "Web-01" on a2, saved "db" titled Ledger on b1, with tags
    const auto row = [](const char* filter, const char* expected) {
        QTest::newRow(filter) << QString::fromLatin1(filter) << QString::fromLatin1(expected);
    };
    row("", "Web-01 db");
    row("   ", "Web-01 db");
    row("web", "Web-01");
    row("WEB 01", "Web-01");
    row("web db", "");
    row("ledger", "db");
    row("a2", "Web-01");
    row("host:b", "db");
    row("host:web", "");
    row("name:a2", "");
    row("run", "Web-01");
    row("off", "db");
    row("state:r", "Web-01");
    row("state:shutoff", "db");
    row("state:nonsense", "");
    row("-web", "db");
    row("-state:off", "Web-01");
    row("-web -db", "");
    row("-", "Web-01 db"); // still being typed
    row("state:", "Web-01 db");
    row("cpu>", "");
    row("cpu>x", "");
    row("cpu", "");
    row("web r", "Web-01"); // on the way to "web run"
    row("shop", "Web-01 db");
    row("front", "Web-01");
    row("tag:shop", "Web-01 db");
    row("TAG:eu", "db");
    row("tag:hop", ""); // from its beginning
    row("tag:web", "");
    row("name:shop", "");
    row("-tag:front", "db");
    row("tag:", "Web-01 db");
    row("saved", "db");
    row("state:sav", "db");
    row("-saved", "Web-01");
    row("template", "");
}

void tst_VmFilter::accepts()
{
    QFETCH(QString, filter);
    QFETCH(QString, expected);
    const QString a2 = QStringLiteral("a2");
    const QString b1 = QStringLiteral("b1");
    models::VmRecord web { .info = { .name = QStringLiteral("Web-01"), .state = VmState::Running },
        .searchText = QStringLiteral("web-01"),
        .tagText = QStringLiteral("\nshop\nfront"),
        .hostText = &a2 };
    models::VmRecord db { .info
        = { .name = QStringLiteral("db"), .state = VmState::ShutOff, .hasSavedMemory = true },
        .searchText = QStringLiteral("db\nledger"),
        .tagText = QStringLiteral("\neu west\nshop"),
        .hostText = &b1 };
    QStringList accepted;
    for (const models::VmRecord* vm : { &web, &db }) {
        if (VmFilter::parse(filter).accepts(*vm))
            accepted << vm->info.name;
    }
    QCOMPARE(accepted.join(QLatin1Char(' ')), expected);
}

void tst_VmFilter::loadTerms_compareTheLoad_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<bool>("isAccepted"); // at 85 % and 512 MiB
    QTest::newRow("above") << QStringLiteral("cpu>80") << true;
    QTest::newRow("not above") << QStringLiteral("cpu>90") << false;
    QTest::newRow("below") << QStringLiteral("cpu<90.5") << true;
    QTest::newRow("not below") << QStringLiteral("cpu<5") << false;
    QTest::newRow("memory") << QStringLiteral("mem>511 mem<513") << true;
    QTest::newRow("negated") << QStringLiteral("-cpu>80") << false;
}

void tst_VmFilter::loadTerms_compareTheLoad()
{
    QFETCH(QString, filter);
    QFETCH(bool, isAccepted);
    const models::VmRecord vm {};
    const auto load = [](const models::VmRecord&, hosts::VmMetric metric) {
        return metric == hosts::VmMetric::CpuLoad ? 0.85 : 512.0 * (1 << 20);
    };
    QVERIFY(VmFilter::parse(filter).readsLoad());
    QCOMPARE(VmFilter::parse(filter).accepts(vm, load), isAccepted);
}

void tst_VmFilter::loadThatIsNotKnown_matchesNeitherWay()
{
    const models::VmRecord vm {};
    QVERIFY(!VmFilter::parse(QStringLiteral("cpu>0")).accepts(vm));
    QVERIFY(!VmFilter::parse(QStringLiteral("cpu<100")).accepts(vm));
}

void tst_VmFilter::wordsOfTheUsersLanguage_nameStates()
{
    const models::VmRecord vm { .info = { .state = VmState::Running } };
    const VmFilter::StateWords german { .states
        = { { VmState::Running, { QStringLiteral("Läuft") } } } };
    QVERIFY(VmFilter::parse(QStringLiteral("läu"), german).accepts(vm));
    QVERIFY(!VmFilter::parse(QStringLiteral("läu")).accepts(vm));
}

void tst_VmFilter::templatesAndSavedMachines_areFoundByWhatIsShown()
{
    const models::VmRecord vm { .info
        = { .state = VmState::Running, .hasSavedMemory = true, .isTemplate = true } };
    const VmFilter::StateWords german { .saved = { QStringLiteral("Gesichert") },
        .ofTemplate = { QStringLiteral("Vorlage") } };
    QVERIFY(VmFilter::parse(QStringLiteral("template")).accepts(vm));
    QVERIFY(VmFilter::parse(QStringLiteral("state:vorl"), german).accepts(vm));
    QVERIFY(VmFilter::parse(QStringLiteral("running")).accepts(vm));
    QVERIFY(!VmFilter::parse(QStringLiteral("gesichert"), german).accepts(vm)); // it runs
    const models::VmRecord saved { .info = { .state = VmState::ShutOff, .hasSavedMemory = true } };
    QVERIFY(VmFilter::parse(QStringLiteral("gesi"), german).accepts(saved));
    QVERIFY(VmFilter::parse(QStringLiteral("off"), german).accepts(saved));
}

void tst_VmFilter::sameMeaning_isEqual()
{
    QVERIFY(VmFilter::parse(QStringLiteral(" Web  x")) == VmFilter::parse(QStringLiteral("web x")));
    QVERIFY(VmFilter::parse(QStringLiteral("web -")) == VmFilter::parse(QStringLiteral("web")));
    QVERIFY(VmFilter::parse({}).isEmpty());
}

QTEST_GUILESS_MAIN(tst_VmFilter)
#include "tst_VmFilter.moc"
