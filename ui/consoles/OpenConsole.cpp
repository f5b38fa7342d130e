// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consoles/OpenConsole.h"

#include "console/FileTransfers.h"
#include "models/VmRecord.h"
#include "ui/consoles/ConsoleNotice.h"
#include "ui/consoles/FurtherDisplays.h"
#include "ui/consoles/GuestPorts.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace ui {

using console::EndReason;
using console::SessionState;

namespace {

using namespace std::chrono_literals;

/// Host and window tell the time of the same connection with so much difference at most.
constexpr std::chrono::milliseconds kOwnWithin = 5s;

/// Whether the same attempt may end otherwise in a moment; `attempts` were made since it did.
bool isPassing(EndReason reason, int attempts)
{
    switch (reason) {
    case EndReason::ConnectFailed:
    case EndReason::ServerClosed:
    case EndReason::TimedOut:
        return true;
    case EndReason::DisplayDropped: // a cut looks the same, but is not made again at once
        return attempts == 0;
    case EndReason::None:
    case EndReason::AuthenticationFailed:
    case EndReason::TlsFailed:
    case EndReason::TakenOver:
    case EndReason::UnsupportedDisplay:
    case EndReason::ServerViolation:
    case EndReason::ProtocolViolation:
    case EndReason::HelperMissing:
    case EndReason::HelperCrashed:
        return false;
    }
    return false;
}

} // namespace

OpenConsole::OpenConsole(const models::VmRef& vm, const QString& name,
    const console::TransportFactory& factory, QObject* parent)
    : QObject(parent)
    , m_vm(vm)
    , m_name(name)
{
    init(factory);
}

OpenConsole::OpenConsole(const QString& name, const vmm::ConsoleEndpoint& endpoint,
    const console::ConnectOptions& options, const console::TransportFactory& factory,
    QObject* parent)
    : QObject(parent)
    , m_name(name)
    , m_fixed(endpoint)
{
    init(factory);
    m_session->setOptions(options);
}

OpenConsole::~OpenConsole()
{
    m_session->disconnect(this);
}

void OpenConsole::init(const console::TransportFactory& factory)
{
    m_session = std::make_unique<console::ConsoleSession>(factory);
    connect(
        m_session.get(), &console::ConsoleSession::stateChanged, this, &OpenConsole::noteSession);
    m_further = std::make_unique<FurtherDisplays>(*m_session);
    m_further->setMachineName(m_name);
    connect(m_further.get(), &FurtherDisplays::reconnectRequested, this, &OpenConsole::reconnect);
    connect(m_further.get(), &FurtherDisplays::opened, this, &OpenConsole::addViewer);
    connect(m_further.get(), &FurtherDisplays::closed, this, &OpenConsole::removeViewer);
    m_ports = std::make_unique<GuestPorts>(m_session->devices());
    m_ports->setMachineName(m_name);
    connect(m_ports.get(), &GuestPorts::opened, this, &OpenConsole::addViewer);
    connect(m_ports.get(), &GuestPorts::closed, this, &OpenConsole::removeViewer);
    connect(this, &OpenConsole::changed, this, [this] {
        m_ports->setMachineName(m_name);
        m_further->setMachineName(m_name);
        m_further->setNotice(ConsoleNotice::of(*this));
    });
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &OpenConsole::connectNow);
    m_settled.setSingleShot(true);
    m_settled.setInterval(m_retries.settled);
    connect(&m_settled, &QTimer::timeout, this, [this] { m_attempts = 0; });
}

void OpenConsole::closeFurtherWindows()
{
    m_further->closeAll();
    m_ports->closeAll();
}

OpenConsole::Retries OpenConsole::usualRetries()
{
    return { .waits = { 200ms, 500ms, 1s, 2s, 4s, 5s, 5s, 5s }, .settled = 10s };
}

void OpenConsole::setRetries(const Retries& retries)
{
    m_retries = retries;
    m_settled.setInterval(retries.settled);
}

