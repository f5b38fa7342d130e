// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/CommandLineDraft.h"

#include <algorithm>

namespace vmm {

namespace {

constexpr int kMostSerialPorts = 4;

QString unixServer(const QString& id, const QString& path)
{
    return QStringLiteral("socket,id=%1,path=%2,server=on,wait=off").arg(id, optionValue(path));
}

// Where a serial port or console listens; empty if it does not.
template <typename Port> QString socketOf(const Port& port, const QString& ownSocket)
{
    if (port.type == QLatin1StringView("unix") && !isHostsChoice(port.sourcePath))
        return port.sourcePath;
    if (port.type == QLatin1StringView("pty") || port.type == QLatin1StringView("unix"))
        return ownSocket;
    return {};
}

// The other end of a serial port or console.
template <typename Port>
QString characterDevice(const Port& port, const QString& id, const QString& ownSocket)
{
    if (port.type == QLatin1StringView("file") && !isHostsChoice(port.sourcePath))
        return QStringLiteral("file,id=%1,path=%2,append=on").arg(id, optionValue(port.sourcePath));
    const QString socket = socketOf(port, ownSocket);
    return socket.isEmpty() ? QStringLiteral("null,id=") + id : unixServer(id, socket);
}

QString socketIn(const LaunchContext& context, const QString& id)
{
    return context.socketFolder.isEmpty()
        ? QString()
        : QStringLiteral("%1/%2.sock").arg(context.socketFolder, id);
}

// The first port's socket and log have names of their own.
SerialPlace ownPlace(const LaunchContext& context, int index)
{
    const QString id = QStringLiteral("serial-%1").arg(index);
    if (index == 0)
        return { .id = id, .socket = context.serialSocket, .log = context.serialLog };
    QString log = context.serialLog;
    const qsizetype end = log.lastIndexOf(QLatin1StringView(".log"));
    if (end >= 0)
        log.insert(end, QStringLiteral("-%1").arg(index));
    return { .id = id, .socket = socketIn(context, id), .log = log };
}

QVector<ConsolePort> virtioConsoles(const Definition& definition)
{
    QVector<ConsolePort> consoles = definition.devices<ConsolePort>();
    erase_if(consoles,
        [](const ConsolePort& port) { return port.targetType != QLatin1StringView("virtio"); });
    return consoles;
}

// The ports to make. A console of target "serial" is another name of the first serial port, and
// makes it if there is none.
QVector<SerialPort> serialPorts(const Definition& definition)
{
    QVector<SerialPort> ports = definition.devices<SerialPort>();
    const QVector<ConsolePort> consoles = definition.devices<ConsolePort>();
    const auto console = std::find_if(consoles.begin(), consoles.end(),
        [](const ConsolePort& port) { return port.targetType == QLatin1StringView("serial"); });
    if (ports.isEmpty() && console != consoles.end())
        ports.append(SerialPort { .type = console->type, .sourcePath = console->sourcePath });
    return ports;
}

Result<void> appendSerialPorts(CommandLineDraft& draft)
{
    const LaunchContext& context = draft.context;
    int index = 0;
    for (const SerialPort& port : serialPorts(draft.definition)) {
        if (index == kMostSerialPorts)
            return unsupportedPart("devices/serial",
                QStringLiteral("more than %1 serial ports").arg(kMostSerialPorts));
        SerialPlace place = ownPlace(context, index);
        if (index > 0 && socketOf(port, place.socket).isEmpty())
            place.log.clear(); // nobody comes to it who would want to know
        const QString& id = place.id;
        QString backend = characterDevice(port, id, place.socket);
        if (!place.log.isEmpty())
            backend += QStringLiteral(",logfile=%1,logappend=on").arg(optionValue(place.log));
        draft.option(QStringLiteral("-chardev"), backend);
        draft.device({ { QStringLiteral("driver"), QStringLiteral("isa-serial") },
            { QStringLiteral("id"), id }, { QStringLiteral("chardev"), id },
            { QStringLiteral("index"), index } });
        ++index;
    }
    return {};
}

Result<QString> channelBackend(
    const CommandLineDraft& draft, const Channel& channel, const QString& id)
{
    // QEMU's own end of the agent's line: what a VNC screen has for SPICE's (QEMU >= 6.1).
    if (channel.type == QLatin1StringView("qemu-vdagent")) {
        const auto onIf = [](bool is) { return is ? QStringLiteral("on") : QStringLiteral("off"); };
        return QStringLiteral("qemu-vdagent,id=%1,name=vdagent,clipboard=%2,mouse=%3")
            .arg(id, onIf(channel.copyPaste == QLatin1StringView("yes")),
                onIf(channel.mouseMode == QLatin1StringView("client")));
    }
    const bool isUnix = channel.type == QLatin1StringView("unix");
    if (!isUnix && !draft.hasSpice())
        return unsupportedPart("devices/channel",
            QStringLiteral("a %1 channel needs a spice screen").arg(channel.type));
    if (channel.type == QLatin1StringView("spicevmc"))
        return QStringLiteral("spicevmc,id=%1,name=vdagent").arg(id);
    if (channel.type == QLatin1StringView("spiceport"))
        return QStringLiteral("spiceport,id=%1,name=%2")
            .arg(id, optionValue(channel.sourceChannel));
    if (!isHostsChoice(channel.sourcePath))
        return unixServer(id, channel.sourcePath);
    const QString socket = socketIn(draft.context, id);
    return socket.isEmpty() ? QStringLiteral("null,id=") + id : unixServer(id, socket);
}

Result<void> appendVirtioPorts(CommandLineDraft& draft)
{
    const QVector<Channel> channels = draft.definition.devices<Channel>();
    const QVector<ConsolePort> consoles = virtioConsoles(draft.definition);
    const QVector<Controller> controllers = draft.definition.devices<Controller>();
    const auto named
        = std::find_if(controllers.begin(), controllers.end(), [](const Controller& controller) {
              return controller.type == QLatin1StringView("virtio-serial");
          });
    const bool isNamed = named != controllers.end();
    if (channels.isEmpty() && consoles.isEmpty() && !isNamed)
        return {};
    draft.of("controller", isNamed ? static_cast<int>(named - controllers.begin()) : -1)
        .expressDevice({ { QStringLiteral("driver"), QStringLiteral("virtio-serial-pci") },
            { QStringLiteral("id"), QStringLiteral("virtio-serial") } });

    const auto append = [&draft](const char* driver, const QString& id, const QString& name) {
        QJsonObject device { { QStringLiteral("driver"), QLatin1StringView(driver) },
            { QStringLiteral("id"), id }, { QStringLiteral("chardev"), id },
            { QStringLiteral("bus"), QStringLiteral("virtio-serial.0") } };
        if (!name.isEmpty())
            device[QStringLiteral("name")] = name;
        draft.device(device);
    };
    int index = 0;
    for (const ConsolePort& console : consoles) {
        const QString id = QStringLiteral("console-%1").arg(index++);
        draft.option(
            QStringLiteral("-chardev"), characterDevice(console, id, socketIn(draft.context, id)));
        append("virtconsole", id, {});
    }
    index = 0;
    for (const Channel& channel : channels) {
        const QString id = QStringLiteral("channel-%1").arg(index++);
        draft.option(QStringLiteral("-chardev"), TRY(channelBackend(draft, channel, id)));
        append("virtserialport", id, channel.targetName);
    }
    return {};
}

} // namespace

bool isHostsChoice(const QString& path)
{
    return path.isEmpty() || path.startsWith(QLatin1StringView("/var/lib/libvirt/"))
        || path.startsWith(QLatin1StringView("/run/libvirt/"))
        || path.startsWith(QLatin1StringView("/dev/pts/"));
}

QVector<SerialPlace> serialPlaces(const Definition& definition, const LaunchContext& context)
{
    QVector<SerialPlace> places;
    for (const SerialPort& port : serialPorts(definition)) {
        SerialPlace place = ownPlace(context, int(places.size()));
        place.socket = socketOf(port, place.socket);
        if (!places.isEmpty() && place.socket.isEmpty())
            place.log.clear();
        places.append(place);
    }
    int index = 0;
    for (const ConsolePort& console : virtioConsoles(definition)) {
        const QString id = QStringLiteral("console-%1").arg(index++);
        places.append({ .id = id, .socket = socketOf(console, socketIn(context, id)) });
    }
    return places;
}

Result<void> appendPorts(CommandLineDraft& draft)
{
    TRY(appendSerialPorts(draft));
    TRY(appendVirtioPorts(draft));
    int index = 0;
    for (const UsbRedirection& redirection : draft.definition.devices<UsbRedirection>()) {
        const int boot = draft.bootIndex({}, redirection.bootOrder);
        draft.plug(TRY(plugOf(redirection, index++, draft.plugContext(boot))));
    }
    index = 0;
    for (const HostDevice& device : draft.definition.devices<HostDevice>()) {
        const int boot = draft.bootIndex({}, device.bootOrder);
        draft.plug(TRY(plugOf(device, index++, draft.plugContext(boot))));
    }
    return {};
}

} // namespace vmm
