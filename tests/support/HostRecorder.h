// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Host.h"

#include <QStringList>

namespace tests {

/// Writes down what a host says, in words that a test can compare: "connecting", "info",
/// "inventory" (a complete one), "change", "metrics"; and follows each machine's states.
class HostRecorder : public QObject {
    Q_OBJECT

public:
    explicit HostRecorder(hosts::Host& host);

    const QStringList& events() const { return m_events; }
    void clear(); ///< forgets events and measurements, not the machines

    /// The machine as the signals tell it (not as vms() does), nullptr if it isn't there.
    const hosts::VmInfo* vm(hosts::VmId id) const;
    /// The states that a machine went through, without repetitions.
    QVector<vmm::VmState> states(hosts::VmId id) const { return m_states.value(id); }
    /// The first step of any machine that the state table doesn't allow; empty if there is none.
    QString forbiddenStep() const { return m_forbidden; }
    /// What metricsSampled brought for a machine: per metric the last value that was measured.
    hosts::VmValues values(hosts::VmId id) const { return m_values.value(id); }
    hosts::HostValues hostValues() const { return m_hostValues; }
    bool isSampled(hosts::VmId id) const { return m_values.contains(id); }

private:
    void apply(const hosts::InventoryChange& change);
    void note(const hosts::VmInfo& vm);
    void sample(const hosts::MetricsBatch& batch);

    QStringList m_events;
    QHash<hosts::VmId, hosts::VmInfo> m_vms;
    QHash<hosts::VmId, QVector<vmm::VmState>> m_states;
    QHash<hosts::VmId, hosts::VmValues> m_values;
    hosts::HostValues m_hostValues;
    QString m_forbidden;
};

} // namespace tests
