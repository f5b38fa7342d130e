// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/HostRecorder.h"

#include <cmath>

namespace tests {

namespace {

template <typename Values> void keepMeasured(Values& into, const Values& from)
{
    for (size_t i = 0; i < from.values.size(); ++i) {
        if (!std::isnan(from.values[i]))
            into.values[i] = from.values[i];
    }
}

} // namespace

HostRecorder::HostRecorder(hosts::Host& host)
{
    connect(&host, &hosts::Host::connectionChanged, this,
        [this](hosts::ConnectionState state) { m_events.append(hosts::nameOf(state)); });
    connect(&host, &hosts::Host::infoChanged, this,
        [this] { m_events.append(QStringLiteral("info")); });
    connect(&host, &hosts::Host::inventoryChanged, this, &HostRecorder::apply);
    connect(&host, &hosts::Host::metricsSampled, this, &HostRecorder::sample);
}

const hosts::VmInfo* HostRecorder::vm(hosts::VmId id) const
{
    const auto found = m_vms.constFind(id);
    return found == m_vms.cend() ? nullptr : &*found;
}

void HostRecorder::clear()
{
    m_events.clear();
    m_values.clear();
    m_hostValues = {};
}

void HostRecorder::apply(const hosts::InventoryChange& change)
{
    m_events.append(change.isComplete ? QStringLiteral("inventory") : QStringLiteral("change"));
    if (change.isComplete)
        m_vms.clear();
    for (const hosts::VmId id : change.removed)
        m_vms.remove(id);
    for (const hosts::VmInfo& vm : change.changed)
        note(vm);
}

void HostRecorder::note(const hosts::VmInfo& vm)
{
    m_vms.insert(vm.id, vm);
    QVector<vmm::VmState>& states = m_states[vm.id];
    if (!states.isEmpty() && states.last() == vm.state)
        return;
    if (!states.isEmpty() && !vmm::canTransition(states.last(), vm.state) && m_forbidden.isEmpty())
        m_forbidden = vm.name + QStringLiteral(": ") + vmm::nameOf(states.last())
            + QStringLiteral(" -> ") + vmm::nameOf(vm.state);
    states.append(vm.state);
}

void HostRecorder::sample(const hosts::MetricsBatch& batch)
{
    m_events.append(QStringLiteral("metrics"));
    keepMeasured(m_hostValues, batch.host);
    for (const hosts::VmSample& vm : batch.vms)
        keepMeasured(m_values[vm.id], vm.values);
}

} // namespace tests
