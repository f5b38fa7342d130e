// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/GuestPort.h"

#include "console/GuestDevices.h"

#include <algorithm>
#include <cstring>

namespace console {

GuestPort::GuestPort(GuestDevices& devices, const QString& name, const QByteArray& past)
    : m_devices(&devices)
    , m_name(name)
    , m_pending(past)
{
    open(QIODevice::ReadWrite | QIODevice::Unbuffered);
    connect(&devices, &GuestDevices::portReceived, this,
        [this](const QString& port, const QByteArray& bytes) {
            if (port != m_name)
                return;
            m_pending += bytes;
            Q_EMIT readyRead();
        });
}

qint64 GuestPort::bytesAvailable() const
{
    return m_pending.size() + QIODevice::bytesAvailable();
}

qint64 GuestPort::readData(char* data, qint64 size)
{
    const qint64 count = std::min<qint64>(size, m_pending.size());
    std::memcpy(data, m_pending.constData(), size_t(count));
    m_pending.remove(0, count);
    return count;
}

qint64 GuestPort::writeData(const char* data, qint64 size)
{
    if (m_devices && m_devices->writeToPort(m_name, QByteArray(data, size)))
        return size;
    setErrorString(QStringLiteral("no program in the guest has the port \"%1\" open").arg(m_name));
    return -1;
}

} // namespace console
