// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/MigrationDisks.h"

#include "hosts/libvirt/Errors.h"
#include "hosts/libvirt/ImageUse.h"
#include "hosts/libvirt/PoolXml.h"
#include "hosts/libvirt/VolumeStream.h"
#include "hosts/libvirt/Volumes.h"
#include "hosts/libvirt/XmlText.h"

#include <algorithm>

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorKind;
using vmm::Result;

namespace {

QString lastPart(const QString& path)
{
    return path.section(QLatin1Char('/'), -1);
}

} // namespace

QVector<MigrationDisk> migrationDisks(const QByteArray& domainXml)
{
    pugi::xml_document document;
    loadXml(document, domainXml);
    QVector<MigrationDisk> disks;
    for (const pugi::xml_node disk : document.child("domain").child("devices").children("disk")) {
        const pugi::xml_node source = disk.child("source");
        QString path = attributeOf(source, "file");
        if (path.isEmpty())
            path = attributeOf(source, "dev");
        disks.append({ .target = attributeOf(disk.child("target"), "dev"),
            .path = path,
            .format = attributeOf(disk.child("driver"), "type"),
            .isReadOnly = !disk.child("readonly").empty()
                || attributeOf(disk, "device") == QStringLiteral("cdrom"),
            .isShareable = !disk.child("shareable").empty() });
    }
    return disks;
}

QString firmwareVariables(const QByteArray& domainXml)
{
    pugi::xml_document document;
    loadXml(document, domainXml);
    return contentOf(document.child("domain").child("os").child("nvram"));
}

Result<void> checkBelow(const Connection& target, const QString& image, const QString& backing)
{
    if (backing.isEmpty() || inspectVolume(target, backing))
        return {};
    return Error { ErrorKind::NotFound, image,
        QStringLiteral("it stands on %1, which is not there on the other host").arg(backing) };
}

Result<void> checkOverwritable(const Connection& target, const QString& image, VmId own)
{
    const ImageUse use = TRY(ImageUse::read(target, { image }));
    return use.checkNeedless(image, own);
}

TargetImages::TargetImages(const Connection& source, const Connection& target)
    : m_source(source)
    , m_target(target)
{
}

TargetImages::~TargetImages()
{
    for (const QString& path : std::as_const(m_made))
        (void)deleteVolume(m_target, path);
}

Result<void> TargetImages::prepare(const MigrationDisk& disk, StorageCopy storage, VmId own)
{
    if (inspectVolume(m_target, disk.path))
        return checkOverwritable(m_target, disk.path, own);
    const VolumeFacts facts = TRY(inspectVolume(m_source, disk.path));
    const PoolLease pool = TRY(PoolLease::of(m_target, folderOf(disk.path)));
    NewVolume wanted { .name = lastPart(disk.path),
        .format = disk.format.isEmpty() ? facts.format : disk.format,
        .capacity = facts.capacity };
    // What is below is not copied then.
    if (storage == StorageCopy::Incremental && !facts.backing.isEmpty()) {
        TRY(checkBelow(m_target, disk.path, facts.backing));
        wanted.backing = facts.backing;
        wanted.backingFormat = facts.backingFormat;
    }
    const QByteArray xml = TRY(volumeXml(wanted));
    const Volume made(virStorageVolCreateXML(pool.get(), xml.constData(), 0));
    if (!made)
        return lastError(disk.path);
    m_made.append(disk.path);
    return {};
}

Result<void> TargetImages::copy(const QString& path, JobControl& control)
{
    if (inspectVolume(m_target, path))
        return Error { ErrorKind::AlreadyExists, path,
            QStringLiteral("there is an image of this name over there") };
    const PoolLease from = TRY(PoolLease::of(m_source, folderOf(path)));
    const Volume original = TRY(from.volume(path));
    virStorageVolInfo info {};
    if (virStorageVolGetInfoFlags(original.get(), &info, VIR_STORAGE_VOL_GET_PHYSICAL) < 0)
        return lastError(path);
    const PoolLease to = TRY(PoolLease::of(m_target, folderOf(path)));
    // Raw: what is in it, its header included, comes from the original.
    const QByteArray xml = TRY(volumeXml({ .name = lastPart(path),
        .format = QStringLiteral("raw"),
        .capacity = vmm::Bytes::fromBytes(info.allocation) }));
    const Volume made(virStorageVolCreateXML(to.get(), xml.constData(), 0));
    if (!made)
        return lastError(path);
    m_made.append(path);
    const auto moved = [&](qint64 offset) {
        control.setProgress(static_cast<int>(std::min(99.0,
            100.0 * static_cast<double>(offset)
                / static_cast<double>(std::max(info.allocation, 1ULL)))));
    };
    TRY(VolumeStream(m_source, original, control).passOn(m_target, made, moved));
    virStoragePoolRefresh(to.get(), 0);
    return {};
}

} // namespace hosts::libvirt
