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
    const QVector<Controller> controllers = draft.definition.devices<Controller>();
    const auto placeOf = [&controllers](const char* type) {
        for (int i = 0; i < controllers.size(); ++i) {
            if (controllers.at(i).type == QLatin1StringView(type))
                return i;
        }
        return -1;
    };
    needsScsi |= placeOf("scsi") >= 0;
    if (needsScsi)
        draft.of("controller", placeOf("scsi"))
            .expressDevice({ { QStringLiteral("driver"), QStringLiteral("virtio-scsi-pci") },
                { QStringLiteral("id"), QStringLiteral("scsi") } });
    if (needsSata && draft.chipset() == Chipset::I440fx)
        draft.of("controller", placeOf("sata"))
            .rootBusDevice({ { QStringLiteral("driver"), QStringLiteral("ahci") },
                { QStringLiteral("id"), QStringLiteral("sata") } });
}

} // namespace

Result<void> appendDisks(CommandLineDraft& draft)
{
    const QVector<Disk> disks = draft.definition.devices<Disk>();
    appendControllers(draft, disks);
    int index = 0;
    for (const Disk& disk : disks) {
        const bool isCdrom = disk.device == QLatin1StringView("cdrom");
        const int boot = draft.bootIndex(
            isCdrom ? QStringLiteral("cdrom") : QStringLiteral("hd"), disk.bootOrder);
        draft.of("disk", index++).plug(TRY(plugOf(disk, draft.plugContext(boot))));
    }
    return {};
}

} // namespace vmm
