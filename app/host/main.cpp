// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// virtdeck-host URI: one host in a process of its own, spoken to over standard input and output.
#include "app/host/HostFactory.h"
#include "app/host/SharedHost.h"
#include "hosts/wire/HostDoor.h"
#include "hosts/wire/SshAsker.h"
#include "hosts/wire/StandardStreams.h"

#include <QCoreApplication>
#include <QTimer>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace {

constexpr int kUsageError = 2;
constexpr unsigned kSecondsToEnd = 5;
constexpr int kNiceness = 10;
constexpr std::chrono::milliseconds kLastLookInterval { 250 };

constexpr auto kUsage
    = "Usage: virtdeck-host URI\n"
      "Runs one virtualization host for VirtDeck, which starts this program by itself and talks\n"
      "to it over standard input and output. URI is embedded:/// (this computer's own machines),\n"
      "embedded:///FOLDER, or a libvirt URI such as qemu:///system. Several of these programs for\n"
      "one folder share one host.\n"
      "\n"
      "  --help     shows this text\n"
      "  --version  shows the version\n";

int usageError(const QString& sentence)
{
    std::fprintf(stderr, "virtdeck-host: %s\n", qPrintable(sentence));
    return kUsageError;
}

void end(hosts::Host& host, const QString& reason)
{
    qInfo("%s; the host is closed, its machines go on running", qPrintable(reason));
    // A hypervisor's library may never come back from closing, and nobody is left to kill us.
    ::alarm(kSecondsToEnd);
    host.close();
    QCoreApplication::quit();
}

vmm::Result<std::unique_ptr<hosts::Host>> prepare(const hosts::HostUri& uri)
{
    // QEMU processes that lose their parent become ours, so that whoever waits for their end sees
    // it.
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    QCoreApplication::setApplicationName(QStringLiteral("virtdeck-host"));
    QCoreApplication::setApplicationVersion(QStringLiteral(VIRTDECK_VERSION));
    auto host = makeHost(uri);
    if (!host)
        usageError(host.error().subject + QStringLiteral(": ") + host.error().detail);
    return host;
}

/// Many hosts that connect at once (at the program's start) would leave the window a fortieth of a
/// core, and it would stand still for a second. Children inherit this, so it is not for a host
/// whose machines may be among them: the embedded one, and a session's, whose daemon libvirt
/// starts.
void giveWayToTheWindow(const hosts::HostUri& uri)
{
    if (!uri.path().endsWith(QLatin1String("/session")))
        ::setpriority(PRIO_PROCESS, 0, kNiceness);
}

/// One peer, over standard input and output.
int serveAlone(
    QCoreApplication&, const hosts::HostUri& uri, const hosts::wire::WireDescriptors& wire)
{
    const auto host = prepare(uri);
    if (!host)
        return kUsageError;
    hosts::wire::HostServer server(**host, wire.readFd, wire.writeFd);
    QObject::connect(&server, &hosts::wire::HostServer::finished,
        [&host](const QString& reason) { end(**host, reason); });
    server.start();
    return QCoreApplication::exec();
}

/// It is the first peer's: an ssh that this one came through would wait for its end.
void letGoOfStandardError()
{
    const int nothing = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nothing < 0)
        return;
    ::dup2(nothing, STDERR_FILENO);
    ::dup2(nothing, STDOUT_FILENO);
    ::close(nothing);
}

/// Everybody who wants this data folder.
int serveAll(QCoreApplication& app, const hosts::HostUri& uri, share::Serving serving)
{
    const auto host = prepare(uri);
    if (!host)
        return kUsageError;
    hosts::wire::HostHub hub(**host);
    std::optional<hosts::wire::HostDoor> door;
    if (serving.listening.isValid())
        door.emplace(hub, std::move(serving.listening));
    QTimer lastLook;
    lastLook.setInterval(kLastLookInterval);
    const auto endUnlessNeeded = [&](const QString& reason) {
        if (hub.peerCount() == 0 && isAwaited(**host)) {
            lastLook.start();
            return;
        }
        lastLook.stop();
        if (hub.peerCount() > 0) // somebody came meanwhile
            return;
        door.reset(); // whoever comes now finds the next process
        end(**host, reason);
    };
    QObject::connect(&hub, &hosts::wire::HostHub::emptied, &app, endUnlessNeeded);
    QObject::connect(&lastLook, &QTimer::timeout, &app,
        [&] { endUnlessNeeded(QStringLiteral("no guest waits for anything any more")); });
    auto* first = new hosts::wire::HostVisitor(hub, std::move(serving.firstVisitor)); // the hub's
    QObject::connect(first, &QObject::destroyed, &app, letGoOfStandardError);
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char* argv[])
{
    // ssh starts this program with a question, in the environment of whoever started ssh.
    const QString asker = qEnvironmentVariable(hosts::wire::SshAsker::kSocketVariable);
    if (!asker.isEmpty() && argc == 2)
        return hosts::wire::askpass(asker, QString::fromLocal8Bit(argv[1]));
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    if (arguments.contains(QStringLiteral("--help"))) {
        std::fputs(kUsage, stdout);
        return 0;
    }
    if (arguments.contains(QStringLiteral("--version"))) {
        std::puts("virtdeck-host " VIRTDECK_VERSION);
        return 0;
    }
    if (arguments.size() != 1)
        return usageError(QStringLiteral("one URI is needed; see virtdeck-host --help"));
    if (arguments.first().startsWith(QLatin1Char('-')))
        return usageError(QStringLiteral("there is no option %1; see virtdeck-host --help")
                              .arg(arguments.first()));
    const auto uri = hosts::HostUri::parse(arguments.first());
    if (!uri)
        return usageError(uri.error().subject + QStringLiteral(": ") + uri.error().detail);
    if (uri->isRemoteCore())
        return usageError(QStringLiteral("a host that is reached through ssh runs over there"));
    if (::isatty(STDIN_FILENO) || ::isatty(STDOUT_FILENO))
        return usageError(
            QStringLiteral("this program is started by VirtDeck, not from a terminal"));

    const hosts::wire::WireDescriptors wire = hosts::wire::takeStandardStreams();
    if (!uri->isEmbedded()) {
        giveWayToTheWindow(*uri);
        QCoreApplication app(argc, argv);
        const int exitCode = serveAlone(app, *uri, wire);
        // Threads that a silent host keeps live on, in libraries that exit() would tidy up under
        // them.
        std::fflush(nullptr);
        std::_Exit(exitCode);
    }
    auto shared = share::share(*uri, wire);
    if (const auto* standing = std::get_if<share::Standing>(&shared))
        return standing->exitCode;
    QCoreApplication app(argc, argv);
    return serveAll(app, *uri, std::move(std::get<share::Serving>(shared)));
}
