// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/ConsoleTransport.h"
#include "console/protocol/Messages.h"
#include "console/protocol/PacketSocket.h"

#include <array>

class QSocketNotifier;

namespace console {

class FrameBuffer;
class HelperProcess;
class HelperStarter;
class SpiceAgentChannel;

/// SPICE or VNC through a helper process (virtdeck-console): the library's main loop, decoding and
/// crashes stay out of this process. What the helper says is checked as the input of a stranger.
class SpiceHelperTransport : public ConsoleTransport {
    Q_OBJECT

public:
    explicit SpiceHelperTransport(
        std::shared_ptr<HelperStarter> starter, QObject* parent = nullptr);
    /// `helperProgram` is the path of virtdeck-console.
    explicit SpiceHelperTransport(const QString& helperProgram, QObject* parent = nullptr);
    ~SpiceHelperTransport() override;

    static TransportFactory factory(const std::shared_ptr<HelperStarter>& starter);
    static TransportFactory factory(const QString& helperProgram);

    // ConsoleTransport
    void setOptions(const ConnectOptions& options) override { m_options = options; }
    void prefer(const ConnectOptions& options) override;
    void open(const vmm::ConsoleEndpoint& endpoint) override;
    void close() override;
    bool isClosingFilms() const override { return m_closingFilms; }
    void setVisible(bool visible) override;
    void acknowledge(int screen) override;
    void sendKey(int xtScancode, bool pressed) override;
    void sendKeyLocks(KeyLocks locks) override;
    void sendPointerPosition(QPoint guestPixel, quint32 buttons, int head) override;
    void sendPointerMotion(QPoint delta, quint32 buttons) override;
    void sendButton(PointerButton button, bool pressed, quint32 buttons) override;
    void requestGuestSize(QSize size) override;
    AgentChannel* agent() override;
    void sendWish(const DeviceWish& wish) override;
    void record(RecordCommand command, int file) override;

    /// The helper's process, 0 when there is none.
    qint64 helperPid() const;

private:
    void start(const vmm::ConsoleEndpoint& endpoint);
    void watchSocket();
    void readMessages();
    void socketClosed();
    bool handle(const protocol::FromHelper& message, protocol::Payload payload, int fd);
    bool takeSurface(const protocol::Surface& surface, int fd);
    bool takeDamage(const protocol::Damage& damage);
    void takeCursor(const protocol::CursorShape& shape, protocol::Payload pixels);
    void finish(EndReason reason, const QString& detail);
    void closeFilms();
    void filmsEnded(const QString& how);
    void send(const protocol::ToHelper& message, protocol::Payload payload = {}, int fd = -1);
    void helperExited(bool crashed, const QString& how);

    std::shared_ptr<HelperStarter> m_starter;
    ConnectOptions m_options;
    protocol::PacketSocket m_socket;
    std::unique_ptr<QSocketNotifier> m_readable;
    std::unique_ptr<QSocketNotifier> m_writable; ///< enabled while something waits to be sent
    std::unique_ptr<HelperProcess> m_process;
    bool m_visible = true;
    std::array<bool, 2> m_films {}; ///< not closed yet: that of Start, that of SavePast
    bool m_closingFilms = false;
    QString m_howEnded; ///< the helper's process, if it did by itself
    struct Screen {
        QSize size {};
        quint32 surfaceSerial = 0;
        quint32 damageSerial = 0;
    };
    std::array<Screen, protocol::kMaxHeads> m_screens;
    std::unique_ptr<SpiceAgentChannel> m_agent;
};

} // namespace console
