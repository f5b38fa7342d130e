// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/HostTitles.h"

#include "ui/text/Text.h"

namespace ui {

HostTitles::HostTitles(const models::Inventory& inventory)
    : m_inventory(inventory)
{
    connect(&inventory, &models::Inventory::hostAdded, this, [this] { tell(nullptr); });
    connect(&inventory, &models::Inventory::hostAboutToBeRemoved, this, &HostTitles::tell);
    tell(nullptr);
}

HostTitles::~HostTitles()
{
    Text::tellHostsApart({});
}

void HostTitles::tell(const hosts::Host* leaving)
{
    QVector<hosts::HostUri> uris;
    const QVector<hosts::Host*> hosts = m_inventory.hosts();
    for (const hosts::Host* host : hosts) {
        if (host != leaving)
            uris.append(host->uri());
    }
    Text::tellHostsApart(uris);
}

} // namespace ui
