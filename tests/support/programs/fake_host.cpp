// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// fake-host [--switch=value ...] URI: serves a tests::FakeHost as virtdeck-host serves a real one,
// and misbehaves on demand.
//   --vms=N           so many machines from the start
//   --sample=MS       metrics every MS milliseconds
//   --seed            a snapshot, a checkpoint, a removed machine, two images, pools and networks
//   --tag=WORD        that "steady" has
//   --screen=SOCKET   where screens are found
//   --obstacles       two are in the way of migrations, one of them fatal
//   --twins           two removed machines of the name "old", if --seed made one
//   --serial=SOCKET   where the serial port of "steady" is found
//   --log=FILE        appends each operation that is asked for, as a line of hexadecimal CBOR
//   --job-step=MS     how long each quarter of a long operation takes
//   --sample-visible  only of those that somebody looks at
//   --protocol=N      speaks that version
//   --garbage         writes nonsense instead of a hello
//   --huge-frame      announces a frame of 4 GiB
//   --silent          never says anything
//   --exit=N          writes a line to standard error and exits
//   --stdout-noise    prints to standard output like a careless library
//   --ignore-eof      goes on when the window hangs up
//   --deaf            guests don't hear the power button
//   --fail-open       the host itself is Failed
//   --ask=ANSWER      asks for a password first; is Failed if it is told another one
//   --once=FILE       misbehaves only if FILE doesn't exist, and makes it
//   --pid-file=FILE   appends its process id
// And by what a machine is called when it is started: "crash", "hang", "garbage", "never".
#include "hosts/wire/HostServer.h"
#include "hosts/wire/MessageCodec.h"
#include "hosts/wire/StandardStreams.h"
#include "tests/support/FakeHost.h"

#include <QCoreApplication>
#include <QFile>
#include <QHash>

#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace {

class MischievousHost : public tests::FakeHost {
public:
    MischievousHost(const QString& uri, int wireFd)
        : FakeHost(uri)
        , m_wireFd(wireFd)
    {
    }

    void makeDeaf() { m_isDeaf = true; }
    void askFor(const QString& answer) { m_wanted = answer; }

    void open() override
    {
        if (m_wanted.isEmpty())
            return FakeHost::open();
        const auto refuse = [this] {
            setConnection(hosts::ConnectionState::Failed,
                vmm::Error { vmm::ErrorKind::PermissionDenied, uri().toString(),
                    QStringLiteral("wrong"), vmm::ErrorCause::AuthenticationFailed });
        };
        if (!asker())
            return refuse();
        asker()({ .prompt = QStringLiteral("Password:"), .keyName = QStringLiteral("fake") },
            [this, refuse](const std::optional<QString>& text) {
                text == m_wanted ? FakeHost::open() : refuse();
            });
    }

    void logTo(const QString& path) { m_log.setFileName(path); }

    vmm::Future<hosts::Answer> run(const hosts::Operation& operation) override
    {
        if (!m_log.fileName().isEmpty() && m_log.open(QIODevice::Append)) {
            m_log.write(encode(hosts::wire::Request { .operation = operation }).toHex() + '\n');
            m_log.close();
        }
        return FakeHost::run(operation);
    }

    using FakeHost::answer;
    vmm::Future<void> answer(const hosts::Perform& operation) override
    {
        const vmm::VmAction action = operation.action;
        const QString name = nameOfVm(operation.vm);
        if (action == vmm::VmAction::ShutDown && m_isDeaf)
            return vmm::async::ready<void>({});
        if (action == vmm::VmAction::Start && name == QStringLiteral("crash")) {
            std::fputs("about to crash\n", stderr);
            std::abort();
        }
        if (action == vmm::VmAction::Start && name == QStringLiteral("hang"))
            std::raise(SIGSTOP);
        if (action == vmm::VmAction::Start && name == QStringLiteral("garbage"))
            (void)!::write(m_wireFd, "\5\0\0\0hello", 9);
        if (action == vmm::VmAction::Start && name == QStringLiteral("never")) {
            m_never.push_back(std::make_unique<vmm::Promise<void>>());
            return m_never.back()->future();
        }
        return FakeHost::answer(operation);
    }

private:
    QString nameOfVm(hosts::VmId vm) const
    {
        for (const hosts::VmInfo& info : vms()) {
            if (info.id == vm)
                return info.name;
        }
        return {};
    }

    bool m_isDeaf = false;
    QString m_wanted;
    int m_wireFd;
    QFile m_log;
    std::vector<std::unique_ptr<vmm::Promise<void>>> m_never;
};

QHash<QString, QString> parsed(const QStringList& arguments)
{
    QHash<QString, QString> switches;
    for (const QString& argument : arguments)
        switches.insert(
            argument.section(QLatin1Char('='), 0, 0), argument.section(QLatin1Char('='), 1));
    return switches;
}

bool mayMisbehave(const QHash<QString, QString>& switches)
{
    const QString path = switches.value(QStringLiteral("--once"));
    if (path.isEmpty())
        return true;
    QFile file(path);
    return !file.exists() && file.open(QIODevice::WriteOnly);
}

// Returns only if nothing of the sort was asked for.
void misbehave(const QHash<QString, QString>& switches, int wireFd)
{
    const auto sayAndWait = [wireFd](QByteArrayView bytes) {
        (void)!::write(wireFd, bytes.data(), static_cast<size_t>(bytes.size()));
        for (;;)
            ::pause();
    };
    if (switches.contains(QStringLiteral("--garbage")))
        sayAndWait("HTTP/1.1 400 Bad Request\r\n\r\n");
    if (switches.contains(QStringLiteral("--huge-frame")))
        sayAndWait("\xff\xff\xff\xff");
    if (switches.contains(QStringLiteral("--silent")))
        sayAndWait({});
    if (switches.contains(QStringLiteral("--exit"))) {
        std::fputs("first words\nlast words\n", stderr);
        std::exit(switches.value(QStringLiteral("--exit")).toInt());
    }
}

