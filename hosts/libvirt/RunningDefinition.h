// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace hosts::libvirt {

/// The definition that a machine runs with, out of its live XML: without what libvirt fills in for
/// this one run (ports it chose, names of tap devices, CPU features it found, paths of sockets),
/// told by its absence from `stored`. So two definitions that mean the same say the same.
/// Pure. Checked with what libvirt 9.0 writes.
QString runningDefinition(const QByteArray& live, const QByteArray& stored);

/// Whether the next start will make another machine than the one that runs.
bool hasPendingChanges(const QByteArray& live, const QByteArray& stored);

} // namespace hosts::libvirt
