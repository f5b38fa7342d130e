// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Steps.h"
#include "vmm/definition/Definition.h"
#include "vmm/qemu/BridgeHelper.h"
#include "vmm/qemu/CommandLine.h"
#include "vmm/qemu/Companion.h"
#include "vmm/qemu/MachineStore.h"
#include "vmm/qemu/Occupation.h"
#include "vmm/qemu/QemuProcess.h"
#include "vmm/qemu/QemuPrograms.h"
#include "vmm/qemu/RuntimeRecord.h"

#include <memory>
#include <optional>

namespace vmm {

/// What a machine is started with.
struct LaunchSettings {
    QemuInstallation qemu {};
    QString accelerator = QStringLiteral("tcg"); ///< "kvm", "tcg"
    std::optional<Definition> definition {}; ///< another than the stored one
    bool isIncoming = false; ///< it waits for QMP `migrate-incoming`, then for `cont`
    QString memoryFile {}; ///< as LaunchContext
    bool isMemoryShared = false;
    QHash<QString, SharedDescriptor> taps {}; ///< openTaps(): of the cards that need one
    OccupationHandle occupation {}; ///< of the caller, if it has the machine for itself
    StepWatch watch {};
};

struct LaunchedQemu {
    std::unique_ptr<QemuProcess> process {};
    std::unique_ptr<Companions> companions {}; ///< null: it needs none
    RuntimeRecord record {};
};

/// Everything from a definition to an executed QEMU, with its companions beside it, whose QMP
/// socket can be connected at once: the socket listens before QEMU does. Takes a few milliseconds,
/// touches no image. Errors: ImageMissing, QemuLacksSpice, QemuMissing, ProgramMissing,
/// FirmwareMissing, InvalidConfig, Io, PermissionDenied; then nothing is left behind.
Result<LaunchedQemu> launchQemu(
    const Definition& definition, const MachinePlaces& places, const LaunchSettings& settings);

/// What buildCommandLine() is told for a machine with these places.
LaunchContext launchContext(
    const Definition& definition, const MachinePlaces& places, const QString& accelerator);

/// Forgets a run: sockets and record.
void clearRuntime(const MachinePlaces& places);

} // namespace vmm
