// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/libvirt/Library.h"
#include "hosts/wire/SshTunnel.h"
#include "vmm/base/Async.h"

namespace hosts::libvirt {

/// What secrets of a host are kept under: the same whichever of its drivers is meant.
QString keyNameOf(const HostUri& uri);
/// What libvirt is to open, if its socket is at `socket`.
QByteArray addressThrough(const HostUri& uri, const QString& socket);

/// The way to another libvirt, which machines move to: its tunnel and who is asked on the way.
class OtherHost {
public:
    OtherHost(HostUri uri, wire::SshOptions ssh, const Asker& asker);

    void setAsker(const Asker& asker) { m_credentials->setAsker(asker); }
    /// Where libvirt is to be opened. Who cancels is answered at once.
    vmm::Future<Target> reach();

private:
    HostUri m_uri;
    std::shared_ptr<Credentials> m_credentials;
    std::unique_ptr<wire::SshTunnel> m_tunnel; ///< of "+ssh" URIs
    QString m_socket; ///< where it leads to libvirt, while it is open
};

} // namespace hosts::libvirt
