// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/RunningDefinition.h"

#include "hosts/libvirt/XmlText.h"
#include "vmm/definition/DefinitionChanges.h"
#include "vmm/definition/DeviceIdentity.h"

#include <cstring>
#include <string_view>
#include <vector>

namespace hosts::libvirt {

namespace {

using Node = pugi::xml_node;

std::string_view value(Node node, const char* attribute)
{
    return node.attribute(attribute).value();
}

void removeAttributeUnlessIn(Node stored, Node node, const char* name)
{
    if (!stored.attribute(name))
        node.remove_attribute(name);
}

void removeChildUnlessIn(Node stored, Node node, const char* name)
{
    if (!stored.child(name))
        while (node.remove_child(name)) { }
}

void replaceChild(Node node, Node from, const char* name)
{
    while (node.remove_child(name)) { }
    if (const Node child = from.child(name))
        node.append_copy(child);
}

void removeEverywhere(Node node, const char* name)
{
    while (node.remove_child(name)) { }
    for (const Node& child : node.children())
        removeEverywhere(child, name);
}

/// The stored device that a running one was made of.
Node counterpart(Node device, Node storedDevices)
{
    const QString identity = vmm::identityOf(device);
    int place = 0;
    for (Node before = device.previous_sibling(device.name()); before;
         before = before.previous_sibling(device.name()))
        ++place;
    for (const Node& candidate : storedDevices.children(device.name())) {
        if (identity.isEmpty() ? place-- == 0 : vmm::identityOf(candidate) == identity)
            return candidate;
    }
    return {};
}

void cleanGraphics(Node graphics, Node stored)
{
    for (const char* name : { "port", "tlsPort" }) {
        if (value(graphics, "autoport") != "yes")
            break;
        graphics.remove_attribute(name);
        if (const auto asked = stored.attribute(name))
            graphics.append_attribute(name).set_value(asked.value());
    }
    for (const char* name : { "listen", "socket", "passwd", "passwdValidTo" })
        removeAttributeUnlessIn(stored, graphics, name);
    Node asked = stored.child("listen");
    for (Node& listen :
        std::vector<Node>(graphics.children("listen").begin(), graphics.children("listen").end())) {
        for (const char* name : { "address", "socket" })
            removeAttributeUnlessIn(asked, listen, name);
        asked = asked.next_sibling("listen");
    }
}

void cleanInterface(Node card, Node stored)
{
    for (const char* name : { "target", "model", "backend", "guest" })
        removeChildUnlessIn(stored, card, name);
    removeAttributeUnlessIn(stored.child("source"), card.child("source"), "portid");
    removeAttributeUnlessIn(stored.child("source"), card.child("source"), "bridge");
    if (!stored.child("target").attribute("dev"))
        card.child("target").remove_attribute("dev");
}

/// Sockets and terminals that libvirt made up.
void cleanCharacter(Node device, Node stored)
{
    removeChildUnlessIn(stored, device, "source");
    removeAttributeUnlessIn(stored, device, "tty");
    if (Node target = device.child("target"))
        removeAttributeUnlessIn(stored.child("target"), target, "state");
}

void cleanDevice(Node device, Node stored)
{
    const std::string_view kind = device.name();
    if (kind == "disk") {
        device.child("source").remove_attribute("index");
        if (!device.child("source").first_attribute() && !device.child("source").first_child())
            device.remove_child("source"); // an empty drive keeps a number for its next medium
        // Filled in with the medium; of an empty drive it says nothing.
        if (!stored.child("driver") || (!device.child("source") && !stored.child("source")))
            replaceChild(device, stored, "driver");
        device.remove_child("mirror");
    } else if (kind == "graphics") {
        cleanGraphics(device, stored);
    } else if (kind == "interface") {
        cleanInterface(device, stored);
    } else if (kind == "serial" || kind == "console" || kind == "channel" || kind == "parallel") {
        cleanCharacter(device, stored);
    } else if (kind == "vsock") {
        removeAttributeUnlessIn(stored.child("cid"), device.child("cid"), "address");
    } else if (kind == "hostdev") {
        removeChildUnlessIn(stored.child("source"), device.child("source"), "address");
    } else if (kind == "memballoon") {
        replaceChild(device, stored, "stats"); // switched on to measure, see DomainLoad.cpp
    } else if (kind == "tpm") {
        replaceChild(device, stored, "backend");
    }
}

/// libvirt resolves a CPU to a model with all its features; host-model even to another mode.
void cleanCpu(Node domain, Node stored)
{
    const Node asked = stored.child("cpu");
    const Node cpu = domain.child("cpu");
    const bool isResolved = value(asked, "mode") == "host-model" && value(cpu, "mode") == "custom";
    const bool isSame = value(asked, "mode") == value(cpu, "mode")
        && std::strcmp(asked.child("model").text().get(), cpu.child("model").text().get()) == 0;
    const auto text = [](Node node) { return xmlText(node.child("topology")); };
    if ((isResolved || isSame || !asked) && text(asked) == text(cpu))
        replaceChild(domain, stored, "cpu");
}

/// Automatic choice of a firmware leaves its result where the choice was.
void cleanFirmware(Node domain, Node stored)
{
    Node os = domain.child("os");
    const Node asked = stored.child("os");
    if (asked.attribute("firmware") && !os.attribute("firmware")) {
        os.prepend_attribute("firmware").set_value(asked.attribute("firmware").value());
        replaceChild(os, asked, "firmware");
        replaceChild(os, asked, "loader");
    }
    if (asked.attribute("firmware"))
        removeChildUnlessIn(stored.child("features"), domain.child("features"), "smm");
    if (!asked.child("nvram"))
        os.remove_child("nvram");
}

/// A container that is given no root has the computer's, which only what runs says.
bool isOwnRoot(Node device)
{
    return std::strcmp(device.name(), "filesystem") == 0
        && value(device.child("source"), "dir") == "/"
        && value(device.child("target"), "dir") == "/";
}

void clean(Node domain, Node stored)
{
    domain.remove_attribute("id");
    for (const char* name : { "resource", "seclabel", "vcpus", "idmap" })
        removeChildUnlessIn(stored, domain, name);
    for (const char* name : { "alias", "backingStore" })
        removeEverywhere(domain.child("devices"), name);
    // What the balloon has reached by now is no definition.
    replaceChild(domain, stored, "currentMemory");
    cleanCpu(domain, stored);
    cleanFirmware(domain, stored);
    for (Node& device :
        std::vector<Node>(domain.child("devices").begin(), domain.child("devices").end())) {
        if (const Node match = counterpart(device, stored.child("devices")))
            cleanDevice(device, match);
        else if (isOwnRoot(device))
            domain.child("devices").remove_child(device);
    }
}

} // namespace

QString runningDefinition(const QByteArray& live, const QByteArray& stored)
{
    pugi::xml_document running;
    pugi::xml_document asked;
    if (!loadXml(running, live) || !loadXml(asked, stored))
        return QString::fromUtf8(live);
    removeEverywhere(asked.child("domain").child("devices"), "backingStore");
    clean(running.child("domain"), asked.child("domain"));
    std::ostringstream out;
    running.save(out, "  ", pugi::format_indent | pugi::format_no_declaration);
    return QString::fromStdString(out.str());
}

bool hasPendingChanges(const QByteArray& live, const QByteArray& stored)
{
    const auto running = vmm::Definition::fromXml(runningDefinition(live, stored));
    pugi::xml_document asked;
    if (!running || !loadXml(asked, stored))
        return false;
    removeEverywhere(asked.child("domain").child("devices"), "backingStore");
    std::ostringstream out;
    asked.save(out, "  ", pugi::format_indent | pugi::format_no_declaration);
    const auto next = vmm::Definition::fromXml(QString::fromStdString(out.str()));
    return next && !vmm::changesBetween(*running, *next).isEmpty();
}

} // namespace hosts::libvirt
