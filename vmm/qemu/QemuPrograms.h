// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"

#include <QDateTime>
#include <QObject>
#include <QStringList>

namespace vmm {

/// The QEMU that was found on this computer.
struct QemuInstallation {
    QString emulator {}; ///< absolute path of qemu-system-x86_64
    QString imageTool {}; ///< absolute path of qemu-img; empty if there is none
    QString version {}; ///< "7.2.22"
    bool hasSpice = false;
    QDateTime modified {}; ///< of the emulator, UTC

    bool operator==(const QemuInstallation&) const = default;
};

/// Looks for QEMU in `searchPath` (empty: $PATH) and asks it what it is. Completes within 5 s; what
/// was learnt is remembered in `cacheFile` (empty: nowhere) and asked again only when the program's
/// file has changed. `context` must outlive the question; if it dies the future is Cancelled.
/// Errors: NotFound/QemuMissing (subject: the name, detail: where it was sought), ProcessFailed,
/// TimedOut. Source: `-version`, `-spice help` (QEMU 7.2).
Future<QemuInstallation> findQemu(
    QObject* context, const QString& cacheFile = {}, const QStringList& searchPath = {});

/// Errors: HostLacksFeature/QemuLacksSpice, subject: the program.
Result<void> requireSpice(const QemuInstallation& qemu);

} // namespace vmm
