// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Storage.h"
#include "vmm/base/Result.h"

#include <QByteArray>

namespace hosts::libvirt {

// Pools and volumes as libvirt's XML (https://libvirt.org/formatstorage.html). Pure.

/// Type, target and source of a pool; the rest is not in its XML.
PoolInfo parsePool(const QByteArray& xml);
/// Whether two definitions say the same; how full a running pool is stands in them, too.
bool isSamePool(const QByteArray& one, const QByteArray& other);
/// Error: InvalidConfig (no name).
vmm::Result<QByteArray> poolXml(const NewPool& pool);

VolumeInfo parseVolume(const QByteArray& xml);
/// Error: InvalidConfig (no name, no size).
vmm::Result<QByteArray> volumeXml(const NewVolume& volume);

} // namespace hosts::libvirt
