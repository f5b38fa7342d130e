// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Steps.h"
#include "vmm/qemu/Core.h"

namespace vmm {

// The steps that note a change of a machine, after QEMU has it. Each makes the change to what there
// is when it is taken: others may have changed the definition since the operation began.

/// What it runs with.
void addNoteStep(Steps& steps, Machine& machine,
    const std::function<Result<Definition>(const Definition& running)>& change);
/// What it is stored as.
void addStoreStep(
    Steps& steps, Core& core, const Machine& machine, const Core::DefinitionChange& change);

} // namespace vmm
