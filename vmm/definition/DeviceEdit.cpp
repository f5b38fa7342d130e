// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/definition/DeviceEdit.h"

#include "vmm/definition/DefinitionChecks.h"
#include "vmm/definition/DeviceFields.h"
#include "vmm/definition/DeviceIdentity.h"
#include "vmm/definition/XmlTree.h"

namespace vmm {

namespace {

Result<Definition> judged(const pugi::xml_document& document)
{
    Definition definition = TRY(Definition::fromXml(xml::write(document)));
    TRY(definition.validate());
    return definition;
}

pugi::xml_node devicesOf(const pugi::xml_document& document)
{
    return xml::makeElementAt(document.document_element(), "devices");
}

// One that has no identity of its own is the last of its kind; one that has, but whose XML does not
// say it, is meant only if there is no choice.
int placeAmong(pugi::xml_node devices, const DeviceXml& device)
{
    int found = -1;
    int count = 0;
    bool haveIdentities = false;
    for (const pugi::xml_node& element : devices.children(device.kind.toUtf8().constData())) {
        const QString identity = identityOf(element);
        haveIdentities = haveIdentities || !identity.isEmpty();
        if (device.identity.isEmpty() || identity == device.identity)
            found = count;
        ++count;
    }
    return device.identity.isEmpty() && haveIdentities && count > 1 ? -1 : found;
}

pugi::xml_node deviceElementOf(pugi::xml_node devices, const DeviceXml& device)
{
    int place = placeAmong(devices, device);
    for (const pugi::xml_node& element : devices.children(device.kind.toUtf8().constData())) {
        if (place-- == 0)
            return element;
    }
    return {};
}

Error notThere(const DeviceXml& device)
{
    return { ErrorKind::NotFound, device.toString(),
        QStringLiteral("the machine has no such device") };
}

// The content of the one becomes that of the other.
Result<void> fill(pugi::xml_node element, const DeviceXml& device)
{
    pugi::xml_document document;
    TRY(xml::read(device.xml, document));
    element.remove_attributes();
    element.remove_children();
    for (const pugi::xml_attribute& attribute : document.document_element().attributes())
        element.append_copy(attribute);
    for (const pugi::xml_node& child : document.document_element().children())
        element.append_copy(child);
    return {};
}

DeviceXml deviceOf(const pugi::xml_document& document)
{
    const pugi::xml_node root = document.document_element();
    return { .kind = QString::fromUtf8(root.name()),
        .identity = identityOf(root),
        .xml = xml::write(document).trimmed() };
}

} // namespace

Result<DeviceXml> DeviceXml::parse(const QString& text)
{
    pugi::xml_document document;
    TRY(xml::read(text, document));
    return deviceOf(document);
}

Result<DeviceXml> DeviceXml::parseNew(const QString& text)
{
    pugi::xml_document document;
    TRY(xml::read(text, document));
    const pugi::xml_node root = document.document_element();
    if (QLatin1StringView(root.name()) == QLatin1StringView("interface")
        && identityOf(root).isEmpty())
        xml::setValueAt(root, "mac@address", randomMac());
    return deviceOf(document);
}

QString DeviceXml::toString() const
{
    return identity.isEmpty() ? kind : kind + QLatin1Char(' ') + identity;
}

template <typename Device> Result<Device> deviceIn(const DeviceXml& device)
{
    pugi::xml_document document;
    TRY(xml::read(device.xml, document));
    return readDevice<Device>(document.document_element());
}

template Result<Disk> deviceIn<Disk>(const DeviceXml&);
template Result<NetworkInterface> deviceIn<NetworkInterface>(const DeviceXml&);

Result<int> indexOf(const Definition& definition, const DeviceXml& device)
{
    pugi::xml_document document;
    TRY(xml::read(definition.toXml(), document));
    const int place = placeAmong(devicesOf(document), device);
    if (place < 0)
        return notThere(device);
    return place;
}

Result<Definition> withDevice(const Definition& definition, const DeviceXml& device)
{
    if (!device.identity.isEmpty() && indexOf(definition, device))
        return Error { ErrorKind::AlreadyExists, device.toString(),
            QStringLiteral("the machine has such a device already") };
    pugi::xml_document document;
    TRY(xml::read(definition.toXml(), document));
    TRY(fill(xml::addElement(devicesOf(document), device.kind.toStdString()), device));
    return judged(document);
}

Result<Definition> withoutDevice(const Definition& definition, const DeviceXml& device)
{
    pugi::xml_document document;
    TRY(xml::read(definition.toXml(), document));
    const pugi::xml_node element = deviceElementOf(devicesOf(document), device);
    if (!element)
        return notThere(device);
    xml::removeElement(element);
    return judged(document);
}

Result<Definition> withDeviceReplaced(const Definition& definition, const DeviceXml& device)
{
    pugi::xml_document document;
    TRY(xml::read(definition.toXml(), document));
    const pugi::xml_node element = deviceElementOf(devicesOf(document), device);
    if (!element)
        return notThere(device);
    TRY(fill(element, device));
    return judged(document);
}

} // namespace vmm
