// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The JSON of --json. Keys are only ever added; sizes are bytes, times UTC (ISO 8601), loads 0..1.
#include "app/vdctl/Values.h"

#include <QJsonArray>

#include <cmath>

namespace vdctl {

namespace {

using Object = QJsonObject;

QString key(const char* name)
{
    return QString::fromLatin1(name);
}

// Exact up to 2^53.
double bytes(vmm::Bytes size)
{
    return static_cast<double>(size.count());
}

QJsonValue bytesOrNull(const std::optional<vmm::Bytes>& size)
{
    return size ? QJsonValue(bytes(*size)) : QJsonValue();
}

QJsonValue time(const QDateTime& when)
{
    return when.isValid() ? QJsonValue(when.toUTC().toString(Qt::ISODateWithMs)) : QJsonValue();
}

QJsonArray texts(const QStringList& list)
{
    return QJsonArray::fromStringList(list);
}

QJsonArray numbers(const QVector<double>& list)
{
    QJsonArray all;
    for (const double number : list)
        all.append(json(number));
    return all;
}

Object json(const vmm::RequestLoad& load)
{
    return { { key("bytesPerSecond"), vdctl::json(load.bytesPerSecond) },
        { key("requestsPerSecond"), vdctl::json(load.requestsPerSecond) },
        { key("meanLatencyMs"), vdctl::json(load.meanLatencyMs) } };
}

Object json(const vmm::LatencyHistogram& histogram)
{
    QJsonArray counts;
    for (const qint64 count : histogram.counts)
        counts.append(count);
    return { { key("boundsMs"), numbers(histogram.boundsMs) }, { key("counts"), counts } };
}

Object json(const vmm::Pressure& pressure)
{
    return { { key("some"), vdctl::json(pressure.some) },
        { key("full"), vdctl::json(pressure.full) } };
}

} // namespace

QJsonValue json(double number)
{
    return std::isfinite(number) ? QJsonValue(number) : QJsonValue();
}

Object json(const hosts::VmInfo& vm)
{
    return { { key("id"), idText(vm.id) }, { key("name"), vm.name },
        { key("state"), vmm::nameOf(vm.state) }, { key("reason"), vmm::nameOf(vm.reason) },
        { key("reasonDetail"), vm.reasonDetail }, { key("vcpus"), vm.vcpus },
        { key("memory"), bytes(vm.memory) }, { key("since"), time(vm.since) },
        { key("hasScreen"), vm.hasScreen }, { key("title"), vm.title },
        { key("description"), vm.description }, { key("machineType"), vm.machineType },
        { key("disks"), texts(vm.disks) }, { key("networkCards"), vm.networkCards },
        { key("autostart"), vm.isAutostart }, { key("hasSavedMemory"), vm.hasSavedMemory },
        { key("template"), vm.isTemplate }, { key("hasPendingChanges"), vm.hasPendingChanges },
        { key("snapshots"), vm.snapshots }, { key("parent"), vm.parentName },
        { key("location"), vm.location }, { key("tags"), QJsonArray::fromStringList(vm.tags) } };
}

Object json(const hosts::HostInfo& info)
{
    Object missing;
    for (auto it = info.missing.cbegin(); it != info.missing.cend(); ++it)
        missing.insert(hosts::nameOf(it.key()), it.value());
    return { { key("name"), info.name }, { key("hypervisor"), info.hypervisor },
        { key("accelerator"), info.accelerator },
        { key("acceleratorReason"), info.acceleratorReason }, { key("cpuModel"), info.cpuModel },
        { key("architecture"), info.architecture }, { key("cpus"), info.cpus },
        { key("memory"), bytes(info.memory) }, { key("dataFolder"), info.dataFolder },
        { key("missing"), missing } };
}

Object json(const vmm::SnapshotInfo& snapshot)
{
    return { { key("name"), snapshot.name }, { key("description"), snapshot.description },
        { key("parent"), snapshot.parent }, { key("created"), time(snapshot.created) },
        { key("kind"), vmm::nameOf(snapshot.kind) }, { key("current"), snapshot.isCurrent },
        { key("place"), vmm::nameOf(snapshot.place) },
        { key("memorySize"), bytesOrNull(snapshot.memorySize) },
        { key("diskSize"), bytesOrNull(snapshot.diskSize) }, { key("problem"), snapshot.problem } };
}

Object json(const vmm::CheckpointInfo& checkpoint)
{
    return { { key("name"), checkpoint.name }, { key("description"), checkpoint.description },
        { key("parent"), checkpoint.parent }, { key("created"), time(checkpoint.created) },
        { key("disks"), texts(checkpoint.disks) },
        { key("changed"), bytesOrNull(checkpoint.changed) },
        { key("problem"), checkpoint.problem } };
}

Object json(const vmm::BackupReport& report)
{
    QJsonArray files;
    for (const vmm::BackupFile& each : report.files)
        files.append(Object { { key("disk"), each.target }, { key("path"), each.path },
            { key("increment"), each.isIncrement }, { key("standsOn"), each.standsOn } });
    return { { key("files"), files }, { key("checkpoint"), report.checkpoint } };
}

Object json(const vmm::TrashedMachine& machine)
{
    return { { key("id"), idText(machine.id) }, { key("name"), machine.name },
        { key("removed"), time(machine.removed) }, { key("size"), bytes(machine.size) } };
}

Object json(const vmm::ImageInfo& image)
{
    return { { key("path"), image.path }, { key("format"), image.format },
        { key("virtualSize"), bytes(image.virtualSize) },
        { key("actualSize"), bytes(image.actualSize) }, { key("backingFile"), image.backingFile },
        { key("backingFormat"), image.backingFormat }, { key("dirty"), image.isDirty },
        { key("encrypted"), image.isEncrypted },
        { key("internalSnapshots"), texts(image.internalSnapshots) } };
}

Object json(const vmm::ImageUse& use)
{
    Object object = json(use.image);
    object.insert(key("machines"), texts(use.machines));
    object.insert(key("dependents"), texts(use.dependents));
    return object;
}

Object json(const vmm::ImageCheck& check)
{
    return { { key("sound"), check.isSound() }, { key("corruptions"), check.corruptions },
        { key("corruptionsFixed"), check.corruptionsFixed }, { key("leaks"), check.leaks },
        { key("leaksFixed"), check.leaksFixed }, { key("errors"), check.errors } };
}

Object json(const vmm::GuestFacts& facts)
{
    QJsonArray cards;
    for (const vmm::GuestNetworkCard& card : facts.networkCards)
        cards.append(Object { { key("name"), card.name }, { key("mac"), card.mac },
            { key("addresses"), texts(card.addresses) } });
    QJsonArray fileSystems;
    for (const vmm::GuestFileSystem& each : facts.fileSystems)
        fileSystems.append(
            Object { { key("mountPoint"), each.mountPoint }, { key("type"), each.type },
                { key("total"), bytes(each.total) }, { key("used"), bytes(each.used) } });
    QJsonArray users;
    for (const vmm::GuestUser& user : facts.users)
        users.append(Object { { key("name"), user.name }, { key("since"), time(user.since) } });
    return { { key("agentVersion"), facts.agentVersion }, { key("hostName"), facts.hostName },
        { key("system"), facts.system }, { key("kernel"), facts.kernel },
        { key("timeZone"), facts.timeZone }, { key("networkCards"), cards },
        { key("fileSystems"), fileSystems }, { key("users"), users } };
}

Object json(const vmm::GuestCommandResult& result)
{
    return { { key("exitCode"), result.exitCode }, { key("signal"), result.signal },
        { key("standardOutput"), QString::fromUtf8(result.standardOutput) },
        { key("standardError"), QString::fromUtf8(result.standardError) },
        { key("cut"), result.isCut } };
}

Object json(const vmm::LoadDetail& load)
{
    QJsonArray disks;
    for (const vmm::DiskLoad& disk : load.disks)
        disks.append(Object { { key("target"), disk.target }, { key("read"), json(disk.read) },
            { key("write"), json(disk.write) }, { key("flush"), json(disk.flush) },
            { key("readLatency"), json(disk.readLatency) },
            { key("writeLatency"), json(disk.writeLatency) },
            { key("allocated"), bytes(disk.allocated) } });
    QJsonArray cards;
    for (const vmm::NetworkLoad& card : load.networkCards)
        cards.append(Object { { key("mac"), card.mac }, { key("device"), card.device },
            { key("receivedBytesPerSecond"), json(card.receivedBytesPerSecond) },
            { key("sentBytesPerSecond"), json(card.sentBytesPerSecond) },
            { key("receivedPacketsPerSecond"), json(card.receivedPacketsPerSecond) },
            { key("sentPacketsPerSecond"), json(card.sentPacketsPerSecond) } });
    return { { key("timeMs"), load.timeMs }, { key("cpu"), json(load.cpu) },
        { key("vcpus"), numbers(load.vcpus) }, { key("emulator"), json(load.emulator) },
        { key("resident"), bytes(load.resident) },
        { key("proportional"), bytes(load.proportional) }, { key("balloon"), bytes(load.balloon) },
        { key("guestFree"), bytes(load.guestFree) },
        { key("guestAvailable"), bytes(load.guestAvailable) }, { key("disks"), disks },
        { key("networkCards"), cards } };
}

Object json(const vmm::HostLoadDetail& load)
{
    QJsonArray disks;
    for (const vmm::HostDiskLoad& disk : load.disks)
        disks.append(Object { { key("name"), disk.name },
            { key("readBytesPerSecond"), json(disk.readBytesPerSecond) },
            { key("writeBytesPerSecond"), json(disk.writeBytesPerSecond) },
            { key("busy"), json(disk.busy) } });
    QJsonArray networks;
    for (const vmm::HostNetworkLoad& network : load.networks)
        networks.append(Object { { key("name"), network.name },
            { key("receivedBytesPerSecond"), json(network.receivedBytesPerSecond) },
            { key("sentBytesPerSecond"), json(network.sentBytesPerSecond) } });
    return { { key("timeMs"), load.timeMs }, { key("cpus"), numbers(load.cpus) },
        { key("loadAverage1"), json(load.loadAverage1) },
        { key("loadAverage5"), json(load.loadAverage5) },
        { key("loadAverage15"), json(load.loadAverage15) },
        { key("memoryTotal"), bytes(load.memoryTotal) },
        { key("memoryAvailable"), bytes(load.memoryAvailable) },
        { key("swapTotal"), bytes(load.swapTotal) }, { key("swapUsed"), bytes(load.swapUsed) },
        { key("cpuPressure"), json(load.cpuPressure) },
        { key("memoryPressure"), json(load.memoryPressure) },
        { key("ioPressure"), json(load.ioPressure) }, { key("disks"), disks },
        { key("networks"), networks } };
}

Object json(const hosts::PoolInfo& pool)
{
    return { { key("name"), pool.name }, { key("type"), pool.type },
        { key("state"), hosts::nameOf(pool.state) }, { key("persistent"), pool.isPersistent },
        { key("autostart"), pool.isAutostart }, { key("capacity"), bytes(pool.capacity) },
        { key("allocation"), bytes(pool.allocation) }, { key("available"), bytes(pool.available) },
        { key("target"), pool.target }, { key("source"), pool.source } };
}

Object json(const hosts::VolumeInfo& volume)
{
    return { { key("name"), volume.name }, { key("pool"), volume.pool },
        { key("path"), volume.path }, { key("format"), volume.format },
        { key("capacity"), bytes(volume.capacity) },
        { key("allocation"), bytes(volume.allocation) }, { key("backing"), volume.backing },
        { key("backingFormat"), volume.backingFormat }, { key("machines"), texts(volume.machines) },
        { key("dependents"), texts(volume.dependents) } };
}

Object json(const hosts::NetworkInfo& network)
{
    QJsonArray addresses;
    for (const hosts::NetworkAddress& each : network.addresses)
        addresses.append(Object { { key("address"), each.address },
            { key("dhcpFirst"), each.dhcpFirst }, { key("dhcpLast"), each.dhcpLast } });
    return { { key("name"), network.name }, { key("mode"), network.mode },
        { key("bridge"), network.bridge }, { key("device"), network.device },
        { key("domain"), network.domain }, { key("addresses"), addresses },
        { key("active"), network.isActive }, { key("persistent"), network.isPersistent },
        { key("autostart"), network.isAutostart }, { key("machines"), texts(network.machines) } };
}

Object json(const hosts::DhcpLease& lease)
{
    return { { key("network"), lease.network }, { key("mac"), lease.mac },
        { key("address"), lease.address }, { key("hostName"), lease.hostName },
        { key("expires"), time(lease.expires) }, { key("machine"), lease.machine } };
}

Object json(const hosts::MigrationObstacle& obstacle)
{
    return { { key("kind"), hosts::nameOf(obstacle.kind) }, { key("fatal"), obstacle.isFatal },
        { key("subject"), obstacle.subject }, { key("detail"), obstacle.detail } };
}

Object json(const vmm::Error& error)
{
    return { { key("kind"), vmm::nameOf(error.kind) }, { key("cause"), vmm::nameOf(error.cause) },
        { key("subject"), error.subject }, { key("detail"), error.detail } };
}

} // namespace vdctl
