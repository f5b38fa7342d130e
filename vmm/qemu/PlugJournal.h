// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Result.h"
#include "vmm/qemu/DevicePlug.h"

#include <optional>

namespace vmm {

struct MachinePlaces;

/// A device that is on its way into a running machine, or out of it: what whoever comes after us
/// needs to bring that to an end. It lies in the machine's runtime folder, and goes with its QEMU.
struct PlugJournal {
    bool isComing = false; ///< else it is going
    bool isStored = false; ///< the stored definition changes, too
    QString xml {}; ///< the device
    DevicePlug plug {};

    Result<void> write(const MachinePlaces& places) const;
    static std::optional<PlugJournal> read(
        const MachinePlaces& places); ///< none: nothing was begun
    static Result<void> remove(const MachinePlaces& places);
};

} // namespace vmm
