// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace vmm {

/// What libvirt's schema allows (checkpointName of domaincheckpoint.rng, 9.0): letters from A to Z,
/// digits and "_-." alone, and no dot at first.
bool isCheckpointName(const QString& name);

/// "web-vda@monday.qcow2". No two things have the same name: other characters than letters, digits
/// and "_-." are written as those of URLs are.
QString backupFileName(const QString& machine, const QString& target, const QString& moment);

} // namespace vmm
