// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How a device of a definition is found among those that a running QEMU has.
#include "vmm/qemu/DeviceChanges.h"

#include <algorithm>

namespace vmm {

namespace {

// What to ask of the devices with a prefix to tell which one is meant.
struct LiveQuestion {
    QString prefix {};
    QStringList properties {}; ///< in the order of their values in `identity`
    QString identity {};
};

LiveQuestion questionFor(const DeviceXml& device)
{
    if (device.kind == QLatin1StringView("interface"))
        return { QStringLiteral("net-"), { QStringLiteral("mac") }, device.identity };
    if (device.kind == QLatin1StringView("redirdev"))
        return { QStringLiteral("usb-redirection-"), {}, {} };
    if (device.kind != QLatin1StringView("hostdev"))
        return {};
    // As in DeviceIdentity: "vendor:product" or "@bus.device", or both.
    const QStringList byPlace = device.identity.split(QLatin1Char('@'));
    if (!byPlace.first().isEmpty())
        return { QStringLiteral("hostdev-"),
            { QStringLiteral("vendorid"), QStringLiteral("productid") },
            byPlace.first().split(QLatin1Char(':')).join(QLatin1Char(' ')) };
    return { QStringLiteral("hostdev-"), { QStringLiteral("hostbus"), QStringLiteral("hostaddr") },
        byPlace.last().split(QLatin1Char('.')).join(QLatin1Char(' ')) };
}

QString textOf(const QJsonValue& value)
{
    return value.isString() ? value.toString().toLower() : QString::number(value.toInteger());
}

QVector<int> numbersOf(const QString& prefix, const PlugSurvey& survey)
{
    QVector<int> numbers;
    for (const QString& id : survey.devices) {
        bool isNumber = false;
        const int number = id.startsWith(prefix) ? id.mid(prefix.size()).toInt(&isNumber) : -1;
        if (isNumber)
            numbers.append(number);
    }
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

// The values of a device's properties, one after the other, in one text.
Future<QString> liveIdentity(
    Machine& machine, const QString& id, const QStringList& properties, const QString& before = {})
{
    if (properties.isEmpty())
        return async::ready<QString>(before);
    const auto value = machine.execute(QStringLiteral("qom-get"),
        { { QStringLiteral("path"), QStringLiteral("/machine/peripheral/") + id },
            { QStringLiteral("property"), properties.first() } });
    return async::andThen(value, &machine, [&machine, id, properties, before](const QJsonValue& v) {
        const QString sofar = before.isEmpty() ? textOf(v) : before + QLatin1Char(' ') + textOf(v);
        return liveIdentity(machine, id, properties.mid(1), sofar);
    });
}

Future<int> firstThatFits(Machine& machine, const LiveQuestion& question,
    const QVector<int>& candidates, const QString& name)
{
    if (candidates.isEmpty())
        return async::failed<int>({ ErrorKind::NotFound, name,
            QStringLiteral("the running machine has no such device") });
    const int number = candidates.first();
    const QString id = question.prefix + QString::number(number);
    return async::andThen(liveIdentity(machine, id, question.properties), &machine,
        [&machine, question, candidates, number, name](const QString& identity) {
            if (identity == question.identity)
                return async::ready<int>(number);
            return firstThatFits(machine, question, candidates.mid(1), name);
        });
}

// The index-th device of its kind, and everything it needs.
template <typename Device>
Result<DevicePlug> plugAt(
    const Definition& definition, int index, int number, const PlugContext& context)
{
    const Device device = definition.devices<Device>().at(index);
    PlugContext own = context;
    own.bootIndex = 0; // the order was settled when the machine was started
    own.netFd = networkId(number); // as it was given to `getfd`
    return plugOf(device, number, own);
}

} // namespace

Result<DevicePlug> livePlugOf(const Definition& definition, const DeviceXml& device, int number)
{
    const int index = TRY(indexOf(definition, device));
    const PlugContext context = PlugContext::of(definition);
    if (device.kind == QLatin1StringView("disk"))
        return plugOf(definition.devices<Disk>().at(index), context);
    if (device.kind == QLatin1StringView("interface"))
        return plugAt<NetworkInterface>(definition, index, number, context);
    if (device.kind == QLatin1StringView("hostdev"))
        return plugAt<HostDevice>(definition, index, number, context);
    if (device.kind == QLatin1StringView("redirdev"))
        return plugAt<UsbRedirection>(definition, index, number, context);
    return Error { ErrorKind::HostLacksFeature, device.toString(),
        QStringLiteral("can only be changed while the machine is off") };
}

Future<int> liveNumberOf(Machine& machine, const DeviceXml& device, const PlugSurvey& survey)
{
    const LiveQuestion question = questionFor(device);
    if (question.prefix.isEmpty())
        return async::ready<int>(0);
    const QVector<int> numbers = numbersOf(question.prefix, survey);
    if (question.properties.isEmpty() && !numbers.isEmpty())
        return async::ready<int>(numbers.last()); // all alike
    return firstThatFits(machine, question, numbers, device.toString());
}

} // namespace vmm
