// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What storage, networks and what is in the way of a migration look like.
#include "app/vdctl/Shown.h"
#include "app/vdctl/Values.h"
#include "ui/text/MigrationText.h"

namespace vdctl {

namespace {

using Rows = QVector<QStringList>;

QStringList heading(const char* words)
{
    return QString::fromLatin1(words).split(QLatin1Char(','));
}

} // namespace

Shown showPools(const QVector<hosts::PoolInfo>& pools)
{
    Rows rows { heading("NAME,TYPE,STATE,SIZE,USED,FREE,AUTOSTART,PLACE") };
    for (const hosts::PoolInfo& each : pools) {
        const auto size = [&each](vmm::Bytes bytes) {
            return each.isActive() ? sizeText(bytes) : QStringLiteral("-");
        };
        rows.append({ each.name, each.type, hosts::nameOf(each.state), size(each.capacity),
            size(each.allocation), size(each.available), yesNo(each.isAutostart),
            each.target.isEmpty() ? each.source : each.target });
    }
    return { .text = table(rows), .json = document(jsonList(pools)) };
}

Shown showVolumes(const QVector<hosts::VolumeInfo>& volumes)
{
    Rows rows { heading("NAME,FORMAT,SIZE,ON DISK,MACHINES,STANDS ON") };
    for (const hosts::VolumeInfo& each : volumes)
        rows.append(
            { each.name, orDash(each.format), sizeText(each.capacity), sizeText(each.allocation),
                orDash(each.machines.join(QStringLiteral(", "))), orDash(each.backing) });
    return { .text = table(rows), .json = document(jsonList(volumes)) };
}

Shown showNetworks(const QVector<hosts::NetworkInfo>& networks)
{
    Rows rows { heading("NAME,MODE,STATE,BRIDGE,ADDRESSES,AUTOSTART,MACHINES") };
    for (const hosts::NetworkInfo& each : networks) {
        QStringList addresses;
        for (const hosts::NetworkAddress& address : each.addresses)
            addresses.append(address.address);
        rows.append({ each.name, each.mode,
            each.isActive ? QStringLiteral("running") : QStringLiteral("stopped"),
            orDash(each.bridge), orDash(addresses.join(QStringLiteral(", "))),
            yesNo(each.isAutostart), orDash(each.machines.join(QStringLiteral(", "))) });
    }
    return { .text = table(rows), .json = document(jsonList(networks)) };
}

Shown showLeases(const QVector<hosts::DhcpLease>& leases)
{
    Rows rows { heading("ADDRESS,MAC,HOST NAME,EXPIRES,MACHINE") };
    for (const hosts::DhcpLease& each : leases)
        rows.append({ each.address, each.mac, orDash(each.hostName), timeText(each.expires),
            orDash(each.machine) });
    return { .text = table(rows), .json = document(jsonList(leases)) };
}

Shown showMigrationCheck(const QVector<hosts::MigrationObstacle>& obstacles)
{
    Shown shown;
    QJsonArray all;
    for (const hosts::MigrationObstacle& each : obstacles) {
        const QString sentence = ui::MigrationText::obstacle(each);
        shown.text += (each.isFatal ? QStringLiteral("in the way: ") : QStringLiteral("note: "))
            + sentence + QLatin1Char('\n');
        QJsonObject object = json(each);
        object.insert(QStringLiteral("message"), sentence);
        all.append(object);
        if (each.isFatal)
            shown.exitCode = 1;
    }
    shown.json = document(all);
    return shown;
}

} // namespace vdctl
