// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/ConsoleSession.h"

#include "console/FileTransfers.h"

#include <QCoreApplication>

#include <chrono>

namespace console {

namespace {

using namespace std::chrono_literals;

constexpr auto kConnectDeadline = 20s;
/// A helper that ran this long was no bad start; when it crashes it may be started again.
constexpr qint64 kSettledMs = 60'000;

quint32 maskOf(PointerButton button)
{
    return 1u << (static_cast<quint32>(button) - 1);
}

bool isWheel(PointerButton button)
{
    return button == PointerButton::WheelUp || button == PointerButton::WheelDown;
}

} // namespace

ConsoleSession::ConsoleSession(TransportFactory factory, QObject* parent)
    : QObject(parent)
    , m_factory(std::move(factory))
    , m_files(std::make_unique<FileTransfers>(*this))
{
    observeHeads();
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(kConnectDeadline);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        end(EndReason::TimedOut,
            QStringLiteral("no answer within %1 s")
                .arg(std::chrono::seconds(kConnectDeadline).count()));
    });
}

ConsoleSession::~ConsoleSession()
{
    dropTransport();
}

void ConsoleSession::open(const vmm::ConsoleEndpoint& endpoint)
{
    m_endpoint = endpoint;
    m_opened = true;
    m_helperRespawned = false;
    startTransport();
}

void ConsoleSession::prefer(ImageCompression compression, const QList<VideoCodec>& codecs)
{
    m_options.compression = compression;
    m_options.codecs = codecs;
    if (m_transport)
        m_transport->prefer(m_options);
}

void ConsoleSession::reconnect()
{
    if (m_opened)
        open(vmm::ConsoleEndpoint(m_endpoint));
}

void ConsoleSession::close()
{
    if (m_state == SessionState::Idle || m_state == SessionState::Closed)
        return;
    dropTransport();
    m_endReason = EndReason::None;
    m_endDetail.clear();
    setState(SessionState::Closed);
}

void ConsoleSession::setMachineState(vmm::VmState state)
{
    m_machine = state;
    const bool off = state != vmm::VmState::Unknown && !vmm::isActive(state);
    if (off && (m_state == SessionState::Lost || m_state == SessionState::TakenOver))
        setState(SessionState::GuestOff);
    else if (!off && m_state == SessionState::GuestOff)
        setState(SessionState::Idle);
}

void ConsoleSession::setVisible(bool visible, const void* viewer)
{
    if (visible)
        m_viewers.insert(viewer);
    else
        m_viewers.remove(viewer);
    const bool isVisible = !m_viewers.isEmpty();
    if (isVisible == m_visible)
        return;
    m_visible = isVisible;
    if (m_transport)
        m_transport->setVisible(isVisible);
}

void ConsoleSession::startTransport()
{
    dropTransport();
    m_endReason = EndReason::None;
    m_endDetail.clear();
    m_userWanted = false;
    m_firstFrameMs = -1;
    m_sinceOpen.start();
    m_transport = m_factory();
    m_heads.reset();
    m_layout.forgetSize(0); // the guest's own, until another is asked for
    m_agentConnected = false;
    observeTransport();
    Q_EMIT agentChannelChanged();
    setState(SessionState::Connecting);
    if (!m_transport)
        return; // an observer of the state closed us
    m_deadline.start();
    m_transport->setOptions(m_options);
    m_transport->setVisible(m_visible);
    m_transport->open(m_endpoint);
    m_devices.wishAgain();
    m_recording.connectionBegan();
}

void ConsoleSession::dropTransport()
{
    m_deadline.stop();
    m_heldKeys.clear();
    m_heldButtons = 0;
    m_responsive = true;
    if (!m_transport)
        return;
    // It may be the sender of the very signal that is being handled.
    ConsoleTransport* transport = m_transport.release();
    transport->disconnect(this);
    transport->disconnect(&m_devices);
    m_devices.disconnect(transport);
    m_recording.disconnect(transport);
    transport->close();
    if (transport->isClosingFilms()) {
        transport->setParent(QCoreApplication::instance());
        connect(transport, &ConsoleTransport::filmsClosed, transport, &QObject::deleteLater);
    } else {
        transport->disconnect(&m_recording);
        transport->deleteLater();
    }
    m_devices.forgetConnection();
    m_recording.connectionEnded();
}

