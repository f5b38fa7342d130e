// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "hosts/Storage.h"
#include "vmm/base/VmState.h"

namespace hosts::libvirt {

/// Which machines have what for a disk, as the inventory knows it: a value for worker threads.
/// Sources are paths, or "pool/volume" where a definition names those. It knows no layers, and what
/// was changed a moment ago not yet: enough to show; ImageUse is asked before something is deleted.
class DiskUse {
public:
    DiskUse() = default;
    explicit DiskUse(const QHash<VmId, VmInfo>& vms)
    {
        for (const VmInfo& vm : vms) {
            for (const QString& disk : vm.disks) {
                m_machines[disk].append(vm.name);
                if (vmm::isActive(vm.state))
                    m_running[disk].append(vm.name);
            }
        }
    }

    QStringList machines(const VolumeInfo& volume) const { return of(m_machines, volume); }
    QStringList runningMachines(const VolumeInfo& volume) const { return of(m_running, volume); }

private:
    static QStringList of(const QHash<QString, QStringList>& users, const VolumeInfo& volume)
    {
        return users.value(volume.path) + users.value(volume.pool + QLatin1Char('/') + volume.name);
    }

    QHash<QString, QStringList> m_machines;
    QHash<QString, QStringList> m_running;
};

} // namespace hosts::libvirt
