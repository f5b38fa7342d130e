// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/NewMachine.h"
#include "vmm/definition/Definition.h"

#include <QMetaType>

namespace vmm {

/// What the host adds to a user's wish for a machine.
struct BuildDefaults {
    QString domainType = QStringLiteral("kvm"); ///< kvm, qemu, test
    QString machineType = QStringLiteral("q35");
    QString architecture = QStringLiteral("x86_64");
    QString emulator {}; ///< empty: the host finds it
    QString newDiskPath {}; ///< where the host makes NewMachine::newDisk (qcow2)
    QString diskImageFormat = QStringLiteral("qcow2"); ///< of NewMachine::diskImage; ask ImageTool
    QString spiceListen = QStringLiteral("none"); ///< none; address for hosts reached by network
    QString networkType = QStringLiteral("user"); ///< user, network, none
    QString networkName = QStringLiteral("default"); ///< for network
};

inline constexpr Bytes kLeastMemory = Bytes::fromMiB(16);
inline constexpr int kMostVcpus = 255; ///< beyond it x86 guests need an IOMMU
inline constexpr Bytes kMostMemory = Bytes::fromGiB(4096);
inline constexpr Bytes kLeastDisk = Bytes::fromMiB(1);

/// The definition of a new machine with today's devices (q35, virtio, SPICE), for the embedded core
/// and for libvirt alike. Checks every field; touches no file.
/// Errors: InvalidConfig, subject: the field ("name", "memory", "isoImage").
Result<Definition> buildDefinition(const NewMachine& machine, const BuildDefaults& defaults);

} // namespace vmm

Q_DECLARE_METATYPE(vmm::BuildDefaults)
