// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/TwinIdentity.h"

#include "vmm/base/Steps.h"
#include "vmm/qemu/DevicePlug.h"
#include "vmm/qemu/GuestAgent.h"
#include "vmm/qemu/HotPlug.h"
#include "vmm/qemu/Machine.h"

#include <QRegularExpression>

namespace vmm {

namespace {

using namespace std::chrono_literals;

constexpr auto kUnplugPatience = 60s;

Future<void> silently(const Future<QJsonValue>& answer, QObject* context)
{
    return async::andThen(
        answer, context, [](const QJsonValue&) { return async::ready<void>({}); });
}

/// The name of the bus that the device is on.
Future<QString> busOfDevice(Machine& machine, const QString& id)
{
    return async::transformed<QString>(
        machine.execute(QStringLiteral("qom-get"),
            { { QStringLiteral("path"), QStringLiteral("/machine/peripheral/") + id },
                { QStringLiteral("property"), QStringLiteral("parent_bus") } }),
        &machine, [](const Result<QJsonValue>& answer) -> Result<QString> {
            if (!answer)
                return answer.error();
            return answer->toString().section(QLatin1Char('/'), -1);
        });
}

Future<void> exchangeCard(Machine& machine, int index)
{
    Machine* vm = &machine;
    const QString id = networkId(index);
    return async::andThen(busOfDevice(machine, id), vm, [vm, id, index](const QString& bus) {
        return async::andThen(
            unplugDevice(*vm, id, kUnplugPatience), vm, [vm, index, bus]() -> Future<void> {
                const Definition& definition = vm->runningDefinition();
                const NetworkInterface card = definition.devices<NetworkInterface>().at(index);
                Result<DevicePlug> plug = plugOf(card, index, PlugContext::of(definition));
                if (!plug)
                    return async::failed<void>(plug.error());
                plug->device[QStringLiteral("bus")] = bus;
                return silently(vm->execute(QStringLiteral("device_add"), plug->device), vm);
            });
    });
}

QString hostNameFrom(QString name)
{
    static const QRegularExpression odd(QStringLiteral("[^A-Za-z0-9-]+"));
    return name.replace(odd, QStringLiteral("-")).left(63);
}

Future<void> setHostName(Machine& machine)
{
    GuestAgent* agent = machine.agent();
    if (!agent)
        return async::ready<void>({});
    return async::transformed<void>(agent->run({ .program = QStringLiteral("hostname"),
                                        .arguments = { hostNameFrom(machine.name()) } }),
        &machine, [](const Result<GuestCommandResult>&) { return Result<void>(); });
}

} // namespace

Future<void> setLinkDown(Machine& machine, int card)
{
    return silently(
        machine.execute(QStringLiteral("set_link"),
            { { QStringLiteral("name"), networkId(card) }, { QStringLiteral("up"), false } }),
        &machine);
}

Future<void> giveOwnIdentity(Machine& machine)
{
    Machine* vm = &machine;
    const auto cards
        = static_cast<int>(machine.runningDefinition().devices<NetworkInterface>().size());
    Steps steps(vm);
    for (int card = 0; card < cards; ++card)
        steps.add(networkId(card), [vm, card] { return exchangeCard(*vm, card); });
    steps.add(QStringLiteral("host name"), [vm] { return setHostName(*vm); });
    return steps.run();
}

} // namespace vmm
