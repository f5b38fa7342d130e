// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/Text.h"

#include <QFileInfo>
#include <QHash>
#include <QMap>
#include <QSet>

namespace ui {

using hosts::HostUri;

namespace {

/// What libvirt's drivers are called, as their makers write it.
QString hypervisor(const QString& driver)
{
    if (driver == QStringLiteral("qemu"))
        return QStringLiteral("QEMU/KVM");
    if (driver == QStringLiteral("xen"))
        return QStringLiteral("Xen");
    if (driver == QStringLiteral("esx") || driver == QStringLiteral("vpx"))
        return QStringLiteral("VMware");
    if (driver == QStringLiteral("hyperv"))
        return QStringLiteral("Hyper-V");
    if (driver == QStringLiteral("lxc"))
        return QStringLiteral("LXC");
    return driver;
}

/// With the port that the URI has, if any: two daemons of one computer differ in it.
QString computer(const HostUri& uri)
{
    return uri.port() < 0 ? uri.hostName()
                          : QStringLiteral("%1:%2").arg(uri.hostName()).arg(uri.port());
}

/// The hosts that would be called like others. Sentences are made by functions that are given no
/// object, here as all over the program; the hosts beside it are, like the language, what a title
/// depends on wherever it is shown.
QHash<QString, QString>& titlesToldApart()
{
    static QHash<QString, QString> titles; // by URI
    return titles;
}

using Detail = QString (*)(const HostUri& uri);

/// What hosts of one name can differ in, what says most first.
constexpr Detail kDetails[] = {
    [](const HostUri& uri) {
        return uri.isEmbedded() || uri.isRemoteCore() ? QStringLiteral("VirtDeck")
                                                      : hypervisor(uri.driver());
    },
    [](const HostUri& uri) { return uri.userName(); },
    [](const HostUri& uri) { return uri.queryValue(QStringLiteral("socket")); },
    [](const HostUri& uri) { return uri.path(); },
    [](const HostUri& uri) { return uri.toString(); },
};

/// Adds a detail to the titles that are not the only one of their kind, if it differs among them.
void addDetail(QMap<QString, QString>& titles, Detail detail)
{
    QMap<QString, QStringList> uris; // by title
    for (auto each = titles.cbegin(); each != titles.cend(); ++each)
        uris[each.value()].append(each.key());
    for (const QStringList& alike : std::as_const(uris)) {
        QStringList details;
        for (const QString& uri : alike)
            details.append(detail(HostUri::parse(uri).value_or(HostUri {})));
        if (QSet<QString>(details.begin(), details.end()).size() < 2)
            continue;
        for (qsizetype i = 0; i < alike.size(); ++i) {
            if (!details[i].isEmpty())
                titles[alike[i]] += QStringLiteral(" · ") + details[i];
        }
    }
}

} // namespace

void Text::tellHostsApart(const QVector<HostUri>& uris)
{
    titlesToldApart().clear();
    QMap<QString, QString> titles;
    for (const HostUri& uri : uris)
        titles.insert(uri.toString(), plainHostTitle(uri));
    for (const Detail detail : kDetails)
        addDetail(titles, detail);
    for (const HostUri& uri : uris) {
        const QString title = titles.value(uri.toString());
        if (title != plainHostTitle(uri))
            titlesToldApart().insert(uri.toString(), title);
    }
}

QString Text::hostTitle(const HostUri& uri)
{
    const auto found = titlesToldApart().constFind(uri.toString());
    return found == titlesToldApart().cend() ? plainHostTitle(uri) : *found;
}

QString Text::plainHostTitle(const HostUri& uri)
{
    const QString folder = uri.dataFolder();
    if (uri.isEmbedded())
        //: %1 is a folder
        return folder.isEmpty() ? tr("This computer") : tr("This computer: %1").arg(folder);
    if (uri.isRemoteCore())
        //: %1 is a computer, %2 a folder on it
        return folder.isEmpty() ? computer(uri) : tr("%1: %2").arg(computer(uri), folder);
    const QString driver = uri.driver();
    if (driver == QStringLiteral("test"))
        //: A host of libvirt's test driver; what differs comes first, the rest may be cut
        return tr("%1 (test)").arg(QFileInfo(uri.path()).completeBaseName());
    const QString managed = uri.path().section(QLatin1Char('/'), -1, -1, QString::SectionSkipEmpty);
    if (driver == QStringLiteral("vpx") && !managed.isEmpty())
        //: %1 is a computer, %2 the vCenter that manages it
        return tr("%1 (%2)").arg(managed, computer(uri));
    const bool isSession = uri.path().endsWith(QStringLiteral("/session"));
    if (!uri.isLocal() && !isSession)
        return computer(uri);
    const QString place = uri.isLocal() ? hypervisor(driver) : computer(uri);
    if (isSession)
        //: %1 is the kind of hypervisor or a computer; "session" is libvirt's word
        return tr("%1 (user session)").arg(place);
    // A daemon that listens elsewhere is not the system's own.
    const QString socket = uri.queryValue(QStringLiteral("socket"));
    return socket.isEmpty() ? tr("%1 (system)").arg(place)
                            : QStringLiteral("%1 (%2)").arg(place, socket);
}

} // namespace ui