void OpenConsole::removeViewer(const QObject* viewer)
{
    m_viewers.remove(viewer);
    QTimer::singleShot(0, this, [this] { // on its way to another window it has none for a moment
        if (isShown())
            return;
        console::SoundWish wish = m_session->devices().soundWish();
        wish.isMicrophoneOn = false;
        m_session->devices().setSound(wish);
    });
}

bool OpenConsole::isAtWork() const
{
    if (m_session->state() != SessionState::Live)
        return false;
    const console::ScreenRecording& film = m_session->recording();
    const QList<console::UsbDevice>& usb = m_session->devices().usbDevices();
    return film.isRecording() || film.keepsPast() || m_session->files().runningCount() > 0
        || std::any_of(usb.begin(), usb.end(),
            [](const console::UsbDevice& device) { return device.isRedirected; });
}

void OpenConsole::take(const models::VmRecord& vm)
{
    m_name = vm.info.name;
    m_machineState = vm.info.state;
    if (vmm::isActive(vm.info.state))
        m_runsSince = vm.info.since;
    // While it starts nobody serves its screen yet.
    const bool isActive = vmm::isActive(vm.info.state) && vm.info.state != vmm::VmState::Starting;
    if (isActive != m_isActive) {
        m_isOpened = false; // another run has another screen
        m_attempts = 0;
        m_error.reset();
        m_others.clear();
        m_isInUse = m_isStayingOut = false;
    }
    m_isActive = isActive;
    if (!m_isActive)
        m_retry.stop();
    m_session->setMachineState(vm.info.state);
    if (isShown())
        connectIfDue();
    Q_EMIT changed();
}

bool OpenConsole::isAnotherRun(const models::VmRecord& vm) const
{
    constexpr std::chrono::milliseconds kSameWithin = 3s;
    const QDateTime& since = vm.info.since;
    return since.isValid()
        && (!m_runsSince.isValid() || std::abs(since.msecsTo(m_runsSince)) > kSameWithin.count());
}

void OpenConsole::moveTo(const models::VmRecord& vm)
{
    m_vm = { vm.host, vm.info.id };
    ++m_generation; // what the other host may still answer
    m_retry.stop();
    m_isActive = false;
    m_isOpened = false;
    take(vm);
}

bool OpenConsole::canConnect() const
{
    if (m_fixed)
        return true;
    // A host tells its machines before it is connected; until then it would refuse.
    return m_isActive && m_vm.host
        && m_vm.host->connectionState() == hosts::ConnectionState::Connected;
}

void OpenConsole::followHost()
{
    const bool isGone = m_vm.host->connectionState() != hosts::ConnectionState::Connected;
    if (std::exchange(m_isHostGone, isGone) && !isGone && m_error)
        m_isOpened = false;
    if (isShown())
        connectIfDue();
}

void OpenConsole::connectIfDue()
{
    if (!canConnect())
        m_attempts = 0; // once its host is back, what failed until then says nothing
    else if (!m_isOpened)
        connectNow();
    else if (m_session->state() == SessionState::Lost && !m_retry.isActive())
        retryLater(); // it broke while nobody looked
}

void OpenConsole::reconnect()
{
    m_attempts = 0;
    connectNow();
}

void OpenConsole::connectNow()
{
    m_retry.stop();
    const Entry entry = std::exchange(m_entry, Entry::IfFree);
    if (!canConnect())
        return;
    m_isOpened = true;
    m_isInUse = m_isStayingOut = false;
    m_error.reset();
    const quint64 generation = ++m_generation;
    if (m_fixed) {
        takeEndpoint(*m_fixed, entry);
        Q_EMIT changed();
        return;
    }
    vmm::async::onFinished(m_vm.host->call(hosts::GetConsole { .vm = m_vm.vm, .screen = m_screen }),
        this, [this, generation, entry](const vmm::Result<vmm::ConsoleEndpoint>& endpoint) {
            if (generation != m_generation)
                return;
            if (endpoint)
                takeEndpoint(*endpoint, entry);
            else
                m_error = endpoint.error();
            Q_EMIT changed();
        });
}

