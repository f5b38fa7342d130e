// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/virtdeck/Options.h"
#include "tests/support/TestNames.h"

using app::Options;
using app::parseOptions;

class tst_Options : public QObject {
    Q_OBJECT

    static vmm::Result<Options> parse(const char* line)
    {
        QString exitText;
        return parseOptions(QString::fromLatin1(line).split(QLatin1Char(' ')), exitText);
    }

private Q_SLOTS:
    void everyOption_isRead()
    {
        const auto options
            = parse("virtdeck --connect qemu:///system --only test:///default --start vm "
                    "--show a/b/console --screenshot out.png --after 2.5 --size 1280x800 "
                    "--theme dark --language de");
        QVERIFY(options.has_value());
        const Options expected { .connect = { QStringLiteral("qemu:///system") },
            .only = { QStringLiteral("test:///default") },
            .start = QStringLiteral("vm"),
            .showVm = QStringLiteral("a/b"),
            .showPage = QStringLiteral("console"),
            .screenshot = QStringLiteral("out.png"),
            .screenshotAfter = std::chrono::milliseconds(2500),
            .size = QSize(1280, 800),
            .theme = QStringLiteral("dark"),
            .language = QStringLiteral("de") };
        QVERIFY(*options == expected);
    }

    void wrongArguments_areRefusedByName_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("named");
        const auto row = [](const char* line, const char* named) {
            QTest::newRow(line) << QString::fromLatin1(line) << QString::fromLatin1(named);
        };
        row("virtdeck --nonsense", "nonsense");
        row("virtdeck something", "something");
        row("virtdeck --size 12", "WIDTHxHEIGHT");
        row("virtdeck --size 1x1", "WIDTHxHEIGHT");
        row("virtdeck --theme pink", "light");
        row("virtdeck --show vm/kitchen", "hardware, snapshots, backups");
        row("virtdeck --define /nonexistent.xml", "/nonexistent.xml");
    }

    void wrongArguments_areRefusedByName()
    {
        QFETCH(QString, line);
        QFETCH(QString, named);
        const auto options = parse(qPrintable(line));
        QVERIFY(!options.has_value());
        QCOMPARE(options.error().kind, vmm::ErrorKind::InvalidConfig);
        QVERIFY2(
            options.error().toString().contains(named), qPrintable(options.error().toString()));
    }

    void connectionFiles_areTaken()
    {
        const auto options = parse("virtdeck a.vv /tmp/b.VV");
        QVERIFY(options.has_value());
        QCOMPARE(
            options->files, (QStringList { QStringLiteral("a.vv"), QStringLiteral("/tmp/b.VV") }));
    }

    void helpAndVersion_giveText()
    {
        QString exitText;
        QVERIFY(parseOptions({ QStringLiteral("virtdeck"), QStringLiteral("--help") }, exitText)
                    .has_value());
        QVERIFY(exitText.contains(QStringLiteral("--screenshot")));
        exitText.clear();
        QVERIFY(parseOptions({ QStringLiteral("virtdeck"), QStringLiteral("--version") }, exitText)
                    .has_value());
        QVERIFY(exitText.startsWith(QStringLiteral("virtdeck ")));
    }
};

QTEST_GUILESS_MAIN(tst_Options)
#include "tst_Options.moc"
