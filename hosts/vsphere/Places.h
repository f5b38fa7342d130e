// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/vsphere/Answers.h"
#include "hosts/vsphere/Calls.h"

#include <QStringList>

namespace hosts::vsphere {

/// The folders, datacenters, clusters and hosts of a server as a tree: where things are. Pure.
class Places {
public:
    /// What retrieveView has to ask for.
    static QVector<Wanted> wanted();

    Places() = default;
    explicit Places(const QVector<ManagedObject>& objects);

    /// The host of a libvirt URI: "/DC0/Cluster/host" of a vCenter (folders between them as they
    /// are; a host that stands alone has no cluster), anything of an ESX host, which is the one.
    /// Null if there is none.
    MoRef findHost(const QString& uriPath) const;

    /// All hosts by the path that libvirt knows them under, sorted.
    QStringList hostPaths() const;

    /// Where a machine of that host is that lies in that folder: "DC0 / Cluster / Shop / Web".
    QString locationOf(const MoRef& folder, const MoRef& host) const;

private:
    struct Place {
        QString name {};
        MoRef parent {};
    };

    QVector<MoRef> ancestors(const MoRef& ref) const; ///< topmost first, `ref` last
    bool isShown(const MoRef& ref) const;
    QString nameOf(const MoRef& ref) const { return m_places.value(ref).name; }
    QStringList pathOf(const MoRef& host) const;

    QHash<MoRef, Place> m_places;
    QVector<MoRef> m_hosts;
};

} // namespace hosts::vsphere
