// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/Firmware.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QRegularExpression>
#include <QStandardPaths>

#include <algorithm>

namespace vmm {

namespace {

QStringList textsOf(const QJsonValue& array)
{
    QStringList texts;
    for (const QJsonValue& value : array.toArray())
        texts.append(value.toString());
    return texts;
}

QJsonObject partOf(const QJsonObject& object, const char* key)
{
    return object.value(QLatin1StringView(key)).toObject();
}

// "raw", or "qcow2" as Fedora has them.
QString formatOf(const QJsonObject& file)
{
    return file.value(QLatin1StringView("format")).toString(QStringLiteral("raw"));
}

std::optional<FirmwareDescriptor> parseDescriptor(const QByteArray& content)
{
    const QJsonObject object = QJsonDocument::fromJson(content).object();
    const QJsonObject mapping = partOf(object, "mapping");
    const QJsonObject code = partOf(mapping, "executable");
    if (!textsOf(object.value(QLatin1StringView("interface-types")))
             .contains(QLatin1StringView("uefi"))
        || mapping.value(QLatin1StringView("device")) != QLatin1StringView("flash"))
        return std::nullopt;
    const QJsonObject variables = partOf(mapping, "nvram-template");
    FirmwareDescriptor found { .code = code.value(QLatin1StringView("filename")).toString(),
        .codeFormat = formatOf(code),
        .variablesTemplate = variables.value(QLatin1StringView("filename")).toString(),
        .templateFormat = formatOf(variables),
        .features = textsOf(object.value(QLatin1StringView("features"))) };
    const QJsonArray targets = object.value(QLatin1StringView("targets")).toArray();
    for (const QJsonValue& target : targets) {
        if (target.toObject().value(QLatin1StringView("architecture"))
            == QLatin1StringView("x86_64"))
            found.machines += textsOf(target.toObject().value(QLatin1StringView("machines")));
    }
    if (found.code.isEmpty() || found.variablesTemplate.isEmpty() || found.machines.isEmpty())
        return std::nullopt;
    return found;
}

// "q35" and "pc" stand for the newest of their kind.
QString machineNameOf(const Definition& definition)
{
    const QString type = definition.machineType();
    if (type == QLatin1StringView("q35"))
        return QStringLiteral("pc-q35-newest");
    return type.isEmpty() || type == QLatin1StringView("pc") ? QStringLiteral("pc-i440fx-newest")
                                                             : type;
}

bool isForMachine(const FirmwareDescriptor& descriptor, const QString& machine)
{
    return std::any_of(
        descriptor.machines.begin(), descriptor.machines.end(), [&machine](const QString& pattern) {
            return QRegularExpression::fromWildcard(pattern, Qt::CaseSensitive)
                .match(machine)
                .hasMatch();
        });
}

// "yes", "no" or nothing, against what there is.
bool isAsWanted(const QString& wanted, bool isThere)
{
    return wanted.isEmpty() || (wanted == QLatin1StringView("yes")) == isThere;
}

QString wantedFeature(const Definition& definition, const char* feature)
{
    const QStringList names = definition.valuesOfEach("os/firmware/feature", "@name");
    const qsizetype index = names.indexOf(QString::fromLatin1(feature));
    return index < 0 ? QString()
                     : definition.valuesOfEach("os/firmware/feature", "@enabled").at(index);
}

} // namespace

QStringList firmwareDescriptorFolders()
{
    return { QStringLiteral("/usr/share/qemu/firmware"), QStringLiteral("/etc/qemu/firmware"),
        QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
            + QStringLiteral("/qemu/firmware") };
}

QVector<FirmwareDescriptor> readFirmwareDescriptors(const QStringList& folders)
{
    QMap<QString, QByteArray> contents; // in the order of their names
    for (const QString& folder : folders) {
        const QDir files(folder);
        const QStringList names = files.entryList({ QStringLiteral("*.json") }, QDir::Files);
        for (const QString& name : names) {
            QFile file(files.filePath(name));
            if (file.open(QIODevice::ReadOnly))
                contents[name] = file.read(1 << 16);
        }
    }
    QVector<FirmwareDescriptor> found;
    for (const QByteArray& content : std::as_const(contents)) {
        if (const auto descriptor = parseDescriptor(content))
            found.append(*descriptor);
    }
    return found;
}

std::optional<FirmwareDescriptor> chooseFirmware(
    const Definition& definition, const QVector<FirmwareDescriptor>& descriptors)
{
    const QString machine = machineNameOf(definition);
    const QString secureBoot = wantedFeature(definition, "secure-boot");
    const QString enrolledKeys = wantedFeature(definition, "enrolled-keys");
    const bool hasNoSmm = definition.value("features/smm@state") == QLatin1StringView("off");
    const auto isWanted = [&](const FirmwareDescriptor& descriptor) {
        const auto has = [&descriptor](const char* feature) {
            return descriptor.features.contains(QLatin1StringView(feature));
        };
        return isForMachine(descriptor, machine) && isAsWanted(secureBoot, has("secure-boot"))
            && isAsWanted(enrolledKeys, has("enrolled-keys"))
            && isAsWanted(definition.value("os/loader@secure"), has("requires-smm"))
            && !(hasNoSmm && has("requires-smm")) && QFile::exists(descriptor.code);
    };
    const auto found = std::find_if(descriptors.begin(), descriptors.end(), isWanted);
    return found == descriptors.end() ? std::nullopt : std::optional(*found);
}

} // namespace vmm
