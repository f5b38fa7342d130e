// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/definition/PciPlaces.h"

#include <QHash>

namespace vmm {

namespace {

constexpr QLatin1StringView kDevices("devices/");
constexpr QLatin1StringView kAddress("/address@");

/// The attributes of one device that matter here.
struct AddressWords {
    QString element {};
    int index = 0;
    QString deviceType {}; ///< "pci" of a controller
    QHash<QString, QString> words {}; ///< of its <address>
};

QVector<AddressWords> addressesIn(const Definition& definition)
{
    QVector<AddressWords> all;
    QHash<QString, int> counts;
    definition.forEachPart([&](const std::string& partPath, const QString& value) {
        const QString path = QString::fromStdString(partPath);
        if (!path.startsWith(kDevices))
            return true;
        const QString inside = path.mid(kDevices.size());
        if (!inside.contains(QLatin1Char('/')) && !inside.contains(QLatin1Char('@')))
            all.append(
                { .element = inside, .index = counts[inside]++, .deviceType = {}, .words = {} });
        else if (const qsizetype at = inside.indexOf(kAddress); at > 0 && !all.isEmpty()) {
            if (inside.left(at) == all.last().element) // not that of a host's device in <source>
                all.last().words.insert(inside.mid(at + kAddress.size()), value);
        } else if (inside.endsWith(QLatin1StringView("@type")) && !all.isEmpty()
            && inside.count(QLatin1Char('/')) == 0)
            all.last().deviceType = value;
        return true;
    });
    return all;
}

// "0x1f", "31"; what is not said is 0.
Result<int> pciNumber(const AddressWords& address, const char* name, int limit)
{
    const QString word = address.words.value(QString::fromLatin1(name));
    if (word.isEmpty())
        return 0;
    bool isNumber = false;
    const int number = word.toInt(&isNumber, 0);
    if (isNumber && number >= 0 && number < limit)
        return number;
    return Error { ErrorKind::InvalidConfig,
        QStringLiteral("devices/%1/address@%2").arg(address.element, QLatin1StringView(name)),
        QStringLiteral("\"%1\" is no place on a PCI bus").arg(word) };
}

} // namespace

QString PciPlace::toString() const
{
    return QStringLiteral("0000:%1:%2.%3")
        .arg(bus, 2, 16, QLatin1Char('0'))
        .arg(slot, 2, 16, QLatin1Char('0'))
        .arg(function);
}

Result<QVector<PlacedDevice>> pciPlaces(const Definition& definition)
{
    QVector<PlacedDevice> placed;
    const QVector<AddressWords> addresses = addressesIn(definition);
    for (const AddressWords& address : addresses) {
        const bool isController = address.element == QLatin1StringView("controller")
            && address.deviceType == QLatin1StringView("pci");
        if (isController || address.words.value(QStringLiteral("type")) != QLatin1StringView("pci")
            || !address.words.contains(QStringLiteral("slot")))
            continue;
        TRY(pciNumber(address, "domain", 1));
        PlacedDevice device { .element = address.element, .index = address.index };
        device.place.bus = TRY(pciNumber(address, "bus", 256));
        device.place.slot = TRY(pciNumber(address, "slot", 32));
        device.place.function = TRY(pciNumber(address, "function", 8));
        for (const PlacedDevice& other : std::as_const(placed)) {
            if (other.place == device.place)
                return Error { ErrorKind::InvalidConfig,
                    QStringLiteral("devices/%1/address").arg(device.element),
                    QStringLiteral("%1 is the place of a device of <%2>, too")
                        .arg(device.place.toString(), other.element) };
        }
        placed.append(device);
    }
    return placed;
}

} // namespace vmm