void ConsoleSession::observeTransport()
{
    ConsoleTransport* transport = m_transport.get();
    connect(transport, &ConsoleTransport::stageReached, this, [this](SessionState stage) {
        if (stage == SessionState::Live)
            m_deadline.stop();
        setState(stage);
    });
    connect(transport, &ConsoleTransport::surfaceChanged, this, &ConsoleSession::takeSurface);
    connect(transport, &ConsoleTransport::damaged, this, &ConsoleSession::takeDamage);
    connect(transport, &ConsoleTransport::displayOnChanged, this,
        [this](bool on, int screen) { m_heads.setDisplayOn(screen, on); });
    connect(transport, &ConsoleTransport::cursorChanged, this,
        [this](const CursorShape& cursor, int screen) { m_heads.setCursor(screen, cursor); });
    connect(transport, &ConsoleTransport::cursorMoved, this,
        [this](QPoint position, int screen) { m_heads.moveCursor(screen, position); });
    connect(transport, &ConsoleTransport::responsiveChanged, this, [this](bool isResponsive) {
        m_responsive = isResponsive;
        Q_EMIT responsiveChanged(isResponsive);
    });
    connect(transport, &ConsoleTransport::rang, this, &ConsoleSession::rang);
    if (AgentChannel* agent = transport->agent()) {
        connect(agent, &AgentChannel::monitorsChanged, this,
            [this](int screen, const QList<MonitorArea>& monitors, int offered) {
                m_heads.setMonitors(screen, monitors, offered);
            });
    }
    connect(transport, &ConsoleTransport::mouseModeChanged, this, [this](bool absolute) {
        m_mouseAbsolute = absolute;
        Q_EMIT mouseModeChanged(absolute);
    });
    connect(transport, &ConsoleTransport::keyLocksChanged, this, [this](KeyLocks locks) {
        m_keyLocks = locks;
        Q_EMIT locksChanged(locks);
    });
    connect(transport, &ConsoleTransport::agentChanged, this, [this](bool connected) {
        m_agentConnected = connected;
        takeUpLayout();
        Q_EMIT agentChanged(connected);
    });
    connect(transport, &ConsoleTransport::deviceNews, &m_devices, &GuestDevices::take);
    connect(&m_devices, &GuestDevices::wished, transport, &ConsoleTransport::sendWish);
    connect(transport, &ConsoleTransport::recorded, &m_recording, &ScreenRecording::take);
    connect(&m_recording, &ScreenRecording::commanded, transport, &ConsoleTransport::record);
    connect(transport, &ConsoleTransport::userWanted, this, [this] { m_userWanted = true; });
    connect(transport, &ConsoleTransport::ended, this, &ConsoleSession::end);
}

void ConsoleSession::setState(SessionState state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged(state);
}

void ConsoleSession::observeHeads()
{
    const ConsoleHead* first = m_heads.first();
    connect(first, &ConsoleHead::frameSized, this, &ConsoleSession::frameSized);
    connect(first, &ConsoleHead::frameSized, &m_recording, &ScreenRecording::screenSized);
    connect(first, &ConsoleHead::damaged, this, &ConsoleSession::damaged);
    connect(first, &ConsoleHead::displayOnChanged, this, &ConsoleSession::displayOnChanged);
    connect(first, &ConsoleHead::cursorChanged, this, &ConsoleSession::cursorChanged);
    connect(first, &ConsoleHead::cursorMoved, this, &ConsoleSession::cursorMoved);
    connect(&m_heads, &HeadSet::changed, this, &ConsoleSession::headsChanged);
}

void ConsoleSession::takeSurface(const GuestPicture& picture, int screen)
{
    m_heads.setSurface(screen, picture);
}

void ConsoleSession::takeDamage(const QRegion& region, int screen)
{
    if (m_firstFrameMs < 0) {
        m_firstFrameMs = m_sinceOpen.elapsed();
        takeUpLayout();
    }
    // Acknowledged here and not when painted: what is damaged while the event loop is busy is
    // gathered by the helper either way, and a session without a view is not stuck.
    m_transport->acknowledge(screen);
    m_pictureTime = QDateTime::currentDateTimeUtc();
    m_heads.addDamage(screen, region);
}

