// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench-embedded-start: how long the embedded core takes from the request to a machine that QMP
// calls running, beside a bare QEMU with the same arguments, from exec to the same answer.
#include "hosts/embedded/EmbeddedHost.h"
#include "tests/bench/Figure.h"
#include "tests/bench/Need.h"
#include "tests/support/Await.h"
#include "tests/support/LibvirtdFixture.h"
#include "tests/support/TempHome.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <vector>

namespace {

constexpr int kRounds = 15;
constexpr int kVirshRounds = 5;

using bench::need;

vmm::Result<void> perform(
    hosts::embedded::EmbeddedHost& host, const hosts::VmId& vm, vmm::VmAction action)
{
    return bench::wait(host.perform(vm, action));
}

/// The same machine, started by `virsh start` on a libvirtd of its own; the median in milliseconds,
/// NaN if there is none here.
double virshStartMs(const QString& xml)
{
    if (!tests::LibvirtdFixture::missing().isEmpty())
        return std::nan("");
    tests::LibvirtdFixture libvirtd;
    if (!libvirtd.start() || !libvirtd.virshDefine(xml))
        qFatal("no libvirtd: %s", qPrintable(libvirtd.problem()));
    std::vector<double> all;
    for (int round = 0; round < kVirshRounds; ++round) {
        QElapsedTimer timer;
        timer.start();
        bool isStarted = false;
        const QString said
            = libvirtd.virsh({ QStringLiteral("start"), QStringLiteral("bench") }, &isStarted);
        all.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        if (!isStarted)
            qFatal("%s", qPrintable(said));
        libvirtd.virsh({ QStringLiteral("destroy"), QStringLiteral("bench") });
    }
    return bench::median(all);
}

/// Without the disk, which lies where libvirt's QEMU may not read.
QString xmlForVirsh()
{
    return tests::smallDomainXml(QStringLiteral("bench"));
}

/// A bare QEMU: spawned with the arguments of a machine that ran, talked to by blocking calls.
class BareQemu {
public:
    BareQemu(const QList<QByteArray>& arguments, QString folder)
        : m_arguments(arguments)
        , m_folder(std::move(folder))
    {
    }

    double startMs()
    {
        QDir().mkpath(m_folder); // for the sockets that the arguments name
        QElapsedTimer timer;
        timer.start();
        const int listener = listenForQmp();
        spawn(listener);
        ::close(listener);
        m_socket = connectQmp();
        readLine();
        say("{\"execute\": \"qmp_capabilities\"}\n");
        readLine();
        say("{\"execute\": \"query-status\"}\n");
        const QByteArray answer = readLine();
        const double elapsed = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        if (!answer.contains("\"running\": true"))
            qFatal("the bare QEMU does not run: %s", answer.constData());
        return elapsed;
    }

    void end()
    {
        say("{\"execute\": \"quit\"}\n");
        ::waitpid(m_pid, nullptr, 0);
        ::close(m_socket);
        QDir(m_folder).removeRecursively();
    }

private:
    sockaddr_un address() const
    {
        sockaddr_un address {};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path,
            QFile::encodeName(m_folder + QStringLiteral("/bare")).constData(),
            sizeof address.sun_path - 1);
        return address;
    }

    int listenForQmp() const
    {
        const sockaddr_un name = address();
        const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (::bind(listener, reinterpret_cast<const sockaddr*>(&name), sizeof name) != 0
            || ::listen(listener, 1) != 0)
            qFatal("can't listen");
        return listener;
    }

    void spawn(int listener)
    {
        std::vector<char*> arguments;
        for (QByteArray& argument : m_arguments)
            arguments.push_back(argument.data());
        arguments.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_adddup2(&actions, 1, 2);
        posix_spawn_file_actions_adddup2(&actions, listener, vmm::QemuProcess::kQmpFd);
        if (::posix_spawn(&m_pid, arguments[0], &actions, nullptr, arguments.data(), environ) != 0)
            qFatal("can't start %s", arguments[0]);
        posix_spawn_file_actions_destroy(&actions);
    }

