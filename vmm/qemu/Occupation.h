// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <memory>

namespace vmm {

/// How much of a machine an operation needs for itself.
enum class Occupies {
    Structure, ///< disks, devices, definition: the guest may be paused, reset and shut down
    Execution, ///< also whether it runs: it can only be forced off
    Presence, ///< that it stays the template it is: any number have it so at a time
    Existence, ///< it is about to go: also a template can be taken so
};

/// What a machine is busy with. Whoever holds it has the machine for itself until it lets go.
struct Occupation {
    QString name {}; ///< "save", "snapshot": for the refusal of others
    Occupies what = Occupies::Structure;
};

using OccupationHandle = std::shared_ptr<const Occupation>;

} // namespace vmm
