// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/HangProbe.h"

#include "hosts/libvirt/DomainReader.h"
#include "hosts/libvirt/Overlapped.h"

#include <optional>
#include <vector>

namespace hosts::libvirt {

QHash<VmId, std::chrono::milliseconds> findOccupied(
    const Connection& connection, const QVector<VmId>& vms, int width)
{
    std::vector<std::optional<unsigned int>> times(static_cast<size_t>(vms.size()));
    overlapped(static_cast<int>(vms.size()), width, [&](int i) {
        const auto domain = findDomain(connection, vms[i]);
        virDomainControlInfo info {};
        if (domain && virDomainGetControlInfo(domain->get(), &info, 0) == 0
            && info.state != VIR_DOMAIN_CONTROL_OK)
            times[static_cast<size_t>(i)] = info.stateTime;
    });
    QHash<VmId, std::chrono::milliseconds> occupied;
    for (qsizetype i = 0; i < vms.size(); ++i) {
        if (const auto time = times[static_cast<size_t>(i)])
            occupied.insert(vms[i], std::chrono::milliseconds(*time));
    }
    return occupied;
}

} // namespace hosts::libvirt
