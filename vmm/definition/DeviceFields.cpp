// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/definition/DeviceFields.h"

#include "vmm/definition/XmlTree.h"

#include <span>
#include <variant>

namespace vmm {

namespace {

// Where one member stands in the XML. A bool stands for an empty element that is there or not.
template <typename Device> struct Field {
    const char* path;
    std::variant<QString Device::*, int Device::*, qint64 Device::*, bool Device::*> member;
};

template <typename Device> struct Schema;

#define VIRTDECK_SCHEMA(Device, name, ...)                                                         \
    template <> struct Schema<Device> {                                                            \
        static constexpr const char* element = name;                                               \
        static std::span<const Field<Device>> fields()                                             \
        {                                                                                          \
            static const Field<Device> all[] = { __VA_ARGS__ };                                    \
            return all;                                                                            \
        }                                                                                          \
    };

// clang-format off
VIRTDECK_SCHEMA(Disk, "disk",
    { "@type", &Disk::type },
    { "@device", &Disk::device },
    { "driver@name", &Disk::driverName },
    { "driver@type", &Disk::format },
    { "driver@cache", &Disk::cache },
    { "driver@io", &Disk::io },
    { "driver@discard", &Disk::discard },
    { "driver@detect_zeroes", &Disk::detectZeroes },
    { "driver@error_policy", &Disk::errorPolicy },
    { "source@file", &Disk::sourceFile },
    { "source@dev", &Disk::sourceDevice },
    { "target@dev", &Disk::target },
    { "target@bus", &Disk::bus },
    { "target@removable", &Disk::removable },
    { "iotune/total_bytes_sec", &Disk::totalBytesPerSecond },
    { "iotune/read_bytes_sec", &Disk::readBytesPerSecond },
    { "iotune/write_bytes_sec", &Disk::writeBytesPerSecond },
    { "iotune/total_iops_sec", &Disk::totalRequestsPerSecond },
    { "iotune/read_iops_sec", &Disk::readRequestsPerSecond },
    { "iotune/write_iops_sec", &Disk::writeRequestsPerSecond },
    { "readonly", &Disk::isReadOnly },
    { "shareable", &Disk::isShareable },
    { "serial", &Disk::serial },
    { "boot@order", &Disk::bootOrder })

VIRTDECK_SCHEMA(NetworkInterface, "interface",
    { "@type", &NetworkInterface::type },
    { "backend@type", &NetworkInterface::backend },
    { "mac@address", &NetworkInterface::mac },
    { "source@network", &NetworkInterface::sourceNetwork },
    { "source@bridge", &NetworkInterface::sourceBridge },
    { "target@dev", &NetworkInterface::targetDevice },
    { "model@type", &NetworkInterface::model },
    { "link@state", &NetworkInterface::linkState },
    { "boot@order", &NetworkInterface::bootOrder })

VIRTDECK_SCHEMA(Graphics, "graphics",
    { "@type", &Graphics::type },
    { "@autoport", &Graphics::autoport },
    { "@port", &Graphics::port },
    { "@listen", &Graphics::listen },
    { "listen@type", &Graphics::listenType },
    { "listen@address", &Graphics::listenAddress },
    { "listen@socket", &Graphics::listenSocket },
    { "image@compression", &Graphics::imageCompression },
    { "streaming@mode", &Graphics::streaming },
    { "clipboard@copypaste", &Graphics::copyPaste },
    { "filetransfer@enable", &Graphics::fileTransfer },
    { "gl@enable", &Graphics::openGl },
    { "gl@rendernode", &Graphics::renderNode },
    { "@passwd", &Graphics::password },
    { "@passwdValidTo", &Graphics::passwordValidTo })

VIRTDECK_SCHEMA(Video, "video",
    { "model@type", &Video::model },
    { "model@heads", &Video::heads },
    { "model@ram", &Video::ramKiB },
    { "model@vram", &Video::vramKiB },
    { "model@vgamem", &Video::vgaMemoryKiB },
    { "model/acceleration@accel3d", &Video::acceleration })

VIRTDECK_SCHEMA(Input, "input",
    { "@type", &Input::type },
    { "@bus", &Input::bus })

VIRTDECK_SCHEMA(SerialPort, "serial",
    { "@type", &SerialPort::type },
    { "source@path", &SerialPort::sourcePath },
    { "target@type", &SerialPort::targetType },
    { "target@port", &SerialPort::targetPort })

VIRTDECK_SCHEMA(ConsolePort, "console",
    { "@type", &ConsolePort::type },
    { "source@path", &ConsolePort::sourcePath },
    { "target@type", &ConsolePort::targetType },
    { "target@port", &ConsolePort::targetPort })

VIRTDECK_SCHEMA(Channel, "channel",
    { "@type", &Channel::type },
    { "source@mode", &Channel::sourceMode },
    { "source@path", &Channel::sourcePath },
    { "source@channel", &Channel::sourceChannel },
    { "source/clipboard@copypaste", &Channel::copyPaste },
    { "source/mouse@mode", &Channel::mouseMode },
    { "target@type", &Channel::targetType },
    { "target@name", &Channel::targetName })

VIRTDECK_SCHEMA(RandomGenerator, "rng",
    { "@model", &RandomGenerator::model },
    { "rate@bytes", &RandomGenerator::rateBytes },
    { "rate@period", &RandomGenerator::ratePeriodMs },
    { "backend@model", &RandomGenerator::backendModel },
    { "backend", &RandomGenerator::backendSource })

VIRTDECK_SCHEMA(MemoryBalloon, "memballoon",
    { "@model", &MemoryBalloon::model },
    { "@autodeflate", &MemoryBalloon::autoDeflate },
    { "@freePageReporting", &MemoryBalloon::freePageReporting },
    { "stats@period", &MemoryBalloon::statsPeriodSeconds })

VIRTDECK_SCHEMA(Sound, "sound",
    { "@model", &Sound::model })

VIRTDECK_SCHEMA(Controller, "controller",
    { "@type", &Controller::type },
    { "@index", &Controller::index },
    { "@model", &Controller::model })

VIRTDECK_SCHEMA(UsbRedirection, "redirdev",
    { "@bus", &UsbRedirection::bus },
    { "@type", &UsbRedirection::type },
    { "boot@order", &UsbRedirection::bootOrder })

VIRTDECK_SCHEMA(HostDevice, "hostdev",
    { "@mode", &HostDevice::mode },
    { "@type", &HostDevice::type },
    { "source/vendor@id", &HostDevice::vendor },
    { "source/product@id", &HostDevice::product },
    { "source/address@bus", &HostDevice::busNumber },
    { "source/address@device", &HostDevice::deviceNumber },
    { "boot@order", &HostDevice::bootOrder })

VIRTDECK_SCHEMA(Tpm, "tpm",
    { "@model", &Tpm::model },
    { "backend@type", &Tpm::backendType },
    { "backend@version", &Tpm::version })

VIRTDECK_SCHEMA(FileSystem, "filesystem",
    { "@type", &FileSystem::type },
    { "@accessmode", &FileSystem::accessMode },
    { "driver@type", &FileSystem::driver },
    { "driver@queue", &FileSystem::queueSize },
    { "source@dir", &FileSystem::sourceFolder },
    { "target@dir", &FileSystem::tag },
    { "readonly", &FileSystem::isReadOnly })

VIRTDECK_SCHEMA(Panic, "panic",
    { "@model", &Panic::model })

VIRTDECK_SCHEMA(Watchdog, "watchdog",
    { "@model", &Watchdog::model },
    { "@action", &Watchdog::action })
// clang-format on

#undef VIRTDECK_SCHEMA

void writeNumber(pugi::xml_node element, const char* path, qint64 value, qint64 unsaid)
{
    const bool isSaid = !xml::valueAt(element, path).isEmpty();
    if (isSaid || value != unsaid)
        xml::setValueAt(element, path, QString::number(value));
}

// The one list inside a device: one entry per range of each <portForward>.
QVector<PortForward> readPortForwards(pugi::xml_node interface)
{
    QVector<PortForward> found;
    for (const pugi::xml_node element : interface.children("portForward")) {
        PortForward forward;
        forward.protocol = xml::valueAt(element, "@proto");
        forward.address = xml::valueAt(element, "@address");
        for (const pugi::xml_node range : element.children("range")) {
            forward.start = xml::valueAt(range, "@start").toInt();
            forward.end = xml::valueAt(range, "@end").toInt();
            forward.to = xml::valueAt(range, "@to").toInt();
            found.append(forward);
        }
    }
    return found;
}

void writePortForwards(pugi::xml_node interface, const QVector<PortForward>& forwards)
{
    if (readPortForwards(interface) == forwards)
        return;
    while (const pugi::xml_node old = interface.child("portForward"))
        xml::removeElement(old);
    for (const PortForward& forward : forwards) {
        const pugi::xml_node element = xml::addElement(interface, "portForward");
        xml::setValueAt(element, "@proto", forward.protocol);
        xml::setValueAt(element, "@address", forward.address);
        const auto number = [](int port) { return port > 0 ? QString::number(port) : QString(); };
        xml::setValueAt(element, "range@start", number(forward.start));
        xml::setValueAt(element, "range@end", number(forward.end));
        xml::setValueAt(element, "range@to", number(forward.to));
    }
}

template <typename Device> void appendPaths(QStringList& paths)
{
    const QString start = QStringLiteral("devices/") + QLatin1StringView(elementOf<Device>());
    for (const Field<Device>& field : Schema<Device>::fields()) {
        const QLatin1StringView path(field.path);
        paths.append(
            path.startsWith(QLatin1Char('@')) ? start + path : start + QLatin1Char('/') + path);
    }
}

} // namespace

template <typename Device> const char* elementOf()
{
    return Schema<Device>::element;
}

template <typename Device> Device readDevice(pugi::xml_node element)
{
    Device device;
    for (const Field<Device>& field : Schema<Device>::fields()) {
        if (const auto* flag = std::get_if<bool Device::*>(&field.member)) {
            device.*(*flag) = bool(xml::elementAt(element, field.path));
            continue;
        }
        const QString value = xml::valueAt(element, field.path);
        if (value.isEmpty())
            continue;
        if (const auto* number = std::get_if<int Device::*>(&field.member))
            device.*(*number) = value.toInt();
        else if (const auto* big = std::get_if<qint64 Device::*>(&field.member))
            device.*(*big) = value.toLongLong();
        else
            device.*std::get<QString Device::*>(field.member) = value;
    }
    if constexpr (std::is_same_v<Device, NetworkInterface>)
        device.portForwards = readPortForwards(element);
    return device;
}

template <typename Device> void writeDevice(pugi::xml_node element, const Device& device)
{
    const Device unsaid {};
    for (const Field<Device>& field : Schema<Device>::fields()) {
        if (const auto* flag = std::get_if<bool Device::*>(&field.member)) {
            const pugi::xml_node present = xml::elementAt(element, field.path);
            if (device.*(*flag))
                xml::makeElementAt(element, field.path);
            else if (present)
                xml::removeElement(present);
        } else if (const auto* number = std::get_if<int Device::*>(&field.member)) {
            writeNumber(element, field.path, device.*(*number), unsaid.*(*number));
        } else if (const auto* big = std::get_if<qint64 Device::*>(&field.member)) {
            writeNumber(element, field.path, device.*(*big), unsaid.*(*big));
        } else {
            xml::setValueAt(element, field.path, device.*std::get<QString Device::*>(field.member));
        }
    }
    if constexpr (std::is_same_v<Device, NetworkInterface>)
        writePortForwards(element, device.portForwards);
}

QStringList devicePaths()
{
    QStringList paths;
    const auto appendAll = [&paths]<typename... Devices>(
                               std::variant<Devices...>*) { (appendPaths<Devices>(paths), ...); };
    appendAll(static_cast<std::variant<Disk, NetworkInterface, Graphics, Video, Input, SerialPort,
            ConsolePort, Channel, RandomGenerator, MemoryBalloon, Sound, Controller, UsbRedirection,
            HostDevice, Watchdog, Tpm, FileSystem, Panic>*>(nullptr));
    return paths;
}

#define VIRTDECK_INSTANTIATE(Device)                                                               \
    template const char* elementOf<Device>();                                                      \
    template Device readDevice<Device>(pugi::xml_node);                                            \
    template void writeDevice<Device>(pugi::xml_node, const Device&);

VIRTDECK_FOR_EACH_DEVICE(VIRTDECK_INSTANTIATE)

#undef VIRTDECK_INSTANTIATE

} // namespace vmm
