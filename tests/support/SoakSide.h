// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/wire/RemoteHost.h"
#include "tests/support/LibvirtdFixture.h"

namespace tests {

/// One of the two hosts of a soak: a libvirtd, our program at it over the real wire, and virsh,
/// which knows nothing of ours.
class SoakSide {
public:
    static inline const QString kPool = QStringLiteral("shelf");
    static inline const QString kNetwork = QStringLiteral("base");
    /// As the libvirtd sees it; each has its own.
    static inline const QString kImages = QStringLiteral("/var/lib/libvirt/images");
    static constexpr int kSpareImages = 4;

    /// `netns` and `address`: where it lives, and how the other side reaches it.
    SoakSide(QString name, const QString& netns, QString address);

    /// Starts the libvirtd with a pool, a network and spare images. False with `problem` set.
    bool prepare(hosts::wire::WireThread& thread, const QString& hostProgram);

    const QString& name() const { return m_name; }
    const QString& address() const { return m_address; }
    LibvirtdFixture& daemon() { return m_daemon; }
    hosts::Host& host() { return *m_host; }
    bool isConnected() const;
    bool isThere(hosts::VmId vm) const; ///< as our program knows it
    const QString& problem() const { return m_problem; }

    qint64 hostPid() const; ///< of the virtdeck-host; 0: none runs
    bool killHost() const; ///< SIGKILL
    void close() { m_host.reset(); }

    /// Runs virsh while the event loop goes on; nothing if it failed or took over a minute.
    std::optional<QString> virsh(const QStringList& arguments) const;
    QString imagePath(const QString& fileName) const; ///< as this process sees it
    bool makeImage(const QString& fileName) const;

    /// In what our program and virsh differ, a line each; a line says so if one of them is silent.
    QStringList differences();
    /// UUIDs of the machines that virsh knows; nothing if it is silent.
    std::optional<QStringList> machines() const;

private:
    std::optional<QStringList> virshView() const;
    std::optional<QStringList> ourView();
    std::optional<QString> snapshotsOf(const hosts::VmInfo& vm);

    QString m_name;
    QString m_address;
    QString m_problem;
    LibvirtdFixture m_daemon;
    std::unique_ptr<hosts::wire::RemoteHost> m_host;
};

} // namespace tests
