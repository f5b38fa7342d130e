// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Result.h"
#include "vmm/qemu/ProcessIdentity.h"

#include <QDateTime>
#include <QString>
#include <QVector>

namespace vmm {

/// A program that runs beside a machine's QEMU.
struct CompanionRecord {
    QString name {};
    QString program {};
    ProcessIdentity process {};

    bool operator==(const CompanionRecord&) const = default;
};

/// What the next VirtDeck needs to find a running machine again: a small JSON file in the machine's
/// runtime folder, there while its QEMU runs.
struct RuntimeRecord {
    /// Invalid while the process is being started: then it is looked for by its UUID.
    ProcessIdentity process {};
    QString bootId {}; ///< of the kernel's run: start times are counted from boot
    QDateTime since {}; ///< UTC
    QVector<CompanionRecord> companions {};

    Result<void> save(const QString& path) const;
    /// Errors: NotFound (nothing runs), InvalidConfig (not readable).
    static Result<RuntimeRecord> load(const QString& path);

    bool operator==(const RuntimeRecord&) const = default;
};

/// Of the running kernel; empty if it does not tell.
QString currentBootId();

/// The live process that a record stands for; invalid if there is none. A record without a pid was
/// left by a VirtDeck that died while starting QEMU: then the processes are searched for `uuid` in
/// their argument list.
ProcessIdentity findProcess(const RuntimeRecord& record, const QString& uuid);

} // namespace vmm
