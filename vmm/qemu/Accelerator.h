// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"
#include "vmm/qemu/QemuPrograms.h"

#include <chrono>

namespace vmm {

/// What guests are run with.
struct AcceleratorReport {
    QString kind = QStringLiteral("TCG"); ///< "KVM" or "TCG"
    bool isKvmUsable = false;
    QString reason {}; ///< why it is not KVM, a sentence; empty if it is

    /// The word for `-accel`: "kvm" or "tcg".
    QString accelerator() const { return kind.toLower(); }
    bool operator==(const AcceleratorReport&) const = default;
};

struct AcceleratorCheck {
    QString cacheFile {}; ///< answers are kept per boot, QEMU and permission; empty: nowhere
    QString device = QStringLiteral("/dev/kvm");
    QString cpuModel = QStringLiteral("host"); ///< of the trial machine; what new machines get
    std::chrono::milliseconds deadline { 2'500 }; ///< for the trial machine
};

/// Finds out whether KVM really runs guests here: first what is cheap (the device, the permission),
/// then a trial machine that has to get through its firmware, since a /dev/kvm that opens proves
/// nothing (nested and emulated hosts hang). Always succeeds with a report; Cancelled if `context`
/// dies. Never slower than the deadline plus a second.
Future<AcceleratorReport> checkAccelerator(
    QObject* context, const QemuInstallation& qemu, const AcceleratorCheck& check = {});

} // namespace vmm