void ConsoleSession::end(EndReason reason, const QString& detail)
{
    const bool wasLong = m_sinceOpen.elapsed() > kSettledMs;
    dropTransport();
    if (reason == EndReason::HelperCrashed && (!m_helperRespawned || wasLong)) {
        m_helperRespawned = true;
        startTransport();
        return;
    }
    m_endReason = reason;
    m_endDetail = detail;
    const bool off = m_machine != vmm::VmState::Unknown && !vmm::isActive(m_machine);
    if (reason == EndReason::HelperCrashed)
        setState(SessionState::HelperCrashed);
    else if (off)
        setState(SessionState::GuestOff);
    else if (reason == EndReason::TakenOver)
        setState(SessionState::TakenOver);
    else
        setState(SessionState::Lost);
}

void ConsoleSession::key(int xtScancode, bool pressed)
{
    if (m_state != SessionState::Live)
        return;
    if (pressed)
        m_heldKeys.insert(xtScancode);
    else
        m_heldKeys.remove(xtScancode);
    m_transport->sendKey(xtScancode, pressed);
}

void ConsoleSession::releaseAllKeys()
{
    const QSet<int> held = std::exchange(m_heldKeys, {});
    for (int code : held)
        key(code, false);
}

void ConsoleSession::sendKeyCombination(const QList<int>& xtScancodes)
{
    for (int code : xtScancodes)
        key(code, true);
    for (auto code = xtScancodes.crbegin(); code != xtScancodes.crend(); ++code)
        key(*code, false);
}

void ConsoleSession::setKeyLocks(KeyLocks locks)
{
    if (m_state == SessionState::Live && locks != m_keyLocks)
        m_transport->sendKeyLocks(locks);
}

void ConsoleSession::movePointerTo(QPoint guestPixel, int head)
{
    if (m_state == SessionState::Live)
        m_transport->sendPointerPosition(guestPixel, m_heldButtons, head);
}

void ConsoleSession::movePointerBy(QPoint delta)
{
    if (m_state == SessionState::Live && !delta.isNull())
        m_transport->sendPointerMotion(delta, m_heldButtons);
}

void ConsoleSession::button(PointerButton button, bool pressed)
{
    if (m_state != SessionState::Live)
        return;
    if (!isWheel(button)) {
        if (pressed)
            m_heldButtons |= maskOf(button);
        else
            m_heldButtons &= ~maskOf(button);
    }
    m_transport->sendButton(button, pressed, m_heldButtons);
}

void ConsoleSession::releaseAllButtons()
{
    for (auto held : { PointerButton::Left, PointerButton::Middle, PointerButton::Right,
             PointerButton::Side, PointerButton::Extra }) {
        if (m_heldButtons & maskOf(held))
            button(held, false);
    }
}

void ConsoleSession::requestGuestSize(QSize size, int head)
{
    m_layout.setSize(head, size);
    if (!size.isEmpty() && m_layout.isOn(head))
        askForLayout();
}

void ConsoleSession::shareClipboard(const QObject* viewer, ClipboardSharing sharing)
{
    m_clipboardViewer = viewer;
    if (AgentChannel* channel = agent())
        channel->setClipboardSharing(sharing);
}

void ConsoleSession::unshareClipboard(const QObject* viewer)
{
    if (m_clipboardViewer == viewer)
        shareClipboard(nullptr, ClipboardSharing::Off); // nobody is there to decide any more
}

void ConsoleSession::requestHead(int head, bool isOn)
{
    m_layout.setOn(head, isOn);
    m_layout.setSize(0, m_heads.first()->frame().size());
    askForLayout();
}

void ConsoleSession::setHeadScreen(int head, const QRect& screen)
{
    const QList<MonitorArea> before = m_layout.areas();
    m_layout.setScreen(head, screen);
    if (m_layout.areas() != before)
        askForLayout();
}

void ConsoleSession::askForLayout()
{
    if (m_state != SessionState::Live || !m_agentConnected)
        return;
    for (int head = 0; head < HeadLayout::kMax; ++head) {
        if (!m_layout.hasSize(head))
            m_layout.setSize(head, m_heads.at(head)->frame().size());
    }
    const QList<MonitorArea> areas = m_layout.areas();
    if (areas.size() == 1)
        m_transport->requestGuestSize(areas.first().area.size());
    else if (AgentChannel* channel = agent())
        channel->arrangeMonitors(areas);
}

/// Displays that were wanted outlive the connection: a guest that has just started, or that a new
/// connection finds, has to be asked for them again.
void ConsoleSession::takeUpLayout()
{
    if (m_firstFrameMs >= 0 && m_layout.count() > 1)
        askForLayout();
}

} // namespace console
