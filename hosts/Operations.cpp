// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/Operations.h"

#include "vmm/base/EnumNames.h"

namespace hosts {

namespace {

// In the order of the variant.
constexpr const char* kOperationNames[] = {
    "perform",
    "define",
    "create-machine",
    "get-definition",
    "get-running-definition",
    "get-console",
    "set-autostart",
    "rename",
    "list-trash",
    "restore-trashed",
    "empty-trash",
    "attach-device",
    "detach-device",
    "update-device",
    "set-memory",
    "set-vcpus",
    "resize-disk",
    "list-snapshots",
    "create-snapshot",
    "revert-snapshot",
    "delete-snapshot",
    "clone-machine",
    "set-template",
    "list-images",
    "inspect-image",
    "create-image",
    "resize-image",
    "convert-image",
    "flatten-image",
    "check-image",
    "delete-image",
    "get-guest-facts",
    "run-in-guest",
    "set-guest-time",
    "get-load-detail",
    "get-host-load-detail",
    "open-serial",
    "get-screenshot",
    "set-guest-password",
    "freeze-guest",
    "set-notes",
    "remove-with-disks",
    "send-keys",
    "inject-nmi",
    "dump-memory",
    "list-pools",
    "get-pool-xml",
    "define-pool",
    "change-pool",
    "delete-pool",
    "list-volumes",
    "create-volume",
    "resize-volume",
    "clone-volume",
    "delete-volume",
    "upload-volume",
    "download-volume",
    "list-networks",
    "get-network-xml",
    "define-network",
    "change-network",
    "delete-network",
    "list-leases",
    "list-host-devices",
    "check-migration",
    "migrate-machine",
    "get-migration-progress",
    "switch-to-post-copy",
    "set-screen-password",
    "list-checkpoints",
    "create-checkpoint",
    "delete-checkpoint",
    "back-up-machine",
};
constexpr vmm::EnumName<ScreenKind> kScreenKinds[] = {
    { ScreenKind::Best, "best" },
    { ScreenKind::Spice, "spice" },
    { ScreenKind::Vnc, "vnc" },
};
static_assert(std::size(kOperationNames) == std::variant_size_v<Operation>);

} // namespace

QString nameOf(ScreenKind kind)
{
    return vmm::enumName<ScreenKind>(kScreenKinds, kind);
}

std::optional<ScreenKind> screenKindFromString(const QString& name)
{
    return vmm::enumValue<ScreenKind>(kScreenKinds, name);
}

QString nameOf(const Operation& operation)
{
    return QString::fromLatin1(kOperationNames[operation.index()]);
}

Feature featureFor(const Operation& operation)
{
    return std::visit(
        []<typename Op>(const Op& op) {
            if constexpr (std::is_same_v<Op, Perform>)
                return featureFor(op.action);
            else if constexpr (requires { Op::kFeature; })
                return Op::kFeature;
            else
                return Feature::Inventory;
        },
        operation);
}

Patience patienceFor(const Operation& operation)
{
    return std::visit(
        []<typename Op>(const Op& op) {
            if constexpr (std::is_same_v<Op, Perform>)
                return op.action == vmm::VmAction::Save ? Patience::Job : Patience::Step;
            else if constexpr (requires { Op::kPatience; })
                return Op::kPatience;
            else
                return Patience::Question;
        },
        operation);
}

VmId vmOf(const Operation& operation)
{
    return std::visit(
        []<typename Op>(const Op& op) {
            if constexpr (requires { op.vm; })
                return op.vm;
            else
                return VmId();
        },
        operation);
}

} // namespace hosts
