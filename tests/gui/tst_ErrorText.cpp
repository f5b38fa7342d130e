// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/ErrorText.h"
#include "ui/text/Text.h"

#include <QRegularExpression>
#include <QTest>

using ui::ErrorText;
using ui::Text;
using vmm::Error;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::VmAction;
using vmm::VmState;

class tst_ErrorText : public QObject {
    Q_OBJECT

    template <size_t Index> void everyOperation_hasASentence()
    {
        if constexpr (Index < std::variant_size_v<hosts::Operation>) {
            const hosts::Operation operation { std::in_place_index<Index> };
            QVERIFY2(!ui::Text::task({ .operation = operation, .vmName = QStringLiteral("x") })
                          .isEmpty(),
                qPrintable(hosts::nameOf(operation)));
            everyOperation_hasASentence<Index + 1>();
        }
    }

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void everyKind_isASentence()
    {
        for (int i = 0; i <= static_cast<int>(ErrorKind::Io); ++i) {
            for (const QString& subject : { QString(), QStringLiteral("web-03") }) {
                const Error error { static_cast<ErrorKind>(i), subject };
                const ErrorText text = ErrorText::of(error);
                QVERIFY2(text.what.size() > 8, qPrintable(error.toString()));
                QVERIFY(!text.what.contains(QStringLiteral("%1")));
                QVERIFY(text.what[0].isUpper() || text.what[0] == QChar(0x201c));
            }
        }
    }

    void everyCause_saysWhatAndWhatToDo()
    {
        QSet<QString> seen;
        for (int i = 1; i <= static_cast<int>(ErrorCause::AuthenticationFailed); ++i) {
            const Error error { ErrorKind::Io, QStringLiteral("/x/y"), QStringLiteral("raw text"),
                static_cast<ErrorCause>(i) };
            const ErrorText text = ErrorText::of(error);
            QVERIFY2(!text.what.isEmpty() && !text.remedy.isEmpty(), qPrintable(error.toString()));
            QVERIFY(!text.why.isEmpty());
            QVERIFY2(!seen.contains(text.what), qPrintable(text.what));
            seen.insert(text.what);
        }
    }

    void rawText_isTheReasonWhereWeKnowNoBetter()
    {
        const Error error { ErrorKind::Io, {}, QStringLiteral("first line\nsecond line") };
        QCOMPARE(ErrorText::of(error).why, QStringLiteral("first line"));
    }

    void endOfQemu_isToldWithItsLastWords()
    {
        const auto why = [](const char* detail) {
            return ErrorText::of({ ErrorKind::ProcessFailed, QStringLiteral("web"),
                                     QString::fromLatin1(detail), ErrorCause::QemuDied })
                .why;
        };
        QCOMPARE(why("QEMU exited with code 1"), QStringLiteral("QEMU exited with code 1"));
        QCOMPARE(why("QEMU exited with code 1\n"
                     "2026-11-30T06:24:49.1Z qemu-system-x86_64: first\n"
                     "2026-11-30T06:24:49.2Z qemu-system-x86_64: no room\n"),
            QStringLiteral("QEMU exited with code 1: no room"));
    }

    void wrongState_isToldInPlainWords()
    {
        const QString while_ = QStringLiteral(" while ") + vmm::nameOf(VmState::ShutOff);
        const auto of = [&](const QString& what) {
            return ErrorText::of({ ErrorKind::WrongState, QStringLiteral("web"), what + while_ });
        };
        const ErrorText pause = of(vmm::nameOf(VmAction::Pause));
        QVERIFY(pause.what.contains(QStringLiteral("web")));
        QCOMPARE(pause.why, Text::whyNot(VmAction::Pause, VmState::ShutOff));
        QVERIFY(of(QStringLiteral("metrics")).why.contains(Text::state(VmState::ShutOff)));
        QCOMPARE(ErrorText::of({ ErrorKind::WrongState, {}, QStringLiteral("held up") }).why,
            QStringLiteral("held up"));
    }

    void details_keepEverything()
    {
        const Error error { ErrorKind::NotFound, QStringLiteral("/x.qcow2"),
            QStringLiteral("line 1\nline 2"), ErrorCause::ImageMissing };
        const QString details = ErrorText::details(error);
        for (const char* part : { "NotFound", "ImageMissing", "/x.qcow2", "line 2" })
            QVERIFY2(details.contains(QString::fromLatin1(part)), part);
    }

    void subjectWithAPercentSign_isShownAsItIs()
    {
        const Error error { ErrorKind::NotFound, QStringLiteral("disk %1.raw") };
        QVERIFY(ErrorText::of(error).what.contains(QStringLiteral("disk %1.raw")));
    }

