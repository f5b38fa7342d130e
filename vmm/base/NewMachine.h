// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Bytes.h"

#include <QMetaType>
#include <QString>
#include <QVector>

#include <optional>

namespace vmm {

enum class FirmwareKind { Bios, Uefi, UefiSecureBoot };

/// What a network card of a new machine is in.
struct NewNetworkCard {
    QString type {}; ///< user, network, bridge
    QString source {}; ///< the network or bridge of the host

    bool operator==(const NewNetworkCard&) const = default;
};

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
    FirmwareKind firmware = FirmwareKind::Bios;
    bool hasTpm = false; ///< a TPM 2, emulated
    QString pool {}; ///< of the host, that `newDisk` is made in; empty: the host chooses
    QString networkType {}; ///< user, network, bridge, none; empty: the host chooses
    QString network {}; ///< of the host, for `networkType` network and bridge
    QVector<NewNetworkCard> furtherCards {}; ///< beside that one

    bool operator==(const NewMachine&) const = default;
};

QString nameOf(FirmwareKind kind);
std::optional<FirmwareKind> firmwareKindFromString(const QString& name);

} // namespace vmm

Q_DECLARE_METATYPE(vmm::NewMachine)
