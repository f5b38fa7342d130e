// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>

namespace vmm {

/// Where the screen of a machine can be reached: either a unix socket or a TCP address, a plain
/// value. `password` is a secret: it is never logged, nor put into a URI, a command line or a file.
struct ConsoleEndpoint {
    enum class Protocol { Spice, Vnc };

    Protocol protocol = Protocol::Spice;
    QString unixSocket {}; ///< path; empty if reached by TCP
    QString host {}; ///< TCP host; empty if reached by unix socket
    quint16 port = 0; ///< plain TCP port, 0 if none
    quint16 tlsPort = 0; ///< TLS port, 0 if none
    QString password {};
    QString tlsCaFile {}; ///< certificates to trust for tlsPort; empty: the user's default
    QString tlsSubject {}; ///< expected subject of the certificate; empty: it must name `host`

    bool operator==(const ConsoleEndpoint&) const = default;
};

} // namespace vmm

Q_DECLARE_METATYPE(vmm::ConsoleEndpoint)
