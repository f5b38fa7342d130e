// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/FileDescriptor.h"
#include "vmm/definition/Definition.h"

#include <QString>

namespace vmm {

/// The memory of a machine that was saved to disk, in the machine's folder:
///   saving/  is being written; worth nothing
///   saved/   whole: `memory`, the definition that it belongs to, and how the machine was
///   used/    was read, and the machine runs on with it: to be deleted
/// A folder gets its name by one rename, so there is never a doubt. A machine with saved/ has not
/// run since; whatever QEMU it still has does not count.
///
/// Thread: any; blocks for the disk.
class SavedMemory {
public:
    static constexpr QLatin1StringView kMemory { "memory" };
    static constexpr QLatin1StringView kDefinition { "domain.xml" };
    static constexpr QLatin1StringView kPausedMark { "paused" }; ///< it was paused before

    explicit SavedMemory(QString machineFolder)
        : m_folder(std::move(machineFolder))
    {
    }

    bool exists() const; ///< saved/
    bool isBeingWritten() const; ///< saving/
    QString memoryFile() const { return saved() + QLatin1Char('/') + kMemory; }

    /// How the machine was.
    struct Content {
        Definition definition {};
        bool isPaused = false; ///< it was paused before it was saved
    };

    /// Makes saving/ anew; the memory is to be written to what it returns. Errors: Io, DiskFull.
    Result<FileDescriptor> begin(const Content& content) const;
    /// As it was given to begin(), while saving/ is there. Errors: NotFound, InvalidConfig.
    Result<Content> unfinished() const { return read(saving()); }
    /// Syncs what was written (may take long) and makes it saved/. Errors: Io, DiskFull.
    Result<void> commit() const;
    void abandon() const; ///< saving/
    /// Makes a folder on the same file system saved/. It holds `memory` as QEMU writes it, its
    /// `domain.xml`, and perhaps `paused`. Takes no room on the disk. Errors: Io.
    Result<void> take(const QString& folder) const { return move(folder, saved()); }

    Result<Content> content() const { return read(saved()); }
    Result<FileDescriptor> openMemory() const;
    /// saved/ becomes used/, and back again. Errors: Io.
    Result<void> markUsed() const;
    Result<void> markUnused() const;
    void removeUsed() const; ///< in the background
    /// Forgets saved/. Lasts when it returns. Errors: Io.
    Result<void> discard() const;

private:
    QString saving() const { return m_folder + QStringLiteral("/saving"); }
    QString saved() const { return m_folder + QStringLiteral("/saved"); }
    QString used() const { return m_folder + QStringLiteral("/used"); }
    Result<void> move(const QString& from, const QString& to) const;
    static Result<Content> read(const QString& folder);

    QString m_folder;
};

} // namespace vmm
