// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/SshCommand.h"
#include "tests/support/TestNames.h"

#include <QTest>

using namespace hosts;
using namespace hosts::wire;
using vmm::ErrorCause;
using vmm::ErrorKind;

class tst_SshCommand : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void host_isTheLastThingBeforeTheCommand()
    {
        const QStringList arguments = sshHostArguments(
            uri("embedded+ssh://ann@a2:2222/srv/my vms"), {}, QStringLiteral("/run/c"));
        QCOMPARE(arguments.mid(arguments.size() - 4),
            (QStringList { QStringLiteral("--"), QStringLiteral("a2"),
                QStringLiteral("virtdeck-host"), QStringLiteral("embedded:///srv/my%20vms") }));
        const auto after = [&](const char* option) {
            return arguments.value(arguments.indexOf(QLatin1StringView(option)) + 1);
        };
        QCOMPARE(after("-l"), QStringLiteral("ann"));
        QCOMPARE(after("-p"), QStringLiteral("2222"));
        for (const char* setting : { "ControlPath=/run/c", "BatchMode=yes", "ForwardAgent=no",
                 "PermitLocalCommand=no", "RemoteCommand=none" })
            QVERIFY2(arguments.contains(QLatin1StringView(setting)), setting);
    }

    void withoutUserAndPort_sshChooses()
    {
        const QStringList arguments
            = sshHostArguments(uri("embedded+ssh://a2/"), {}, QStringLiteral("/run/c"));
        QVERIFY(!arguments.contains(QStringLiteral("-l")));
        QVERIFY(!arguments.contains(QStringLiteral("-p")));
    }

    void givenArguments_comeFirst()
    {
        const SshOptions options { .arguments = { QStringLiteral("-F"), QStringLiteral("/cfg") } };
        QCOMPARE(
            sshHostArguments(uri("embedded+ssh://a2/"), options, {}).mid(0, 2), options.arguments);
    }

    void withSomebodyToAsk_sshMayAsk()
    {
        const SshOptions options { .ask = [](const Question&, const QuestionAnswer&) {} };
        QVERIFY(sshHostArguments(uri("embedded+ssh://a2/"), options, {})
                    .contains(QStringLiteral("BatchMode=no")));
    }

    void forward_namesBothEnds()
    {
        const QStringList begin
            = sshForwardArguments(uri("embedded+ssh://a2/"), {}, QStringLiteral("/run/c"),
                SshForward::Begin, QStringLiteral("/run/s1"), QStringLiteral("/run/user/0/spice"));
        QCOMPARE(begin.mid(begin.size() - 6),
            (QStringList { QStringLiteral("-O"), QStringLiteral("forward"), QStringLiteral("-L"),
                QStringLiteral("/run/s1:/run/user/0/spice"), QStringLiteral("--"),
                QStringLiteral("a2") }));
        QVERIFY(sshForwardArguments(uri("embedded+ssh://a2/"), {}, {}, SshForward::End, {}, {})
                    .contains(QStringLiteral("cancel")));
    }

    void searchForLibvirt_takesWhatTheUriSaysOfSsh()
    {
        const QStringList arguments
            = sshSocketArguments(uri("qemu+ssh://a2/session?keyfile=/k&no_verify=1&socket=/s"), {},
                QStringLiteral("/run/c"));
        QVERIFY(arguments.contains(QStringLiteral("/k")));
        QVERIFY(arguments.contains(QStringLiteral("StrictHostKeyChecking=no")));
        QCOMPARE(arguments[arguments.size() - 2], QStringLiteral("a2"));
        // One word for the login shell, whose only quotes are ours.
        QVERIFY(arguments.last().endsWith(QStringLiteral(" sh 'qemu' 'session' '/s'")));
        QCOMPARE(arguments.last().count(QLatin1Char('\'')), 8);
    }

    void endOfSearch_saysWhatIsMissingThere()
    {
        QCOMPARE(sshSocketEnd(3, QStringLiteral("none")).cause, ErrorCause::DaemonMissing);
        QCOMPARE(sshSocketEnd(4, QStringLiteral("no")).kind, ErrorKind::PermissionDenied);
        QCOMPARE(sshSocketEnd(255, QStringLiteral("Permission denied (publickey).")).cause,
            ErrorCause::AuthenticationFailed);
    }

    void ends_areToldApart_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("words");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<ErrorCause>("cause");
        const auto row
            = [](const char* name, int code, const char* words, ErrorKind kind, ErrorCause cause) {
                  QTest::newRow(name) << code << QString::fromLatin1(words) << kind << cause;
              };
        row("no program", 127, "bash: line 1: virtdeck-host: command not found",
            ErrorKind::NotFound, ErrorCause::HostProgramMissing);
        row("no right to run it", 126, "", ErrorKind::NotFound, ErrorCause::HostProgramMissing);
        row("arguments it can't use", 2, "", ErrorKind::InvalidConfig, ErrorCause::None);
        row("it died", 1, "", ErrorKind::Disconnected, ErrorCause::HostProgramDied);
        row("no such name", 255,
            "ssh: Could not resolve hostname nowhere: Name or service not known",
            ErrorKind::NotFound, ErrorCause::HostUnreachable);
        row("nobody listens", 255, "ssh: connect to host a2 port 22: Connection refused",
            ErrorKind::Disconnected, ErrorCause::HostUnreachable);
        row("no key fits", 255, "ann@a2: Permission denied (publickey).",
            ErrorKind::PermissionDenied, ErrorCause::AuthenticationFailed);
        row("never met", 255,
            "No ED25519 host key is known for a2 and you have requested strict checking.\n"
            "Host key verification failed.",
            ErrorKind::PermissionDenied, ErrorCause::HostKeyUnknown);
        row("another key", 255,
            "@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\n"
            "Host key verification failed.",
            ErrorKind::PermissionDenied, ErrorCause::HostKeyChanged);
    }

    void ends_areToldApart()
    {
        QFETCH(int, code);
        QFETCH(QString, words);
        const vmm::Error error = sshEnd(code, words);
        QTEST(error.kind, "kind");
        QTEST(error.cause, "cause");
        QVERIFY(error.detail.contains(QString::number(code)));
    }

private:
    static HostUri uri(const char* text) { return HostUri::parse(encoded(text)).value(); }
    static QString encoded(const char* text)
    {
        return QString::fromLatin1(text).replace(QLatin1Char(' '), QStringLiteral("%20"));
    }
};

QTEST_APPLESS_MAIN(tst_SshCommand)
#include "tst_SshCommand.moc"
