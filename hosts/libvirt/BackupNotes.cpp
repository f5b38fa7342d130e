// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/BackupNotes.h"

#include "hosts/libvirt/Errors.h"
#include "hosts/libvirt/XmlText.h"

#include <algorithm>

namespace hosts::libvirt {

using vmm::Result;

namespace {

constexpr auto kNamespace = "urn:virtdeck:backups:1";
constexpr auto kPrefix = "virtdeck-backups";

} // namespace

QVector<BackupNote> parseBackupNotes(const QByteArray& xml)
{
    pugi::xml_document document;
    if (!loadXml(document, xml))
        return {};
    QVector<BackupNote> notes;
    // The prefix is ours to choose, and libvirt's to change.
    for (const pugi::xml_node each : document.first_child().children()) {
        BackupNote note { .checkpoint = attributeOf(each, "checkpoint") };
        for (const pugi::xml_node file : each.children())
            note.files.append(contentOf(file));
        if (!note.files.isEmpty())
            notes.append(note);
    }
    return notes;
}

QByteArray backupNotesXml(const QVector<BackupNote>& notes)
{
    pugi::xml_document document;
    pugi::xml_node root = document.append_child("backups");
    for (const BackupNote& note : notes) {
        pugi::xml_node each = root.append_child("underway");
        if (!note.checkpoint.isEmpty())
            setAttribute(each, "checkpoint", note.checkpoint);
        for (const QString& file : note.files)
            setText(each, "file", file);
    }
    return xmlText(root);
}

QVector<BackupNote> backupNotes(const Subject& subject)
{
    const LibvirtString xml(virDomainGetMetadata(subject.get(), VIR_DOMAIN_METADATA_ELEMENT,
        kNamespace, subject.isActive ? VIR_DOMAIN_AFFECT_LIVE : VIR_DOMAIN_AFFECT_CONFIG));
    return xml ? parseBackupNotes(xml.toByteArray()) : QVector<BackupNote> {};
}

Result<void> setBackupNotes(const Subject& subject, const QVector<BackupNote>& notes)
{
    const QByteArray xml = backupNotesXml(notes);
    unsigned int flags = 0;
    if (subject.isActive)
        flags |= VIR_DOMAIN_AFFECT_LIVE;
    if (subject.isPersistent)
        flags |= VIR_DOMAIN_AFFECT_CONFIG;
    const Result<void> written
        = check(virDomainSetMetadata(subject.get(), VIR_DOMAIN_METADATA_ELEMENT,
                    notes.isEmpty() ? nullptr : xml.constData(), kPrefix, kNamespace, flags),
            subject.name);
    const virErrorPtr last = virGetLastError();
    if (!written && notes.isEmpty() && last != nullptr && last->code == VIR_ERR_NO_DOMAIN_METADATA)
        return {}; // there was none
    return written;
}

void dropBackupNotes(const Subject& subject, const QString& checkpoint)
{
    QVector<BackupNote> notes = backupNotes(subject);
    const qsizetype dropped
        = notes.removeIf([&](const BackupNote& note) { return note.checkpoint == checkpoint; });
    if (dropped > 0)
        (void)setBackupNotes(subject, notes);
}

QString problemOf(const QVector<BackupNote>& notes, const QString& checkpoint)
{
    const auto note = std::find_if(notes.begin(), notes.end(),
        [&](const BackupNote& each) { return each.checkpoint == checkpoint; });
    if (note == notes.end() || checkpoint.isEmpty())
        return {};
    return QStringLiteral("Nobody has seen the end of the backup that it was made with; this may "
                          "be half written: %1.")
        .arg(note->files.join(QStringLiteral(", ")));
}

} // namespace hosts::libvirt
