// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Result.h"

#include <QMetaType>
#include <QString>

namespace hosts {

/// The address of a hypervisor: `embedded:///` (this computer's own core, default data folder),
/// `embedded:///path/to/folder`, `embedded+ssh://user@host:port/path/to/folder` (the core of
/// another computer; `?program=/path` names virtdeck-host there), or any libvirt URI
/// (`qemu:///system`, `qemu+ssh://user@host/system`, `test:///default`). Valid once made; a
/// password in it is refused (secrets don't belong into URIs).
class HostUri {
public:
    HostUri() = default;

    /// Errors: InvalidConfig with the reason in `detail`.
    static vmm::Result<HostUri> parse(const QString& text);

    const QString& toString() const { return m_text; }
    bool isEmbedded() const; ///< the core of this computer
    bool isRemoteCore() const; ///< the core of another computer, reached through ssh
    bool isLocal() const; ///< no host part
    /// Sees this computer's files as this user does: not libvirt's system daemon.
    bool runsAsThisUser() const;
    /// libvirt on another computer, reached through ssh: "qemu+ssh", not "+libssh" or "+libssh2",
    /// which libvirt does itself.
    bool isSshTunnel() const;
    QString driver() const; ///< what stands before the "+" or ":": "qemu"
    QString path() const; ///< "/system"
    QString queryValue(const QString& key) const; ///< empty if the URI has none of it
    /// The data folder of an embedded URI (of a remote core: there), empty for the default one or
    /// for libvirt.
    QString dataFolder() const;
    /// "This computer", "QEMU/KVM on a2", "libvirt test driver": untranslated parts, see ui for
    /// words.
    QString hostName() const; ///< host part, empty if local
    QString userName() const; ///< empty: ssh's choice
    int port() const; ///< -1: ssh's choice
    /// Of a remote core: the program to start there, and what it calls the host. Neither holds a
    /// character that a shell could take for more than a letter.
    QString remoteProgram() const;
    QString remoteUri() const;

    bool operator==(const HostUri&) const = default;

private:
    QString m_text;
};

} // namespace hosts

Q_DECLARE_METATYPE(hosts::HostUri)
