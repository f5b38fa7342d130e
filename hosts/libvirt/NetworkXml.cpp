// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/NetworkXml.h"

#include "hosts/libvirt/XmlText.h"

#include <QHostAddress>

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorKind;
using vmm::Result;

namespace {

const auto kIsolated = QStringLiteral("isolated");
const auto kBridged = QStringLiteral("bridge");

void put(pugi::xml_node node, const char* name, const QString& value)
{
    if (!value.isEmpty())
        node.append_attribute(name).set_value(value.toUtf8().constData());
}

/// libvirt writes a mask or a prefix, as it was typed.
int prefixOf(pugi::xml_node ip)
{
    if (const pugi::xml_attribute prefix = ip.attribute("prefix"))
        return prefix.as_int();
    const QHostAddress mask(attributeOf(ip, "netmask"));
    if (mask.isNull())
        return attributeOf(ip, "family") == QStringLiteral("ipv6") ? 64 : 24;
    return QHostAddress::parseSubnet(QStringLiteral("0.0.0.0/") + mask.toString()).second;
}

NetworkAddress parseAddress(pugi::xml_node ip)
{
    const pugi::xml_node range = ip.child("dhcp").child("range");
    return { .address
        = attributeOf(ip, "address") + QLatin1Char('/') + QString::number(prefixOf(ip)),
        .dhcpFirst = attributeOf(range, "start"),
        .dhcpLast = attributeOf(range, "end") };
}

Error unusable(const QString& what, const QString& why)
{
    return { ErrorKind::InvalidConfig, what, why };
}

Result<void> addAddress(pugi::xml_node root, const NetworkAddress& wanted)
{
    const QHostAddress own(wanted.address.section(QLatin1Char('/'), 0, 0));
    const auto subnet = QHostAddress::parseSubnet(wanted.address);
    if (own.isNull() || subnet.second < 0 || !wanted.address.contains(QLatin1Char('/')))
        return unusable(wanted.address,
            QStringLiteral("not an address with its prefix, such as 192.168.150.1/24"));
    for (const QString& end : { wanted.dhcpFirst, wanted.dhcpLast }) {
        if (!end.isEmpty() && !QHostAddress(end).isInSubnet(subnet))
            return unusable(end, QStringLiteral("not an address of ") + wanted.address);
    }
    if (wanted.dhcpFirst.isEmpty() != wanted.dhcpLast.isEmpty())
        return unusable(wanted.address, QStringLiteral("a range has a first and a last address"));
    pugi::xml_node ip = root.append_child("ip");
    if (own.protocol() == QAbstractSocket::IPv6Protocol)
        put(ip, "family", QStringLiteral("ipv6"));
    put(ip, "address", own.toString());
    put(ip, "prefix", QString::number(subnet.second));
    if (wanted.dhcpFirst.isEmpty())
        return {};
    pugi::xml_node range = ip.append_child("dhcp").append_child("range");
    put(range, "start", wanted.dhcpFirst);
    put(range, "end", wanted.dhcpLast);
    return {};
}

/// What tells a device apart, whatever its kind.
QString addressOf(pugi::xml_node capability)
{
    const QString kind = attributeOf(capability, "type");
    const auto text = [&](const char* name) { return contentOf(capability.child(name)); };
    if (kind == QStringLiteral("pci"))
        return QStringLiteral("%1:%2:%3.%4")
            .arg(text("domain").toInt(), 4, 16, QLatin1Char('0'))
            .arg(text("bus").toInt(), 2, 16, QLatin1Char('0'))
            .arg(text("slot").toInt(), 2, 16, QLatin1Char('0'))
            .arg(text("function").toInt());
    if (kind == QStringLiteral("usb_device"))
        return text("bus") + QLatin1Char(':') + text("device");
    for (const char* name : { "block", "address", "interface", "host", "uuid" }) {
        if (const QString found = text(name); !found.isEmpty())
            return found;
    }
    return {};
}

} // namespace

NetworkInfo parseNetwork(const QByteArray& xml)
{
    pugi::xml_document document;
    loadXml(document, xml);
    const pugi::xml_node root = document.child("network");
    const pugi::xml_node forward = root.child("forward");
    NetworkInfo info { .name = contentOf(root.child("name")),
        .mode = attributeOf(forward, "mode"),
        .bridge = attributeOf(root.child("bridge"), "name"),
        .device = attributeOf(forward, "dev"),
        .domain = attributeOf(root.child("domain"), "name") };
    if (!forward)
        info.mode = kIsolated;
    else if (info.mode.isEmpty())
        info.mode = QStringLiteral("nat");
    for (const pugi::xml_node ip : root.children("ip"))
        info.addresses.append(parseAddress(ip));
    return info;
}

Result<QByteArray> networkXml(const NewNetwork& network)
{
    if (!network.xml.isEmpty())
        return network.xml.toUtf8();
    if (network.name.trimmed().isEmpty())
        return unusable(QStringLiteral("name"), QStringLiteral("the network has no name"));
    pugi::xml_document document;
    pugi::xml_node root = document.append_child("network");
    root.append_child("name").text().set(network.name.trimmed().toUtf8().constData());
    if (network.mode != kIsolated) {
        pugi::xml_node forward = root.append_child("forward");
        put(forward, "mode", network.mode);
        put(forward, "dev", network.device);
    }
    if (network.mode == kBridged && network.bridge.isEmpty())
        return unusable(
            QStringLiteral("bridge"), QStringLiteral("say which bridge of the host is meant"));
    if (!network.bridge.isEmpty())
        put(root.append_child("bridge"), "name", network.bridge);
    if (!network.domain.isEmpty())
        put(root.append_child("domain"), "name", network.domain);
    for (const NetworkAddress& address : network.addresses)
        TRY(addAddress(root, address));
    return xmlText(document);
}

HostDevice parseDevice(const QByteArray& xml)
{
    pugi::xml_document document;
    loadXml(document, xml);
    const pugi::xml_node root = document.child("device");
    const pugi::xml_node capability = root.child("capability");
    HostDevice device { .name = contentOf(root.child("name")),
        .parent = contentOf(root.child("parent")),
        .kind = attributeOf(capability, "type"),
        .product = contentOf(capability.child("product")),
        .vendor = contentOf(capability.child("vendor")),
        .driver = contentOf(root.child("driver").child("name")),
        .address = addressOf(capability) };
    if (device.product.isEmpty())
        device.product = contentOf(capability.child("model"));
    const QString vendorId = attributeOf(capability.child("vendor"), "id");
    const QString productId = attributeOf(capability.child("product"), "id");
    if (!vendorId.isEmpty() && !productId.isEmpty())
        device.ids = QStringList { vendorId, productId };
    if (const pugi::xml_node group = capability.child("iommuGroup"))
        device.iommuGroup = group.attribute("number").as_int(-1);
    return device;
}

NetworkPort parsePort(const QByteArray& xml)
{
    pugi::xml_document document;
    loadXml(document, xml);
    const pugi::xml_node root = document.child("networkport");
    return { .machine = contentOf(root.child("owner").child("name")),
        .mac = attributeOf(root.child("mac"), "address") };
}

} // namespace hosts::libvirt
