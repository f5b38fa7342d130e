// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/SpiceAgentChannel.h"

#include "console/protocol/Codec.h"
#include "console/protocol/SealedFile.h"

#include <QFile>
#include <QTimer>

namespace console {

namespace {

// Of the enumerations on both sides the values are the same.
static_assert(int(ClipboardType::Jpeg) == int(protocol::ClipboardType::Jpeg));
static_assert(int(ClipboardSelection::Primary) == int(protocol::Selection::Primary));
static_assert(int(FileOutcome::Failed) == int(protocol::FileOutcome::Failed));

protocol::Selection toProtocol(ClipboardSelection selection)
{
    return protocol::Selection(selection);
}

ClipboardTypes toTypes(quint32 set)
{
    ClipboardTypes out;
    for (quint32 i = 0; i < protocol::kClipboardTypes; ++i) {
        if (set & (1u << i))
            out.append(ClipboardType(i));
    }
    return out;
}

} // namespace

void SpiceAgentChannel::setClipboardSharing(ClipboardSharing sharing)
{
    const bool both = sharing == ClipboardSharing::Both;
    m_send(protocol::ClipboardDirection { .toGuest = both || sharing == ClipboardSharing::ToGuest,
               .fromGuest = both || sharing == ClipboardSharing::FromGuest },
        -1);
}

void SpiceAgentChannel::offerClipboard(ClipboardSelection selection, const ClipboardTypes& types)
{
    protocol::ClipboardOffer offer { .selection = toProtocol(selection) };
    for (ClipboardType type : types)
        offer.types |= 1u << quint32(type);
    m_send(offer, -1);
}

void SpiceAgentChannel::requestClipboard(
    ClipboardSelection selection, ClipboardType type, quint32 request)
{
    m_send(protocol::ClipboardRequest { .selection = toProtocol(selection),
               .type = protocol::ClipboardType(type),
               .request = request },
        -1);
}

void SpiceAgentChannel::answerClipboard(quint32 request, int memfd, quint64 bytes)
{
    m_send(
        protocol::ClipboardAnswer {
            .request = request, .found = memfd >= 0 ? 1u : 0u, .size = bytes },
        memfd);
}

void SpiceAgentChannel::sendFile(quint32 transfer, const QString& path)
{
    const QByteArray local = QFile::encodeName(path);
    protocol::SendFile message { .transfer = transfer };
    const std::string_view text(local.constData(), std::size_t(local.size()));
    if (!protocol::fits(text, message.path) || !text.starts_with('/')) {
        QTimer::singleShot(
            0, this, [this, transfer] { Q_EMIT fileEnded(transfer, FileOutcome::Unreadable, {}); });
        return;
    }
    message.path = protocol::toText<4096>(text);
    m_send(message, -1);
}

void SpiceAgentChannel::cancelFile(quint32 transfer)
{
    m_send(protocol::CancelFile { .transfer = transfer }, -1);
}

void SpiceAgentChannel::arrangeMonitors(const QList<MonitorArea>& monitors)
{
    protocol::MonitorLayout layout;
    for (const MonitorArea& monitor : monitors) {
        if (monitor.head < 0 || monitor.head >= int(protocol::kMaxHeads))
            continue;
        const QRect& at = monitor.area;
        layout.heads[std::size_t(monitor.head)] = {
            .enabled = 1, .x = at.x(), .y = at.y(), .width = at.width(), .height = at.height()
        };
    }
    m_send(layout, -1);
}

bool SpiceAgentChannel::take(const protocol::ClipboardOffer& message, int)
{
    Q_EMIT clipboardOffered(ClipboardSelection(message.selection), toTypes(message.types));
    return true;
}

bool SpiceAgentChannel::take(const protocol::ClipboardRequest& message, int)
{
    Q_EMIT clipboardWanted(
        ClipboardSelection(message.selection), ClipboardType(message.type), message.request);
    return true;
}

bool SpiceAgentChannel::take(const protocol::ClipboardAnswer& message, int fd)
{
    if (!message.found) {
        Q_EMIT clipboardArrived(message.request, nullptr, message.size);
        return true;
    }
    const ClipboardData data = protocol::SealedFile::map(fd, message.size);
    if (!data)
        return false;
    Q_EMIT clipboardArrived(message.request, data, 0);
    return true;
}

bool SpiceAgentChannel::take(const protocol::ClipboardCut& message, int)
{
    Q_EMIT clipboardCut(message.replaced, message.limit);
    return true;
}

bool SpiceAgentChannel::take(const protocol::Monitors& message, int)
{
    QList<MonitorArea> monitors;
    for (quint32 i = 0; i < message.count; ++i) {
        const auto& at = message.areas[i];
        monitors.append({ .head = int(at.head), .area = QRect(at.x, at.y, at.width, at.height) });
    }
    Q_EMIT monitorsChanged(int(message.screen), monitors, int(message.offered));
    return true;
}

bool SpiceAgentChannel::take(const protocol::FileProgress& message, int)
{
    Q_EMIT fileProgressed(message.transfer, qint64(message.sent), qint64(message.total));
    return true;
}

bool SpiceAgentChannel::take(const protocol::FileEnded& message, int)
{
    Q_EMIT fileEnded(
        message.transfer, FileOutcome(message.outcome), QString::fromUtf8(message.detail.data()));
    return true;
}

} // namespace console
