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

/// Of a card of the running machine. ProcessFailed if it is not there.
Future<QJsonValue> propertyOf(Machine& machine, const QString& id, const QString& property)
{
    return machine.execute(QStringLiteral("qom-get"),
        { { QStringLiteral("path"), QStringLiteral("/machine/peripheral/") + id },
            { QStringLiteral("property"), property } });
}

Result<DevicePlug> plugOfCard(const Machine& machine, int index)
{
    const Definition& definition = machine.runningDefinition();
    const auto card = definition.devices<NetworkInterface>().at(index);
    return plugOf(card, index, PlugContext::of(definition));
}

Future<void> plugIn(Machine& machine, const Result<DevicePlug>& plug)
{
    if (!plug)
        return async::failed<void>(plug.error());
    return silently(machine.execute(QStringLiteral("device_add"), plug->device), &machine);
}

Future<void> exchangeCard(Machine& machine, int index)
{
    Machine* vm = &machine;
    const QString id = networkId(index);
    return async::andThen(propertyOf(machine, id, QStringLiteral("parent_bus")), vm,
        [vm, id, index](const QJsonValue& path) {
            const QString bus = path.toString().section(QLatin1Char('/'), -1);
            return async::andThen(unplugDevice(*vm, id, kUnplugPatience), vm, [vm, index, bus] {
                Result<DevicePlug> plug = plugOfCard(*vm, index);
                if (plug)
                    plug->device[QStringLiteral("bus")] = bus;
                return plugIn(*vm, plug);
            });
        });
}

/// One that a program took away which died before it put the other in.
Future<void> restoreCard(Machine& machine, int index)
{
    Machine* vm = &machine;
    return async::andThen(surveyPlugs(machine), vm, [vm, index](const PlugSurvey& survey) {
        const Result<DevicePlug> plug = plugOfCard(*vm, index);
        return plugIn(*vm, plug ? placed(*plug, survey, chipsetOf(vm->runningDefinition())) : plug);
    });
}

/// The template's card came with the start, and has the template's address whatever it was started
/// with; one that was plugged in since is the machine's own.
Future<void> giveOwnCard(Machine& machine, int index)
{
    Machine* vm = &machine;
    return async::eitherWay(propertyOf(machine, networkId(index), QStringLiteral("hotplugged")), vm,
        [vm, index](const Result<QJsonValue>& isOwn) {
            if (!isOwn && isOwn.error().kind == ErrorKind::ProcessFailed)
                return restoreCard(*vm, index);
            if (!isOwn)
                return async::failed<void>(isOwn.error());
            return isOwn->toBool() ? async::ready<void>({}) : exchangeCard(*vm, index);
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
    steps.commit(); // each is tried
    for (int card = 0; card < cards; ++card)
        steps.add(networkId(card), [vm, card] { return giveOwnCard(*vm, card); });
    steps.add(QStringLiteral("host name"), [vm] { return setHostName(*vm); });
    return steps.run();
}

} // namespace vmm
