// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/DevicePlug.h"

#include <QRegularExpression>

namespace vmm {

namespace {

Result<void> checkMac(const QString& mac)
{
    static const QRegularExpression address(QStringLiteral("^[0-9a-f][02468ace](:[0-9a-f]{2}){5}$"),
        QRegularExpression::CaseInsensitiveOption);
    if (address.match(mac).hasMatch())
        return {};
    return Error { ErrorKind::InvalidConfig, QStringLiteral("devices/interface/mac"),
        QStringLiteral("\"%1\" is no address of a network card").arg(mac) };
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
    plug.netdev
        = { { QStringLiteral("type"), QStringLiteral("user") }, { QStringLiteral("id"), backend } };
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
