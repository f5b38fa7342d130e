// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace hosts::libvirt {

/// How far an upload has come: a small file of this computer that outlives the program.
class TransferJournal {
public:
    struct Entry {
        qint64 confirmed = 0; ///< bytes that are over there for sure
        qint64 size = 0; ///< of the file
        qint64 changed = 0; ///< TransferFile::changed of it
        bool isOurs = false; ///< the volume was made by this upload

        bool operator==(const Entry&) const = default;
    };

    /// Of one file on its way to one volume of one host.
    TransferJournal(
        const QString& uri, const QString& pool, const QString& volume, const QString& file);

    std::optional<Entry> read() const; ///< nothing: no such upload was interrupted
    void write(const Entry& entry) const; ///< one that can't be written costs the resuming alone
    void remove() const;

private:
    QString m_path;
};

} // namespace hosts::libvirt
