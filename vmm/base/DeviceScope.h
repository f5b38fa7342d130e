// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace vmm {

/// What a change of a device is to concern.
enum class DeviceScope {
    Stored, ///< the definition alone: from the next start on
    Running, ///< the running machine alone: until it stops
    Both, ///< both; all or nothing. Of a machine that is off: what is stored
};

QString nameOf(DeviceScope scope);
std::optional<DeviceScope> deviceScopeFromString(const QString& name);

} // namespace vmm
