// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVector>

namespace vmm {

/// A program that has a file open.
struct ImageHolder {
    qint64 pid = 0;
    QString program {}; ///< its short name: "qemu-system-x86"
    bool canWrite = false;

    bool operator==(const ImageHolder&) const = default;
};

/// Who has this file open, by pid; without this process. Only what the kernel lets us see: our own
/// processes, or as root all. Takes a few milliseconds. Source: /proc/PID/fd. (Not /proc/locks:
/// QEMU's locks have no owner there.)
QVector<ImageHolder> holdersOf(const QString& path);

} // namespace vmm
