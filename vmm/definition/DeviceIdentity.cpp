// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/definition/DeviceIdentity.h"

#include "vmm/definition/XmlTree.h"

#include <string_view>

namespace vmm {

namespace {

// "0x046D" and "1133" are the same number.
QString sameNumber(const QString& text)
{
    bool isNumber = false;
    const int number = text.trimmed().toInt(&isNumber, 0);
    return isNumber ? QString::number(number) : text.trimmed();
}

QString hostDeviceIdentity(pugi::xml_node device)
{
    const QString vendor = sameNumber(xml::valueAt(device, "source/vendor@id"));
    const QString product = sameNumber(xml::valueAt(device, "source/product@id"));
    const QString bus = sameNumber(xml::valueAt(device, "source/address@bus"));
    const QString number = sameNumber(xml::valueAt(device, "source/address@device"));
    if (vendor.isEmpty() && bus.isEmpty())
        return {};
    QString identity = vendor.isEmpty() ? QString() : vendor + QLatin1Char(':') + product;
    if (!bus.isEmpty())
        identity += QStringLiteral("@%1.%2").arg(bus, number);
    return identity;
}

} // namespace

QString identityOf(pugi::xml_node device)
{
    const std::string_view kind = device.name();
    if (kind == "disk")
        return xml::valueAt(device, "target@dev").trimmed();
    if (kind == "interface")
        return xml::valueAt(device, "mac@address").trimmed().toLower();
    if (kind == "hostdev")
        return hostDeviceIdentity(device);
    if (kind == "filesystem")
        return xml::valueAt(device, "target@dir").trimmed();
    if (kind == "channel")
        return xml::valueAt(device, "target@name").trimmed();
    if (kind == "controller") {
        const QString index = xml::valueAt(device, "@index");
        return xml::valueAt(device, "@type") + QLatin1Char(' ')
            + (index.isEmpty() ? QStringLiteral("0") : index);
    }
    return {};
}

} // namespace vmm
