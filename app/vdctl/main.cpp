// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// vdctl: hosts and their machines from the command line.
#include "app/vdctl/Output.h"
#include "app/vdctl/Session.h"
#include "app/virtdeck/EndSignals.h"

#include <QCoreApplication>
#include <QTimer>

#include <csignal>
#include <cstdio>

namespace {

constexpr std::chrono::seconds kCompletionLimit { 3 }; // nobody waits longer for a word

int runInvocation(QCoreApplication& app, const vdctl::Invocation& invocation)
{
    hosts::wire::WireThread thread;
    vdctl::Session session(invocation, thread);
    QObject::connect(
        &session, &vdctl::Session::finished, &app,
        [](int exitCode) { QCoreApplication::exit(exitCode); }, Qt::QueuedConnection);
    app::onEndSignal(&session, [&session] { session.interrupt(); });
    if (const auto started = session.start(); !started) {
        vdctl::tellUsageError(started.error(), invocation.errorStyle());
        return vdctl::kUsageError;
    }
    return QCoreApplication::exec();
}

/// For the shells' completion: one candidate a line.
int printCompletion(QCoreApplication& app, const QStringList& words)
{
    const vdctl::Completion completion = vdctl::complete(words);
    for (const QString& word : completion.words)
        std::puts(qPrintable(word));
    if (completion.listing.isEmpty())
        return 0;
    std::fflush(stdout);
    QStringList arguments { QStringLiteral("-c"), completion.uri };
    arguments += completion.listing;
    if (!completion.hostProgram.isEmpty())
        arguments.prepend(QStringLiteral("--host-program=") + completion.hostProgram);
    const auto invocation = vdctl::parseArguments(arguments);
    // Whoever completes a word does not want to read why it can't be.
    if (!invocation || !std::freopen("/dev/null", "w", stderr))
        return 1;
    QTimer::singleShot(kCompletionLimit, &app, [] { QCoreApplication::exit(1); });
    return runInvocation(app, *invocation);
}

int run(QCoreApplication& app, const QStringList& arguments)
{
    if (arguments.value(0) == QStringLiteral("__complete"))
        return printCompletion(app, arguments.mid(1));

    const auto invocation = vdctl::parseArguments(arguments);
    if (!invocation) {
        vdctl::tellUsageError(invocation.error(), { .isJson = vdctl::wantJson(arguments) });
        return vdctl::kUsageError;
    }
    if (!invocation->command) {
        const int error = vdctl::writeOut(invocation->text.toLocal8Bit());
        return error != 0 ? vdctl::tellUnwritable(error, invocation->errorStyle()) : 0;
    }
    return runInvocation(app, *invocation);
}

} // namespace

int main(int argc, char* argv[])
{
    std::signal(SIGPIPE, SIG_IGN);
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("vdctl"));
    QCoreApplication::setApplicationVersion(QStringLiteral(VIRTDECK_VERSION));
    const QStringList arguments = QCoreApplication::arguments().mid(1);
    const int exitCode = run(app, arguments);
    // Some file systems refuse only now.
    const int error = vdctl::closeOut();
    return exitCode == 0 && error != 0
        ? vdctl::tellUnwritable(error, { .isJson = vdctl::wantJson(arguments) })
        : exitCode;
}
