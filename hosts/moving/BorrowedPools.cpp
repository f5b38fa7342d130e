// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/moving/BorrowedPools.h"

#include "hosts/moving/Asking.h"
#include "vmm/base/Steps.h"

namespace hosts::moving {

BorrowedPools::BorrowedPools(Host* host, QObject* parent)
    : QObject(parent)
    , m_host(host)
{
}

vmm::Future<void> BorrowedPools::borrow(const QString& folder)
{
    if (m_pools.contains(folder))
        return vmm::async::ready<void>({});
    const NewPool pool { .name
        = QStringLiteral("virtdeck-") + QUuid::createUuid().toString(QUuid::Id128).left(12),
        .target = folder,
        .isAutostart = false };
    return ask(m_host, DefinePool { pool }, this,
        [this, folder, name = pool.name] { m_pools.insert(folder, name); });
}

vmm::Future<void> BorrowedPools::giveBack()
{
    vmm::Steps steps(this);
    steps.commit(); // each is tried, whatever became of the others
    const QHash<QString, QString> pools = std::exchange(m_pools, {});
    for (const QString& pool : pools)
        steps.add(pool, [this, pool] { return ask(m_host, DeletePool { pool }, this); });
    return steps.run();
}

} // namespace hosts::moving
