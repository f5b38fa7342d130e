// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/definition/Definition.h"

namespace vmm {

/// One thing in which two definitions of a machine differ.
struct DefinitionChange {
    /// Path in the domain XML; devices and whatever else there may be several of are named by what
    /// tells them apart: "memory", "devices/disk[vda]/source@file", "devices/interface[52:54:...]".
    QString element {};
    QString running {}; ///< empty: not there
    QString stored {}; ///< empty: not there

    bool operator==(const DefinitionChange&) const = default;
};

/// What will be different after the next start, in the order of `stored`, what is gone last.
/// Amounts of memory are compared as amounts; a device that comes or goes is one change, told by
/// the most telling of its values. What has no bearing on the running machine (name, title,
/// description, metadata, libvirt's own aliases and addresses) is left out.
QVector<DefinitionChange> changesBetween(const Definition& running, const Definition& stored);

} // namespace vmm
