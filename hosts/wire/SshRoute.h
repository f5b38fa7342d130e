// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/wire/Carrier.h"
#include "hosts/wire/SshCommand.h"
#include "vmm/base/Async.h"
#include "vmm/base/ConsoleEndpoint.h"

#include <QHash>

#include <chrono>

namespace hosts::wire {

/// The way to a remote core: one ssh connection that carries the wire, and the screens of its
/// machines beside it. Keeps its sockets in a folder of this user alone, gone with it.
///
/// Thread: its creator's. ssh itself is started in the thread of the carrier or of `runner`.
class SshRoute : public QObject {
    Q_OBJECT

public:
    SshRoute(HostUri uri, SshOptions options, QObject* parent = nullptr);
    ~SshRoute() override;

    /// A carrier over a new connection; forwards of the one before are forgotten.
    CarrierFactory nextCarrier();
    void noteRefusal(); ///< the last one could not log in

    /// Where this computer finds an endpoint of the other: an endpoint whose unix socket is here.
    /// The same one each time for the same endpoint. `runner` lives as long as the connection.
    /// Errors: HostLacksFeature (nothing that could be reached), TimedOut, ProcessFailed.
    vmm::Future<vmm::ConsoleEndpoint> reach(
        const vmm::ConsoleEndpoint& endpoint, const QString& key, QObject* runner);
    /// Ends the forwards whose keys begin with `key`.
    void leave(const QString& key, QObject* runner);

private:
    struct Forward {
        QString local {};
        QString remote {};
    };

    QString controlPath() const;
    vmm::Future<void> run(QObject* runner, SshForward what, const Forward& forward) const;

    HostUri m_uri;
    SshOptions m_options;
    vmm::Result<QString> m_folder;
    std::unique_ptr<SshAsker> m_asker; ///< null: nobody is asked
    int m_connection = 0;
    int m_serial = 0;
    QHash<QString, Forward> m_forwards; ///< those that stand, by key
};

} // namespace hosts::wire
