// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/DefinitionSteps.h"

namespace vmm {

void addNoteStep(Steps& steps, Machine& machine,
    const std::function<Result<Definition>(const Definition& running)>& change)
{
    const auto before = std::make_shared<std::optional<Definition>>();
    steps.addNow(
        QStringLiteral("note what runs"),
        [&machine, change, before]() -> Result<void> {
            const Definition after = TRY(change(machine.runningDefinition()));
            *before = machine.runningDefinition();
            return machine.setRunningDefinition(after);
        },
        [&machine, before] {
            if (*before)
                machine.takeBackRunningDefinition(**before);
        });
}

void addStoreStep(
    Steps& steps, Core& core, const Machine& machine, const Core::DefinitionChange& change)
{
    struct Change {
        Definition before;
        Definition after;
    };
    const auto made = std::make_shared<std::optional<Change>>();
    steps.add(
        QStringLiteral("store"),
        [&core, id = machine.id(), change, made] {
            return core.change(id, [change, made](const Machine& vm) -> Result<Definition> {
                Definition after = TRY(change(vm));
                *made = Change { vm.definition(), after };
                return after;
            });
        },
        [&core, made] {
            return *made ? core.takeBackChange((*made)->before, (*made)->after)
                         : async::ready<void>({});
        });
}

} // namespace vmm
