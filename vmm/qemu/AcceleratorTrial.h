// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

namespace vmm::trial {

/// Exit code of a QEMU whose trial machine got through.
inline constexpr int kPassed = 0xab;

/// The firmware of the trial machine, 64 KiB: goes from reset straight to 64-bit mode with paging,
/// as every system does, and then has some work to do. QEMU's translator does it in 0.3 s, hardware
/// in less; a KVM that emulates instruction by instruction not in half a minute. Empty if this
/// program was built for another architecture.
QByteArray firmware();

/// QEMU's arguments for it. It ends by itself, with kPassed.
QStringList arguments(const QString& firmwareFile, const QString& accelerator, const QString& cpu);

} // namespace vmm::trial
