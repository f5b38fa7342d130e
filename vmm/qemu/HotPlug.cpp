// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/HotPlug.h"

#include "vmm/qemu/ImageTool.h"
#include "vmm/qemu/UnplugWatch.h"

#include <QJsonArray>

namespace vmm {

namespace {

using namespace std::chrono_literals;

// Opening an image may mean waiting for a network file system.
constexpr auto kOpenDeadline = 20s;

QString textIn(const QJsonObject& object, const char* key)
{
    return object.value(QLatin1StringView(key)).toString();
}

QJsonObject named(const char* key, const QString& name)
{
    return { { QLatin1StringView(key), name } };
}

void collectFreePorts(QStringList& ports, const QJsonArray& devices)
{
    for (const QJsonValue& value : devices) {
        const QJsonObject device = value.toObject();
        const QString id = textIn(device, "qdev_id");
        const QJsonArray behind = device.value(QLatin1StringView("pci_bridge"))
                                      .toObject()
                                      .value(QLatin1StringView("devices"))
                                      .toArray();
        if (id.startsWith(QLatin1StringView("port-")) && behind.isEmpty())
            ports.append(id);
    }
}

// What QEMU said of an image becomes an error of its own.
Future<void> openNode(Machine& machine, const QJsonObject& node, const QString& image)
{
    const auto opened = machine.execute(QStringLiteral("blockdev-add"), node, kOpenDeadline);
    return async::transformed<void>(
        opened, &machine, [image](const Result<QJsonValue>& answer) -> Result<void> {
            if (answer)
                return {};
            if (answer.error().kind == ErrorKind::ProcessFailed && !image.isEmpty())
                return imageError(image, answer.error().detail);
            return answer.error();
        });
}

// A step whose outcome is unknown if it isn't answered in time: then it is undone, too.
void addUndoable(
    Steps& steps, Machine& machine, const QString& name, Steps::Action act, Steps::Action undo)
{
    const auto actOrUndo = [&machine, act = std::move(act), undo]() -> Future<void> {
        auto promise = std::make_shared<Promise<void>>();
        async::onFinished(act(), &machine, [&machine, promise, undo](const Result<void>& done) {
            if (done || done.error().kind != ErrorKind::TimedOut) {
                promise->finish(done);
                return;
            }
            async::onFinished(undo(), &machine,
                [promise, late = done.error()](const Result<void>&) { promise->finish(late); });
        });
        return promise->future();
    };
    steps.add(name, actOrUndo, undo);
}

// A step that is one command, undone by another.
void addCommand(Steps& steps, Machine& machine, const QString& act, const QJsonObject& arguments,
    const QString& undo, const QJsonObject& undoArguments)
{
    addUndoable(
        steps, machine, act,
        [&machine, act, arguments] { return command(machine, act, arguments); },
        [&machine, undo, undoArguments] { return command(machine, undo, undoArguments); });
}

// Names of the nodes of a disk, among all there are.
QStringList nodesOf(const QString& disk, const QJsonValue& allNodes)
{
    QStringList names;
    const QJsonArray nodes = allNodes.toArray();
    for (const QJsonValue& node : nodes) {
        const QString name = textIn(node.toObject(), "node-name");
        if (name == disk || name.startsWith(disk + QLatin1Char('-')))
            names.append(name);
    }
    return names;
}

// Nodes that others stand on can't go before these: tries them all until nothing goes any more.
Future<void> removeNodes(Machine& machine, const QStringList& names, int rounds)
{
    if (names.isEmpty() || rounds == 0)
        return async::ready<void>({});
    Future<void> last;
    for (const QString& name : names)
        last = command(machine, QStringLiteral("blockdev-del"), named("node-name", name));
    const auto left = async::transformed<QJsonValue>(
        last, &machine, [](const Result<void>&) -> Result<QJsonValue> { return QJsonValue(); });
    return async::andThen(left, &machine, [&machine, names, rounds](const QJsonValue&) {
        return async::andThen(machine.execute(QStringLiteral("query-named-block-nodes"),
                                  { { QStringLiteral("flat"), true } }),
            &machine, [&machine, names, rounds](const QJsonValue& nodes) {
                QStringList still;
                for (const QString& name : names) {
                    if (nodesOf(name, nodes).contains(name))
                        still.append(name);
                }
                return removeNodes(machine, still, rounds - 1);
            });
    });
}

Future<void> removeDiskNodes(Machine& machine, const QString& disk)
{
    const auto nodes = machine.execute(
        QStringLiteral("query-named-block-nodes"), { { QStringLiteral("flat"), true } });
    return async::andThen(nodes, &machine, [&machine, disk](const QJsonValue& all) {
        const QStringList names = nodesOf(disk, all);
        return removeNodes(machine, names, static_cast<int>(names.size()));
    });
}

} // namespace

int PlugSurvey::freeNumber(const QString& prefix) const
{
    int number = 0;
    while (devices.contains(prefix + QString::number(number)))
        ++number;
    return number;
}

PlugSurvey parseSurvey(const QJsonValue& pci, const QJsonValue& peripherals)
{
    PlugSurvey survey;
    const QJsonArray children = peripherals.toArray();
    for (const QJsonValue& child : children) {
        if (textIn(child.toObject(), "type").startsWith(QLatin1StringView("child<")))
            survey.devices.insert(textIn(child.toObject(), "name"));
    }
    const QJsonArray buses = pci.toArray();
    for (const QJsonValue& bus : buses)
        collectFreePorts(
            survey.freePorts, bus.toObject().value(QLatin1StringView("devices")).toArray());
    return survey;
}

Future<PlugSurvey> surveyPlugs(Machine& machine)
{
    const auto pci = machine.execute(QStringLiteral("query-pci"));
    return async::andThen(pci, &machine, [&machine](const QJsonValue& buses) {
        const auto peripherals = machine.execute(
            QStringLiteral("qom-list"), named("path", QStringLiteral("/machine/peripheral")));
        return async::transformed<PlugSurvey>(peripherals, &machine,
            [buses](const Result<QJsonValue>& children) -> Result<PlugSurvey> {
                if (!children)
                    return children.error();
                return parseSurvey(buses, *children);
            });
    });
}

Result<DevicePlug> placed(
    DevicePlug plug, const PlugSurvey& survey, Chipset chipset, const std::optional<PciPlace>& wish)
{
    if (plug.place == PlugPlace::NamedBus)
        return plug;
    const QString driver = textIn(plug.device, "driver");
    if (chipset == Chipset::I440fx) {
        plug.device[QStringLiteral("bus")] = QStringLiteral("pci.0"); // QEMU finds a free slot
        if (wish && wish->bus == 0)
            plug.device[QStringLiteral("addr")] = QStringLiteral("0x%1").arg(wish->slot, 0, 16);
        return plug;
    }
    if (wish) {
        const QString port = QStringLiteral("port-%1").arg(wish->bus);
        if (!survey.freePorts.contains(port) || wish->slot != 0 || wish->function != 0)
            return Error { ErrorKind::Busy, QStringLiteral("address"),
                QStringLiteral("%1 is no free place while the machine runs; leave the address out")
                    .arg(wish->toString()) };
        plug.device[QStringLiteral("bus")] = port;
        plug.device[QStringLiteral("addr")] = QStringLiteral("0x0");
        return plug;
    }
    if (plug.place == PlugPlace::RootBus)
        return Error { ErrorKind::HostLacksFeature, driver,
            QStringLiteral("a q35 machine can't be given this model while it runs") };
    if (survey.freePorts.isEmpty())
        return Error { ErrorKind::HostLacksFeature, driver,
            QStringLiteral("no PCI port is free; a start gives the machine some more") };
    plug.device[QStringLiteral("bus")] = survey.freePorts.first();
    plug.device[QStringLiteral("addr")] = QStringLiteral("0x0");
    return plug;
}

Future<void> command(Machine& machine, const QString& name, const QJsonObject& arguments,
    QmpClient::Milliseconds deadline)
{
    return async::transformed<void>(machine.execute(name, arguments, deadline), &machine,
        [](const Result<QJsonValue>& answer) -> Result<void> {
            if (!answer)
                return answer.error();
            return {};
        });
}

void addNodeSteps(Steps& steps, Machine& machine, const DevicePlug& plug, const QString& image)
{
    for (const QJsonObject& object : plug.objects)
        addCommand(steps, machine, QStringLiteral("object-add"), object,
            QStringLiteral("object-del"), named("id", textIn(object, "id")));
    for (const QJsonObject& node : plug.blockNodes) {
        const QString name = textIn(node, "node-name");
        addUndoable(
            steps, machine, QStringLiteral("blockdev-add"),
            [&machine, node, image] { return openNode(machine, node, image); },
            [&machine, name] {
                return command(machine, QStringLiteral("blockdev-del"), named("node-name", name));
            });
    }
}

void addPlugSteps(Steps& steps, Machine& machine, const DevicePlug& plug, const QString& image,
    std::chrono::milliseconds unplugDeadline)
{
    addNodeSteps(steps, machine, plug, image);
    if (!plug.characterDevice.isEmpty())
        addCommand(steps, machine, QStringLiteral("chardev-add"), plug.characterDevice,
            QStringLiteral("chardev-remove"), named("id", textIn(plug.characterDevice, "id")));
    if (!plug.netdev.isEmpty())
        addCommand(steps, machine, QStringLiteral("netdev_add"), plug.netdev,
            QStringLiteral("netdev_del"), named("id", textIn(plug.netdev, "id")));
    addUndoable(
        steps, machine, QStringLiteral("device_add"),
        [&machine, device = plug.device] {
            return command(machine, QStringLiteral("device_add"), device);
        },
        [&machine, id = plug.id(), unplugDeadline] {
            return unplugDevice(machine, id, unplugDeadline);
        });
}

void addTapStep(Steps& steps, Machine& machine, const QString& name, const NetworkInterface& card)
{
    const auto whateverComes = [](const Result<QJsonValue>&) -> Result<void> { return {}; };
    const auto give = [&machine, name](const SharedDescriptor& tap) {
        // The tap is held until QEMU has it.
        return async::transformed<void>(
            machine.executeWithFd(QStringLiteral("getfd"), named("fdname", name), tap->get()),
            &machine, [tap](const Result<QJsonValue>& answer) -> Result<void> {
                return answer ? Result<void>() : Result<void>(answer.error());
            });
    };
    steps.add(
        QStringLiteral("getfd"),
        [&machine, card, give] {
            return async::andThen(openTapSomehow(&machine, card), &machine, give);
        },
        // A network that came about has taken it already.
        [&machine, name, whateverComes] {
            return async::transformed<void>(
                machine.execute(QStringLiteral("closefd"), named("fdname", name)), &machine,
                whateverComes);
        });
}

Future<void> unplugDevice(Machine& machine, const QString& id, std::chrono::milliseconds deadline)
{
    auto* watch = new UnplugWatch(machine, id);
    return watch->run(deadline);
}

Future<void> removeBackEnds(Machine& machine, const DevicePlug& plug)
{
    Steps steps(&machine);
    steps.commit(); // whatever fails, the rest is tidied up too
    const auto add = [&](const char* name, const QJsonObject& arguments) {
        steps.add(QLatin1StringView(name), [&machine, name = QString::fromLatin1(name), arguments] {
            return command(machine, name, arguments);
        });
    };
    if (!plug.netdev.isEmpty())
        add("netdev_del", named("id", textIn(plug.netdev, "id")));
    if (!plug.characterDevice.isEmpty())
        add("chardev-remove", named("id", textIn(plug.characterDevice, "id")));
    if (plug.id().startsWith(QLatin1StringView("disk-")))
        steps.add(QStringLiteral("blockdev-del"),
            [&machine, id = plug.id()] { return removeDiskNodes(machine, id); });
    for (const QJsonObject& object : plug.objects)
        add("object-del", named("id", textIn(object, "id")));
    return async::transformed<void>(
        steps.run(), &machine, [](const Result<void>&) -> Result<void> { return {}; });
}

} // namespace vmm
