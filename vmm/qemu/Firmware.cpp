// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/Firmware.h"

#include "vmm/base/AtomicFile.h"
#include "vmm/qemu/QcowHeader.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

namespace vmm {

namespace {

constexpr qint64 kMostNvram = 64 * 1024 * 1024;
constexpr QLatin1StringView kRaw("raw");

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

QString orRaw(const QString& format)
{
    return format.isEmpty() ? QString(kRaw) : format;
}

// QEMU follows what a qcow2 file names.
Result<void> checkStandsAlone(const QString& path, const QString& format)
{
    if (format != QLatin1StringView("qcow2"))
        return {};
    const QcowHeader header = TRY(QcowHeader::read(path));
    if (header.hasDataFile || !header.backingFile.isEmpty())
        return Error { ErrorKind::InvalidConfig, path,
            QStringLiteral("a firmware that leads to other files"), ErrorCause::ImageUntrusted };
    return {};
}

// The choice of the first start, as it is kept.
QByteArray descriptionOf(const FirmwareDescriptor& choice)
{
    return QJsonDocument(QJsonObject { { QStringLiteral("code"), choice.code },
                             { QStringLiteral("format"), choice.codeFormat },
                             { QStringLiteral("template"), choice.variablesTemplate },
                             { QStringLiteral("template-format"), choice.templateFormat },
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
    FirmwareDescriptor choice { .code = text("code"),
        .codeFormat = text("format"),
        .variablesTemplate = text("template"),
        .templateFormat = orRaw(text("template-format")) };
    if (object.value(QLatin1StringView("requires-smm")).toBool())
        choice.features.append(QStringLiteral("requires-smm"));
    return choice;
}

// What <loader> and <nvram> say outright.
FirmwareDescriptor saidFirmware(const Definition& definition)
{
    FirmwareDescriptor said { .code = definition.value("os/loader").trimmed(),
        .codeFormat = orRaw(definition.value("os/loader@format")),
        .variablesTemplate = definition.value("os/nvram@template"),
        .templateFormat = orRaw(definition.value("os/nvram@templateFormat")) };
    if (definition.value("os/loader@secure") == QLatin1StringView("yes"))
        said.features.append(QStringLiteral("requires-smm"));
    return said;
}

// The template of a <loader> without one: that of the descriptor of the same file.
void findTemplate(FirmwareDescriptor& said)
{
    for (const FirmwareDescriptor& descriptor : readFirmwareDescriptors()) {
        if (descriptor.code != said.code)
            continue;
        said.variablesTemplate = descriptor.variablesTemplate;
        said.templateFormat = descriptor.templateFormat;
        return;
    }
}

Result<FirmwareDescriptor> choose(const Definition& definition, const QString& choiceFile)
{
    if (!definition.value("os/loader").trimmed().isEmpty()) {
        FirmwareDescriptor said = saidFirmware(definition);
        if (said.variablesTemplate.isEmpty() && isFlash(definition))
            findTemplate(said);
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

QString choiceFileOf(const MachinePlaces& places)
{
    return places.folder + QStringLiteral("/firmware.json");
}

// Where the NVRAM is, and what it is made of if it is not there yet.
struct Nvram {
    QString path {};
    QString source {};
    QString sourceFormat {};
};

Nvram nvramOf(
    const Definition& definition, const MachinePlaces& places, const FirmwareDescriptor& choice)
{
    const QString said = definition.value("os/nvram").trimmed();
    const bool isOwn = said.isEmpty() || isOfDaemon(said);
    const bool hasOld = isOwn && !said.isEmpty() && QFileInfo(said).isReadable();
    return { .path = isOwn ? places.nvramFile() : said,
        .source = hasOld ? said : choice.variablesTemplate,
        .sourceFormat = hasOld ? QString(kRaw) : choice.templateFormat };
}

bool hasVariables(const Definition& definition, const FirmwareDescriptor& choice)
{
    const bool isRom = !isEfi(definition) && !isFlash(definition);
    return !isRom
        && (isEfi(definition) || definition.has("os/nvram") || !choice.variablesTemplate.isEmpty());
}

Result<QString> prepareVariables(const Nvram& nvram)
{
    if (QFile::exists(nvram.path))
        return nvram.path;
    if (nvram.source.isEmpty())
        return firmwareMissing(nvram.path, QStringLiteral("there is no template for the NVRAM"));
    if (nvram.sourceFormat != kRaw)
        return firmwareMissing(
            nvram.path, QStringLiteral("it was not made of its template %1").arg(nvram.source));
    const Result<QByteArray> content = readWhole(nvram.source, kMostNvram);
    if (!content)
        return firmwareMissing(nvram.source, content.error().detail);
    TRY(writeAtomically(nvram.path, *content));
    return nvram.path;
}

} // namespace

bool hasFirmware(const Definition& definition)
{
    return isEfi(definition) || !definition.value("os/loader").trimmed().isEmpty();
}

std::optional<NvramConversion> missingNvram(
    const Definition& definition, const MachinePlaces& places)
{
    if (!hasFirmware(definition))
        return std::nullopt;
    const auto choice = choose(definition, choiceFileOf(places));
    if (!choice || !hasVariables(definition, *choice))
        return std::nullopt;
    const Nvram nvram = nvramOf(definition, places, *choice);
    if (nvram.sourceFormat == kRaw || nvram.source.isEmpty() || QFile::exists(nvram.path)
        || !checkStandsAlone(nvram.source, nvram.sourceFormat))
        return std::nullopt;
    return NvramConversion { .source = nvram.source,
        .sourceFormat = nvram.sourceFormat,
        .unfinished = places.folder + QStringLiteral("/.nvram-new"),
        .target = nvram.path };
}

Result<void> keepNvram(const NvramConversion& conversion)
{
    const QByteArray content = TRY(readWhole(conversion.unfinished, kMostNvram));
    TRY(writeAtomically(conversion.target, content));
    QFile::remove(conversion.unfinished);
    return {};
}

Result<Firmware> prepareFirmware(const Definition& definition, const MachinePlaces& places)
{
    if (!hasFirmware(definition))
        return Firmware {};
    const QString choiceFile = choiceFileOf(places);
    const FirmwareDescriptor choice = TRY(choose(definition, choiceFile));
    if (!QFileInfo(choice.code).isReadable())
        return firmwareMissing(choice.code, QStringLiteral("it can't be read"));
    TRY(checkStandsAlone(choice.code, choice.codeFormat));
    Firmware firmware { .code = choice.code,
        .codeFormat = choice.codeFormat,
        .isRom = !isEfi(definition) && !isFlash(definition),
        .needsSmm = choice.features.contains(QStringLiteral("requires-smm")) };
    if (!hasVariables(definition, choice))
        return firmware;
    firmware.variables = TRY(prepareVariables(nvramOf(definition, places, choice)));
    const bool isKept = isEfi(definition) && !QFile::exists(choiceFile);
    if (isKept)
        TRY(writeAtomically(choiceFile, descriptionOf(choice)));
    return firmware;
}

} // namespace vmm
