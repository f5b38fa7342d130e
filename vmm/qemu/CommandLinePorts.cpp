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

// The other end of a serial port or console.
template <typename Port>
QString characterDevice(const Port& port, const QString& id, const QString& ownSocket)
{
    const QString path = isHostsChoice(port.sourcePath) ? QString() : port.sourcePath;
    if (port.type == QLatin1StringView("file") && !path.isEmpty())
        return QStringLiteral("file,id=%1,path=%2,append=on").arg(id, optionValue(path));
    if (port.type == QLatin1StringView("unix") && !path.isEmpty())
        return unixServer(id, path);
    if (port.type == QLatin1StringView("pty") || port.type == QLatin1StringView("unix"))
        return ownSocket.isEmpty() ? QStringLiteral("null,id=") + id : unixServer(id, ownSocket);
    return QStringLiteral("null,id=") + id;
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
        const QString id = QStringLiteral("serial-%1").arg(index);
        const QString furtherSocket = context.socketFolder.isEmpty()
            ? QString()
            : QStringLiteral("%1/%2.sock").arg(context.socketFolder, id);
        QString backend
            = characterDevice(port, id, index == 0 ? context.serialSocket : furtherSocket);
        if (index == 0 && !context.serialLog.isEmpty())
            backend
                += QStringLiteral(",logfile=%1,logappend=on").arg(optionValue(context.serialLog));
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
    if (draft.context.socketFolder.isEmpty())
        return QStringLiteral("null,id=") + id;
    return unixServer(id, QStringLiteral("%1/%2.sock").arg(draft.context.socketFolder, id));
}

Result<void> appendVirtioPorts(CommandLineDraft& draft)
{
    const QVector<Channel> channels = draft.definition.devices<Channel>();
    QVector<ConsolePort> consoles = draft.definition.devices<ConsolePort>();
    erase_if(consoles,
        [](const ConsolePort& port) { return port.targetType != QLatin1StringView("virtio"); });
    const QVector<Controller> controllers = draft.definition.devices<Controller>();
    const bool isNamed
        = std::any_of(controllers.begin(), controllers.end(), [](const Controller& controller) {
              return controller.type == QLatin1StringView("virtio-serial");
          });
    if (channels.isEmpty() && consoles.isEmpty() && !isNamed)
        return {};
    draft.expressDevice({ { QStringLiteral("driver"), QStringLiteral("virtio-serial-pci") },
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
        const QString socket = draft.context.socketFolder.isEmpty()
            ? QString()
            : QStringLiteral("%1/%2.sock").arg(draft.context.socketFolder, id);
        draft.option(QStringLiteral("-chardev"), characterDevice(console, id, socket));
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
