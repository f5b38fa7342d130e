// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Golden.h"
#include "tests/support/TestNames.h"
#include "vmm/definition/Definition.h"
#include "vmm/definition/SupportTable.h"

#include <QSet>
#include <QTest>

using namespace vmm;

class TestSupportTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void page_isWhatTheTableSays()
    {
        const QString difference = tests::golden::difference(
            QStringLiteral("../../docs/definition-support.md"), supportTablePage());
        QVERIFY2(difference.isEmpty(), qPrintable(difference));
    }

    void noPart_standsTwice()
    {
        QSet<QString> seen;
        for (const SupportedPart& part : supportedParts()) {
            QVERIFY2(!seen.contains(part.path), qPrintable(part.path));
            seen.insert(part.path);
        }
        QVERIFY(seen.size() > 200);
    }

    void everyTypedMember_isInTheTable()
    {
        QSet<QString> known;
        for (const SupportedPart& part : supportedParts())
            known.insert(part.path);
        const QSet<QString> elsewhere { QStringLiteral("devices/interface/source@network") };
        for (const QString& path : Definition::typedPaths())
            QVERIFY2(known.contains(path) || elsewhere.contains(path), qPrintable(path));
    }
};

QTEST_GUILESS_MAIN(TestSupportTable)
#include "tst_SupportTable.moc"
