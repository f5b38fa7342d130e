// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/FileDescriptor.h"
#include "vmm/definition/Definition.h"

#include <QString>

namespace vmm {

/// The files of a template that was made of a running machine: template/ in its folder, and
/// template.new/ while it is being made. What they are is told by InstantClones. Blocks for the
/// disk.
class InstantFolder {
public:
    static constexpr QLatin1StringView kMemory { "ram" };
    static constexpr QLatin1StringView kDevices { "devices" };
    static constexpr QLatin1StringView kWhole { "whole" }; ///< memory as QEMU saves it

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
    void abandon() const;
    Result<void> commit() const; ///< syncs; may take long
    void uncommit() const;
    bool hasWhole() const;
    void removeWhole() const;
    Result<void> remove() const;

    static Result<FileDescriptor> createFile(const QString& path);
    static Result<FileDescriptor> openFile(const QString& path);

private:
    QString making() const { return m_machine + QStringLiteral("/template.new"); }
    static Result<Definition> read(const QString& folder);

    QString m_machine;
};

} // namespace vmm
