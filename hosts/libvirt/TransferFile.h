// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/FileDescriptor.h"
#include "vmm/base/Result.h"

#include <QByteArray>
#include <QString>

namespace hosts::libvirt {

/// The file of this computer at one end of a transfer. Blocking, for worker threads.
class TransferFile {
public:
    /// What begins at some place of the file.
    struct Stretch {
        bool isHole = false;
        qint64 length = 0;
    };

    static vmm::Result<TransferFile> openForReading(const QString& path);
    /// Made if it is not there; what it holds stays.
    static vmm::Result<TransferFile> openForWriting(const QString& path);

    const QString& path() const { return m_path; }
    vmm::Result<qint64> size() const;
    /// Changes whenever the file is written to, in some unit.
    qint64 changed() const;
    Stretch stretchAt(qint64 offset, qint64 end) const;
    /// As much as there is; less at the end of the file.
    vmm::Result<QByteArray> read(qint64 offset, qint64 length) const;
    /// All of it. Errors: Io (DiskFull).
    vmm::Result<void> write(qint64 offset, const char* data, qint64 length) const;
    vmm::Result<void> setSize(qint64 size) const;
    vmm::Result<void> sync() const;

private:
    QString m_path;
    vmm::FileDescriptor m_fd;
};

} // namespace hosts::libvirt
