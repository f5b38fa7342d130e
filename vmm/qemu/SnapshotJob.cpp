// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/SnapshotJob.h"

#include "vmm/base/Background.h"

namespace vmm {

namespace {

Future<void> thaw(Machine& machine)
{
    GuestAgent* agent = machine.agent();
    return agent && agent->isFrozen() ? agent->thaw() : async::ready<void>({});
}

} // namespace

void Snapshots::Job::addBegin(Steps& steps, const std::function<Future<void>()>& drop)
{
    steps.add(
        QStringLiteral("begin"), [this] { return async::ready<void>(store.begin(record)); }, drop);
}

void Snapshots::Job::addFreeze(Steps& steps)
{
    Machine* vm = machine;
    steps.add(
        QStringLiteral("freeze"),
        [vm] {
            GuestAgent* agent = vm->agent();
            return agent ? agent->freeze()
                         : async::failed<void>({ ErrorKind::HostLacksFeature, vm->name(),
                             QStringLiteral("the machine has no channel org.qemu.guest_agent.0"),
                             ErrorCause::GuestAgentMissing });
        },
        [vm] { return thaw(*vm); });
}

void Snapshots::Job::addThaw(Steps& steps)
{
    // It thaws by itself in the end: no reason to give the snapshot up.
    steps.add(QStringLiteral("thaw"), [vm = machine] {
        return async::transformed<void>(
            thaw(*vm), vm, [](const Result<void>&) { return Result<void>(); });
    });
}

void Snapshots::Job::addCommit(Steps& steps)
{
    steps.add(
        QStringLiteral("keep"),
        [store = store, id = record.id] {
            return inBackground<void>([store, id]() -> Result<void> {
                TRY(store.commit(id));
                const Result<void> current = store.setCurrentId(id);
                if (!current)
                    (void)store.uncommit(id);
                return current;
            });
        },
        // Cancelled too late to be stopped.
        [store = store, id = record.id, parent = record.parentId] {
            return inBackground<void>([store, id, parent]() -> Result<void> {
                TRY(store.uncommit(id));
                return store.setCurrentId(parent);
            });
        });
    steps.commit();
}

} // namespace vmm
