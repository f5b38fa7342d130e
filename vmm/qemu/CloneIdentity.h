// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/definition/Definition.h"
#include "vmm/qemu/MachineStore.h"

namespace vmm {

/// A disk of a clone: where it comes from and where it goes.
struct CloneDisk {
    int index = 0; ///< among the definition's disks
    QString target {}; ///< vda
    QString source {};
    QString sourceFormat {};
    QString fileName {}; ///< in the clone's disk folder
    QString format {};
};

/// The disks that a clone gets of its own: all that can be written to. `format`: of the new ones;
/// empty: each that of its source.
QVector<CloneDisk> cloneDisks(const Definition& source, const QString& format);

/// The source's definition with an identity of its own: name, UUID, MACs, generation id; disks in
/// `folder`. Ports of the host that lead to the source are the source's alone.
Definition cloneDefinition(const Definition& source, const QString& name, const QUuid& id,
    const QVector<CloneDisk>& disks, const QString& folder);

/// Copies the NVRAM; a TPM begins anew.
Result<void> copyFirmwareState(const QString& fromFolder, const QString& toFolder);

} // namespace vmm
