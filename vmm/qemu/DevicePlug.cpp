// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/DevicePlug.h"

#include "vmm/qemu/CommandLine.h"

#include <algorithm>

namespace vmm {

namespace {

QString textAt(const QJsonObject& object, const char* key)
{
    return object.value(QLatin1StringView(key)).toString();
}

QJsonObject objectAt(const QJsonObject& object, const char* key)
{
    return object.value(QLatin1StringView(key)).toObject();
}

QString onOff(const QJsonObject& object, const char* key)
{
    return object.value(QLatin1StringView(key)).toBool() ? QStringLiteral("on")
                                                         : QStringLiteral("off");
}

} // namespace

Error unsupportedPart(const char* element, const QString& why)
{
    return Error { ErrorKind::InvalidConfig, QString::fromLatin1(element), why,
        ErrorCause::DefinitionUnsupported };
}

Chipset chipsetOf(const Definition& definition)
{
    return definition.machineType().contains(QLatin1StringView("q35")) ? Chipset::Q35
                                                                       : Chipset::I440fx;
}

PlugContext PlugContext::of(const Definition& definition)
{
    const QVector<Graphics> screens = definition.devices<Graphics>();
    return { .chipset = chipsetOf(definition),
        .hasSpice = std::any_of(screens.begin(), screens.end(),
            [](const Graphics& screen) { return screen.type == QLatin1StringView("spice"); }) };
}

QString characterDeviceOption(const QJsonObject& chardevAdd)
{
    const QJsonObject backend = objectAt(chardevAdd, "backend");
    const QJsonObject data = objectAt(backend, "data");
    const QString type = textAt(backend, "type");
    QString option = QStringLiteral("%1,id=%2").arg(type, textAt(chardevAdd, "id"));
    if (type == QLatin1StringView("socket")) {
        const QJsonObject address = objectAt(objectAt(data, "addr"), "data");
        option += QStringLiteral(",path=%1,server=%2")
                      .arg(optionValue(textAt(address, "path")), onOff(data, "server"));
        if (data.contains(QLatin1StringView("wait")))
            option += QStringLiteral(",wait=") + onOff(data, "wait");
    } else if (type == QLatin1StringView("file")) {
        option += QStringLiteral(",path=%1,append=%2")
                      .arg(optionValue(textAt(data, "out")), onOff(data, "append"));
    } else if (type == QLatin1StringView("spicevmc")) {
        option += QStringLiteral(",name=") + optionValue(textAt(data, "type"));
    } else if (type == QLatin1StringView("spiceport")) {
        option += QStringLiteral(",name=") + optionValue(textAt(data, "fqdn"));
    }
    if (data.contains(QLatin1StringView("logfile")))
        option += QStringLiteral(",logfile=%1,logappend=%2")
                      .arg(optionValue(textAt(data, "logfile")), onOff(data, "logappend"));
    return option;
}

} // namespace vmm
