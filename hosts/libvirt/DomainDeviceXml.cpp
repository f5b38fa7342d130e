// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/DomainDeviceXml.h"

#include "hosts/libvirt/XmlText.h"
#include "vmm/definition/DeviceIdentity.h"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <vector>

namespace hosts::libvirt {

namespace {

/// What `said` says is written over `node`.
void overlay(pugi::xml_node node, pugi::xml_node said)
{
    for (const pugi::xml_attribute& attribute : said.attributes()) {
        if (!node.attribute(attribute.name()))
            node.append_attribute(attribute.name());
        node.attribute(attribute.name()).set_value(attribute.value());
    }
    for (const pugi::xml_node& child : said.children()) {
        if (child.type() != pugi::node_element)
            continue;
        if (const pugi::xml_node present = node.child(child.name()))
            overlay(present, child);
        else
            node.append_copy(child);
    }
    if (*said.text().get() != '\0')
        node.text().set(said.text().get());
}

void copyChild(pugi::xml_node node, pugi::xml_node said, const char* name)
{
    node.remove_child(name);
    if (const pugi::xml_node child = said.child(name))
        node.append_copy(child);
}

bool hasMedium(pugi::xml_node disk)
{
    const std::string_view device = disk.attribute("device").value();
    return device == "cdrom" || device == "floppy";
}

bool isSame(pugi::xml_node one, pugi::xml_node other)
{
    if (std::strcmp(one.name(), other.name()) != 0
        || std::strcmp(one.text().get(), other.text().get()) != 0)
        return false;
    for (const pugi::xml_attribute& attribute : one.attributes()) {
        if (std::strcmp(other.attribute(attribute.name()).value(), attribute.value()) != 0)
            return false;
    }
    const auto elements = [](pugi::xml_node node) {
        std::vector<pugi::xml_node> found;
        for (const pugi::xml_node& child : node.children()) {
            if (child.type() == pugi::node_element)
                found.push_back(child);
        }
        return found;
    };
    const auto ones = elements(one);
    const auto others = elements(other);
    return ones.size() == others.size()
        && std::equal(ones.begin(), ones.end(), others.begin(), isSame);
}

} // namespace

std::optional<FoundDevice> findDevice(const QByteArray& domainXml, const vmm::DeviceXml& wanted)
{
    pugi::xml_document document;
    if (!loadXml(document, domainXml))
        return std::nullopt;
    pugi::xml_node found;
    const QByteArray kind = wanted.kind.toUtf8();
    for (const pugi::xml_node& device :
        document.child("domain").child("devices").children(kind.constData())) {
        if (wanted.identity.isEmpty() || vmm::identityOf(device) == wanted.identity)
            found = device;
    }
    if (!found)
        return std::nullopt;
    return FoundDevice { xmlText(found),
        QString::fromUtf8(found.child("alias").attribute("name").value()) };
}

QByteArray changedDevice(const QByteArray& present, const vmm::DeviceXml& wanted)
{
    pugi::xml_document document;
    pugi::xml_document given;
    if (!loadXml(document, present) || !loadXml(given, wanted.xml.toUtf8()))
        return wanted.xml.toUtf8();
    pugi::xml_node device = document.first_child();
    const pugi::xml_node said = given.first_child();
    if (std::strcmp(device.name(), "disk") == 0) {
        if (hasMedium(device))
            device.remove_child("source");
        device.remove_child("backingStore"); // libvirt finds that out, and it is the old medium's
        device.remove_child("iotune");
    } else if (std::strcmp(device.name(), "interface") == 0) {
        device.remove_child("link");
    }
    overlay(device, said);
    return xmlText(device);
}

BlockLimits limitsOf(const QByteArray& diskXml)
{
    pugi::xml_document document;
    if (!loadXml(document, diskXml))
        return {};
    const pugi::xml_node tune = document.first_child().child("iotune");
    const auto number = [tune](const char* name) { return tune.child(name).text().as_ullong(); };
    return { .totalBytes = number("total_bytes_sec"),
        .readBytes = number("read_bytes_sec"),
        .writeBytes = number("write_bytes_sec"),
        .totalRequests = number("total_iops_sec"),
        .readRequests = number("read_iops_sec"),
        .writeRequests = number("write_iops_sec") };
}

QByteArray withLimitsOf(const QByteArray& diskXml, const QByteArray& other)
{
    pugi::xml_document document;
    pugi::xml_document from;
    if (!loadXml(document, diskXml) || !loadXml(from, other))
        return diskXml;
    copyChild(document.first_child(), from.first_child(), "iotune");
    return xmlText(document.first_child());
}

bool isSameButLimits(const QByteArray& one, const QByteArray& other)
{
    pugi::xml_document first;
    pugi::xml_document second;
    if (!loadXml(first, one) || !loadXml(second, other))
        return false;
    for (pugi::xml_document* each : { &first, &second }) {
        each->first_child().remove_child("iotune");
        each->first_child().remove_child("backingStore");
    }
    return isSame(first.first_child(), second.first_child());
}

} // namespace hosts::libvirt
