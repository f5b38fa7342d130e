// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/SoakSide.h"

#include "tests/support/Await.h"
#include "tests/support/ProcessFigures.h"
#include "tests/support/QemuImg.h"

#include <QDir>

#include <csignal>

namespace tests {

namespace {

constexpr int kVirshPatienceMs = 60'000;

QString latin(const char* latin1)
{
    return QString::fromLatin1(latin1);
}

/// In virsh's words.
QString wordOf(vmm::VmState state)
{
    switch (state) {
    case vmm::VmState::Running:
        return latin("running");
    case vmm::VmState::Paused:
        return latin("paused");
    case vmm::VmState::ShutOff:
    case vmm::VmState::Crashed: // libvirt: shut off, because it crashed
        return latin("shut off");
    case vmm::VmState::ShuttingDown:
        return latin("in shutdown");
    case vmm::VmState::Starting:
    case vmm::VmState::Unknown:
        break;
    }
    return vmm::nameOf(state);
}

QString machineLine(const QString& id, const QString& name, const QString& state, bool isAutostart,
    bool isSaved, const QString& title, QStringList snapshots)
{
    snapshots.sort();
    return QStringLiteral("machine %1 name=%2 state=%3 autostart=%4 saved=%5 title=%6 snapshots=%7")
        .arg(id, name, state)
        .arg(isAutostart)
        .arg(isSaved)
        .arg(title, snapshots.join(QLatin1Char(',')));
}

/// What stands behind "Name:" and its like in the output of dominfo.
QString factOf(const QString& said, const char* key)
{
    for (const QString& line : said.split(QLatin1Char('\n'))) {
        if (line.startsWith(QLatin1StringView(key)))
            return line.mid(line.indexOf(QLatin1Char(':')) + 1).trimmed();
    }
    return {};
}

QStringList linesOf(const QString& said)
{
    QStringList lines;
    for (const QString& line : said.split(QLatin1Char('\n'))) {
        if (!line.trimmed().isEmpty())
            lines << line.simplified();
    }
    return lines;
}

/// Of the table of pools, networks or volumes: each line with its first `columns`.
QStringList rowsOf(const QString& said, const QString& kind, int columns)
{
    QStringList rows;
    for (const QString& line : linesOf(said))
        rows << kind + QLatin1Char(' ')
                + line.split(QLatin1Char(' ')).mid(0, columns).join(QLatin1Char(' '));
    return rows;
}

/// A machine as virsh tells it.
struct ToldMachine {
    QString id {};
    QString info {};
    QString title {};
    QStringList snapshots {};

