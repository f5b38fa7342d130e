// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/Firmware.h"

#include "vmm/base/AtomicFile.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

namespace vmm {

namespace {

constexpr qint64 kMostNvram = 64 * 1024 * 1024;

bool isEfi(const Definition& definition)
{
    return definition.value("os@firmware") == QLatin1StringView("efi");
}

bool isFlash(const Definition& definition)
{
    return definition.value("os/loader@type") == QLatin1StringView("pflash");
}

// Where libvirt's daemon keeps the NVRAM of its machines: not ours to write to.
bool isOfDaemon(const QString& path)
{
    return path.startsWith(QLatin1StringView("/var/lib/libvirt/"));
}

Error firmwareMissing(const QString& subject, const QString& detail)
{
    return { ErrorKind::NotFound, subject, detail, ErrorCause::FirmwareMissing };
}

// The choice of the first start, as it is kept.
QByteArray descriptionOf(const FirmwareDescriptor& choice)
{
    return QJsonDocument(QJsonObject { { QStringLiteral("code"), choice.code },
                             { QStringLiteral("format"), choice.codeFormat },
                             { QStringLiteral("template"), choice.variablesTemplate },
                             { QStringLiteral("requires-smm"),
                                 choice.features.contains(QStringLiteral("requires-smm")) } })
        .toJson();
}

std::optional<FirmwareDescriptor> recall(const QString& path)
{
    const auto content = readWhole(path, 1 << 16);
    if (!content)
        return std::nullopt;
    const QJsonObject object = QJsonDocument::fromJson(*content).object();
    const auto text
        = [&object](const char* key) { return object.value(QLatin1StringView(key)).toString(); };
    if (!QFile::exists(text("code")))
        return std::nullopt;
    FirmwareDescriptor choice {
        .code = text("code"), .codeFormat = text("format"), .variablesTemplate = text("template")
    };
    if (object.value(QLatin1StringView("requires-smm")).toBool())
        choice.features.append(QStringLiteral("requires-smm"));
    return choice;
}

// What <loader> and <nvram> say outright.
FirmwareDescriptor saidFirmware(const Definition& definition)
{
    const QString format = definition.value("os/loader@format");
    FirmwareDescriptor said { .code = definition.value("os/loader").trimmed(),
        .codeFormat = format.isEmpty() ? QStringLiteral("raw") : format,
        .variablesTemplate = definition.value("os/nvram@template") };
    if (definition.value("os/loader@secure") == QLatin1StringView("yes"))
        said.features.append(QStringLiteral("requires-smm"));
    return said;
}

// The template of a <loader> without one: that of the descriptor of the same file.
QString templateOf(const QString& code)
{
    for (const FirmwareDescriptor& descriptor : readFirmwareDescriptors()) {
        if (descriptor.code == code)
            return descriptor.variablesTemplate;
    }
    return {};
}

Result<FirmwareDescriptor> choose(const Definition& definition, const QString& choiceFile)
{
    if (!definition.value("os/loader").trimmed().isEmpty()) {
        FirmwareDescriptor said = saidFirmware(definition);
        if (said.variablesTemplate.isEmpty() && isFlash(definition))
            said.variablesTemplate = templateOf(said.code);
        return said;
    }
    if (const auto kept = recall(choiceFile))
        return *kept;
    if (const auto found = chooseFirmware(definition, readFirmwareDescriptors()))
        return *found;
    return firmwareMissing(QStringLiteral("UEFI"),
        QStringLiteral("no firmware for %1 with what the definition asks for is described in %2")
            .arg(definition.machineType(), firmwareDescriptorFolders().join(QLatin1Char(' '))));
}

Result<QString> prepareVariables(
    const Definition& definition, const MachinePlaces& places, const QString& variablesTemplate)
{
    const QString said = definition.value("os/nvram").trimmed();
    const bool isOwn = said.isEmpty() || isOfDaemon(said);
    const QString path = isOwn ? places.nvramFile() : said;
    if (QFile::exists(path))
        return path;
    const bool hasOld = isOwn && !said.isEmpty() && QFileInfo(said).isReadable();
    const QString source = hasOld ? said : variablesTemplate;
    if (source.isEmpty())
        return firmwareMissing(path, QStringLiteral("there is no template for the NVRAM"));
    const Result<QByteArray> content = readWhole(source, kMostNvram);
    if (!content)
        return firmwareMissing(source, content.error().detail);
    TRY(writeAtomically(path, *content));
    return path;
}

} // namespace

bool hasFirmware(const Definition& definition)
{
    return isEfi(definition) || !definition.value("os/loader").trimmed().isEmpty();
}

Result<Firmware> prepareFirmware(const Definition& definition, const MachinePlaces& places)
{
    if (!hasFirmware(definition))
        return Firmware {};
    const QString choiceFile = places.folder + QStringLiteral("/firmware.json");
    const FirmwareDescriptor choice = TRY(choose(definition, choiceFile));
    if (!QFileInfo(choice.code).isReadable())
        return firmwareMissing(choice.code, QStringLiteral("it can't be read"));
    Firmware firmware { .code = choice.code,
        .codeFormat = choice.codeFormat,
        .isRom = !isEfi(definition) && !isFlash(definition),
        .needsSmm = choice.features.contains(QStringLiteral("requires-smm")) };
    const bool hasVariables
        = isEfi(definition) || definition.has("os/nvram") || !choice.variablesTemplate.isEmpty();
    if (firmware.isRom || !hasVariables)
        return firmware;
    firmware.variables = TRY(prepareVariables(definition, places, choice.variablesTemplate));
    const bool isKept = isEfi(definition) && !QFile::exists(choiceFile);
    if (isKept)
        TRY(writeAtomically(choiceFile, descriptionOf(choice)));
    return firmware;
}

} // namespace vmm
