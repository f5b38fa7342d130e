// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/FieldCodec.h"
#include "hosts/wire/Limits.h"
#include "hosts/wire/MessageCodec.h"

namespace hosts::wire {

namespace {

// A generous guess at the encoded size: UTF-8 takes at most three bytes for one unit of UTF-16.
qsizetype encodedSize(const VmInfo& vm)
{
    qsizetype units = vm.name.size() + vm.reasonDetail.size() + vm.title.size()
        + vm.description.size() + vm.machineType.size() + vm.location.size();
    for (const QString& disk : vm.disks)
        units += disk.size() + 3;
    return 128 + 3 * units;
}

} // namespace

vmm::Result<void> withinLimits(const Operation& operation)
{
    const bool fits = std::visit([](const auto& op) { return isWithinLimits(op); }, operation);
    if (fits && encode(Request { .operation = operation }).size() <= kMaxFrame)
        return {};
    return vmm::Error { vmm::ErrorKind::InvalidConfig, nameOf(operation),
        QStringLiteral("longer than can be sent: texts may have %1 characters, lists %2 lines")
            .arg(kMaxXml)
            .arg(kMaxRows) };
}

vmm::Result<void> withinLimits(const Answer& answer)
{
    const bool fits = std::visit([](const auto& value) { return isWithinLimits(value); }, answer);
    if (fits && encode(Reply { .answer = answer }).size() <= kMaxFrame)
        return {};
    return vmm::Error { vmm::ErrorKind::Io, {},
        QStringLiteral("the answer is longer than can be sent") };
}

QVector<InventoryEvent> divided(const InventoryChange& change)
{
    QVector<InventoryEvent> parts;
    InventoryEvent part { .change
        = { .isComplete = change.isComplete, .removed = change.removed } };
    qsizetype size = change.removed.size() * 16;
    for (const VmInfo& vm : change.changed) {
        const qsizetype next = encodedSize(vm);
        if (size + next > kChunkBytes && !part.change.changed.isEmpty()) {
            part.hasMore = true;
            parts.append(std::exchange(
                part, InventoryEvent { .change = { .isComplete = change.isComplete } }));
            size = 0;
        }
        part.change.changed.append(vm);
        size += next;
    }
    parts.append(part);
    return parts;
}

} // namespace hosts::wire
