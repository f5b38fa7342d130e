// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Bytes.h"

#include <QByteArray>
#include <QDateTime>
#include <QMetaType>
#include <QString>
#include <QStringList>
#include <QVector>

namespace vmm {

struct GuestNetworkCard {
    QString name {}; ///< eth0
    QString mac {};
    QStringList addresses {}; ///< "192.0.2.7/24", "fe80::1/64"

    bool operator==(const GuestNetworkCard&) const = default;
};

struct GuestFileSystem {
    QString mountPoint {};
    QString type {}; ///< ext4
    Bytes total {}; ///< zero if the agent does not tell
    Bytes used {};

    bool operator==(const GuestFileSystem&) const = default;
};

struct GuestUser {
    QString name {};
    QDateTime since {}; ///< UTC

    bool operator==(const GuestUser&) const = default;
};

/// What the agent in the guest tells. What it does not know stays empty.
struct GuestFacts {
    QString agentVersion {};
    QString hostName {};
    QString system {}; ///< "Debian GNU/Linux 12 (bookworm)"
    QString kernel {}; ///< "6.1.0-40-amd64"
    QString timeZone {};
    QVector<GuestNetworkCard> networkCards {};
    QVector<GuestFileSystem> fileSystems {};
    QVector<GuestUser> users {};

    bool operator==(const GuestFacts&) const = default;
};

/// A program to be run in the guest by its agent; never through a shell of ours.
struct GuestCommand {
    QString program {};
    QStringList arguments {};
    QByteArray input {};

    bool operator==(const GuestCommand&) const = default;
};

struct GuestCommandResult {
    int exitCode = 0;
    int signal = 0; ///< that ended it; 0: none
    QByteArray standardOutput {};
    QByteArray standardError {};
    bool isCut = false; ///< there was more output than the agent keeps

    bool operator==(const GuestCommandResult&) const = default;
};

} // namespace vmm
