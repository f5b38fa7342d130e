// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/HelperStarter.h"

#include <cerrno>
#include <cstring>

namespace console {

HelperStarter::HelperStarter(const QString& program, std::chrono::milliseconds life)
    : m_program(program)
{
    m_life.setSingleShot(true);
    m_life.setInterval(life);
    connect(&m_life, &QTimer::timeout, this, &HelperStarter::dropSpare);
}

vmm::Result<HelperStarter::Started> HelperStarter::start()
{
    m_life.stop();
    if (!sparePid())
        return startNew();
    m_spare.process->disconnect(this);
    return std::move(m_spare);
}

void HelperStarter::prepare()
{
    m_life.start();
    if (sparePid())
        return;
    auto started = startNew();
    if (!started)
        return;
    m_spare = std::move(*started);
    connect(m_spare.process.get(), &HelperProcess::exited, this, [this] {
        m_spare.process.release()->deleteLater();
        dropSpare();
    });
}

vmm::Result<HelperStarter::Started> HelperStarter::startNew() const
{
    auto [ours, theirs] = protocol::PacketSocket::createPair();
    if (!ours.isValid())
        return vmm::Error { vmm::ErrorKind::ProcessFailed, m_program,
            QString::fromLocal8Bit(std::strerror(errno)) };
    auto process = HelperProcess::start(m_program, std::move(theirs));
    if (!process)
        return process.error();
    return Started { .process = std::move(*process), .socket = std::move(ours) };
}

void HelperStarter::dropSpare()
{
    m_life.stop();
    m_spare.socket.reset(); // it ends when its socket does
    if (m_spare.process)
        m_spare.process->disconnect(this);
    HelperProcess::retire(std::move(m_spare.process));
}

} // namespace console
