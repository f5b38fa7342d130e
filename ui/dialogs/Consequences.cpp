// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/Consequences.h"

#include "models/Inventory.h"
#include "ui/text/Text.h"

#include <QDir>

namespace ui {

using models::VmRecord;
using models::VmRef;
using vmm::VmAction;

namespace {

/// What the embedded core moves to the trash, and nothing else: the machine's own folder, as
/// vmm::MachineStore names it. Empty: of another host.
QString folderOf(const hosts::HostInfo& info, const hosts::VmId& vm)
{
    if (info.dataFolder.isEmpty())
        return {};
    return QDir::cleanPath(
               info.dataFolder + QStringLiteral("/machines/") + vm.toString(QUuid::WithoutBraces))
        + QLatin1Char('/');
}

} // namespace

QString Consequences::sentence(const models::BulkCounts& counts, VmAction action)
{
    if (const QString why = whyNone(counts); !why.isEmpty())
        return why;
    const QString machines = Text::vmCount(counts.allowed);
    const QString text = counts.hosts > 1
        //: %1 is an action ("Start"), %2 is "12 machines", %3 is "3 hosts"
        ? tr("%1: %2 on %3")
              .arg(Text::action(action), machines, tr("%Ln host(s)", nullptr, counts.hosts))
        //: %1 is an action ("Start"), %2 is "12 machines"
        : tr("%1: %2").arg(Text::action(action), machines);
    return (QStringList { text } + leftOut(counts)).join(QStringLiteral("; "));
}

QString Consequences::whyNone(const models::BulkCounts& counts)
{
    const int leftOut = counts.leftOut();
    if (counts.allowed > 0)
        return {};
    if (leftOut == counts.wrongState)
        return tr("None of the selected machines is in a state for that.");
    if (leftOut == counts.unconnected)
        return tr("The hosts of the selected machines are not connected. Select a host to see why, "
                  "and choose “Connect again”.");
    if (leftOut == counts.notOffered)
        return tr("The hosts of the selected machines don't offer that.");
    return tr("None of the selected machines can do that now: it is not in a state for it, or its "
              "host is not connected or does not offer it.");
}

QStringList Consequences::leftOut(const models::BulkCounts& counts)
{
    QStringList parts;
    if (counts.wrongState > 0)
        parts << tr("%Ln left out, not in a state for it", nullptr, counts.wrongState);
    if (counts.notOffered > 0)
        parts << tr("%Ln left out, not offered by the host", nullptr, counts.notOffered);
    if (counts.unconnected > 0)
        parts << tr("%Ln left out, the host is not connected", nullptr, counts.unconnected);
    return parts;
}

QString Consequences::title(const QString& name, qsizetype count, VmAction action)
{
    const int n = static_cast<int>(count);
    switch (action) {
    case VmAction::ShutDown:
        return n == 1 ? tr("Shut down %1?").arg(name) : tr("Shut down %Ln machine(s)?", nullptr, n);
    case VmAction::Reset:
        return n == 1 ? tr("Reset %1?").arg(name) : tr("Reset %Ln machine(s)?", nullptr, n);
    case VmAction::ForceOff:
        return n == 1 ? tr("Force off %1?").arg(name) : tr("Force off %Ln machine(s)?", nullptr, n);
    case VmAction::Reboot:
        return n == 1 ? tr("Reboot %1?").arg(name) : tr("Reboot %Ln machine(s)?", nullptr, n);
    case VmAction::Save:
        return n == 1 ? tr("Save %1?").arg(name) : tr("Save %Ln machine(s)?", nullptr, n);
    case VmAction::DiscardSave:
        return n == 1 ? tr("Discard the saved memory of %1?").arg(name)
                      : tr("Discard the saved memory of %Ln machine(s)?", nullptr, n);
    case VmAction::Undefine:
        return n == 1 ? tr("Remove %1?").arg(name) : tr("Remove %Ln machine(s)?", nullptr, n);
    case VmAction::Start:
    case VmAction::Pause:
    case VmAction::Resume:
        return Text::action(action);
    }
    return {};
}

QString Consequences::effect(VmAction action, bool hasTrash)
{
    switch (action) {
    case VmAction::ShutDown:
        return tr("The guests are asked to shut down; one may ignore that.");
    case VmAction::Reset:
        return tr("It restarts at once, as if the reset button was pressed. What the guest has "
                  "not written to its disks is lost.");
    case VmAction::ForceOff:
        return tr("It stops at once, as if the plug was pulled. What the guest has not written "
                  "to its disks is lost.");
    case VmAction::Reboot:
        return tr("The guests are asked to restart; one may ignore that.");
    case VmAction::Save:
        return tr("Their memory is written to disk, then they are switched off. The next start "
                  "goes on from there.");
    case VmAction::DiscardSave:
        return tr("What the guest was doing when it was saved is lost; the next start boots it, "
                  "as after a power cut.");
    case VmAction::Undefine:
        return hasTrash ? tr("The machine moves to the trash of its host, with the disks that were "
                             "made for it. It can be brought back from there.")
                        : tr("The definition is removed from the host. This can't be undone.");
    case VmAction::Start:
    case VmAction::Pause:
    case VmAction::Resume:
        return Text::actionTip(action);
    }
    return {};
}

QStringList Consequences::items(
    const models::Inventory& inventory, const models::BulkPlan& plan, VmAction action)
{
    QStringList lines;
    for (const VmRef& ref : plan.allowed) {
        const VmRecord* vm = inventory.find(ref.host, ref.vm);
        if (!vm)
            continue;
        if (plan.allowed.size() > 1)
            lines << vm->info.name;
        if (action != VmAction::Undefine)
            continue;
        if (plan.allowed.size() == 1 && ref.host->info().has(hosts::Feature::RemoveStorage))
            continue; // each is asked about
        const QString folder = folderOf(ref.host->info(), ref.vm);
        for (const QString& disk : vm->info.disks) {
            const bool isOurs = !folder.isEmpty() && disk.startsWith(folder);
            const bool hasTrash = ref.host->info().has(hosts::Feature::Trash);
            //: %1 is the path of a disk image
            lines << (!isOurs  ? tr("Disk is kept: %1").arg(disk)
                    : hasTrash ? tr("Disk goes to the trash: %1").arg(disk)
                               : tr("Disk is deleted: %1").arg(disk));
        }
    }
    return lines;
}

Question Consequences::question(
    const models::Inventory& inventory, const models::BulkPlan& plan, VmAction action)
{
    const VmRecord* first = plan.allowed.isEmpty()
        ? nullptr
        : inventory.find(plan.allowed.first().host, plan.allowed.first().vm);
    const bool hasTrash = std::all_of(plan.allowed.begin(), plan.allowed.end(),
        [](const VmRef& ref) { return ref.host->info().has(hosts::Feature::Trash); });
    const bool canDelete = action == VmAction::Undefine && plan.allowed.size() == 1 && first
        && plan.allowed.first().host->info().has(hosts::Feature::RemoveStorage);
    QString text = effect(action, hasTrash);
    if (plan.allowed.size() > 1 || !plan.skipped.isEmpty())
        text = sentence(plan.counts(), action) + QStringLiteral(".\n\n") + text;
    return { .title = title(first ? first->info.name : QString(), plan.allowed.size(), action),
        .text = text,
        .items = items(inventory, plan, action),
        .verb = Text::action(action),
        .isDangerous = action != VmAction::ShutDown && action != VmAction::Reboot
            && action != VmAction::Save && !(action == VmAction::Undefine && hasTrash),
        .optionsTitle = canDelete && !first->info.disks.isEmpty()
            ? tr("Delete disk images for good, too:")
            : QString(),
        .options = canDelete ? first->info.disks : QStringList() };
}

} // namespace ui
