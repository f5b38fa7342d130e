// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/ConnectionAddress.h"

#include <QFileInfo>

namespace ui {

namespace {

using Kind = ConnectionAddress::Kind;

QString schemeOf(Kind kind)
{
    switch (kind) {
    case Kind::ThisComputer:
    case Kind::VirtDeckOverSsh:
        return QStringLiteral("embedded");
    case Kind::Qemu:
    case Kind::QemuSession:
        return QStringLiteral("qemu");
    case Kind::Xen:
        return QStringLiteral("xen");
    case Kind::Lxc:
        return QStringLiteral("lxc");
    case Kind::Esx:
        return QStringLiteral("esx");
    case Kind::VCenter:
        return QStringLiteral("vpx");
    case Kind::Test:
        return QStringLiteral("test");
    }
    return {};
}

QString pathOf(const ConnectionAddress& address)
{
    switch (address.kind) {
    case Kind::ThisComputer:
    case Kind::VirtDeckOverSsh:
    case Kind::Esx:
        return QStringLiteral("/");
    case Kind::Qemu:
    case Kind::Xen:
    case Kind::Lxc:
        return QStringLiteral("/system");
    case Kind::QemuSession:
        return QStringLiteral("/session");
    case Kind::VCenter:
        return address.path.startsWith(QLatin1Char('/')) ? address.path
                                                         : QLatin1Char('/') + address.path;
    case Kind::Test:
        return QStringLiteral("/default");
    }
    return {};
}

QString suffixOf(const ConnectionAddress& address)
{
    if (address.kind == Kind::VirtDeckOverSsh)
        return QStringLiteral("+ssh");
    if (!address.hasWay() || address.computer.isEmpty())
        return {};
    switch (address.way) {
    case ConnectionAddress::Way::Ssh:
        return QStringLiteral("+ssh");
    case ConnectionAddress::Way::Tls:
        return QStringLiteral("+tls");
    case ConnectionAddress::Way::Tcp:
        return QStringLiteral("+tcp");
    }
    return {};
}

struct Daemon {
    const char* socket;
    const char* uri;
};

} // namespace

bool ConnectionAddress::mustBeRemote() const
{
    return kind == Kind::VirtDeckOverSsh || kind == Kind::Esx || kind == Kind::VCenter;
}

bool ConnectionAddress::hasWay() const
{
    return kind == Kind::Qemu || kind == Kind::QemuSession || kind == Kind::Xen
        || kind == Kind::Lxc;
}

QString ConnectionAddress::toUri() const
{
    const bool isRemote = mayBeRemote() && !computer.isEmpty();
    if (mustBeRemote() && !isRemote)
        return {};
    QString authority;
    if (isRemote)
        authority = user.isEmpty() ? computer : user + QLatin1Char('@') + computer;
    return schemeOf(kind) + suffixOf(*this) + QStringLiteral("://") + authority + pathOf(*this);
}

QStringList localDaemons(const QString& runFolder, const QString& userFolder)
{
    static constexpr Daemon kSystem[]
        = { { "virtqemud-sock", "qemu:///system" }, { "virtxend-sock", "xen:///system" },
              { "virtlxcd-sock", "lxc:///system" }, { "libvirt-sock", "qemu:///system" } };
    static constexpr Daemon kSession[]
        = { { "virtqemud-sock", "qemu:///session" }, { "libvirt-sock", "qemu:///session" } };
    QStringList found;
    const auto look = [&found](const QString& folder, const Daemon& daemon) {
        const QString uri = QString::fromLatin1(daemon.uri);
        if (!found.contains(uri)
            && QFileInfo::exists(
                folder + QStringLiteral("/libvirt/") + QString::fromLatin1(daemon.socket)))
            found.append(uri);
    };
    for (const Daemon& daemon : kSystem)
        look(runFolder, daemon);
    for (const Daemon& daemon : kSession)
        look(userFolder, daemon);
    return found;
}

} // namespace ui