    QString line() const
    {
        return machineLine(id, factOf(info, "Name:"), factOf(info, "State:"),
            factOf(info, "Autostart:") == latin("enable"),
            factOf(info, "Managed save:") == latin("yes"),
            title.startsWith(latin("No title")) ? QString() : title, snapshots);
    }
};

QStringList viewOf(const QString& said)
{
    QStringList view;
    QVector<ToldMachine> machines;
    for (const QString& part : said.split(QLatin1Char('@'), Qt::SkipEmptyParts)) {
        const QString kind = part.section(QLatin1Char('#'), 0, 0);
        const QString about = kind.section(QLatin1Char(' '), 1);
        const QString body = part.section(QLatin1Char('#'), 1);
        if (kind == latin("pools"))
            view += rowsOf(body, latin("pool"), 3);
        else if (kind == latin("networks"))
            view += rowsOf(body, latin("network"), 4);
        else if (kind.startsWith(latin("volumes")))
            view += rowsOf(body, latin("volume ") + about, 1);
        else if (kind.startsWith(latin("machine")))
            machines.append({ .id = about, .info = body });
        else if (kind == latin("title") && !machines.isEmpty())
            machines.last().title = body.trimmed();
        else if (kind == latin("snapshots") && !machines.isEmpty())
            machines.last().snapshots = linesOf(body);
    }
    for (const ToldMachine& machine : std::as_const(machines))
        view << machine.line();
    view.sort();
    return view;
}

QString yesNo(bool isOn)
{
    return isOn ? latin("yes") : latin("no");
}

QString activity(bool isActive)
{
    return isActive ? latin("active") : latin("inactive");
}

} // namespace

SoakSide::SoakSide(QString name, const QString& netns, QString address)
    : m_name(std::move(name))
    , m_address(std::move(address))
{
    m_daemon.joinNetwork(netns);
}

bool SoakSide::prepare(hosts::wire::WireThread& thread, const QString& hostProgram)
{
    const auto isDone = [this](const QStringList& arguments) {
        bool ok = false;
        m_problem = m_daemon.virsh(arguments, &ok);
        return ok;
    };
    m_problem = latin("libvirtd");
    if (!m_daemon.start()) {
        m_problem = m_daemon.problem();
        return false;
    }
    QDir().mkpath(imagePath({}));
    for (int i = 0; i < kSpareImages; ++i)
        makeImage(QStringLiteral("spare-%1.qcow2").arg(i));
    const QString network = m_daemon.imageFolder() + latin("/base.xml");
    QFile file(network);
    if (!file.open(QIODevice::WriteOnly)
        || file.write("<network><name>base</name><bridge name='vdbase'/></network>") < 0)
        return false;
    file.close();
    if (!isDone({ latin("net-define"), network }) || !isDone({ latin("net-start"), kNetwork })
        || !isDone({ latin("pool-define-as"), kPool, latin("dir"), latin("--target"),
            latin("/var/lib/libvirt/shelf") })
        || !isDone({ latin("pool-build"), kPool })
        || !isDone({ latin("pool-start"), kPool })
        // libvirtd is restarted on the way
        || !isDone({ latin("pool-autostart"), kPool })
        || !isDone({ latin("net-autostart"), kNetwork }))
        return false;
    m_problem.clear();
    m_host = std::make_unique<hosts::wire::RemoteHost>(
        m_daemon.uri(), thread, hosts::wire::RemoteHostOptions { .program = hostProgram });
    m_host->open();
    return true;
}

bool SoakSide::isConnected() const
{
    return m_host->connectionState() == hosts::ConnectionState::Connected;
}

bool SoakSide::isThere(hosts::VmId vm) const
{
    const auto vms = m_host->vms();
    return std::any_of(vms.begin(), vms.end(), [&](const auto& each) { return each.id == vm; });
}

qint64 SoakSide::hostPid() const
{
    const QList<qint64> found = childrenWith("virtdeck-host", m_daemon.uri().toString().toUtf8());
    return found.value(0);
}

bool SoakSide::killHost() const
{
    const qint64 pid = hostPid();
    return pid > 0 && ::kill(static_cast<pid_t>(pid), SIGKILL) == 0;
}

std::optional<QString> SoakSide::virsh(const QStringList& arguments) const
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(latin("virsh"),
        QStringList { latin("-q"), latin("-c"), m_daemon.uri().toString() } + arguments);
    const bool isDone = QTest::qWaitFor(
        [&] { return process.state() == QProcess::NotRunning; }, kVirshPatienceMs);
    if (!isDone || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return std::nullopt;
    return QString::fromUtf8(process.readAll());
}

QString SoakSide::imagePath(const QString& fileName) const
{
    return m_daemon.imageFolder() + latin("/lib/images/") + fileName;
}

bool SoakSide::makeImage(const QString& fileName) const
{
    return qemuImg(latin("create -q -f qcow2 %1 8M"), { imagePath(fileName) });
}

std::optional<QStringList> SoakSide::machines() const
{
    const auto said = virsh({ latin("list"), latin("--all"), latin("--uuid") });
    return said ? std::optional(linesOf(*said)) : std::nullopt;
}

/// Two calls: one for what there is, one for all about it. Each part is announced by an "echo",
/// which ends no line when virsh is quiet.
std::optional<QStringList> SoakSide::virshView() const
{
    const auto ids = machines();
    const auto pools = virsh({ latin("pool-list"), latin("--name") });
    if (!ids || !pools)
        return std::nullopt;
    QStringList script { latin("echo @pools#; pool-list --all; echo @networks#; net-list --all") };
    for (const QString& pool : linesOf(*pools))
        script << QStringLiteral("echo @volumes %1#; vol-list %1").arg(pool);
    for (const QString& id : *ids)
        script << QStringLiteral("echo @machine %1#; dominfo %1; echo @title#; desc --title %1; "
                                 "echo @snapshots#; snapshot-list --name %1")
                      .arg(id);
    const auto said = virsh({ script.join(latin("; ")) });
    return said ? std::optional(viewOf(*said)) : std::nullopt;
}

std::optional<QString> SoakSide::snapshotsOf(const hosts::VmInfo& vm)
{
    const auto listed = waitFor(m_host->call(hosts::ListSnapshots { vm.id }), kVirshPatienceMs);
    if (!listed)
        return std::nullopt;
    QStringList names;
    for (const vmm::SnapshotInfo& snapshot : *listed)
        names << snapshot.name;
    if (names.size() != vm.snapshots)
        names << QStringLiteral("(%1 in the inventory)").arg(vm.snapshots);
    return names.join(QLatin1Char(','));
}

std::optional<QStringList> SoakSide::ourView()
{
    QStringList view;
    for (const hosts::VmInfo& vm : m_host->vms()) {
        const auto snapshots = snapshotsOf(vm);
        if (!snapshots)
            return std::nullopt;
        view << machineLine(vm.id.toString(QUuid::WithoutBraces), vm.name, wordOf(vm.state),
            vm.isAutostart, vm.hasSavedMemory, vm.title,
            snapshots->split(QLatin1Char(','), Qt::SkipEmptyParts));
    }
    const auto pools = waitFor(m_host->call(hosts::ListPools {}), kVirshPatienceMs);
    const auto networks = waitFor(m_host->call(hosts::ListNetworks {}), kVirshPatienceMs);
    if (!pools || !networks)
        return std::nullopt;
    for (const hosts::PoolInfo& pool : *pools) {
        view << QStringLiteral("pool %1 %2 %3")
                    .arg(pool.name, activity(pool.isActive()), yesNo(pool.isAutostart));
        if (!pool.isActive())
            continue;
        const auto volumes
            = waitFor(m_host->call(hosts::ListVolumes { pool.name }), kVirshPatienceMs);
        if (!volumes)
            return std::nullopt;
        for (const hosts::VolumeInfo& volume : *volumes)
            view << QStringLiteral("volume %1 %2").arg(pool.name, volume.name);
    }
    for (const hosts::NetworkInfo& network : *networks)
        view << QStringLiteral("network %1 %2 %3 %4")
                    .arg(network.name, activity(network.isActive), yesNo(network.isAutostart),
                        yesNo(network.isPersistent));
    view.sort();
    return view;
}

QStringList SoakSide::differences()
{
    if (!isConnected())
        return { m_name + latin(": not connected: ")
            + m_host->lastError().value_or(vmm::Error {}).toString() };
    const auto theirs = virshView();
    const auto ours = ourView();
    if (!theirs || !ours)
        return { m_name
            + (theirs ? latin(": our program is silent") : latin(": virsh is silent")) };
    QStringList found;
    for (const QString& line : *theirs) {
        if (!ours->contains(line))
            found << m_name + latin(": virsh says: ") + line;
    }
    for (const QString& line : *ours) {
        if (!theirs->contains(line))
            found << m_name + latin(": we say:     ") + line;
    }
    return found;
}

} // namespace tests
