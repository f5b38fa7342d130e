// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/FileDescriptor.h"
#include "vmm/definition/Definition.h"
#include "vmm/qemu/SavedMemory.h"

#include <QString>

namespace vmm {

/// The files of a template that was made of a running machine: template/ in its folder, and
/// template.new/ while it is being made, template.gone/ when it is to be deleted. What they are is
/// told by InstantClones. Blocks for the disk.
class InstantFolder {
public:
    static constexpr QLatin1StringView kMemory { "ram" };
    static constexpr QLatin1StringView kDevices { "devices" };
    /// Memory as QEMU saves it.
    static constexpr QLatin1StringView kWhole = SavedMemory::kMemory;

    explicit InstantFolder(QString machineFolder)
        : m_machine(std::move(machineFolder))
    {
    }

    QString folder() const { return m_machine + QStringLiteral("/template"); }
    QString unfinished(const QString& file) const { return making() + QLatin1Char('/') + file; }

    bool exists() const;
    bool isUnfinished() const;
    Result<Definition> definition() const { return read(folder()); }
    Result<Definition> unfinishedDefinition() const { return read(making()); }

    Result<void> begin(const Definition& definition, bool wasPaused) const;
    /// From now on `whole` is the machine: no QEMU counts any more.
    Result<void> markSaved() const;
    bool isSaved() const;
    bool wasPaused() const;
    /// What is being made counts no more from now on: by a rename, so that there is never half of
    /// it. Errors: Io.
    Result<void> letGo() const;
    void removeGone() const; ///< what was let go of; in the background
    void abandon() const; ///< both
    /// What is being made, without what was to come of it, becomes the machine's saved memory: by
    /// a rename, so that it works on a full disk. Errors: Io.
    Result<void> becomeSavedMemory() const;
    Result<void> commit() const; ///< syncs; may take long
    void uncommit() const;
    bool hasWhole() const;
    void removeWhole() const;
    Result<void> remove() const;

    static Result<FileDescriptor> createFile(const QString& path);
    static Result<FileDescriptor> openFile(const QString& path);

private:
    QString making() const { return m_machine + QStringLiteral("/template.new"); }
    QString gone() const { return m_machine + QStringLiteral("/template.gone"); }
    static Result<Definition> read(const QString& folder);

    QString m_machine;
};

} // namespace vmm
