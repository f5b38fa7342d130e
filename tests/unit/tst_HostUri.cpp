// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/HostUri.h"
#include "tests/support/TestNames.h"

#include <QRegularExpression>
#include <QTest>
#include <QUrl>

using hosts::HostUri;

class tst_HostUri : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void remoteCore_isTakenApart()
    {
        const auto uri = HostUri::parse(QStringLiteral(
            "embedded+ssh://ann@a2.example:2222/srv/vms?program=/opt/v/virtdeck-host"));
        QVERIFY(uri.has_value());
        QVERIFY(uri->isRemoteCore() && !uri->isEmbedded() && !uri->isLocal());
        QCOMPARE(uri->userName(), QStringLiteral("ann"));
        QCOMPARE(uri->hostName(), QStringLiteral("a2.example"));
        QCOMPARE(uri->port(), 2222);
        QCOMPARE(uri->dataFolder(), QStringLiteral("/srv/vms"));
        QCOMPARE(uri->remoteProgram(), QStringLiteral("/opt/v/virtdeck-host"));
        QCOMPARE(uri->remoteUri(), QStringLiteral("embedded:///srv/vms"));
    }

    void remoteCoreInShort_hasDefaults()
    {
        for (const char* text : { "embedded+ssh://a2", "embedded+ssh://a2/" }) {
            const auto uri = HostUri::parse(QString::fromLatin1(text));
            QVERIFY2(uri.has_value(), text);
            QVERIFY(uri->userName().isEmpty() && uri->dataFolder().isEmpty());
            QCOMPARE(uri->port(), -1);
            QCOMPARE(uri->remoteProgram(), QStringLiteral("virtdeck-host"));
            QCOMPARE(uri->remoteUri(), QStringLiteral("embedded:///"));
        }
        QCOMPARE(HostUri::parse(QStringLiteral("embedded+ssh://[::1]/"))->hostName(),
            QStringLiteral("::1"));
    }

    void runsAsThisUser_isTrueOfNoSystemDaemon()
    {
        const auto isTrue = [](const char* uri) {
            return HostUri::parse(QString::fromLatin1(uri))->runsAsThisUser();
        };
        for (const char* uri : { "embedded:///", "embedded:///srv/vms", "qemu:///session" })
            QVERIFY2(isTrue(uri), uri);
        for (const char* uri : { "qemu:///system", "xen:///system", "qemu+ssh://a2/session",
                 "qemu+ssh://a2/system", "embedded+ssh://a2", "test:///default" })
            QVERIFY2(!isTrue(uri), uri);
    }

    // What the other side's shell reads must be the path and nothing else.
    void remoteUri_holdsNothingForAShell_data()
    {
        QTest::addColumn<QString>("path");
        for (const char* path :
            { "/a b", "/$(reboot)", "/`reboot`", "/a;reboot", "/a'b\"c", "/a\\b", "/~", "/*",
                "/a\nb", "/a&b|c>d<e", "/{a,b}", "/a!b", "/#a", "/ä🐧", "/a%20b", "/a?b" })
            QTest::newRow(path) << QString::fromUtf8(path);
    }

    void remoteUri_holdsNothingForAShell()
    {
        QFETCH(QString, path);
        const QString text = QStringLiteral("embedded+ssh://a2")
            + QString::fromLatin1(QUrl::toPercentEncoding(path, "/"));
        const auto uri = HostUri::parse(text);
        QVERIFY(uri.has_value());
        QCOMPARE(uri->dataFolder(), path);
        static const QRegularExpression harmless(QStringLiteral("^embedded://[A-Za-z0-9/._%-]*$"));
        QVERIFY2(harmless.match(uri->remoteUri()).hasMatch(), qPrintable(uri->remoteUri()));
        // And over there it is read as it was meant.
        QCOMPARE(HostUri::parse(uri->remoteUri())->dataFolder(), path);
    }

    void badUri_isRefusedWithAReason_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : { "embedded+ssh:///srv/vms", "embedded+ssh://-oProxyCommand=x/",
                 "embedded+ssh://-oProxyCommand=x@a2/", "embedded+ssh://a2;reboot/",
                 "embedded+ssh://a%20b/", "embedded+ssh://ann:secret@a2/",
                 "embedded+ssh://a2/?program=virtdeck-host", "embedded+ssh://a2/?program=/a%20b",
                 "embedded+ssh://a2/?program=/a;reboot", "embedded+ssh://a2/?shell=/bin/sh",
                 "embedded+ssh://a2/#x", "embedded+tcp://a2/", "embedded://a2/",
                 "qemu+ssh:///system", "qemu+ssh://-oProxyCommand=x/system",
                 "qemu+ssh://a2/system?socket=/a;reboot", "qemu+ssh://a2/sys%27tem", "http://a b/",
                 "qemu+ssh://ann:secret@a b/system", "qemu+ssh://ann:x@y/secret@a b/system" })
            QTest::newRow(text) << QString::fromLatin1(text);
    }

    void badUri_isRefusedWithAReason()
    {
        QFETCH(QString, text);
        const auto uri = HostUri::parse(text);
        QVERIFY(!uri.has_value());
        QCOMPARE(uri.error().kind, vmm::ErrorKind::InvalidConfig);
        QVERIFY(!uri.error().subject.isEmpty());
        QVERIFY(!uri.error().detail.isEmpty());
        QVERIFY(!uri.error().toString().contains(QStringLiteral("secret")));
    }
};

QTEST_APPLESS_MAIN(tst_HostUri)
#include "tst_HostUri.moc"
