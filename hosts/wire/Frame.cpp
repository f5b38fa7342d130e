// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/wire/Frame.h"

#include "hosts/wire/Limits.h"

#include <QtEndian>

namespace hosts::wire {

namespace {

constexpr qsizetype kHeaderSize = 4;

} // namespace

QByteArray framed(const QByteArray& payload)
{
    Q_ASSERT(!payload.isEmpty() && payload.size() <= kMaxFrame);
    QByteArray frame(kHeaderSize, Qt::Uninitialized);
    qToLittleEndian(static_cast<quint32>(payload.size()), frame.data());
    return frame + payload;
}

void FrameReader::feed(const QByteArray& bytes)
{
    if (m_taken > 0) {
        m_buffer.remove(0, m_taken);
        m_taken = 0;
    }
    m_buffer += bytes;
}

vmm::Result<std::optional<QByteArray>> FrameReader::next()
{
    const qsizetype available = m_buffer.size() - m_taken;
    if (available < kHeaderSize)
        return std::optional<QByteArray> {};
    const auto length
        = static_cast<qsizetype>(qFromLittleEndian<quint32>(m_buffer.constData() + m_taken));
    if (length == 0 || length > kMaxFrame)
        return vmm::Error { vmm::ErrorKind::ProtocolViolation, {},
            QStringLiteral("a frame of %1 bytes; the limit is %2").arg(length).arg(kMaxFrame) };
    if (available < kHeaderSize + length)
        return std::optional<QByteArray> {};
    const QByteArray payload = m_buffer.mid(m_taken + kHeaderSize, length);
    m_taken += kHeaderSize + length;
    return std::optional<QByteArray> { payload };
}

} // namespace hosts::wire
