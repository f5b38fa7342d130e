// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>

namespace vmm {

/// Where the screen of a machine can be reached: a unix socket, a TCP address, or sockets that the
/// host connects and hands out, one a channel. A plain value. `password` is a secret: it is never logged, nor put into a URI, a command line or a file.
struct ConsoleEndpoint {
    enum class Protocol { Spice, Vnc };

    enum class Reach { Address, Descriptors };

    Protocol protocol = Protocol::Spice;
    Reach reach = Reach::Address;
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
