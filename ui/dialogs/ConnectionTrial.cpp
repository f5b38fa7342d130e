// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/ConnectionTrial.h"

#include <utility>

namespace ui {

using hosts::ConnectionState;

ConnectionTrial::ConnectionTrial(std::unique_ptr<hosts::Host> host, QObject* parent)
    : QObject(parent)
    , m_host(std::move(host))
{
    if (m_host)
        connect(m_host.get(), &hosts::Host::connectionChanged, this, &ConnectionTrial::note);
}

void ConnectionTrial::start()
{
    m_clock.start();
    if (m_host)
        m_host->open();
    else
        Q_EMIT failed({ vmm::ErrorKind::InvalidConfig, {},
            QStringLiteral("no kind of host here speaks to this address") });
}

void ConnectionTrial::note(ConnectionState state)
{
    // Reconnecting: it failed, and would be tried again. One answer is enough here.
    const bool isOver = state == ConnectionState::Connected || state == ConnectionState::Failed
        || state == ConnectionState::Reconnecting;
    if (!isOver || std::exchange(m_isDone, true))
        return;
    if (state == ConnectionState::Connected)
        Q_EMIT succeeded(m_host->info(), static_cast<int>(m_host->vms().size()), m_clock.elapsed());
    else
        Q_EMIT failed(m_host->lastError().value_or(
            vmm::Error { vmm::ErrorKind::Disconnected, m_host->uri().toString() }));
}

} // namespace ui
