// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Result.h"

#include <QByteArray>
#include <QString>

namespace vmm {

/// Replaces `path` by a file with `content` so that after a crash or a power cut there is either
/// the old file or the new one, whole: written aside, fsync, rename, fsync of the folder. What an
/// interrupted write leaves behind ends in kAsideSuffix and is nobody's.
/// Errors: Io (DiskFull), PermissionDenied, NotFound (no such folder); the old file stands then.
Result<void> writeAtomically(const QString& path, const QByteArray& content);

/// The same without the fsyncs: whole for every reader and after our own death, but not after a
/// power cut. For what does not outlive one anyway.
Result<void> replaceFile(const QString& path, const QByteArray& content);

/// Makes renames and new names in `folder` last.
Result<void> syncFolder(const QString& folder);

/// Makes what is in the files of `folder` last, whoever wrote it; not what is in folders below. May
/// take long.
Result<void> syncFilesIn(const QString& folder);

/// Reads a file of ours, at most `limit` bytes of it. Errors: NotFound, PermissionDenied, Io (also:
/// longer than the limit).
Result<QByteArray> readWhole(const QString& path, qint64 limit = 4 * 1024 * 1024);

inline constexpr char kAsideSuffix[] = ".aside";

} // namespace vmm
