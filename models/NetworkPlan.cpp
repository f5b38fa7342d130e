// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/NetworkPlan.h"

#include <QHostAddress>

#include <algorithm>

namespace models {

bool isHostAddress(const QString& address)
{
    return address.contains(QLatin1Char('/'))
        && !QHostAddress(address.section(QLatin1Char('/'), 0, 0)).isNull()
        && QHostAddress::parseSubnet(address).second > 0;
}

bool isAddressIn(const QString& address, const QString& network)
{
    const QHostAddress wanted(address);
    return !wanted.isNull() && wanted.isInSubnet(QHostAddress::parseSubnet(network));
}

hosts::NetworkAddress withUsualRange(const QString& address)
{
    constexpr int kLargest = 30; // a prefix longer than that leaves nobody room
    constexpr quint32 kMost = 253;
    const QHostAddress own(address.section(QLatin1Char('/'), 0, 0));
    const auto subnet = QHostAddress::parseSubnet(address);
    if (own.protocol() != QAbstractSocket::IPv4Protocol || subnet.second < 8
        || subnet.second > kLargest)
        return { .address = address };
    const quint32 first = subnet.first.toIPv4Address() + 1;
    const quint32 last = subnet.first.toIPv4Address() + (quint32(1) << (32 - subnet.second)) - 2;
    const quint32 begin = own.toIPv4Address() == first ? first + 1 : first;
    const quint32 end = std::min(last, begin + kMost - 1);
    return { .address = address,
        .dhcpFirst = QHostAddress(begin).toString(),
        .dhcpLast = QHostAddress(own.toIPv4Address() >= begin && own.toIPv4Address() <= end
                ? own.toIPv4Address() - 1
                : end)
                        .toString() };
}

} // namespace models
