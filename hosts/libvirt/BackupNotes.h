// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/libvirt/Domains.h"
#include "vmm/base/Checkpoint.h"

namespace hosts::libvirt {

/// A backup that was begun and that nobody has seen the end of: its program, or the connection, was
/// gone before. It stands in the machine's metadata, so whoever looks next knows of it: a file that
/// is half written looks like a whole one.
struct BackupNote {
    QString checkpoint {}; ///< that was made with it; empty: none
    QStringList files {};

    bool operator==(const BackupNote&) const = default;
};

/// None if the driver keeps no metadata. Source: virDomainGetMetadata.
QVector<BackupNote> backupNotes(const Subject& subject);
/// Source: virDomainSetMetadata.
vmm::Result<void> setBackupNotes(const Subject& subject, const QVector<BackupNote>& notes);

QVector<BackupNote> parseBackupNotes(const QByteArray& xml);
QByteArray backupNotesXml(const QVector<BackupNote>& notes);

/// Forgets those that were made with a checkpoint.
void dropBackupNotes(const Subject& subject, const QString& checkpoint);

/// What is wrong with a checkpoint after that, in a sentence; empty: nothing.
QString problemOf(const QVector<BackupNote>& notes, const QString& checkpoint);

} // namespace hosts::libvirt
