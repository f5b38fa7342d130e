// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/SpiceHelperTransport.h"

#include "console/FrameBuffer.h"
#include "console/HelperStarter.h"
#include "console/Regions.h"
#include "console/SpiceAgentChannel.h"
#include "console/SpiceDeviceMessages.h"

#include <QLoggingCategory>
#include <QPointer>
#include <QSocketNotifier>
#include <QTimer>
#include <QVarLengthArray>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <span>

namespace console {

namespace {

Q_LOGGING_CATEGORY(lcSpice, "console.spice", QtWarningMsg)

using namespace std::chrono_literals;

/// Packets handled before the event loop gets its turn.
constexpr int kMaxPacketsAtOnce = 64;

EndReason toEndReason(protocol::Failure failure)
{
    switch (failure) {
    case protocol::Failure::Connect:
        return EndReason::ConnectFailed;
    case protocol::Failure::Authentication:
        return EndReason::AuthenticationFailed;
    case protocol::Failure::Tls:
        return EndReason::TlsFailed;
    case protocol::Failure::ServerClosed:
        return EndReason::ServerClosed;
    case protocol::Failure::TakenOver:
        return EndReason::TakenOver;
    case protocol::Failure::UnsupportedDisplay:
        return EndReason::UnsupportedDisplay;
    case protocol::Failure::DisplayDropped:
        return EndReason::DisplayDropped;
    case protocol::Failure::Protocol:
        return EndReason::ServerViolation;
    }
    return EndReason::ProtocolViolation;
}

} // namespace

SpiceHelperTransport::SpiceHelperTransport(std::shared_ptr<HelperStarter> starter, QObject* parent)
    : ConsoleTransport(parent)
    , m_starter(std::move(starter))
    , m_agent(std::make_unique<SpiceAgentChannel>(
          [this](const protocol::ToHelper& message, int fd) { send(message, {}, fd); }))
{
}

SpiceHelperTransport::SpiceHelperTransport(const QString& helperProgram, QObject* parent)
    : SpiceHelperTransport(std::make_shared<HelperStarter>(helperProgram), parent)
{
}

SpiceHelperTransport::~SpiceHelperTransport()
{
    close();
}

TransportFactory SpiceHelperTransport::factory(const std::shared_ptr<HelperStarter>& starter)
{
    return [starter] { return std::make_unique<SpiceHelperTransport>(starter); };
}

TransportFactory SpiceHelperTransport::factory(const QString& helperProgram)
{
    return factory(std::make_shared<HelperStarter>(helperProgram));
}

qint64 SpiceHelperTransport::helperPid() const
{
    return m_process ? m_process->pid() : 0;
}

void SpiceHelperTransport::open(const vmm::ConsoleEndpoint& endpoint)
{
    // Failures found here are told from the event loop, as all others are.
    const auto fail = [this](EndReason reason, const QString& detail) {
        QTimer::singleShot(0, this, [this, reason, detail] { finish(reason, detail); });
    };
    m_agent->setTextOnly(endpoint.protocol != vmm::ConsoleEndpoint::Protocol::Spice);
    if (endpoint.protocol == vmm::ConsoleEndpoint::Protocol::Serial)
        return fail(EndReason::UnsupportedDisplay, QStringLiteral("a serial port has no screen"));
    auto message = toOpen(endpoint, m_options);
    if (!message)
        return fail(EndReason::ConnectFailed, message.error().detail);

    auto started = m_starter->start();
    if (!started)
        return fail(EndReason::HelperMissing, started.error().toString());

    m_process = std::move(started->process);
    connect(m_process.get(), &HelperProcess::exited, this, &SpiceHelperTransport::helperExited);
    m_socket = protocol::PacketSocket(std::move(started->socket));
    watchSocket();
    send(*message);
    send(protocol::Visibility { .visible = m_visible });
    explicit_bzero(message->password.data(), message->password.size());
}

void SpiceHelperTransport::close()
{
    if (m_closingFilms)
        return;
    m_writable.reset();
    if (m_process)
        m_process->disconnect(this);
    if (m_films[0] || m_films[1])
        return closeFilms();
    m_readable.reset();
    m_socket.close(); // the helper ends when its socket does
    HelperProcess::retire(std::move(m_process));
}

/// The helper closes its files before it ends, and says how that went.
void SpiceHelperTransport::closeFilms()
{
    m_closingFilms = true;
    m_socket.closeSending();
    if (HelperProcess* helper = HelperProcess::retireFilming(std::move(m_process)))
        connect(helper, &HelperProcess::exited, this,
            [this](bool, const QString& how) { filmsEnded(how); });
    else
        filmsEnded(m_howEnded);
}

void SpiceHelperTransport::filmsEnded(const QString& how)
{
    readMessages();
    m_readable.reset();
    m_socket.close();
    for (const bool isPast : { false, true }) {
        if (std::exchange(m_films[isPast], false))
            Q_EMIT recorded({ .isPast = isPast, .end = FilmEnd::HelperEnded, .detail = how });
    }
    m_closingFilms = false;
    Q_EMIT filmsClosed();
}

void SpiceHelperTransport::watchSocket()
{
    m_readable = std::make_unique<QSocketNotifier>(m_socket.fd(), QSocketNotifier::Read);
    m_writable = std::make_unique<QSocketNotifier>(m_socket.fd(), QSocketNotifier::Write);
    m_writable->setEnabled(false);
    connect(
        m_readable.get(), &QSocketNotifier::activated, this, &SpiceHelperTransport::readMessages);
    connect(m_writable.get(), &QSocketNotifier::activated, this, [this] {
        m_socket.flush();
        m_writable->setEnabled(m_socket.hasUnsent());
    });
}

void SpiceHelperTransport::readMessages()
{
    for (int i = 0; i < kMaxPacketsAtOnce && m_socket.isOpen(); ++i) {
        auto received = m_socket.receive();
        switch (received.status) {
        case protocol::PacketSocket::Status::WouldBlock:
            return;
        case protocol::PacketSocket::Status::Closed:
            socketClosed();
            return;
        case protocol::PacketSocket::Status::Packet:
            break;
        }
        const auto decoded = protocol::decodeFromHelper(received.packet);
        if (!decoded || !handle(decoded->message, decoded->payload, received.fd.get())) {
            finish(EndReason::ProtocolViolation,
                QStringLiteral("the console's process sent a message that makes no sense"));
            return;
        }
    }
}

void SpiceHelperTransport::socketClosed()
{
    if (m_closingFilms) { // its end follows
        if (m_readable)
            m_readable->setEnabled(false);
        return;
    }
    // Its end follows in a moment and says more; a process that only hung up is not waited for.
    m_readable->setEnabled(false);
    QTimer::singleShot(1s, this, [this] {
        if (m_process)
            finish(EndReason::HelperCrashed, QStringLiteral("the console's process hung up"));
    });
}

void SpiceHelperTransport::helperExited(bool, const QString& how)
{
    m_howEnded = how;
    if (m_readable && m_readable->isEnabled())
        readMessages(); // it may have said why
    if (m_process)
        finish(EndReason::HelperCrashed, QStringLiteral("the console's process %1").arg(how));
}

void SpiceHelperTransport::finish(EndReason reason, const QString& detail)
{
    qCInfo(lcSpice).noquote() << "ended:" << nameOf(reason) << detail;
    close();
    Q_EMIT ended(reason, detail);
}

/// False if the message contradicts what was said before.
bool SpiceHelperTransport::handle(
    const protocol::FromHelper& message, protocol::Payload payload, int fd)
{
    struct Visitor {
        SpiceHelperTransport& transport;
        protocol::Payload payload;
        int fd;

        bool operator()(const protocol::Hello& m) { return m.version == protocol::kVersion; }
        bool operator()(const protocol::StageReached& m)
        {
            if (m.stage == protocol::Stage::Authenticating)
                Q_EMIT transport.stageReached(SessionState::Authenticating);
            else if (m.stage == protocol::Stage::Live)
                Q_EMIT transport.stageReached(SessionState::Live);
            return true;
        }
        bool operator()(const protocol::Surface& m) { return transport.takeSurface(m, fd); }
        bool operator()(const protocol::SurfaceGone& m)
        {
            Screen& screen = transport.m_screens[m.screen];
            if (m.serial == screen.surfaceSerial) {
                screen.size = {};
                Q_EMIT transport.surfaceChanged({}, int(m.screen));
            }
            return true;
        }
        bool operator()(const protocol::Damage& m) { return transport.takeDamage(m); }
        bool operator()(const protocol::DisplayOn& m)
        {
            Q_EMIT transport.displayOnChanged(m.on, int(m.screen));
            return true;
        }
        bool operator()(const protocol::CursorShape& m)
        {
            transport.takeCursor(m, payload);
            return true;
        }
        bool operator()(const protocol::CursorPosition& m)
        {
            Q_EMIT transport.cursorMoved(QPoint(m.x, m.y), int(m.screen));
            return true;
        }
        bool operator()(const protocol::MouseMode& m)
        {
            Q_EMIT transport.mouseModeChanged(m.absolute);
            return true;
        }
        bool operator()(const protocol::KeyLocks& m)
        {
            Q_EMIT transport.keyLocksChanged({ .scrollLock = bool(m.locks & protocol::kScrollLock),
                .numLock = bool(m.locks & protocol::kNumLock),
                .capsLock = bool(m.locks & protocol::kCapsLock) });
            return true;
        }
        bool operator()(const protocol::Agent& m)
        {
            Q_EMIT transport.agentChanged(m.connected);
            return true;
        }
        bool operator()(const protocol::Bell&)
        {
            Q_EMIT transport.rang();
            return true;
        }
        bool operator()(const protocol::Responsive& m)
        {
            Q_EMIT transport.responsiveChanged(m.yes);
            return true;
        }
        bool operator()(const protocol::ClipboardOffer& m) { return agent().take(m, fd); }
        bool operator()(const protocol::ClipboardRequest& m) { return agent().take(m, fd); }
        bool operator()(const protocol::ClipboardAnswer& m) { return agent().take(m, fd); }
        bool operator()(const protocol::ClipboardCut& m) { return agent().take(m, fd); }
        bool operator()(const protocol::Monitors& m) { return agent().take(m, fd); }
        bool operator()(const protocol::FileProgress& m) { return agent().take(m, fd); }
        bool operator()(const protocol::FileEnded& m) { return agent().take(m, fd); }
        SpiceAgentChannel& agent() const { return *transport.m_agent; }
        bool operator()(const protocol::Recorded& m)
        {
            transport.m_films[m.past] = false;
            Q_EMIT transport.recorded({ .isPast = m.past != 0,
                .end = FilmEnd(m.end),
                .detail = QString::fromUtf8(m.detail.data()) });
            return true;
        }
        bool operator()(const protocol::Ended& m)
        {
            if (m.wantsUser)
                Q_EMIT transport.userWanted();
            transport.finish(toEndReason(m.failure), QString::fromUtf8(m.detail.data()));
            return true;
        }
    };
    if (m_closingFilms && !std::holds_alternative<protocol::Recorded>(message))
        return true;
    if (const auto news = toNews(message, payload)) {
        Q_EMIT deviceNews(*news);
        return true;
    }
    Visitor visitor { *this, payload, fd };
    return std::visit(
        [&visitor](const auto& m) {
            if constexpr (std::is_invocable_v<Visitor&, decltype(m)>)
                return visitor(m);
            else
                return true; // toNews() took it
        },
        message);
}

bool SpiceHelperTransport::takeSurface(const protocol::Surface& surface, int fd)
{
    auto buffer = FrameBuffer::map(fd, surface);
    if (!buffer) {
        qCWarning(lcSpice).noquote() << buffer.error().toString();
        return false;
    }
    Screen& screen = m_screens[surface.screen];
    screen.surfaceSerial = surface.serial;
    screen.size = buffer.value()->size();
    GuestPicture picture(FrameBuffer::image(*buffer));
    picture.memory = *buffer;
    Q_EMIT surfaceChanged(picture, int(surface.screen));
    return true;
}

bool SpiceHelperTransport::takeDamage(const protocol::Damage& damage)
{
    Screen& screen = m_screens[damage.screen];
    if (damage.surface != screen.surfaceSerial || screen.size.isEmpty())
        return false;
    QVarLengthArray<QRect, protocol::kMaxDamageRects> changed;
    for (const protocol::Rect& rect : std::span(damage.rects).first(damage.count)) {
        if (!protocol::isWithin(rect, screen.size.width(), screen.size.height()))
            return false;
        changed.append(QRect(rect.x, rect.y, rect.width, rect.height));
    }
    screen.damageSerial = damage.serial;
    Q_EMIT damaged(united(changed), int(damage.screen));
    return true;
}

void SpiceHelperTransport::takeCursor(const protocol::CursorShape& shape, protocol::Payload pixels)
{
    if (pixels.empty()) {
        Q_EMIT cursorChanged({ .isSet = !shape.ordinary }, int(shape.screen));
        return;
    }
    const QImage packet(reinterpret_cast<const uchar*>(pixels.data()), shape.width, shape.height,
        QImage::Format_ARGB32);
    Q_EMIT cursorChanged({ .isSet = true,
                             .image = packet.copy(),
                             .hotspot = QPoint(shape.hotspotX, shape.hotspotY) },
        int(shape.screen));
}

void SpiceHelperTransport::sendWish(const DeviceWish& wish)
{
    const auto message = toMessage(wish);
    if (!message) {
        qCWarning(lcSpice).noquote() << message.error().toString();
        return;
    }
    const auto bytes = std::as_bytes(
        std::span(message->payload.constData(), static_cast<std::size_t>(message->payload.size())));
    send(message->message, bytes);
}

void SpiceHelperTransport::prefer(const ConnectOptions& options)
{
    send(toPreferences(options));
}

void SpiceHelperTransport::record(RecordCommand command, int file)
{
    if (command == RecordCommand::Start || command == RecordCommand::SavePast)
        m_films[command == RecordCommand::SavePast] = true;
    send(protocol::RecordControl { .command = protocol::RecordCommand(command) }, {}, file);
}

void SpiceHelperTransport::send(
    const protocol::ToHelper& message, protocol::Payload payload, int fd)
{
    if (!m_socket.isOpen() || m_closingFilms)
        return;
    const bool sent = m_socket.send(protocol::encode(message, payload), fd);
    if (m_writable)
        m_writable->setEnabled(m_socket.hasUnsent());
    if (!sent)
        socketClosed();
}

void SpiceHelperTransport::setVisible(bool visible)
{
    m_visible = visible;
    send(protocol::Visibility { .visible = visible });
}

void SpiceHelperTransport::acknowledge(int screen)
{
    send(protocol::Acknowledge {
        .screen = quint32(screen), .serial = m_screens[size_t(screen)].damageSerial });
}

void SpiceHelperTransport::sendKey(int xtScancode, bool pressed)
{
    send(protocol::Key { .xtScancode = quint32(xtScancode), .pressed = pressed });
}

void SpiceHelperTransport::sendKeyLocks(KeyLocks locks)
{
    send(protocol::KeyLocks { .locks = (locks.scrollLock ? protocol::kScrollLock : 0)
            | (locks.numLock ? protocol::kNumLock : 0)
            | (locks.capsLock ? protocol::kCapsLock : 0) });
}

void SpiceHelperTransport::sendPointerPosition(QPoint guestPixel, quint32 buttons, int head)
{
    send(protocol::PointerPosition {
        .x = guestPixel.x(), .y = guestPixel.y(), .buttons = buttons, .head = quint32(head) });
}

void SpiceHelperTransport::sendPointerMotion(QPoint delta, quint32 buttons)
{
    send(protocol::PointerMotion { .dx = delta.x(), .dy = delta.y(), .buttons = buttons });
}

void SpiceHelperTransport::sendButton(PointerButton button, bool pressed, quint32 buttons)
{
    send(protocol::Button { .button = quint32(button), .pressed = pressed, .buttons = buttons });
}

void SpiceHelperTransport::requestGuestSize(QSize size)
{
    m_agent->arrangeMonitors({ { .head = 0, .area = QRect(QPoint(), size) } });
}

AgentChannel* SpiceHelperTransport::agent()
{
    return m_agent.get();
}

} // namespace console
