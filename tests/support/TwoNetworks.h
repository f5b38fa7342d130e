// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>

#include <unistd.h>

namespace tests {

/// Two network namespaces with a wire between them, for two hosts that machines move between.
/// Needs root.
class TwoNetworks {
public:
    TwoNetworks()
    {
        m_works = ip(QStringLiteral("netns add %1").arg(first()))
            && ip(QStringLiteral("netns add %1").arg(second()))
            && ip(QStringLiteral("link add name a netns %1 type veth peer name b netns %2")
                      .arg(first(), second()))
            && raise(first(), QStringLiteral("a"), firstAddress())
            && raise(second(), QStringLiteral("b"), secondAddress());
    }
    ~TwoNetworks()
    {
        ip(QStringLiteral("netns del ") + first());
        ip(QStringLiteral("netns del ") + second());
    }
    TwoNetworks(const TwoNetworks&) = delete;
    TwoNetworks& operator=(const TwoNetworks&) = delete;

    bool works() const { return m_works; }
    static QString first() { return QStringLiteral("vd-%1-a").arg(::getpid()); }
    static QString second() { return QStringLiteral("vd-%1-b").arg(::getpid()); }
    static QString firstAddress() { return QStringLiteral("10.77.0.1"); }
    static QString secondAddress() { return QStringLiteral("10.77.0.2"); }

private:
    static bool ip(const QString& line)
    {
        return QProcess::execute(QStringLiteral("ip"), line.split(QLatin1Char(' '))) == 0;
    }
    static bool raise(const QString& netns, const QString& link, const QString& address)
    {
        return ip(QStringLiteral("-n %1 addr add %2/24 dev %3").arg(netns, address, link))
            && ip(QStringLiteral("-n %1 link set dev %2 up").arg(netns, link))
            && ip(QStringLiteral("-n %1 link set dev lo up").arg(netns));
    }

    bool m_works = false;
};

} // namespace tests
