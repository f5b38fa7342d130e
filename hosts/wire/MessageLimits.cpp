// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/Limits.h"
#include "hosts/wire/MessageCodec.h"

namespace hosts::wire {

namespace {

vmm::Result<void> checkLength(const QString& field, const QString& text, qsizetype limit)
{
    if (text.size() <= limit)
        return {};
    return vmm::Error { vmm::ErrorKind::InvalidConfig, field,
        QStringLiteral("%1 characters long; the limit is %2").arg(text.size()).arg(limit) };
}

// A generous guess at the encoded size: UTF-8 takes at most three bytes for one unit of UTF-16.
qsizetype encodedSize(const VmInfo& vm)
{
    qsizetype units = vm.name.size() + vm.reasonDetail.size() + vm.title.size()
        + vm.description.size() + vm.machineType.size();
    for (const QString& disk : vm.disks)
        units += disk.size() + 3;
    return 128 + 3 * units;
}

} // namespace

vmm::Result<void> withinLimits(const Operation& operation)
{
    if (const auto* define = std::get_if<Define>(&operation))
        TRY(checkLength(QStringLiteral("definition"), define->xml, kMaxXml));
    if (const auto* command = std::get_if<RunInGuest>(&operation)) {
        if (command->command.input.size() > kMaxXml)
            return vmm::Error { vmm::ErrorKind::InvalidConfig, QStringLiteral("input"),
                QStringLiteral("%1 bytes; the limit is %2")
                    .arg(command->command.input.size())
                    .arg(kMaxXml) };
    }
    const qsizetype size = encode(Request { .operation = operation }).size();
    if (size > kMaxFrame)
        return vmm::Error { vmm::ErrorKind::InvalidConfig, nameOf(operation),
            QStringLiteral("%1 bytes; the limit is %2").arg(size).arg(kMaxFrame) };
    return {};
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
