// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/console/FakeTransport.h"

#include <QColor>

namespace tests {

void FakeTransport::open(const vmm::ConsoleEndpoint& to)
{
    endpoint = to;
    log.append(QStringLiteral("open"));
}

void FakeTransport::setVisible(bool seen)
{
    visible = seen;
}

void FakeTransport::sendKey(int xtScancode, bool pressed)
{
    log.append(QStringLiteral("key %1 %2")
                   .arg(QString::number(xtScancode, 16),
                       pressed ? QStringLiteral("down") : QStringLiteral("up")));
}

void FakeTransport::sendKeyLocks(console::KeyLocks locks)
{
    log.append(QStringLiteral("locks caps %1 num %2").arg(locks.capsLock).arg(locks.numLock));
}

void FakeTransport::sendPointerPosition(QPoint guestPixel, quint32 buttons, int head)
{
    const QString line = QStringLiteral("position %1,%2 buttons %3")
                             .arg(guestPixel.x())
                             .arg(guestPixel.y())
                             .arg(buttons);
    log.append(head == 0 ? line : line + QStringLiteral(" head %1").arg(head));
}

void FakeTransport::sendPointerMotion(QPoint delta, quint32 buttons)
{
    log.append(
        QStringLiteral("motion %1,%2 buttons %3").arg(delta.x()).arg(delta.y()).arg(buttons));
}

void FakeTransport::sendButton(console::PointerButton button, bool pressed, quint32 buttons)
{
    log.append(QStringLiteral("button %1 %2 buttons %3")
                   .arg(int(button))
                   .arg(pressed ? QStringLiteral("down") : QStringLiteral("up"))
                   .arg(buttons));
}

void FakeTransport::requestGuestSize(QSize size)
{
    log.append(QStringLiteral("size %1x%2").arg(size.width()).arg(size.height()));
}

void FakeTransport::record(console::RecordCommand command, int file)
{
    log.append(QStringLiteral("record %1%2")
                   .arg(int(command))
                   .arg(file >= 0 ? QStringLiteral(" into a file") : QString()));
}

void FakeTransport::goLive(QSize size, bool absolute, QColor colour)
{
    Q_EMIT stageReached(console::SessionState::Authenticating);
    Q_EMIT stageReached(console::SessionState::Live);
    Q_EMIT mouseModeChanged(absolute);
    QImage picture(size, QImage::Format_RGB32);
    picture.fill(colour);
    Q_EMIT surfaceChanged(picture);
    Q_EMIT displayOnChanged(true);
    Q_EMIT damaged(QRect(QPoint(), size));
}

console::TransportFactory FakeTransports::factory()
{
    return [this] {
        auto transport = std::make_unique<FakeTransport>();
        latest = transport.get();
        ++made;
        return transport;
    };
}

} // namespace tests
