// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/CommandLineDraft.h"

namespace vmm {

namespace {

// Controllers for the buses that disks ask for, or that are named though nothing is on them yet.
void appendControllers(CommandLineDraft& draft, const QVector<Disk>& disks)
{
    bool needsScsi = false;
    bool needsSata = false;
    for (const Disk& disk : disks) {
        needsScsi |= busOf(disk) == QLatin1StringView("scsi");
        needsSata |= busOf(disk) == QLatin1StringView("sata");
    }
    for (const Controller& controller : draft.definition.devices<Controller>())
        needsScsi |= controller.type == QLatin1StringView("scsi");
    if (needsScsi)
        draft.expressDevice({ { QStringLiteral("driver"), QStringLiteral("virtio-scsi-pci") },
            { QStringLiteral("id"), QStringLiteral("scsi") } });
    if (needsSata && draft.chipset() == Chipset::I440fx)
        draft.rootBusDevice({ { QStringLiteral("driver"), QStringLiteral("ahci") },
            { QStringLiteral("id"), QStringLiteral("sata") } });
}

} // namespace

Result<void> appendDisks(CommandLineDraft& draft)
{
    const QVector<Disk> disks = draft.definition.devices<Disk>();
    appendControllers(draft, disks);
    for (const Disk& disk : disks) {
        const bool isCdrom = disk.device == QLatin1StringView("cdrom");
        const int boot = draft.bootIndex(
            isCdrom ? QStringLiteral("cdrom") : QStringLiteral("hd"), disk.bootOrder);
        draft.plug(TRY(plugOf(disk, draft.plugContext(boot))));
    }
    return {};
}

} // namespace vmm
