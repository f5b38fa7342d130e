// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/Storage.h"

#include "vmm/qemu/Core.h"

namespace vmm {

Storage::Storage(Core& core)
    : QObject(&core)
    , m_core(core)
    , m_images(core)
{
    core.addGuard(
        [this](const Machine& machine, VmAction action) { return allow(machine, action); });
}

Result<void> Storage::allow(const Machine& machine, VmAction action)
{
    if (machine.problem())
        return {};
    if (action == VmAction::Start)
        return m_images.checkDisks(machine);
    if (action == VmAction::Undefine)
        return m_images.guard().checkFolderUnneeded(machine.places().folder, machine.id());
    return {};
}

} // namespace vmm
