// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Result.h"
#include "vmm/definition/DeviceEdit.h"

#include <QByteArray>

#include <optional>

namespace hosts::libvirt {

// Devices within domain XML as libvirtd hands it out. Pure.

/// A device as it stands in a domain's XML.
struct FoundDevice {
    QByteArray xml {};
    QString alias {}; ///< libvirt's name for it while the machine runs: "virtio-disk1"
};

/// The device of the kind and identity of `wanted`; the last of its kind if that has no identity.
std::optional<FoundDevice> findDevice(const QByteArray& domainXml, const vmm::DeviceXml& wanted);

/// `present`, with what `wanted` says written over it: what it does not say stays, but the medium
/// of a drive, the link of a card and the limits of a disk, which are as it says.
QByteArray changedDevice(const QByteArray& present, const vmm::DeviceXml& wanted);

/// The limits of a disk, by the names of virDomainSetBlockIoTune, all that libvirt knows: what is
/// not limited is 0.
struct BlockLimits {
    quint64 totalBytes = 0;
    quint64 readBytes = 0;
    quint64 writeBytes = 0;
    quint64 totalRequests = 0;
    quint64 readRequests = 0;
    quint64 writeRequests = 0;

    bool operator==(const BlockLimits&) const = default;
};
BlockLimits limitsOf(const QByteArray& diskXml);
/// The same disk with the limits of another.
QByteArray withLimitsOf(const QByteArray& diskXml, const QByteArray& other);
/// Whether two XMLs of a device say the same, limits of disks left out.
bool isSameButLimits(const QByteArray& one, const QByteArray& other);

} // namespace hosts::libvirt
