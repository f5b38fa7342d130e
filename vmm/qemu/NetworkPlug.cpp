// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/DevicePlug.h"

#include <QHostAddress>
#include <QJsonArray>
#include <QRegularExpression>

namespace vmm {

namespace {

constexpr int kMostForwards = 64;

Result<void> checkMac(const QString& mac)
{
    static const QRegularExpression address(QStringLiteral("^[0-9a-f][02468ace](:[0-9a-f]{2}){5}$"),
        QRegularExpression::CaseInsensitiveOption);
    if (address.match(mac).hasMatch())
        return {};
    return Error { ErrorKind::InvalidConfig, QStringLiteral("devices/interface/mac"),
        QStringLiteral("\"%1\" is no address of a network card").arg(mac) };
}

QString lastOf(const PortForward& forward)
{
    return QString::number(forward.end > 0 ? forward.end : forward.start);
}

Result<void> checkForward(const PortForward& forward)
{
    const int count = forward.end > 0 ? forward.end - forward.start : 0;
    const int to = forward.to > 0 ? forward.to : forward.start;
    const bool isFine
        = forward.start > 0 && count >= 0 && forward.start + count <= 65535 && to + count <= 65535;
    if (!isFine)
        return Error { ErrorKind::InvalidConfig,
            QStringLiteral("devices/interface/portForward/range"),
            QStringLiteral("%1 to %2 are no ports").arg(forward.start).arg(lastOf(forward)) };
    if (forward.address.isEmpty() || !QHostAddress(forward.address).isNull())
        return {};
    return Error { ErrorKind::InvalidConfig,
        QStringLiteral("devices/interface/portForward@address"),
        QStringLiteral("\"%1\" is no address").arg(forward.address) };
}

// QEMU's own network has no ranges and, in 7.2, no IPv6 for ports of the host.
Result<QJsonArray> hostForwards(const NetworkInterface& card)
{
    QJsonArray all;
    for (const PortForward& forward : card.portForwards) {
        if (forward.address.contains(QLatin1Char(':')))
            return unsupportedPart("devices/interface/portForward@address",
                QStringLiteral("IPv6 needs <backend type='passt'/>"));
        const int to = forward.to > 0 ? forward.to : forward.start;
        const int count = forward.end > 0 ? forward.end - forward.start : 0;
        if (count > kMostForwards)
            return unsupportedPart("devices/interface/portForward/range",
                QStringLiteral("more than %1 ports need <backend type='passt'/>")
                    .arg(kMostForwards));
        for (int i = 0; i <= count; ++i)
            all.append(QJsonObject { { QStringLiteral("str"),
                QStringLiteral("%1:%2:%3-:%4")
                    .arg(forward.protocol.isEmpty() ? QStringLiteral("tcp") : forward.protocol,
                        forward.address)
                    .arg(forward.start + i)
                    .arg(to + i) } });
    }
    return all;
}

Result<QJsonObject> netdevOf(const NetworkInterface& card, const PlugContext& context)
{
    for (const PortForward& forward : card.portForwards)
        TRY(checkForward(forward));
    const bool isUser = card.type == QLatin1StringView("user");
    if (!card.portForwards.isEmpty() && !isUser)
        return unsupportedPart("devices/interface/portForward",
            QStringLiteral("only an interface of type user forwards ports"));
    if (!isUser)
        return QJsonObject { { QStringLiteral("type"), QStringLiteral("tap") },
            { QStringLiteral("fd"), context.netFd } };
    if (card.backend == QLatin1StringView("passt"))
        return QJsonObject { { QStringLiteral("type"), QStringLiteral("stream") },
            { QStringLiteral("server"), false },
            { QStringLiteral("addr"),
                QJsonObject { { QStringLiteral("type"), QStringLiteral("fd") },
                    { QStringLiteral("str"), context.netFd } } } };
    QJsonObject netdev { { QStringLiteral("type"), QStringLiteral("user") } };
    if (const QJsonArray forwards = TRY(hostForwards(card)); !forwards.isEmpty())
        netdev[QStringLiteral("hostfwd")] = forwards;
    return netdev;
}

} // namespace

QString networkId(int index)
{
    return QStringLiteral("net-%1").arg(index);
}

Result<DevicePlug> plugOf(const NetworkInterface& card, int index, const PlugContext& context)
{
    TRY(checkMac(card.mac));
    const bool isQ35 = context.chipset == Chipset::Q35;
    const QString fallback = isQ35 ? QStringLiteral("e1000e") : QStringLiteral("rtl8139");
    const QString model = card.model.isEmpty() ? fallback : card.model;
    const bool isVirtio = model == QLatin1StringView("virtio");
    const QString backend = QStringLiteral("host-") + networkId(index);

    DevicePlug plug;
    plug.netdev = TRY(netdevOf(card, context));
    plug.netdev[QStringLiteral("id")] = backend;
    plug.device = {
        { QStringLiteral("driver"), isVirtio ? QStringLiteral("virtio-net-pci") : model },
        { QStringLiteral("id"), networkId(index) },
        { QStringLiteral("netdev"), backend },
        { QStringLiteral("mac"), card.mac },
    };
    // A boot ROM that nobody boots from only costs time.
    if (context.bootIndex > 0)
        plug.device[QStringLiteral("bootindex")] = context.bootIndex;
    else
        plug.device[QStringLiteral("romfile")] = QString();
    plug.place = isVirtio || model == QLatin1StringView("e1000e") ? PlugPlace::ExpressPort
                                                                  : PlugPlace::RootBus;
    return plug;
}

} // namespace vmm
