// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// virtdeck-host URI: one host in a process of its own, spoken to over standard input and output.
#include "app/host/HostFactory.h"
#include "hosts/wire/HostServer.h"
#include "hosts/wire/StandardStreams.h"

#include <QCoreApplication>

#include <sys/prctl.h>
#include <unistd.h>

#include <cstdio>

namespace {

constexpr int kUsageError = 2;
constexpr unsigned kSecondsToEnd = 5;

constexpr auto kUsage
    = "Usage: virtdeck-host URI\n"
      "Runs one virtualization host for VirtDeck, which starts this program by itself and talks\n"
      "to it over standard input and output. URI is embedded:/// (this computer's own machines),\n"
      "embedded:///FOLDER, or a libvirt URI such as qemu:///system.\n"
      "\n"
      "  --help     shows this text\n"
      "  --version  shows the version\n";

int usageError(const QString& sentence)
{
    std::fprintf(stderr, "virtdeck-host: %s\n", qPrintable(sentence));
    return kUsageError;
}

int serve(const hosts::HostUri& uri)
{
    const hosts::wire::WireDescriptors wire = hosts::wire::takeStandardStreams();
    const auto host = makeHost(uri);
    if (!host)
        return usageError(host.error().subject + QStringLiteral(": ") + host.error().detail);

    hosts::wire::HostServer server(**host, wire.readFd, wire.writeFd);
    QObject::connect(&server, &hosts::wire::HostServer::finished, [&host](const QString& reason) {
        qInfo("%s; the host is closed, its machines go on running", qPrintable(reason));
        // A hypervisor's library may never come back from closing, and nobody is left to kill us.
        ::alarm(kSecondsToEnd);
        (*host)->close();
        QCoreApplication::quit();
    });
    server.start();
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char* argv[])
{
    // QEMU processes that lose their parent become ours, so that whoever waits for their end sees
    // it.
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    const QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("virtdeck-host"));
    QCoreApplication::setApplicationVersion(QStringLiteral(VIRTDECK_VERSION));

    const QStringList arguments = QCoreApplication::arguments().mid(1);
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
    if (::isatty(STDIN_FILENO) || ::isatty(STDOUT_FILENO))
        return usageError(
            QStringLiteral("this program is started by VirtDeck, not from a terminal"));
    return serve(*uri);
}
