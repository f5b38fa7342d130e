// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/ConsoleTransport.h"
#include "tests/support/console/FakeAgentChannel.h"

#include <QPointer>
#include <QStringList>

namespace tests {

/// A transport that connects to nothing: a test speaks for the other side through its signals and
/// reads what it was told.
class FakeTransport : public console::ConsoleTransport {
    Q_OBJECT

public:
    using ConsoleTransport::ConsoleTransport;

    void open(const vmm::ConsoleEndpoint& endpoint) override;
    void close() override { log.append(QStringLiteral("close")); }
    void setVisible(bool visible) override;
    void acknowledge(int) override { ++acknowledged; }
    void sendKey(int xtScancode, bool pressed) override;
    void sendKeyLocks(console::KeyLocks locks) override;
    void sendPointerPosition(QPoint guestPixel, quint32 buttons, int head) override;
    void sendPointerMotion(QPoint delta, quint32 buttons) override;
    void sendButton(console::PointerButton button, bool pressed, quint32 buttons) override;
    void requestGuestSize(QSize size) override;
    console::AgentChannel* agent() override { return &channel; }
    void record(console::RecordCommand command, int file) override;

    /// Connects and shows a picture of one colour, with the mouse as said.
    void goLive(QSize size = { 320, 200 }, bool absolute = true, QColor colour = Qt::darkCyan);

    FakeAgentChannel channel;
    vmm::ConsoleEndpoint endpoint;
    QStringList log; ///< "key 1e down", "position 3,4 buttons 1", ... in order
    int acknowledged = 0;
    bool visible = true;
};

/// Makes fake transports and remembers the latest.
struct FakeTransports {
    QPointer<FakeTransport> latest;
    int made = 0;

    console::TransportFactory factory();
};

} // namespace tests
