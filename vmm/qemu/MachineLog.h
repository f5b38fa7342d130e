// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Bytes.h"
#include "vmm/base/FileDescriptor.h"
#include "vmm/base/Result.h"

#include <QString>

namespace vmm {

/// A log that QEMU writes by itself, whether we live or not: its stdout and stderr, or a serial
/// port. One file per run, the two runs before it kept beside as `.1` and `.2`.
class MachineLog {
public:
    static constexpr Bytes kLimit = Bytes::fromMiB(4);

    explicit MachineLog(QString path)
        : m_path(std::move(path))
    {
    }

    const QString& path() const { return m_path; }

    /// Moves older runs aside and opens an empty file for appending. Errors: Io, DiskFull.
    Result<FileDescriptor> startNew() const;

    /// The last `count` lines with anything in them, at most 4 KiB; empty if there are none.
    QString lastLines(int count = 10) const;

    /// Cuts the file down to its last quarter if it has grown beyond the limit: a guest can make
    /// QEMU chatter for ever.
    void trim(Bytes limit = kLimit) const;

private:
    QString m_path;
};

} // namespace vmm
