// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/vsphere/Places.h"

#include <QUrl>

#include <algorithm>

namespace hosts::vsphere {

namespace {

constexpr int kMaxDepth = 64; // VMware allows less; a server that lies could make a ring

bool isA(const MoRef& ref, const char* type)
{
    return ref.type == QLatin1StringView(type);
}

/// VMware escapes three characters in names: "%2f", "%5c", "%25".
QString plainName(QString name)
{
    return name.replace(QStringLiteral("%2f"), QStringLiteral("/"), Qt::CaseInsensitive)
        .replace(QStringLiteral("%5c"), QStringLiteral("\\"), Qt::CaseInsensitive)
        .replace(QStringLiteral("%25"), QStringLiteral("%"));
}

} // namespace

QVector<Wanted> Places::wanted()
{
    QVector<Wanted> all;
    for (const char* type : { "Folder", "Datacenter", "ComputeResource", "HostSystem" })
        all.append(
            { QString::fromLatin1(type), { QStringLiteral("name"), QStringLiteral("parent") } });
    return all;
}

Places::Places(const QVector<ManagedObject>& objects)
{
    for (const ManagedObject& object : objects) {
        m_places.insert(object.ref, { object.text("name"), object.reference("parent") });
        if (isA(object.ref, "HostSystem"))
            m_hosts.append(object.ref);
    }
}

QVector<MoRef> Places::ancestors(const MoRef& ref) const
{
    QVector<MoRef> chain;
    for (MoRef at = ref; m_places.contains(at) && chain.size() < kMaxDepth;
         at = m_places.value(at).parent)
        chain.prepend(at);
    return chain;
}

/// A datacenter's own folders ("vm", "host") and the root are no places to anybody.
bool Places::isShown(const MoRef& ref) const
{
    const MoRef parent = m_places.value(ref).parent;
    return !isA(ref, "Folder") || (!parent.isNull() && !isA(parent, "Datacenter"));
}

/// A lone host's compute resource has its name, and libvirt wants it once.
QStringList Places::pathOf(const MoRef& host) const
{
    QStringList path;
    for (const MoRef& ref : ancestors(host)) {
        if (isShown(ref) && !isA(ref, "ComputeResource"))
            path.append(nameOf(ref));
    }
    return path;
}

MoRef Places::findHost(const QString& uriPath) const
{
    QStringList wanted;
    const QStringList items = uriPath.split(QLatin1Char('/'), Qt::SkipEmptyParts);
    for (const QString& item : items)
        wanted.append(QUrl::fromPercentEncoding(item.toUtf8()));
    if (wanted.isEmpty() && m_hosts.size() == 1)
        return m_hosts.first();
    for (const MoRef& host : m_hosts) {
        if (pathOf(host) == wanted || pathOf(host) == items)
            return host;
    }
    return {};
}

QStringList Places::hostPaths() const
{
    QStringList paths;
    for (const MoRef& host : m_hosts) {
        QStringList path;
        const QStringList names = pathOf(host);
        for (const QString& name : names)
            path.append(QString::fromUtf8(QUrl::toPercentEncoding(name)));
        paths.append(path.join(QLatin1Char('/')));
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

QString Places::locationOf(const MoRef& folder, const MoRef& host) const
{
    QStringList names;
    bool hasDatacenter = false;
    for (const MoRef& ref : ancestors(host)) {
        hasDatacenter = hasDatacenter || isA(ref, "Datacenter");
        if (isShown(ref) && !isA(ref, "ComputeResource") && !isA(ref, "HostSystem"))
            names.append(plainName(nameOf(ref)));
    }
    bool isBelow = false; // what is above the datacenter has been said
    for (const MoRef& ref : ancestors(folder)) {
        if (isBelow && isShown(ref))
            names.append(plainName(nameOf(ref)));
        isBelow = isBelow || isA(ref, "Datacenter");
    }
    return hasDatacenter ? names.join(QStringLiteral(" / ")) : QString();
}

} // namespace hosts::vsphere
