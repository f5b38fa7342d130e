// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace vmm {

/// How many bytes of a screen's password are looked at. Source: RFC 6143, 7.2.2; SPICE's
/// protocol.h, SPICE_MAX_PASSWORD_LENGTH.
inline constexpr int kMaxVncPassword = 8;
inline constexpr int kMaxSpicePassword = 60;

/// Why `name` can't name a machine; empty if it can. No '/', no control characters, no blank ends,
/// not "." or "..", at most 100 bytes (it becomes part of file names).
QString nameProblem(const QString& name);

/// A MAC address in QEMU's own range (52:54:00), with 24 random bits.
QString randomMac();

} // namespace vmm
