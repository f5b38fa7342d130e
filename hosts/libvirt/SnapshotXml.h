// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Result.h"
#include "vmm/base/Snapshot.h"

#include <QByteArray>
#include <QHash>
#include <QStringList>
#include <QVector>

namespace hosts::libvirt {

/// A disk of a machine, as snapshots see it.
struct SnapshotDisk {
    QString target {}; ///< vda
    QString path {}; ///< of its image; empty: no file or block device
    QString format {}; ///< qcow2
    QString overlay {}; ///< of an external snapshot: where the machine went on
    bool isFile = true;

    bool operator==(const SnapshotDisk&) const = default;
};

/// A snapshot as libvirt keeps it.
struct SnapshotRecord {
    vmm::SnapshotInfo info {};
    QVector<SnapshotDisk> disks {}; ///< that can be written to, as they were at its moment
    QString memoryFile {}; ///< of an external one
    QByteArray xml {};

    bool isExternal() const { return info.place == vmm::SnapshotPlace::Layer; }
    QString pathOf(const QString& target) const; ///< of the image that holds its state
};

// Readers and writers of the XML of https://libvirt.org/formatsnapshot.html. Pure.
// Errors: InvalidConfig (DefinitionBroken).

vmm::Result<SnapshotRecord> parseSnapshot(const QByteArray& xml);

/// The disks of a definition that can be written to, which are those that a snapshot keeps.
QVector<SnapshotDisk> writableDisks(const QByteArray& domainXml);
/// libvirt keeps no internal snapshot of a machine whose firmware writes to an image of its own.
bool hasFirmwareImage(const QByteArray& domainXml);

struct SnapshotPlan {
    QString name {};
    QString description {};
    vmm::SnapshotPlace place = vmm::SnapshotPlace::Inside;
    QString memoryFile {}; ///< external, with memory
    QVector<SnapshotDisk> disks {}; ///< external: with their overlays
};
QByteArray snapshotXml(const SnapshotPlan& plan);

/// The definition within a snapshot's XML; with the images of `paths` (by target) instead of its
/// own, all qcow2.
QByteArray domainOf(const QByteArray& snapshotXml, const QHash<QString, QString>& paths = {});
/// Any domain XML, with other images.
QByteArray withImages(const QByteArray& domainXml, const QHash<QString, QString>& paths);
/// A snapshot's XML in which other overlays (by target) are those where the machine went on.
QByteArray withOverlays(const QByteArray& snapshotXml, const QHash<QString, QString>& paths);
/// A snapshot's XML in which an image that was merged into another is called by that one's name.
QByteArray withImageMerged(
    const QByteArray& snapshotXml, const QString& from, const QString& to, const QString& format);

/// What an overlay on an image is called after: the name of the first one below the overlays that
/// these snapshots have made, else names would grow without end.
QString namesake(const QVector<SnapshotRecord>& all, const QString& image);
/// "/images/web.qcow2" for "before update": "/images/web.before-update.qcow2". Two images may get
/// the same, as "web.qcow2" and "web.img" do; `mark` is added to tell them apart.
QString overlayPath(const QString& image, const QString& snapshotName, const QString& mark = {});
/// "/images", "web.example.org": "/images/web.example.org.before-update-memory.save".
QString memoryPath(const QString& folder, const QString& machine, const QString& snapshotName,
    const QString& mark = {});

} // namespace hosts::libvirt
