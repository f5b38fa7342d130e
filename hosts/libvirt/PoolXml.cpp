// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/PoolXml.h"

#include "hosts/libvirt/XmlText.h"

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorKind;
using vmm::Result;

namespace {

void setChild(pugi::xml_node parent, const char* name, const char* attribute, const QString& value)
{
    if (!value.isEmpty())
        setAttribute(parent.append_child(name), attribute, value);
}

QString sourceOf(pugi::xml_node source)
{
    const QString host = attributeOf(source.child("host"), "name");
    QString place = attributeOf(source.child("dir"), "path");
    if (place.isEmpty())
        place = attributeOf(source.child("device"), "path");
    if (place.isEmpty())
        place = contentOf(source.child("name"));
    if (place.isEmpty())
        place = attributeOf(source.child("adapter"), "name");
    if (host.isEmpty() || place.isEmpty())
        return host + place;
    return host + QLatin1Char(':') + place;
}

void addLogin(pugi::xml_node source, const NewPool& pool)
{
    if (pool.user.isEmpty())
        return;
    pugi::xml_node auth = source.append_child("auth");
    const bool isCeph = pool.type == QStringLiteral("rbd");
    setAttribute(auth, "type", isCeph ? QStringLiteral("ceph") : QStringLiteral("chap"));
    setAttribute(auth, "username", pool.user);
    setChild(auth, "secret", "uuid", pool.secret);
}

void addSource(pugi::xml_node root, const NewPool& pool)
{
    pugi::xml_node source = root.append_child("source");
    setChild(source, "host", "name", pool.host);
    const bool isFolder
        = pool.type == QStringLiteral("netfs") || pool.type == QStringLiteral("gluster");
    if (pool.type == QStringLiteral("scsi"))
        setChild(source, "adapter", "name", pool.path);
    else
        setChild(source, isFolder ? "dir" : "device", "path", pool.path);
    for (const QString& device : pool.devices)
        setChild(source, "device", "path", device);
    if (!pool.initiator.isEmpty())
        setChild(source.append_child("initiator"), "iqn", "name", pool.initiator);
    addLogin(source, pool);
    setText(source, "name", pool.sourceName);
    setChild(source, "format", "type", pool.format);
    if (!source.first_child())
        root.remove_child(source);
}

QByteArray withoutFigures(const QByteArray& xml)
{
    pugi::xml_document document;
    loadXml(document, xml);
    for (const char* figure : { "capacity", "allocation", "available" })
        document.child("pool").remove_child(figure);
    return xmlText(document);
}

} // namespace

PoolInfo parsePool(const QByteArray& xml)
{
    pugi::xml_document document;
    loadXml(document, xml);
    const pugi::xml_node root = document.child("pool");
    return { .name = contentOf(root.child("name")),
        .type = attributeOf(root, "type"),
        .target = contentOf(root.child("target").child("path")),
        .source = sourceOf(root.child("source")) };
}

bool isSamePool(const QByteArray& one, const QByteArray& other)
{
    return withoutFigures(one) == withoutFigures(other);
}

Result<QByteArray> poolXml(const NewPool& pool)
{
    if (!pool.xml.isEmpty())
        return pool.xml.toUtf8();
    if (pool.name.trimmed().isEmpty())
        return Error { ErrorKind::InvalidConfig, QStringLiteral("name"),
            QStringLiteral("the pool has no name") };
    pugi::xml_document document;
    pugi::xml_node root = document.append_child("pool");
    setAttribute(root, "type", pool.type);
    setText(root, "name", pool.name.trimmed());
    addSource(root, pool);
    if (!pool.target.isEmpty())
        setText(root.append_child("target"), "path", pool.target);
    return xmlText(document);
}

VolumeInfo parseVolume(const QByteArray& xml)
{
    pugi::xml_document document;
    loadXml(document, xml);
    const pugi::xml_node root = document.child("volume");
    const pugi::xml_node target = root.child("target");
    const pugi::xml_node backing = root.child("backingStore");
    return { .name = contentOf(root.child("name")),
        .path = contentOf(target.child("path")),
        .format = attributeOf(target.child("format"), "type"),
        .capacity = vmm::Bytes::fromBytes(root.child("capacity").text().as_ullong()),
        .allocation = vmm::Bytes::fromBytes(root.child("allocation").text().as_ullong()),
        .backing = contentOf(backing.child("path")),
        .backingFormat = attributeOf(backing.child("format"), "type") };
}

Result<QByteArray> volumeXml(const NewVolume& volume)
{
    if (volume.name.trimmed().isEmpty())
        return Error { ErrorKind::InvalidConfig, QStringLiteral("name"),
            QStringLiteral("the volume has no name") };
    if (volume.name.contains(QLatin1Char('/')))
        return Error { ErrorKind::InvalidConfig, volume.name,
            QStringLiteral("the name of a volume has no slash") };
    pugi::xml_document document;
    pugi::xml_node root = document.append_child("volume");
    setText(root, "name", volume.name.trimmed());
    const auto size = [&](const char* name, vmm::Bytes bytes) {
        pugi::xml_node node = root.append_child(name);
        setAttribute(node, "unit", QStringLiteral("bytes"));
        node.text().set(bytes.count());
    };
    size("capacity", volume.capacity);
    // A qcow2 image is as small as it can be unless somebody wants it otherwise.
    if (volume.allocation.count() > 0 || volume.format != QStringLiteral("qcow2"))
        size("allocation", volume.allocation);
    if (!volume.format.isEmpty())
        setChild(root.append_child("target"), "format", "type", volume.format);
    if (!volume.backing.isEmpty()) {
        pugi::xml_node backing = root.append_child("backingStore");
        setText(backing, "path", volume.backing);
        setChild(backing, "format", "type", volume.backingFormat);
    }
    return xmlText(document);
}

} // namespace hosts::libvirt
