// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/DomainCheckpoints.h"

#include "hosts/libvirt/BackupNotes.h"
#include "hosts/libvirt/DomainBackup.h"
#include "hosts/libvirt/Errors.h"
#include "vmm/base/BackupNames.h"

#include <algorithm>

namespace hosts::libvirt {

using vmm::CheckpointDeletion;
using vmm::CheckpointInfo;
using vmm::CheckpointRequest;
using vmm::Error;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::Result;

namespace {

/// Oldest first; libvirt makes a chain of them.
void sortByAge(QVector<CheckpointInfo>& checkpoints)
{
    QVector<CheckpointInfo> sorted;
    QString parent;
    for (bool isFound = true; isFound && sorted.size() < checkpoints.size();) {
        const auto next = std::find_if(checkpoints.begin(), checkpoints.end(),
            [&](const CheckpointInfo& each) { return each.parent == parent; });
        isFound = next != checkpoints.end();
        if (isFound) {
            parent = next->name;
            sorted.append(*next);
        }
    }
    if (sorted.size() == checkpoints.size())
        checkpoints = sorted;
    else // no chain after all
        std::stable_sort(checkpoints.begin(), checkpoints.end(),
            [](const auto& a, const auto& b) { return a.created < b.created; });
}

Result<void> checkName(const QString& name)
{
    if (vmm::isCheckpointName(name))
        return {};
    return Error { ErrorKind::InvalidConfig, name,
        QStringLiteral("the name of a checkpoint has letters from A to Z, digits and \"_-.\" "
                       "alone, and does not begin with a dot") };
}

Result<CheckpointInfo> readCheckpoint(virDomainCheckpointPtr checkpoint, const Subject& subject)
{
    constexpr unsigned int kBrief = VIR_DOMAIN_CHECKPOINT_XML_NO_DOMAIN;
    if (subject.isActive) {
        const LibvirtString xml(
            virDomainCheckpointGetXMLDesc(checkpoint, kBrief | VIR_DOMAIN_CHECKPOINT_XML_SIZE));
        if (xml)
            return parseCheckpoint(xml.toByteArray());
    }
    const LibvirtString xml(virDomainCheckpointGetXMLDesc(checkpoint, kBrief));
    if (!xml)
        return lastError(subject.name);
    return parseCheckpoint(xml.toByteArray());
}

} // namespace

Result<void> checkRuns(const Subject& subject)
{
    if (subject.isActive)
        return {};
    return Error { ErrorKind::WrongState, subject.name, QStringLiteral("the machine is not active"),
        ErrorCause::MachineMustRun };
}

bool hasCheckpoints(const Subject& subject)
{
    return virDomainListAllCheckpoints(subject.get(), nullptr, 0) > 0;
}

Result<DomainCheckpoint> findCheckpoint(const Subject& subject, const QString& name)
{
    DomainCheckpoint checkpoint(
        virDomainCheckpointLookupByName(subject.get(), name.toUtf8().constData(), 0));
    if (!checkpoint)
        return lastError(name);
    return checkpoint;
}

Result<QByteArray> xmlOfNewCheckpoint(
    const Subject& subject, const CheckpointRequest& request, const QVector<SnapshotDisk>& disks)
{
    TRY(checkName(request.name));
    if (findCheckpoint(subject, request.name))
        return Error { ErrorKind::AlreadyExists, request.name,
            QStringLiteral("the machine has a checkpoint of that name") };
    if (std::any_of(disks.begin(), disks.end(), canNoteChanges))
        return checkpointXml(request, disks);
    if (disks.isEmpty())
        return Error { ErrorKind::HostLacksFeature, subject.name,
            QStringLiteral("the machine has no disk that can be written to") };
    return Error { ErrorKind::HostLacksFeature,
        disks.first().path.isEmpty() ? disks.first().target : disks.first().path,
        QStringLiteral("disk %1 is %2").arg(disks.first().target, disks.first().format),
        ErrorCause::DiskKeepsNoCheckpoints };
}

Result<QVector<CheckpointInfo>> listCheckpoints(const Connection& connection, VmId vm)
{
    const Subject subject = TRY(findSubject(connection, vm));
    DomainCheckpointList list;
    const int count = virDomainListAllCheckpoints(subject.get(), list.out(), 0);
    if (count < 0)
        return lastError(subject.name);
    list.setCount(count);
    const QVector<BackupNote> notes = unseenBackups(subject);
    QVector<CheckpointInfo> all;
    for (virDomainCheckpointPtr checkpoint : list) {
        auto info = readCheckpoint(checkpoint, subject);
        if (!info && info.error().kind == ErrorKind::NotFound)
            continue; // deleted between two calls
        if (!info)
            return info.error();
        // libvirt tells no size of what its QEMU does not know.
        if (subject.isActive && !info->changed)
            info->problem = QStringLiteral("The disks have lost what they noted since then.");
        else
            info->problem = problemOf(notes, info->name);
        all.append(*info);
    }
    sortByAge(all);
    return all;
}

Result<QString> createCheckpoint(
    const Connection& connection, VmId vm, const CheckpointRequest& request)
{
    const Subject subject = TRY(findSubject(connection, vm));
    TRY(checkRuns(subject));
    CheckpointRequest named = request;
    if (named.name.isEmpty())
        named.name = QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd_hh-mm-ss"));
    const QByteArray running = TRY(runningXml(subject));
    const QByteArray xml = TRY(xmlOfNewCheckpoint(subject, named, writableDisks(running)));
    const DomainCheckpoint made(virDomainCheckpointCreateXML(subject.get(), xml.constData(), 0));
    if (!made)
        return lastError(named.name);
    return named.name;
}

Result<void> deleteCheckpoint(
    const Connection& connection, VmId vm, const QString& name, CheckpointDeletion deletion)
{
    const Subject subject = TRY(findSubject(connection, vm));
    const DomainCheckpoint checkpoint = TRY(findCheckpoint(subject, name));
    if (deletion == CheckpointDeletion::Merge)
        TRY(checkRuns(subject));
    const unsigned int flags = deletion == CheckpointDeletion::MetadataOnly
        ? VIR_DOMAIN_CHECKPOINT_DELETE_METADATA_ONLY
        : 0;
    TRY(check(virDomainCheckpointDelete(checkpoint.get(), flags), name));
    dropBackupNotes(subject, name);
    return {};
}

} // namespace hosts::libvirt
