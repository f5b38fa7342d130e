// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a machine has beside its devices: memory, firmware, TPM, shared folders.
#include "vmm/qemu/CommandLineDraft.h"

namespace vmm {

namespace {

// QEMU's own name for it, so that states saved with and without an object fit each other.
constexpr QLatin1StringView kMemoryId("pc.ram");

bool isMemoryShared(const Definition& definition)
{
    return definition.value("memoryBacking/access@mode") == QLatin1StringView("shared");
}

bool needsMemoryObject(const CommandLineDraft& draft)
{
    const Definition& definition = draft.definition;
    return !draft.context.memoryFile.isEmpty() || isMemoryShared(definition)
        || definition.has("memoryBacking/hugepages")
        || definition.value("memoryBacking/source@type") == QLatin1StringView("memfd");
}

// The memory as an object: shared with another process, of huge pages, or in a file.
QJsonObject memoryObject(const CommandLineDraft& draft)
{
    const Definition& definition = draft.definition;
    QJsonObject memory { { QStringLiteral("id"), kMemoryId },
        { QStringLiteral("size"), static_cast<qint64>(definition.memory().count()) } };
    if (definition.value("memoryBacking/allocation@mode") == QLatin1StringView("immediate"))
        memory[QStringLiteral("prealloc")] = true;
    if (!draft.context.memoryFile.isEmpty()) {
        memory[QStringLiteral("qom-type")] = QStringLiteral("memory-backend-file");
        memory[QStringLiteral("mem-path")] = draft.context.memoryFile;
        memory[QStringLiteral("share")] = draft.context.isMemoryShared;
        return memory;
    }
    memory[QStringLiteral("qom-type")] = QStringLiteral("memory-backend-memfd");
    memory[QStringLiteral("share")] = isMemoryShared(definition);
    if (definition.has("memoryBacking/hugepages"))
        memory[QStringLiteral("hugetlb")] = true;
    return memory;
}

QJsonObject flashNode(const QString& name, const QString& path, const QString& format, bool isFixed)
{
    return {
        { QStringLiteral("driver"), format },
        { QStringLiteral("node-name"), name },
        { QStringLiteral("read-only"), isFixed },
        { QStringLiteral("file"),
            QJsonObject { { QStringLiteral("driver"), QStringLiteral("file") },
                { QStringLiteral("node-name"), name + QStringLiteral("-file") },
                { QStringLiteral("filename"), path }, { QStringLiteral("read-only"), isFixed } } },
    };
}

QString securityModel(const FileSystem& fileSystem)
{
    if (fileSystem.accessMode == QLatin1StringView("mapped"))
        return QStringLiteral("mapped-xattr");
    return fileSystem.accessMode == QLatin1StringView("squash") ? QStringLiteral("none")
                                                                : QStringLiteral("passthrough");
}

void appendNinePfs(CommandLineDraft& draft, const FileSystem& fileSystem, const QString& id)
{
    QString backend = QStringLiteral("local,id=%1,path=%2,security_model=%3")
                          .arg(id, optionValue(fileSystem.sourceFolder), securityModel(fileSystem));
    if (fileSystem.isReadOnly)
        backend += QStringLiteral(",readonly=on");
    draft.option(QStringLiteral("-fsdev"), backend);
    draft.expressDevice({ { QStringLiteral("driver"), QStringLiteral("virtio-9p-pci") },
        { QStringLiteral("id"), id }, { QStringLiteral("fsdev"), id },
        { QStringLiteral("mount_tag"), fileSystem.tag } });
}

Result<void> appendVirtiofs(
    CommandLineDraft& draft, const FileSystem& fileSystem, const QString& id)
{
    if (!isMemoryShared(draft.definition))
        return unsupportedPart("devices/filesystem/driver@type",
            QStringLiteral("virtiofs needs <memoryBacking> with <access mode='shared'/>"));
    if (fileSystem.isReadOnly)
        return unsupportedPart(
            "devices/filesystem/readonly", QStringLiteral("not with virtiofs; use 9p"));
    draft.option(QStringLiteral("-chardev"),
        QStringLiteral("socket,id=%1,path=%2/%1").arg(id, optionValue(draft.context.socketFolder)));
    QJsonObject device { { QStringLiteral("driver"), QStringLiteral("vhost-user-fs-pci") },
        { QStringLiteral("id"), id }, { QStringLiteral("chardev"), id },
        { QStringLiteral("tag"), fileSystem.tag } };
    if (fileSystem.queueSize > 0)
        device[QStringLiteral("queue-size")] = fileSystem.queueSize;
    draft.expressDevice(device);
    return {};
}

} // namespace

QString machineMemory(const CommandLineDraft& draft)
{
    return needsMemoryObject(draft) ? QStringLiteral(",memory-backend=") + kMemoryId : QString();
}

QString machineFirmware(const CommandLineDraft& draft)
{
    const Firmware& firmware = draft.context.firmware;
    if (firmware.code.isEmpty() || firmware.isRom)
        return {};
    return firmware.variables.isEmpty()
        ? QStringLiteral(",pflash0=firmware-code")
        : QStringLiteral(",pflash0=firmware-code,pflash1=firmware-vars");
}

Result<void> appendMemory(CommandLineDraft& draft)
{
    draft.option(
        QStringLiteral("-m"), QStringLiteral("size=%1k").arg(draft.definition.memory().toKiB()));
    if (draft.definition.has("memoryBacking/locked"))
        draft.option(QStringLiteral("-overcommit"), QStringLiteral("mem-lock=on"));
    if (needsMemoryObject(draft))
        draft.option(QStringLiteral("-object"), memoryObject(draft));
    return {};
}

void appendFirmware(CommandLineDraft& draft)
{
    const Firmware& firmware = draft.context.firmware;
    if (firmware.code.isEmpty())
        return;
    if (firmware.isRom) {
        draft.option(QStringLiteral("-bios"), firmware.code);
        return;
    }
    draft.option(QStringLiteral("-blockdev"),
        flashNode(QStringLiteral("firmware-code"), firmware.code, firmware.codeFormat, true));
    if (!firmware.variables.isEmpty())
        draft.option(QStringLiteral("-blockdev"),
            flashNode(
                QStringLiteral("firmware-vars"), firmware.variables, QStringLiteral("raw"), false));
    if (firmware.needsSmm)
        draft.option(QStringLiteral("-global"),
            QStringLiteral("driver=cfi.pflash01,property=secure,value=on"));
}

Result<void> appendFileSystems(CommandLineDraft& draft)
{
    int index = 0;
    for (const FileSystem& fileSystem : draft.definition.devices<FileSystem>()) {
        draft.of("filesystem", index);
        const QString id = QStringLiteral("fs-%1").arg(index++);
        if (fileSystem.sourceFolder.isEmpty() || fileSystem.tag.isEmpty())
            return Error { ErrorKind::InvalidConfig, QStringLiteral("devices/filesystem"),
                QStringLiteral("it needs a source and a target") };
        if (fileSystem.driver == QLatin1StringView("virtiofs"))
            TRY(appendVirtiofs(draft, fileSystem, id));
        else
            appendNinePfs(draft, fileSystem, id);
    }
    return {};
}

Result<void> appendSecurity(CommandLineDraft& draft)
{
    const QVector<Tpm> tpms = draft.definition.devices<Tpm>();
    if (tpms.size() > 1 || draft.definition.devices<Panic>().size() > 1)
        return unsupportedPart(tpms.size() > 1 ? "devices/tpm" : "devices/panic",
            QStringLiteral("more than one in a machine"));
    for (const Tpm& tpm : tpms) {
        const QString backend = QStringLiteral("host-tpm");
        draft.option(QStringLiteral("-chardev"),
            QStringLiteral("socket,id=%1,fd=%2")
                .arg(backend)
                .arg(draft.context.fds.value(QStringLiteral("tpm"), -1)));
        draft.option(
            QStringLiteral("-tpmdev"), QStringLiteral("emulator,id=%1,chardev=%1").arg(backend));
        draft.device({ { QStringLiteral("driver"),
                           tpm.model.isEmpty() ? QStringLiteral("tpm-tis") : tpm.model },
            { QStringLiteral("id"), QStringLiteral("tpm") },
            { QStringLiteral("tpmdev"), backend } });
    }
    if (draft.definition.has("genid")) {
        const QString id = draft.definition.value("genid").trimmed();
        draft.device({ { QStringLiteral("driver"), QStringLiteral("vmgenid") },
            { QStringLiteral("id"), QStringLiteral("vmgenid") },
            { QStringLiteral("guid"), id.isEmpty() ? QStringLiteral("auto") : id } });
    }
    for (const Panic& panic : draft.definition.devices<Panic>()) {
        if (panic.model == QLatin1StringView("pvpanic"))
            draft.of("panic", 0)
                .rootBusDevice({ { QStringLiteral("driver"), QStringLiteral("pvpanic-pci") },
                    { QStringLiteral("id"), QStringLiteral("panic") } });
        else
            draft.device({ { QStringLiteral("driver"), QStringLiteral("pvpanic") },
                { QStringLiteral("id"), QStringLiteral("panic") } });
    }
    return {};
}

} // namespace vmm
