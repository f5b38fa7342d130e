// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/DomainXml.h"

#include "vmm/definition/DefinitionChecks.h"
#include "vmm/definition/MachineMarks.h"

#include <cstring>
#include <optional>
#include <sstream>
#include <vector>

#include <pugixml.hpp>

namespace hosts::libvirt {

using vmm::ConsoleEndpoint;
using vmm::Error;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::Result;

namespace {

QString textOf(pugi::xml_node node)
{
    return QString::fromUtf8(node.text().get()).trimmed();
}

QString attribute(pugi::xml_node node, const char* name)
{
    return QString::fromUtf8(node.attribute(name).value());
}

Result<void> load(pugi::xml_document& document, const QByteArray& xml)
{
    const auto parsed = document.load_buffer(xml.constData(), static_cast<size_t>(xml.size()));
    if (!parsed)
        return Error { ErrorKind::InvalidConfig, {},
            QStringLiteral("%1 at byte %2")
                .arg(QString::fromLatin1(parsed.description()))
                .arg(parsed.offset),
            ErrorCause::DefinitionBroken };
    if (!document.child("domain"))
        return Error { ErrorKind::InvalidConfig, QStringLiteral("domain"),
            QStringLiteral("the XML has no <domain> element"), ErrorCause::DefinitionBroken };
    return {};
}

/// libvirt writes KiB; other units occur in definitions that somebody typed.
vmm::Bytes memoryOf(pugi::xml_node node)
{
    const quint64 count = node.text().as_ullong();
    const QString unit = attribute(node, "unit");
    if (unit == QStringLiteral("b") || unit == QStringLiteral("bytes"))
        return vmm::Bytes::fromBytes(count);
    if (unit == QStringLiteral("MiB") || unit == QStringLiteral("M"))
        return vmm::Bytes::fromMiB(count);
    if (unit == QStringLiteral("GiB") || unit == QStringLiteral("G"))
        return vmm::Bytes::fromGiB(count);
    return vmm::Bytes::fromKiB(count);
}

QString diskSource(pugi::xml_node disk)
{
    const pugi::xml_node source = disk.child("source");
    // Volumes of several pools may have the same name.
    if (const QString volume = attribute(source, "volume"); !volume.isEmpty())
        return attribute(source, "pool") + QLatin1Char('/') + volume;
    for (const char* name : { "file", "dev", "name", "dir" }) {
        if (const QString value = attribute(source, name); !value.isEmpty())
            return value;
    }
    return {}; // an empty drive
}

/// A screen that listens nowhere could be reached by a passed file descriptor only.
/// Which can be reached: all there are, or those that listen.
enum class Screens { All, Listening };

bool isScreen(pugi::xml_node graphics, Screens which)
{
    const char* type = graphics.attribute("type").value();
    if (std::strcmp(type, "spice") != 0 && std::strcmp(type, "vnc") != 0)
        return false;
    return which == Screens::All || !graphics.find_child_by_attribute("listen", "type", "none");
}

quint16 portOf(pugi::xml_node graphics, const char* name)
{
    const int port = graphics.attribute(name).as_int(0); // -1: not assigned
    return port > 0 && port < 65536 ? static_cast<quint16>(port) : 0;
}

/// With the other policies QEMU keeps all its VNC clients, whatever one of them asks for.
bool pushesOthersOut(pugi::xml_node graphics)
{
    const QString policy = attribute(graphics, "sharePolicy");
    return policy.isEmpty() || policy == QStringLiteral("allow-exclusive");
}

bool isAnyAddress(const QString& address)
{
    return address.isEmpty() || address == QStringLiteral("0.0.0.0")
        || address == QStringLiteral("::");
}

std::optional<ConsoleEndpoint> endpointOf(pugi::xml_node graphics, const QString& hostName)
{
    ConsoleEndpoint endpoint;
    endpoint.protocol = std::strcmp(graphics.attribute("type").value(), "vnc") == 0
        ? ConsoleEndpoint::Protocol::Vnc
        : ConsoleEndpoint::Protocol::Spice;
    endpoint.password = attribute(graphics, "passwd");
    endpoint.pushesOthersOut = pushesOthersOut(graphics);
    const pugi::xml_node socket = graphics.find_child_by_attribute("listen", "type", "socket");
    endpoint.unixSocket = attribute(socket, "socket");
    if (endpoint.unixSocket.isEmpty())
        endpoint.unixSocket = attribute(graphics, "socket"); // the old place
    if (!endpoint.unixSocket.isEmpty())
        return endpoint;
    endpoint.port = portOf(graphics, "port");
    endpoint.tlsPort = portOf(graphics, "tlsPort");
    if (endpoint.port == 0 && endpoint.tlsPort == 0)
        return std::nullopt;
    endpoint.host = attribute(graphics, "listen");
    if (isAnyAddress(endpoint.host))
        endpoint.host = hostName.isEmpty() ? QStringLiteral("127.0.0.1") : hostName;
    return endpoint;
}

/// Serial ports by number, then consoles that are no other name of the first of them.
std::vector<pugi::xml_node> serialPorts(pugi::xml_node devices)
{
    std::vector<pugi::xml_node> ports;
    for (const pugi::xml_node port : devices.children("serial"))
        ports.push_back(port);
    const bool hasSerial = !ports.empty();
    for (const pugi::xml_node console : devices.children("console")) {
        const char* target = console.child("target").attribute("type").value();
        const bool isSerial = *target == '\0' || std::strcmp(target, "serial") == 0;
        if (!isSerial || !hasSerial)
            ports.push_back(console);
    }
    return ports;
}

/// libvirt opens pseudo terminals only (qemuDomainOpenConsole, 9.0).
bool canBeOpened(pugi::xml_node port)
{
    return std::strcmp(port.attribute("type").value(), "pty") == 0;
}

QVector<vmm::ConsoleChoice> consolesOf(pugi::xml_node devices, Screens which)
{
    QVector<vmm::ConsoleChoice> choices;
    const auto hasType = [devices, which](const char* type) {
        return devices.find_child([type, which](pugi::xml_node node) {
            return std::strcmp(node.name(), "graphics") == 0 && isScreen(node, which)
                && std::strcmp(node.attribute("type").value(), type) == 0;
        });
    };
    if (hasType("spice"))
        choices.append({ .protocol = ConsoleEndpoint::Protocol::Spice });
    if (hasType("vnc"))
        choices.append({ .protocol = ConsoleEndpoint::Protocol::Vnc });
    const auto ports = serialPorts(devices);
    for (size_t i = 0; i < ports.size(); ++i) {
        if (canBeOpened(ports[i]))
            choices.append({ .protocol = ConsoleEndpoint::Protocol::Serial, .port = int(i) });
    }
    return choices;
}

} // namespace

Result<DomainDetails> parseDetails(const QByteArray& xml)
{
    pugi::xml_document document;
    TRY(load(document, xml));
    const pugi::xml_node domain = document.child("domain");
    const pugi::xml_node devices = domain.child("devices");
    DomainDetails details;
    const pugi::xml_node vcpu = domain.child("vcpu");
    details.vcpus = vcpu.attribute("current").as_int(vcpu.text().as_int(1));
    details.memory = memoryOf(domain.child("memory"));
    details.title = textOf(domain.child("title"));
    details.description = textOf(domain.child("description"));
    const vmm::MachineMarks marks = vmm::marksIn(domain);
    details.tags = marks.tags;
    details.isTemplate = marks.isTemplate;
    details.parent = marks.parent;
    details.parentName = marks.parentName;
    details.machineType = attribute(domain.child("os").child("type"), "machine");
    for (const pugi::xml_node disk : devices.children("disk")) {
        if (const QString source = diskSource(disk); !source.isEmpty())
            details.disks.append(source);
    }
    for ([[maybe_unused]] const pugi::xml_node card : devices.children("interface"))
        ++details.networkCards;
    details.consoles = consolesOf(devices, Screens::Listening);
    details.consolesHere = consolesOf(devices, Screens::All);
    return details;
}

Result<DomainName> parseName(const QByteArray& xml)
{
    pugi::xml_document document;
    TRY(load(document, xml));
    const pugi::xml_node domain = document.child("domain");
    return DomainName { VmId(textOf(domain.child("uuid"))), textOf(domain.child("name")) };
}

Result<DomainDevices> parseDevices(const QByteArray& xml)
{
    pugi::xml_document document;
    TRY(load(document, xml));
    DomainDevices found;
    const auto target = [](pugi::xml_node device) {
        return QByteArray(device.child("target").attribute("dev").value());
    };
    for (const pugi::xml_node device : document.child("domain").child("devices").children()) {
        const QByteArray name = target(device);
        if (name.isEmpty())
            continue;
        if (std::strcmp(device.name(), "disk") == 0)
            found.disks.append(name);
        else if (std::strcmp(device.name(), "interface") == 0)
            found.interfaces.append(name);
    }
    return found;
}

Result<QByteArray> parseSerialAlias(const QByteArray& xml, int port)
{
    pugi::xml_document document;
    TRY(load(document, xml));
    const pugi::xml_node domain = document.child("domain");
    const QString name = textOf(domain.child("name"));
    const auto ports = serialPorts(domain.child("devices"));
    if (port < 0 || size_t(port) >= ports.size())
        return Error { ErrorKind::NotFound, name,
            QStringLiteral("it has no serial port %1").arg(port) };
    const pugi::xml_node found = ports[size_t(port)];
    if (!canBeOpened(found))
        return Error { ErrorKind::HostLacksFeature, name,
            QStringLiteral("serial port %1 is of type \"%2\", and libvirt opens \"pty\" alone")
                .arg(port)
                .arg(attribute(found, "type")) };
    return QByteArray(found.child("alias").attribute("name").value());
}

Result<GraphicsDevice> parseGraphics(const QByteArray& xml, ScreenKind kind)
{
    pugi::xml_document document;
    TRY(load(document, xml));
    const pugi::xml_node domain = document.child("domain");
    const auto isWanted
        = [kind](ScreenKind offered) { return kind == ScreenKind::Best || kind == offered; };
    std::optional<GraphicsDevice> vnc;
    unsigned int index = 0;
    for (const pugi::xml_node graphics : domain.child("devices").children("graphics")) {
        const char* type = graphics.attribute("type").value();
        if (std::strcmp(type, "spice") == 0 && isWanted(ScreenKind::Spice))
            return GraphicsDevice { ConsoleEndpoint::Protocol::Spice, index, true };
        if (std::strcmp(type, "vnc") == 0 && !vnc && isWanted(ScreenKind::Vnc))
            vnc = GraphicsDevice { ConsoleEndpoint::Protocol::Vnc, index,
                pushesOthersOut(graphics) };
        ++index;
    }
    if (vnc)
        return *vnc;
    return Error { ErrorKind::HostLacksFeature, textOf(domain.child("name")),
        QStringLiteral("it has no such screen (SPICE or VNC)") };
}

QByteArray withSecretsOf(const QByteArray& xml, const QByteArray& secure)
{
    pugi::xml_document document;
    pugi::xml_document kept;
    if (!load(document, xml) || !load(kept, secure))
        return xml;
    bool isChanged = false;
    pugi::xml_node from = kept.child("domain").child("devices").child("graphics");
    for (pugi::xml_node graphics : document.child("domain").child("devices").children("graphics")) {
        const bool isSame = from
            && std::strcmp(from.attribute("type").value(), graphics.attribute("type").value()) == 0;
        for (const char* name : { "passwd", "passwdValidTo", "connected" }) {
            if (!isSame || !from.attribute(name) || graphics.attribute(name))
                continue;
            graphics.append_attribute(name).set_value(from.attribute(name).value());
            isChanged = true;
        }
        from = from.next_sibling("graphics");
    }
    if (!isChanged)
        return xml;
    std::ostringstream out;
    document.save(out, "", pugi::format_raw | pugi::format_no_declaration);
    return QByteArray::fromStdString(out.str());
}

Result<LockedGraphics> withPassword(const QByteArray& xml, ScreenKind kind, const QString& password)
{
    const GraphicsDevice device = TRY(parseGraphics(xml, kind));
    TRY(vmm::checkScreenPassword(device.protocol, password));
    pugi::xml_document document;
    TRY(load(document, xml));
    pugi::xml_node graphics = document.child("domain").child("devices").child("graphics");
    for (unsigned int i = 0; i < device.index; ++i)
        graphics = graphics.next_sibling("graphics");
    const bool hadOne = graphics.attribute("passwd");
    for (const char* name : { "passwd", "passwdValidTo", "connected" })
        graphics.remove_attribute(name);
    if (!password.isEmpty())
        graphics.append_attribute("passwd").set_value(password.toUtf8().constData());
    std::ostringstream out;
    graphics.print(out, "", pugi::format_raw);
    return LockedGraphics { QByteArray::fromStdString(out.str()), hadOne };
}

Result<ConsoleEndpoint> parseConsole(
    const QByteArray& xml, const QString& hostName, ScreenKind kind)
{
    pugi::xml_document document;
    TRY(load(document, xml));
    const pugi::xml_node domain = document.child("domain");
    const QString name = textOf(domain.child("name"));
    const pugi::xml_node devices = domain.child("devices");
    bool hasScreen = false;
    for (const char* wanted : { "spice", "vnc" }) {
        if (kind != ScreenKind::Best && nameOf(kind) != QLatin1StringView(wanted))
            continue;
        for (const pugi::xml_node graphics : devices.children("graphics")) {
            if (std::strcmp(graphics.attribute("type").value(), wanted) != 0)
                continue;
            hasScreen = true;
            if (auto endpoint = endpointOf(graphics, hostName))
                return *endpoint;
        }
    }
    return Error { ErrorKind::HostLacksFeature, name,
        hasScreen ? QStringLiteral("its screen listens on no port and no socket")
                  : QStringLiteral("it has no such screen (SPICE or VNC)") };
}

} // namespace hosts::libvirt