    int connectQmp() const
    {
        const sockaddr_un name = address();
        const int client = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (::connect(client, reinterpret_cast<const sockaddr*>(&name), sizeof name) != 0)
            qFatal("can't connect");
        return client;
    }

    void say(const QByteArray& text) const
    {
        if (::write(m_socket, text.constData(), static_cast<size_t>(text.size())) != text.size())
            qFatal("can't write");
    }

    QByteArray readLine() const
    {
        QByteArray line;
        char byte = 0;
        while (byte != '\n') {
            if (::read(m_socket, &byte, 1) != 1)
                qFatal("QEMU has ended");
            line.append(byte);
        }
        return line;
    }

    QList<QByteArray> m_arguments;
    QString m_folder;
    pid_t m_pid = 0;
    int m_socket = -1;
};

/// The argument list with which QEMU runs for the one machine.
QList<QByteArray> argumentsOf(const QString& runtimeFolder)
{
    const auto record = need(vmm::RuntimeRecord::load(runtimeFolder + QStringLiteral("/run.json")));
    QFile file(QStringLiteral("/proc/%1/cmdline").arg(record.process.pid));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no such process");
    QByteArray text = file.readAll();
    text.chop(1);
    return text.split('\0');
}

} // namespace

int main(int argc, char* argv[])
{
    const QCoreApplication app(argc, argv);
    const tests::TempHome home;
    hosts::embedded::EmbeddedHost host(
        need(hosts::HostUri::parse(QStringLiteral("embedded:///"))), home.options());
    host.open();
    if (!QTest::qWaitFor(
            [&] { return host.connectionState() == hosts::ConnectionState::Connected; }, 10'000))
        qFatal("the host does not open");
    const auto vm = need(tests::waitFor(host.createMachine({ .name = QStringLiteral("bench"),
        .memory = vmm::Bytes::fromMiB(256),
        .newDisk = vmm::Bytes::fromMiB(64) })));
    const QString folder = home.runtimeFolder() + QLatin1Char('/') + vm.toString(QUuid::Id128);

    need(perform(host, vm, vmm::VmAction::Start)); // fills the page cache
    BareQemu bare(argumentsOf(folder), folder);
    need(perform(host, vm, vmm::VmAction::ForceOff));

    std::vector<double> ours;
    std::vector<double> raw;
    for (int round = 0; round < kRounds; ++round) {
        raw.push_back(bare.startMs());
        bare.end();
        QElapsedTimer timer;
        timer.start();
        need(perform(host, vm, vmm::VmAction::Start));
        ours.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        need(perform(host, vm, vmm::VmAction::ForceOff));
    }
    const double median = bench::median(ours);
    const double rawMedian = bench::median(raw);
    bench::print({ .bench = QStringLiteral("embedded-start"),
        .metric = QStringLiteral("start request to running, median of %1").arg(kRounds),
        .value = median,
        .unit = QStringLiteral("ms"),
        .against = QStringLiteral("bare QEMU, same arguments: %1 ms").arg(rawMedian, 0, 'g', 4),
        .ratio = median / rawMedian,
        .goal = QStringLiteral("ratio <= 1.25") });

    const double virsh = virshStartMs(xmlForVirsh());
    const auto same = need(tests::waitFor(host.define(xmlForVirsh().replace(
        QLatin1StringView("<name>bench<"), QLatin1StringView("<name>the same<")))));
    std::vector<double> again;
    for (int round = 0; round < kVirshRounds; ++round) {
        QElapsedTimer timer;
        timer.start();
        need(perform(host, same, vmm::VmAction::Start));
        again.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        need(perform(host, same, vmm::VmAction::ForceOff));
    }
    bench::print({ .bench = QStringLiteral("embedded-start"),
        .metric
        = QStringLiteral("the same machine here and in libvirt, median of %1").arg(kVirshRounds),
        .value = bench::median(again),
        .unit = QStringLiteral("ms"),
        .against = QStringLiteral("virsh start: %1 ms").arg(virsh, 0, 'g', 4),
        .ratio = bench::median(again) / virsh,
        .goal = QStringLiteral("ratio <= 0.5") });
}
