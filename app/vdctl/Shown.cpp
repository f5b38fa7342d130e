// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/vdctl/Shown.h"

#include "app/vdctl/Values.h"

#include <QUrl>

namespace vdctl {

namespace {

constexpr int kUnsound = 1;
constexpr int kSignalBase = 128; // as shells have it

using Rows = QVector<QStringList>;

QString text(const char* words)
{
    return QString::fromLatin1(words);
}

/// "Label:  value" lines; those without a value are left out.
QString facts(const Rows& all)
{
    Rows rows;
    for (const QStringList& row : all) {
        if (!row.value(1).isEmpty())
            rows.append({ row[0] + QLatin1Char(':'), row[1] });
    }
    return table(rows);
}

QString stateText(const hosts::VmInfo& vm)
{
    QString state = vmm::nameOf(vm.state);
    if (vm.hasSavedMemory)
        state += text(" (saved)");
    return state;
}

} // namespace

QString yesNo(bool is)
{
    return is ? text("yes") : text("no");
}

QString orDash(const QString& text)
{
    return text.isEmpty() ? QStringLiteral("-") : text;
}

QString timeText(const QDateTime& when)
{
    return when.isValid() ? when.toLocalTime().toString(text("yyyy-MM-dd HH:mm:ss")) : text("-");
}

Shown showMachines(const QVector<hosts::VmInfo>& vms)
{
    Rows rows { { text("NAME"), text("STATE"), text("VCPUS"), text("MEMORY"), text("UUID") } };
    for (const hosts::VmInfo& vm : vms)
        rows.append({ vm.name, stateText(vm), QString::number(vm.vcpus), sizeText(vm.memory),
            idText(vm.id) });
    return { .text = table(rows), .json = document(jsonList(vms)) };
}

Shown showMachine(const hosts::VmInfo& vm)
{
    const bool hasReason = vm.reason != vmm::StateReason::None;
    return { .text
        = facts({ { text("Name"), vm.name }, { text("UUID"), idText(vm.id) },
            { text("State"), stateText(vm) },
            { text("Reason"), hasReason ? vmm::nameOf(vm.reason) : QString() },
            { text("Details"), vm.reasonDetail },
            { text("Running since"), vm.since.isValid() ? timeText(vm.since) : QString() },
            { text("Title"), vm.title }, { text("Description"), vm.description },
            { text("Tags"), vm.tags.join(text(" ")) }, { text("Machine type"), vm.machineType },
            { text("vCPUs"), QString::number(vm.vcpus) }, { text("Memory"), sizeText(vm.memory) },
            { text("Disks"), vm.disks.join(text("\n")) },
            { text("Network cards"), QString::number(vm.networkCards) },
            { text("Screen"), yesNo(vm.hasScreen) }, { text("Autostart"), yesNo(vm.isAutostart) },
            { text("Template"), yesNo(vm.isTemplate) }, { text("Stands on"), vm.parentName },
            { text("Location"), vm.location }, { text("Snapshots"), QString::number(vm.snapshots) },
            { text("Pending changes"), yesNo(vm.hasPendingChanges) } }),
        .json = document(json(vm)) };
}

Shown showHost(const hosts::HostInfo& info, const hosts::HostUri& uri)
{
    Rows rows { { text("Host"), info.name }, { text("Address"), uri.toString() },
        { text("Hypervisor"), info.hypervisor }, { text("Accelerator"), info.accelerator },
        { text("Because"), info.acceleratorReason }, { text("CPU"), info.cpuModel },
        { text("Architecture"), info.architecture },
        { text("CPUs"), info.cpus > 0 ? QString::number(info.cpus) : QString() },
        { text("Memory"), sizeText(info.memory) }, { text("Data folder"), info.dataFolder } };
    for (auto it = info.missing.cbegin(); it != info.missing.cend(); ++it)
        rows.append({ text("Not offered, ") + hosts::nameOf(it.key()), it.value() });
    return { .text = facts(rows), .json = document(json(info)) };
}

Shown showTrash(const QVector<vmm::TrashedMachine>& machines)
{
    Rows rows { { text("NAME"), text("REMOVED"), text("SIZE"), text("UUID") } };
    for (const vmm::TrashedMachine& each : machines)
        rows.append({ each.name, timeText(each.removed), sizeText(each.size), idText(each.id) });
    return { .text = table(rows), .json = document(jsonList(machines)) };
}

Shown showSnapshots(const QVector<vmm::SnapshotInfo>& snapshots)
{
    const auto size = [](const std::optional<vmm::Bytes>& bytes) {
        return bytes ? sizeText(*bytes) : text("-"); // not known, or there is none
    };
    Rows rows { { text("NAME"), text("CREATED"), text("KIND"), text("PLACE"), text("DISKS"),
        text("MEMORY"), text("PARENT"), text("CURRENT") } };
    for (const vmm::SnapshotInfo& each : snapshots)
        rows.append({ each.name, timeText(each.created), vmm::nameOf(each.kind),
            vmm::nameOf(each.place), size(each.diskSize), size(each.memorySize), each.parent,
            each.isCurrent ? text("*") : QString() });
    return { .text = table(rows), .json = document(jsonList(snapshots)) };
}

Shown showCheckpoints(const QVector<vmm::CheckpointInfo>& checkpoints)
{
    Rows rows { { text("NAME"), text("CREATED"), text("DISKS"), text("CHANGED"), text("PARENT"),
        text("PROBLEM") } };
    for (const vmm::CheckpointInfo& each : checkpoints)
        rows.append({ each.name, timeText(each.created), each.disks.join(text(", ")),
            each.changed ? sizeText(*each.changed) : text("-"), each.parent, each.problem });
    return { .text = table(rows), .json = document(jsonList(checkpoints)) };
}

Shown showBackup(const vmm::BackupReport& report)
{
    Rows rows { { text("DISK"), text("FILE"), text("KIND"), text("STANDS ON") } };
    for (const vmm::BackupFile& each : report.files)
        rows.append({ each.target, each.path, each.isIncrement ? text("increment") : text("full"),
            orDash(each.standsOn) });
    return { .text = table(rows), .json = document(json(report)) };
}

Shown showImages(const QVector<vmm::ImageUse>& images)
{
    Rows rows { { text("PATH"), text("FORMAT"), text("SIZE"), text("ON DISK"), text("MACHINES"),
        text("UNDER") } };
    for (const vmm::ImageUse& each : images)
        rows.append({ each.image.path, each.image.format, sizeText(each.image.virtualSize),
            sizeText(each.image.actualSize), each.machines.join(text(", ")),
            QString::number(each.dependents.size()) });
    return { .text = table(rows), .json = document(jsonList(images)) };
}

Shown showChain(const vmm::ImageChain& chain)
{
    Rows rows { { text("PATH"), text("FORMAT"), text("SIZE"), text("ON DISK"), text("NOTES") } };
    for (const vmm::ImageInfo& image : chain) {
        QStringList notes;
        if (image.isDirty)
            notes.append(text("not closed cleanly"));
        if (image.isEncrypted)
            notes.append(text("encrypted"));
        if (!image.internalSnapshots.isEmpty())
            notes.append(text("snapshots: ") + image.internalSnapshots.join(text(", ")));
        rows.append({ image.path, image.format, sizeText(image.virtualSize),
            sizeText(image.actualSize), notes.join(text("; ")) });
    }
    return { .text = table(rows), .json = document(jsonList(chain)) };
}

Shown showCheck(const vmm::ImageCheck& check)
{
    const auto count = [](qint64 all, qint64 fixed) {
        return fixed > 0 ? text("%1 (%2 repaired)").arg(all).arg(fixed) : QString::number(all);
    };
    return { .text = facts({ { text("Sound"), yesNo(check.isSound()) },
                 { text("Corruptions"), count(check.corruptions, check.corruptionsFixed) },
                 { text("Leaks"), count(check.leaks, check.leaksFixed) },
                 { text("Errors"), QString::number(check.errors) } }),
        .json = document(json(check)),
        .exitCode = check.isSound() ? 0 : kUnsound };
}

Shown showFacts(const vmm::GuestFacts& guest)
{
    Rows rows { { text("Host name"), guest.hostName }, { text("System"), guest.system },
        { text("Kernel"), guest.kernel }, { text("Time zone"), guest.timeZone },
        { text("Agent"), guest.agentVersion } };
    for (const vmm::GuestNetworkCard& card : guest.networkCards)
        rows.append({ text("Network card ") + card.name,
            (QStringList { card.mac } + card.addresses).join(text("  ")) });
    for (const vmm::GuestFileSystem& each : guest.fileSystems)
        rows.append({ text("File system ") + each.mountPoint,
            text("%1, %2 of %3 used").arg(each.type, sizeText(each.used), sizeText(each.total)) });
    for (const vmm::GuestUser& user : guest.users)
        rows.append({ text("User ") + user.name, text("since ") + timeText(user.since) });
    return { .text = facts(rows), .json = document(json(guest)) };
}

Shown showResult(const vmm::GuestCommandResult& result)
{
    QString notice;
    if (result.isCut) {
        const bool isMidLine
            = !result.standardError.isEmpty() && !result.standardError.endsWith('\n');
        notice = (isMidLine ? text("\n") : QString())
            + text("vdctl: The program wrote more than the guest agent keeps; the rest is lost.\n");
    }
    return { .json = document(json(result)),
        .raw = result.standardOutput,
        .rawErrors = result.standardError,
        .notice = notice,
        .exitCode = result.signal > 0 ? kSignalBase + result.signal : result.exitCode & 0xff };
}

Shown showLoad(const vmm::LoadDetail& load)
{
    Rows rows { { text("CPU"), percentText(load.cpu) } };
    for (qsizetype i = 0; i < load.vcpus.size(); ++i)
        rows.append({ text("  vCPU %1").arg(i), percentText(load.vcpus[i]) });
    rows.append({ text("QEMU itself"), percentText(load.emulator) });
    rows.append({ text("Host memory (RSS)"), sizeText(load.resident) });
    rows.append({ text("Its share (PSS)"), sizeText(load.proportional) });
    if (load.balloon.count() > 0)
        rows.append({ text("Guest memory"), sizeText(load.balloon) });
    if (load.guestAvailable.count() > 0)
        rows.append({ text("  available"), sizeText(load.guestAvailable) });
    for (const vmm::DiskLoad& disk : load.disks)
        rows.append({ text("Disk ") + disk.target,
            text("read %1, written %2")
                .arg(rateText(disk.read.bytesPerSecond), rateText(disk.write.bytesPerSecond)) });
    for (const vmm::NetworkLoad& card : load.networkCards)
        rows.append({ text("Network card ") + card.mac,
            text("received %1, sent %2")
                .arg(rateText(card.receivedBytesPerSecond), rateText(card.sentBytesPerSecond)) });
    return { .text = facts(rows), .json = document(json(load)) };
}

Shown showHostLoad(const vmm::HostLoadDetail& load)
{
    Rows rows;
    for (qsizetype i = 0; i < load.cpus.size(); ++i)
        rows.append({ text("CPU %1").arg(i), percentText(load.cpus[i]) });
    rows.append({ text("Load average"),
        text("%1 %2 %3")
            .arg(load.loadAverage1, 0, 'f', 2)
            .arg(load.loadAverage5, 0, 'f', 2)
            .arg(load.loadAverage15, 0, 'f', 2) });
    rows.append({ text("Memory"),
        text("%1 of %2 available")
            .arg(sizeText(load.memoryAvailable), sizeText(load.memoryTotal)) });
    rows.append({ text("Swap"),
        text("%1 of %2 used").arg(sizeText(load.swapUsed), sizeText(load.swapTotal)) });
    rows.append({ text("Waiting for CPU"), percentText(load.cpuPressure.some) });
    rows.append({ text("Waiting for memory"), percentText(load.memoryPressure.some) });
    rows.append({ text("Waiting for disks"), percentText(load.ioPressure.some) });
    for (const vmm::HostDiskLoad& disk : load.disks)
        rows.append({ text("Disk ") + disk.name,
            text("read %1, written %2, busy %3")
                .arg(rateText(disk.readBytesPerSecond), rateText(disk.writeBytesPerSecond),
                    percentText(disk.busy)) });
    for (const vmm::HostNetworkLoad& network : load.networks)
        rows.append({ text("Network ") + network.name,
            text("received %1, sent %2")
                .arg(rateText(network.receivedBytesPerSecond),
                    rateText(network.sentBytesPerSecond)) });
    return { .text = facts(rows), .json = document(json(load)) };
}

namespace {

Shown showUri(const QString& uri)
{
    return { .text = uri + QLatin1Char('\n'),
        .json = document(QJsonObject { { text("uri"), uri } }) };
}

} // namespace

Shown showConsole(const vmm::ConsoleEndpoint& endpoint)
{
    const bool isSpice = endpoint.protocol == vmm::ConsoleEndpoint::Protocol::Spice;
    QUrl url;
    if (!endpoint.unixSocket.isEmpty()) {
        url.setPath(endpoint.unixSocket);
        return showUri(
            (isSpice ? text("spice+unix://") : text("vnc+unix://")) + url.path(QUrl::FullyEncoded));
    }
    url.setScheme(isSpice ? text("spice") : text("vnc"));
    url.setHost(endpoint.host.isEmpty() ? text("localhost") : endpoint.host);
    const bool isTls = endpoint.port == 0;
    if (isTls)
        url.setScheme(url.scheme() + text("+tls"));
    url.setPort(isTls ? endpoint.tlsPort : endpoint.port);
    return showUri(url.toString(QUrl::FullyEncoded));
}

Shown showDefinition(const QString& xml)
{
    QByteArray raw = xml.toUtf8();
    if (!raw.endsWith('\n'))
        raw += '\n';
    return { .json = document(QJsonObject { { text("xml"), xml } }), .raw = raw };
}

Shown showId(const hosts::VmId& id)
{
    return { .text = idText(id) + QLatin1Char('\n'),
        .json = document(QJsonObject { { text("id"), idText(id) } }) };
}

Shown showName(const QString& name)
{
    return { .text = name + QLatin1Char('\n'),
        .json = document(QJsonObject { { text("name"), name } }) };
}

} // namespace vdctl
