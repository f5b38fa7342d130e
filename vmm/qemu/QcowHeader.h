// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Bytes.h"
#include "vmm/base/Result.h"

#include <QByteArray>
#include <QString>
#include <QVector>

namespace vmm {

/// A snapshot inside a qcow2 file.
struct QcowSnapshot {
    QString id {};
    QString name {};

    bool operator==(const QcowSnapshot&) const = default;
};

/// What the header of a qcow2 file says. Read by ourselves, not by qemu-img, because qemu-img opens
/// what a header names: of a file that somebody was sent, the names must be judged first.
/// Source: QEMU's docs/interop/qcow2.txt, versions 2 and 3.
struct QcowHeader {
    Bytes virtualSize {};
    QString backingFile {}; ///< as written: may be relative, or no path at all ("json:...")
    QString backingFormat {}; ///< empty: not said
    bool hasDataFile = false; ///< its data are in another file
    bool isDirty = false;
    bool isCorrupt = false;
    bool isEncrypted = false;
    QVector<QcowSnapshot> snapshots {};

    bool operator==(const QcowHeader&) const = default;

    /// Errors: NotFound/ImageMissing, PermissionDenied, Io, InvalidConfig (no qcow2, or a header
    /// whose numbers can't be).
    static Result<QcowHeader> read(const QString& path);
};

/// The format that a file's first bytes show: qcow2, vmdk, vdi, vhdx, qed, luks, else raw. Never to
/// be believed of a disk that a guest could write as raw.
Result<QString> formatByContent(const QString& path);

} // namespace vmm
