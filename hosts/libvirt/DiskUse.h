// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "vmm/base/VmState.h"

namespace hosts::libvirt {

/// Which machines have what for a disk, as the inventory knows it: a value for worker threads.
/// Sources are paths, or names of volumes where a definition names pool and volume.
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

    QStringList machines(const QString& path, const QString& name) const
    {
        return m_machines.value(path) + m_machines.value(name);
    }
    QStringList runningMachines(const QString& path, const QString& name) const
    {
        return m_running.value(path) + m_running.value(name);
    }

private:
    QHash<QString, QStringList> m_machines;
    QHash<QString, QStringList> m_running;
};

} // namespace hosts::libvirt
