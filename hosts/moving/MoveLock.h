// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "vmm/base/FileDescriptor.h"
#include "vmm/base/Result.h"

#include <memory>

namespace hosts::moving {

/// Keeps two programs from moving the same machine at once: the one would define over there what
/// the other is just taking back. A file in the data folder of the embedded core, which is one side
/// of every move; the kernel lets go of it when its program ends, however it does.
class MoveLock {
public:
    /// Does not wait for another's, but for the disk. Errors: Busy, Io (DataFolderUnwritable).
    static vmm::Result<std::shared_ptr<MoveLock>> take(
        const QString& dataFolder, VmId vm, const QString& name);

    MoveLock(vmm::FileDescriptor file, QByteArray path);
    ~MoveLock();
    MoveLock(const MoveLock&) = delete;
    MoveLock& operator=(const MoveLock&) = delete;

private:
    vmm::FileDescriptor m_file;
    QByteArray m_path;
};

} // namespace hosts::moving
