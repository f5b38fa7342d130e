// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QMetaType>
#include <QString>
#include <QVector>

#include <optional>

namespace vmm {

/// Somebody who has a screen open, as far as the hypervisor tells.
struct ConsoleClient {
    QString address {}; ///< "10.0.0.7:50123"; empty: a program on the host's own computer
    QDateTime since {}; ///< UTC; invalid: nobody saw it come

    bool operator==(const ConsoleClient&) const = default;
};

/// Where the screen or a serial port of a machine can be reached: a unix socket or a TCP address. A
/// plain value. A serial port's socket carries its bytes and nothing else. `password` is a secret:
/// it is never logged, nor put into a URI, a command line or a file.
struct ConsoleEndpoint {
    enum class Protocol { Spice, Vnc, Serial };

    Protocol protocol = Protocol::Spice;
    QString unixSocket {}; ///< path; empty if reached by TCP
    QString host {}; ///< TCP host; empty if reached by unix socket
    quint16 port = 0; ///< plain TCP port, 0 if none
    quint16 tlsPort = 0; ///< TLS port, 0 if none
    QString userName {}; ///< to sign in with; empty: who runs this
    QString password {};
    QString tlsCaFile {}; ///< certificates to trust for tlsPort; empty: the user's default
    QString tlsSubject {}; ///< expected subject of the certificate; empty: it must name `host`
    QVector<ConsoleClient> clients {}; ///< who has it open now, if that is known
    bool pushesOthersOut = true; ///< whether a VNC client may have it alone

    bool operator==(const ConsoleEndpoint&) const = default;
};

/// How many bytes of a screen's password are looked at. Source: RFC 6143, 7.2.2; SPICE's
/// protocol.h, SPICE_MAX_PASSWORD_LENGTH.
constexpr int maxPasswordBytes(ConsoleEndpoint::Protocol protocol)
{
    return protocol == ConsoleEndpoint::Protocol::Vnc ? 8 : 60;
}

/// One of the ways in which a machine can be talked to: a screen, or one of its serial ports.
struct ConsoleChoice {
    ConsoleEndpoint::Protocol protocol = ConsoleEndpoint::Protocol::Spice;
    int port = 0; ///< which serial port, from 0

    bool operator==(const ConsoleChoice&) const = default;
};

/// Stable names: "spice", "vnc", "serial".
QString nameOf(ConsoleEndpoint::Protocol protocol);
std::optional<ConsoleEndpoint::Protocol> consoleProtocolFromString(const QString& name);
/// "spice", "vnc", "serial-0", "serial-1".
QString nameOf(const ConsoleChoice& choice);
std::optional<ConsoleChoice> consoleChoiceFromString(const QString& name);

} // namespace vmm

Q_DECLARE_METATYPE(vmm::ConsoleEndpoint)
