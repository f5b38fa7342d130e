// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"
#include "vmm/definition/Definition.h"
#include "vmm/qemu/CommandLine.h"

#include <QJsonObject>

namespace vmm {

class Core;
class Machine;

/// The QMP commands that give a screen its password, and the time for which it is good; none if it
/// has none. QEMU was started so that it lets nobody in before. They hold a secret.
/// Source: QMP `set_password`, `expire_password` (QEMU 7.2).
QVector<std::pair<QString, QJsonObject>> passwordCommands(const Graphics& screen);

/// Gives a machine's screen another password, or none: stored, and in the running QEMU if that asks
/// for one already, as the start alone can make it ask. Whole or not at all. Errors: InvalidConfig
/// (too long), HostLacksFeature (no such screen), ProcessFailed, Io.
Future<void> setScreenPassword(
    Core& core, Machine& machine, ScreenChoice choice, const QString& password);

} // namespace vmm
