// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/CheckpointXml.h"

#include "hosts/libvirt/XmlText.h"

namespace hosts::libvirt {

using vmm::BackupFile;
using vmm::CheckpointInfo;
using vmm::Error;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::Result;

namespace {

using Node = pugi::xml_node;

} // namespace

Result<CheckpointInfo> parseCheckpoint(const QByteArray& xml)
{
    pugi::xml_document document;
    const Node root = loadXml(document, xml) ? document.child("domaincheckpoint") : Node();
    if (!root)
        return Error { ErrorKind::InvalidConfig, QStringLiteral("domaincheckpoint"),
            QStringLiteral("not the XML of a checkpoint"), ErrorCause::DefinitionBroken };
    CheckpointInfo info { .name = contentOf(root.child("name")),
        .description = contentOf(root.child("description")),
        .parent = contentOf(root.child("parent").child("name")),
        .created
        = QDateTime::fromSecsSinceEpoch(root.child("creationTime").text().as_llong(), Qt::UTC) };
    quint64 changed = 0;
    bool isKnown = true;
    for (const Node disk : root.child("disks").children("disk")) {
        if (attributeOf(disk, "checkpoint") != QStringLiteral("bitmap"))
            continue;
        info.disks.append(attributeOf(disk, "name"));
        isKnown = isKnown && disk.attribute("size");
        changed += disk.attribute("size").as_ullong();
    }
    if (isKnown && !info.disks.isEmpty())
        info.changed = vmm::Bytes::fromBytes(changed);
    return info;
}

bool canNoteChanges(const SnapshotDisk& disk)
{
    return disk.format == QStringLiteral("qcow2");
}

QByteArray checkpointXml(const vmm::CheckpointRequest& request, const QVector<SnapshotDisk>& disks)
{
    pugi::xml_document document;
    Node root = document.append_child("domaincheckpoint");
    setText(root, "name", request.name);
    setText(root, "description", request.description);
    Node list = root.append_child("disks");
    for (const SnapshotDisk& each : disks) {
        Node disk = list.append_child("disk");
        setAttribute(disk, "name", each.target);
        setAttribute(disk, "checkpoint",
            canNoteChanges(each) ? QStringLiteral("bitmap") : QStringLiteral("no"));
    }
    return xmlText(root);
}

QByteArray backupXml(const QVector<BackupFile>& files, const QString& since)
{
    pugi::xml_document document;
    Node root = document.append_child("domainbackup");
    setAttribute(root, "mode", QStringLiteral("push"));
    Node list = root.append_child("disks");
    for (const BackupFile& file : files) {
        Node disk = list.append_child("disk");
        setAttribute(disk, "name", file.target);
        setAttribute(disk, "backup", QStringLiteral("yes"));
        setAttribute(disk, "type", QStringLiteral("file"));
        setAttribute(disk, "backupmode",
            file.isIncrement ? QStringLiteral("incremental") : QStringLiteral("full"));
        if (file.isIncrement)
            setAttribute(disk, "incremental", since);
        setAttribute(disk.append_child("driver"), "type", QStringLiteral("qcow2"));
        setAttribute(disk.append_child("target"), "file", file.path);
    }
    return xmlText(root);
}

} // namespace hosts::libvirt
