// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <optional>

namespace vmm {

/// The Linux code of a key by its QEMU name ("ctrl", "delete", "f2"); nothing if there is no such.
/// Source: QEMU's QKeyCode (qapi/ui.json, 7.2) and linux/input-event-codes.h.
std::optional<int> linuxKeyCode(const QString& name);

/// All names, for completion and messages.
QStringList keyNames();

/// How many keys can be pressed together. Source: libvirt's VIR_DOMAIN_SEND_KEY_MAX_KEYS.
inline constexpr int kMostKeysAtOnce = 16;

} // namespace vmm
