// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/Host.h"

namespace hosts {

QDateTime Host::lastSeen() const
{
    return connectionState() == ConnectionState::Connected ? QDateTime::currentDateTimeUtc()
                                                           : QDateTime();
}

} // namespace hosts