void changeSteady(tests::FakeHost& host, const std::function<void(hosts::VmInfo& vm)>& change)
{
    const QVector<hosts::VmInfo> vms = host.vms();
    for (hosts::VmInfo vm : vms) {
        if (vm.name != QStringLiteral("steady"))
            continue;
        change(vm);
        host.addKnownVm(vm);
    }
}

void addSerial(tests::FakeHost& host, const QString& socket)
{
    host.setSerial(socket);
    changeSteady(host, [](hosts::VmInfo& vm) {
        vm.consoles = { vmm::ConsoleChoice { .protocol = vmm::ConsoleEndpoint::Protocol::Serial } };
    });
}

void addTag(tests::FakeHost& host, const QString& tag)
{
    changeSteady(host, [&tag](hosts::VmInfo& vm) { vm.tags.append(tag); });
}

void removeOnceOpen(tests::FakeHost& host, hosts::VmId vm)
{
    QObject::connect(&host, &hosts::Host::connectionChanged, &host, [&host, vm](auto state) {
        if (state == hosts::ConnectionState::Connected)
            host.answer(hosts::Perform { .vm = vm, .action = vmm::VmAction::Undefine });
    });
}

} // namespace

int main(int argc, char* argv[])
{
    const auto wire = hosts::wire::takeStandardStreams();
    const QCoreApplication app(argc, argv);
    QStringList arguments = QCoreApplication::arguments().mid(1);
    const QString uri = arguments.takeLast();
    // For tests that can't give arguments to whom they start.
    arguments += qEnvironmentVariable("VIRTDECK_FAKE_HOST").split(QLatin1Char(' '));
    const auto switches = parsed(arguments);

    if (QFile file(switches.value(QStringLiteral("--pid-file")));
        !file.fileName().isEmpty() && file.open(QIODevice::Append))
        file.write(QByteArray::number(QCoreApplication::applicationPid()) + '\n');
    if (switches.contains(QStringLiteral("--stdout-noise")))
        std::puts("libfoo: initialised");
    std::fflush(stdout);
    const bool isBad = mayMisbehave(switches);
    if (isBad)
        misbehave(switches, wire.writeFd);

    MischievousHost host(uri, wire.writeFd);
    for (const char* name : { "crash", "hang", "garbage", "never" })
        host.addVm(QString::fromLatin1(name));
    // The same machine in every run.
    host.addVm(QStringLiteral("steady"), vmm::VmState::Running,
        hosts::VmId::createUuidV5(hosts::VmId(), QStringLiteral("steady")));
    host.addVms(switches.value(QStringLiteral("--vms")).toInt());
    if (switches.contains(QStringLiteral("--seed"))) {
        host.seed();
        host.seedResources();
    }
    if (switches.contains(QStringLiteral("--twins")))
        removeOnceOpen(host, host.addVm(QStringLiteral("old")));
    if (switches.contains(QStringLiteral("--tag")))
        addTag(host, switches.value(QStringLiteral("--tag")));
    if (switches.contains(QStringLiteral("--screen")))
        host.setScreenSocket(switches.value(QStringLiteral("--screen")));
    if (switches.contains(QStringLiteral("--obstacles")))
        host.setObstacles({ { .kind = hosts::MigrationObstacle::Kind::OlderVersion,
                                .isFatal = false,
                                .subject = QStringLiteral("QEMU") },
            { .kind = hosts::MigrationObstacle::Kind::DisksNotShared,
                .subject = QStringLiteral("vda") } });
    if (switches.contains(QStringLiteral("--serial")))
        addSerial(host, switches.value(QStringLiteral("--serial")));
    if (switches.contains(QStringLiteral("--deaf")))
        host.makeDeaf();
    host.askFor(switches.value(QStringLiteral("--ask")));
    host.logTo(switches.value(QStringLiteral("--log")));
    host.setJobStep(switches.value(QStringLiteral("--job-step")).toInt());
    host.sampleVisibleOnly(switches.contains(QStringLiteral("--sample-visible")));
    if (const int interval = switches.value(QStringLiteral("--sample")).toInt())
        host.sampleEvery(interval);
    if (isBad && switches.contains(QStringLiteral("--fail-open")))
        QObject::connect(&host, &hosts::Host::connectionChanged, &host, [&host](auto state) {
            if (state == hosts::ConnectionState::Connecting)
                host.setConnection(hosts::ConnectionState::Failed,
                    vmm::Error { vmm::ErrorKind::PermissionDenied, host.uri().toString(),
                        QStringLiteral("no entry") });
        });

    hosts::wire::HostServerOptions options { .program = QStringLiteral("fake-host 1.0") };
    if (isBad && switches.contains(QStringLiteral("--protocol")))
        options.protocol = switches.value(QStringLiteral("--protocol")).toInt();
    hosts::wire::HostServer server(host, wire.readFd, wire.writeFd, options);
    if (!switches.contains(QStringLiteral("--ignore-eof")))
        QObject::connect(
            &server, &hosts::wire::HostServer::finished, &app, [] { QCoreApplication::quit(); });
    server.start();
    return QCoreApplication::exec();
}
