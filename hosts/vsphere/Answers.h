// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/vsphere/Soap.h"

#include <QDateTime>
#include <QHash>
#include <QVector>

namespace hosts::vsphere {

// What the answers to our calls hold. Pure; all of it is believed only as far as it goes: what is
// missing, or is no number where one should be, is left out.

/// Source: RetrieveServiceContent.
struct ServiceContent {
    MoRef rootFolder {};
    MoRef propertyCollector {};
    MoRef viewManager {};
    MoRef sessionManager {};
    MoRef perfManager {}; ///< null: the server has none
    QString product {}; ///< "VMware vCenter Server 6.5.0"
    bool isVCenter = false;
};

/// A property that is one value. A reference has its type in `type`.
struct Value {
    QString text {};
    QString type {};

    MoRef toRef() const { return { type, text }; }
    std::optional<double> toNumber() const;
};

struct ManagedObject {
    MoRef ref {};
    QHash<QString, Value> values {}; ///< by path

    QString text(const char* path) const { return values.value(QLatin1StringView(path)).text; }
    MoRef reference(const char* path) const
    {
        return values.value(QLatin1StringView(path)).toRef();
    }
    /// NaN if there is none.
    double number(const char* path) const;
};

/// Source: RetrievePropertiesEx, ContinueRetrievePropertiesEx.
struct Page {
    QVector<ManagedObject> objects {};
    QString token {}; ///< by which to ask for more; empty: that was all
};

/// Counters by name: "cpu.usage.average".
using CounterIds = QHash<QString, int>;

/// The samples of one entity. Source: QueryPerf.
struct EntitySamples {
    struct Series {
        int counter = 0;
        QString instance {};
        QVector<qint64> values {}; ///< in the order of `times`; -1: not measured
    };
    MoRef entity {};
    QVector<QDateTime> times {}; ///< the ends of the samples, by the server's clock
    QVector<Series> series {};
};

// Errors: ProtocolViolation.

vmm::Result<ServiceContent> parseServiceContent(const Reply& reply);
vmm::Result<MoRef> parseReference(const Reply& reply); ///< CreateContainerView
vmm::Result<QDateTime> parseTime(const Reply& reply);
vmm::Result<Page> parsePage(const Reply& reply);
/// Of the property perfCounter of the performance manager.
vmm::Result<CounterIds> parseCounters(const Reply& reply);
vmm::Result<QVector<EntitySamples>> parseSamples(const Reply& reply);

} // namespace hosts::vsphere