void OpenConsole::takeEndpoint(const vmm::ConsoleEndpoint& endpoint, Entry entry)
{
    m_protocol = endpoint.protocol;
    m_pushesOthersOut = endpoint.pushesOthersOut;
    m_others = endpoint.clients;
    m_others.removeIf([this](const auto& client) { return isOurOwn(client); });
    if (entry == Entry::IfFree && !m_others.isEmpty()) {
        m_isInUse = true;
        return;
    }
    m_lastEntry = entry;
    console::ConnectOptions options = m_session->options();
    options.isExclusive = entry == Entry::Alone;
    m_session->setOptions(options);
    openAt(endpoint);
}

/// A connection of ours that has just broken, as long as its server has not noticed.
bool OpenConsole::isOurOwn(const vmm::ConsoleClient& client) const
{
    if (!m_connectedAt.isValid() || m_session->state() == SessionState::TakenOver)
        return false;
    return !client.since.isValid()
        || std::abs(client.since.msecsTo(m_connectedAt)) < kOwnWithin.count();
}

void OpenConsole::enter(Entry entry)
{
    m_entry = entry;
    reconnect();
}

void OpenConsole::stayOut()
{
    m_isStayingOut = m_isInUse;
    Q_EMIT changed();
}

/// To tell the user; it is no matter if nobody knows.
void OpenConsole::askWhoTookOver()
{
    m_others.clear();
    if (!m_vm.host || !canConnect())
        return;
    vmm::async::onFinished(m_vm.host->call(hosts::GetConsole { .vm = m_vm.vm, .screen = m_screen }),
        this, [this, generation = m_generation](const vmm::Result<vmm::ConsoleEndpoint>& answer) {
            if (generation != m_generation || !answer
                || m_session->state() != SessionState::TakenOver)
                return;
            m_others = answer->clients;
            Q_EMIT changed();
        });
}

void OpenConsole::openAt(vmm::ConsoleEndpoint endpoint)
{
    if (!m_password.isNull())
        endpoint.password = m_password;
    if (endpoint.tlsCaFile.isEmpty() && endpoint.unixSocket.isEmpty())
        endpoint.tlsCaFile = m_authorities.value(endpoint.protocol);
    m_session->open(endpoint);
}

bool OpenConsole::wantsPassword() const
{
    return m_session->state() == SessionState::Lost
        && m_session->endReason() == EndReason::AuthenticationFailed;
}

void OpenConsole::reconnectAs(const QString& user, const QString& password)
{
    ++m_passwordTries;
    m_isPasswordDeclined = false;
    m_password = password;
    console::ConnectOptions options = m_session->options();
    if (!user.isEmpty())
        options.user = user;
    m_session->setOptions(options);
    m_entry = m_lastEntry; // that was said already
    reconnect();
}

void OpenConsole::declinePassword()
{
    m_isPasswordDeclined = true;
}

void OpenConsole::setAuthority(vmm::ConsoleEndpoint::Protocol protocol, const QString& path)
{
    m_authorities[protocol] = path;
}

void OpenConsole::setScreen(hosts::ScreenKind screen)
{
    if (std::exchange(m_screen, screen) != screen && m_isOpened)
        reconnect();
}

void OpenConsole::noteSession(SessionState state)
{
    if (state == SessionState::TakenOver)
        askWhoTookOver();
    if (state == SessionState::Live) {
        m_connectedAt = QDateTime::currentDateTimeUtc();
        m_others.clear();
        m_wasLive = true;
        m_passwordTries = 0;
        m_isPasswordDeclined = false;
        m_settled.start();
    } else {
        m_settled.stop();
    }
    if (state == SessionState::Lost && m_wasLive && isShown())
        retryLater();
    Q_EMIT changed();
}

void OpenConsole::retryLater()
{
    if (!isPassing(m_session->endReason(), m_attempts) || m_attempts >= m_retries.waits.size()
        || !canConnect())
        return;
    m_retry.start(m_retries.waits[m_attempts++]);
}

} // namespace ui
