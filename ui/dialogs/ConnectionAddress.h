// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>
#include <QStringList>

namespace ui {

/// The parts of an address that people know, and the address that they make. Pure.
struct ConnectionAddress {
    enum class Kind {
        ThisComputer, ///< the embedded core
        VirtDeckOverSsh, ///< the embedded core of another computer
        Qemu,
        QemuSession, ///< the user's own, without root
        Xen,
        Lxc,
        Esx,
        VCenter,
        Test,
    };
    static constexpr Kind kAllKinds[] = { Kind::ThisComputer, Kind::VirtDeckOverSsh, Kind::Qemu,
        Kind::QemuSession, Kind::Xen, Kind::Lxc, Kind::Esx, Kind::VCenter, Kind::Test };
    enum class Way { Ssh, Tls, Tcp };

    Kind kind = Kind::Qemu;
    QString computer {}; ///< name or address, with ":port" if it is not the usual one; empty: here
    QString user {};
    Way way = Way::Ssh;
    QString path {}; ///< vCenter: data centre and host

    bool operator==(const ConnectionAddress&) const = default;

    bool mayBeRemote() const { return kind != Kind::ThisComputer && kind != Kind::Test; }
    bool mustBeRemote() const;
    bool hasWay() const; ///< libvirt's own transports
    /// "qemu+ssh://root@a2/system"; empty if something is missing.
    QString toUri() const;
};

/// The addresses of the libvirt daemons of this computer that listen, by their sockets. `runFolder`
/// and `userFolder`: "/run", "/run/user/1000". Looks at a few names of a memory file system.
QStringList localDaemons(const QString& runFolder, const QString& userFolder);

} // namespace ui

Q_DECLARE_METATYPE(ui::ConnectionAddress)
