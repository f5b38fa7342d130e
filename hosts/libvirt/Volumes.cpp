// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/Volumes.h"

#include "hosts/libvirt/Errors.h"
#include "hosts/libvirt/JobWatch.h"
#include "hosts/libvirt/OperationHandles.h"

#include <algorithm>
#include <cstring>

#include <pugixml.hpp>

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::Result;

namespace {

QString fileName(const QString& path)
{
    return path.section(QLatin1Char('/'), -1);
}

Result<pugi::xml_document> descriptionOf(const Volume& volume, const QString& path)
{
    const LibvirtString xml(virStorageVolGetXMLDesc(volume.get(), 0));
    if (!xml)
        return volumeError(path);
    pugi::xml_document document;
    document.load_string(xml.toByteArray().constData());
    return document;
}

QString formatOf(pugi::xml_node target)
{
    return QString::fromUtf8(target.child("format").attribute("type").value());
}

QString volumeXml(const QString& path, vmm::Bytes capacity, const QString& format,
    const QString& backing = {}, const QString& backingFormat = {})
{
    // All at once: a name may hold "%2".
    QString xml = QStringLiteral("<volume><name>%1</name><capacity unit='bytes'>%2</capacity>"
                                 "<target><format type='%3'/></target>")
                      .arg(fileName(path).toHtmlEscaped(), QString::number(capacity.count()),
                          format.toHtmlEscaped());
    if (!backing.isEmpty())
        xml += QStringLiteral("<backingStore><path>%1</path><format type='%2'/></backingStore>")
                   .arg(backing.toHtmlEscaped(), backingFormat.toHtmlEscaped());
    return xml + QStringLiteral("</volume>");
}

} // namespace

QString folderOf(const QString& path)
{
    return path.section(QLatin1Char('/'), 0, -2);
}

Result<VolumeFacts> inspectVolume(const Connection& connection, const QString& path)
{
    const PoolLease pool = TRY(PoolLease::of(connection, folderOf(path)));
    // What is said of a file that somebody wrote to meanwhile is old.
    virStoragePoolRefresh(pool.get(), 0);
    const Volume volume = TRY(pool.volume(path));
    const pugi::xml_document document = TRY(descriptionOf(volume, path));
    const pugi::xml_node root = document.child("volume");
    const pugi::xml_node below = root.child("backingStore");
    return VolumeFacts { .format = formatOf(root.child("target")),
        .capacity = vmm::Bytes::fromBytes(root.child("capacity").text().as_ullong()),
        .allocation = vmm::Bytes::fromBytes(root.child("allocation").text().as_ullong()),
        .backing = QString::fromUtf8(below.child("path").text().get()),
        .backingFormat = formatOf(below),
        .modified = QDateTime::fromSecsSinceEpoch(
            root.child("target").child("timestamps").child("mtime").text().as_llong(), Qt::UTC) };
}

Result<void> createOverlay(const Connection& connection, const QString& path,
    const QString& backing, const QString& backingFormat)
{
    const VolumeFacts below = TRY(inspectVolume(connection, backing));
    const PoolLease pool = TRY(PoolLease::of(connection, folderOf(path)));
    const QString xml
        = volumeXml(path, below.capacity, QStringLiteral("qcow2"), backing, backingFormat);
    const Volume made(virStorageVolCreateXML(pool.get(), xml.toUtf8().constData(), 0));
    if (!made)
        return volumeError(path);
    return {};
}

Result<void> createImage(
    const Connection& connection, const QString& path, vmm::Bytes capacity, const QString& backing)
{
    const PoolLease pool = TRY(PoolLease::of(connection, folderOf(path)));
    const QString xml = volumeXml(path, capacity, QStringLiteral("qcow2"), fileName(backing),
        backing.isEmpty() ? QString() : QStringLiteral("qcow2"));
    const Volume made(virStorageVolCreateXML(pool.get(), xml.toUtf8().constData(), 0));
    if (!made)
        return volumeError(path);
    return {};
}

Result<void> copyVolume(
    const Connection& connection, const QString& source, const QString& target, JobControl& control)
{
    const VolumeFacts facts = TRY(inspectVolume(connection, source));
    const PoolLease from = TRY(PoolLease::of(connection, folderOf(source)));
    const PoolLease to = TRY(PoolLease::of(connection, folderOf(target)));
    const Volume original = TRY(from.volume(source));
    const QByteArray xml = volumeXml(target, facts.capacity, facts.format).toUtf8();
    Volume made;
    {
        const JobWatch watch(control, [&] {
            const Volume growing(
                virStorageVolLookupByName(to.get(), fileName(target).toUtf8().constData()));
            virStorageVolInfo info {};
            const double all = static_cast<double>(facts.allocation.count());
            if (growing && virStorageVolGetInfo(growing.get(), &info) == 0 && all > 0)
                control.setProgress(static_cast<int>(
                    std::min(99.0, 100.0 * static_cast<double>(info.allocation) / all)));
        });
        made = Volume(virStorageVolCreateXMLFrom(to.get(), xml.constData(), original.get(), 0));
    }
    if (!made)
        return volumeError(target);
    if (control.isCancelled()) {
        virStorageVolDelete(made.get(), 0); // ours, made a moment ago
        return Error { ErrorKind::Cancelled };
    }
    return {};
}

Result<void> resizeVolume(const Connection& connection, const QString& path, vmm::Bytes size)
{
    const PoolLease pool = TRY(PoolLease::of(connection, folderOf(path)));
    const Volume volume = TRY(pool.volume(path));
    if (virStorageVolResize(volume.get(), size.count(), 0) < 0)
        return volumeError(path);
    return {};
}

Result<void> deleteVolume(const Connection& connection, const QString& path)
{
    const PoolLease pool = TRY(PoolLease::of(connection, folderOf(path)));
    const Volume volume = TRY(pool.volume(path));
    if (virStorageVolDelete(volume.get(), 0) < 0)
        return volumeError(path);
    return {};
}

Result<QStringList> imageChain(const Connection& connection, const QString& path)
{
    constexpr int kLongest = 200; // what stands on itself ends, too
    QStringList chain;
    for (QString next = path; !next.isEmpty() && chain.size() < kLongest;) {
        chain.append(next);
        next = TRY(inspectVolume(connection, next)).backing;
    }
    return chain;
}

vmm::Bytes knownSize(const Connection& connection, const QString& path)
{
    const Volume volume(virStorageVolLookupByPath(connection.get(), path.toUtf8().constData()));
    virStorageVolInfo info {};
    if (!volume || virStorageVolGetInfo(volume.get(), &info) < 0)
        return {};
    return vmm::Bytes::fromBytes(info.allocation);
}

} // namespace hosts::libvirt