    void everyEnumerator_hasAWord()
    {
        for (const vmm::VmState state : vmm::kAllVmStates) {
            QVERIFY(!Text::state(state).isEmpty());
            for (const vmm::VmAction action : vmm::kAllVmActions) {
                QVERIFY(!Text::whyNot(action, state).isEmpty());
                QVERIFY(!Text::action(action).isEmpty());
                QVERIFY(!Text::actionTip(action).isEmpty());
            }
        }
        for (int i = 0; i <= static_cast<int>(hosts::Feature::HostLoad); ++i)
            QVERIFY(!Text::feature(static_cast<hosts::Feature>(i)).isEmpty());
        for (int i = 0; i <= static_cast<int>(hosts::ConnectionState::Failed); ++i)
            QVERIFY(!Text::connection(static_cast<hosts::ConnectionState>(i)).isEmpty());
        for (const vmm::VmAction action : vmm::kAllVmActions)
            QVERIFY(!Text::task({ .operation = hosts::Perform { {}, action } }).isEmpty());
        everyOperation_hasASentence<0>();
    }

    void hostTitle_namesKindAndPlace_data()
    {
        QTest::addColumn<QString>("uri");
        QTest::addColumn<QString>("title");
        QTest::newRow("embedded") << "embedded:///"
                                  << "This computer";
        QTest::newRow("folder") << "embedded:///srv/vms"
                                << "This computer: /srv/vms";
        QTest::newRow("system") << "qemu:///system"
                                << "QEMU/KVM (system)";
        QTest::newRow("session") << "qemu:///session"
                                 << "QEMU/KVM (user session)";
        QTest::newRow("remote") << "qemu+ssh://root@a2/system"
                                << "a2";
        QTest::newRow("port") << "qemu+tcp://a2:16510/system"
                              << "a2:16510";
        QTest::newRow("socket") << "qemu:///system?socket=/run/other.sock"
                                << "QEMU/KVM (/run/other.sock)";
        QTest::newRow("session of another") << "qemu+ssh://a2/session?keyfile=/k"
                                            << "a2 (user session)";
        QTest::newRow("vCenter") << "vpx://vc/berlin/cluster/esx1"
                                 << "esx1 (vc)";
        QTest::newRow("vCenter, host not chosen") << "vpx://vc/"
                                                  << "vc";
        QTest::newRow("remote core") << "embedded+ssh://me@a2/srv"
                                     << "a2: /srv";
        QTest::newRow("test file") << "test:///tmp/node.xml"
                                   << "node (test)";
        QTest::newRow("test") << "test:///default"
                              << "default (test)";
    }

    void hostsOfOneName_areToldApart_data()
    {
        QTest::addColumn<QStringList>("uris");
        QTest::addColumn<QStringList>("titles");
        QTest::newRow("kinds") << QStringList { QStringLiteral("embedded+ssh://a2/"),
            QStringLiteral("qemu+ssh://root@a2/system"), QStringLiteral("xen+ssh://a2/"),
            QStringLiteral("qemu+ssh://b1/system") }
                               << QStringList { QStringLiteral("a2 · VirtDeck"),
                                      QStringLiteral("a2 · QEMU/KVM"), QStringLiteral("a2 · Xen"),
                                      QStringLiteral("b1") };
        QTest::newRow("users") << QStringList { QStringLiteral("qemu+ssh://root@a2/system"),
            QStringLiteral("qemu+ssh://a2/system"), QStringLiteral("xen://a2/") }
                               << QStringList { QStringLiteral("a2 · QEMU/KVM · root"),
                                      QStringLiteral("a2 · QEMU/KVM"), QStringLiteral("a2 · Xen") };
        QTest::newRow("ways") << QStringList { QStringLiteral("qemu+ssh://a2/system"),
            QStringLiteral("qemu+tls://a2/system") }
                              << QStringList { QStringLiteral("a2 · qemu+ssh://a2/system"),
                                     QStringLiteral("a2 · qemu+tls://a2/system") };
    }

    void hostsOfOneName_areToldApart()
    {
        QFETCH(QStringList, uris);
        QFETCH(QStringList, titles);
        QVector<hosts::HostUri> parsed;
        for (const QString& uri : uris)
            parsed.append(hosts::HostUri::parse(uri).value());
        Text::tellHostsApart(parsed);
        QStringList got;
        for (const hosts::HostUri& uri : parsed)
            got.append(Text::hostTitle(uri));
        QCOMPARE(got, titles);
        Text::tellHostsApart({ parsed.first() });
        QCOMPARE(Text::hostTitle(parsed.first()), QStringLiteral("a2"));
        Text::tellHostsApart({});
    }

    void hostTitle_namesKindAndPlace()
    {
        QFETCH(QString, uri);
        QTEST(Text::hostTitle(hosts::HostUri::parse(uri).value()), "title");
    }
};

QTEST_APPLESS_MAIN(tst_ErrorText)
#include "tst_ErrorText.moc"
