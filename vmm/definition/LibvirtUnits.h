// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Bytes.h"

#include <QString>

#include <optional>

namespace vmm {

/// An amount in libvirt's words: a whole number and a unit (b, bytes, KB, k, KiB, MB, M, MiB, GB,
/// G, GiB, TB, T, TiB, in any case; none: KiB). Rounded up to whole KiB, as libvirt does. Nothing
/// if it is not a number, an unknown unit or more than 64 bits. Source:
/// https://libvirt.org/formatdomain.html#memory-allocation
std::optional<Bytes> parseMemory(const QString& number, const QString& unit);

} // namespace vmm
