// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Bytes.h"

#include <QMetaType>
#include <QString>

namespace vmm {

/// What the "New machine" dialog collects. Paths are paths on the host. Empty paths and a zero disk
/// mean "none".
struct NewMachine {
    QString name {};
    Bytes memory = Bytes::fromMiB(1024);
    int vcpus = 1;
    Bytes newDisk {}; ///< size of a fresh qcow2 disk; zero for none
    QString diskImage {}; ///< an existing image to use as it is
    QString isoImage {};
    QString kernel {}; ///< direct kernel boot, with `initrd` and `kernelCommandLine`
    QString initrd {};
    QString kernelCommandLine {};

    bool operator==(const NewMachine&) const = default;
};

} // namespace vmm

Q_DECLARE_METATYPE(vmm::NewMachine)
