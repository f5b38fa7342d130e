// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/Machine.h"

#include "vmm/base/AtomicFile.h"
#include "vmm/definition/DefinitionChanges.h"
#include "vmm/qemu/GuestAgent.h"
#include "vmm/qemu/MachineLog.h"
#include "vmm/qemu/PowerButton.h"
#include "vmm/qemu/SavedMemory.h"

#include <QFile>
#include <QLoggingCategory>

#include <unistd.h>

#include <cstdio>

namespace vmm {

namespace {

using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(machineLog, "vm.machine", QtInfoMsg)

constexpr auto kStartDeadline = 30s;
constexpr auto kQuitDeadline = 2s;
constexpr auto kReconnectInterval = 250ms;
constexpr auto kLastEventsDeadline = 500ms;

QString beforeOf(const QString& file)
{
    return file + QStringLiteral(".before");
}

/// Whether an action can't be taken while the machine is occupied.
bool isBarred(VmAction action, Occupies what)
{
    switch (action) {
    case VmAction::ForceOff:
        return false;
    case VmAction::Pause:
    case VmAction::Resume:
    case VmAction::ShutDown:
    case VmAction::Reboot:
    case VmAction::Reset:
        return what != Occupies::Structure;
    case VmAction::Start:
    case VmAction::Save:
    case VmAction::DiscardSave:
    case VmAction::Undefine:
        return true;
    }
    return true;
}

Error busyError(const Machine& machine, const Occupation& occupation)
{
    return { ErrorKind::Busy, machine.name(), QStringLiteral("busy with ") + occupation.name };
}

void setUp(QTimer& timer, std::chrono::milliseconds interval)
{
    timer.setSingleShot(true);
    timer.setInterval(interval);
}

} // namespace

Machine::Machine(const StoredMachine& stored, const MachinePlaces& places, QObject* parent)
    : QObject(parent)
    , m_id(stored.id)
    , m_places(places)
    , m_xml(stored.xml)
    , m_problem(stored.problem)
    , m_storedState(stored.state)
{
    if (!m_problem) {
        Result<Definition> definition = Definition::fromXml(stored.xml);
        if (definition && definition->uuid() != m_id)
            m_problem = Error { ErrorKind::InvalidConfig, QStringLiteral("uuid"),
                QStringLiteral("not that of the machine's folder"), ErrorCause::DefinitionBroken };
        else if (definition)
            m_definition = *definition;
        else
            m_problem = definition.error();
    }
    m_hasSavedMemory = SavedMemory(m_places.folder).exists();
    if (m_problem)
        m_status = { VmState::ShutOff, StateReason::Other, m_problem->toString() };
    else if (m_hasSavedMemory)
        m_status = { VmState::ShutOff, StateReason::Saved };
    m_power = std::make_unique<PowerButton>(*this);

    connect(&m_qmp, &QmpClient::ready, this, &Machine::handleMonitorReady);
    connect(&m_qmp, &QmpClient::eventReceived, this, &Machine::handleEvent);
    connect(&m_qmp, &QmpClient::disconnected, this, &Machine::handleMonitorLost);

    setUp(m_deadline, kStartDeadline);
    connect(&m_deadline, &QTimer::timeout, this, [this] { handleSilence(); });
    setUp(m_killTimer, kQuitDeadline);
    connect(&m_killTimer, &QTimer::timeout, this, &Machine::killIfStillThere);
    setUp(m_reconnectTimer, kReconnectInterval);
    connect(&m_reconnectTimer, &QTimer::timeout, this, &Machine::reconnectMonitor);
    setUp(m_lastEventsTimer, kLastEventsDeadline);
    connect(&m_lastEventsTimer, &QTimer::timeout, this, &Machine::handleExit);
}

Machine::~Machine() = default;

QString Machine::name() const
{
    return m_problem ? m_id.toString(QUuid::WithoutBraces) : m_definition.name();
}

ProcessIdentity Machine::process() const
{
    return m_process && !m_exit ? m_process->identity() : ProcessIdentity {};
}

std::optional<ConsoleEndpoint> Machine::screen(ScreenChoice choice) const
{
    if (m_problem)
        return std::nullopt;
    return screenOf(runningDefinition(), launchContext(runningDefinition(), m_places, {}), choice);
}

QVector<SerialPlace> Machine::serialPorts() const
{
    if (m_problem)
        return {};
    return serialPlaces(runningDefinition(), launchContext(runningDefinition(), m_places, {}));
}

QVector<ConsoleChoice> Machine::consoles() const
{
    QVector<ConsoleChoice> choices;
    for (const auto protocol :
        { ConsoleEndpoint::Protocol::Spice, ConsoleEndpoint::Protocol::Vnc }) {
        if (screen(protocol))
            choices.append({ .protocol = protocol });
    }
    const QVector<SerialPlace> ports = serialPorts();
    for (int i = 0; i < ports.size(); ++i) {
        if (!ports[i].socket.isEmpty())
            choices.append({ .protocol = ConsoleEndpoint::Protocol::Serial, .port = i });
    }
    return choices;
}

void Machine::setDefinition(const Definition& definition)
{
    m_definition = definition;
    m_xml = definition.toXml();
    if (!std::exchange(m_problem, std::nullopt) || m_process)
        return; // what runs has a state of its own
    m_status = m_hasSavedMemory ? VmStatus { VmState::ShutOff, StateReason::Saved } : VmStatus {};
}

Result<void> Machine::setRunningDefinition(const Definition& definition)
{
    const QString file = m_places.runningDefinitionFile();
    QFile::remove(beforeOf(file));
    (void)::link(QFile::encodeName(file), QFile::encodeName(beforeOf(file)));
    TRY(replaceFile(file, definition.toXml().toUtf8()));
    m_running = definition;
    Q_EMIT statusChanged();
    return {};
}

void Machine::takeBackRunningDefinition(const Definition& before)
{
    const QString file = m_places.runningDefinitionFile();
    (void)::rename(QFile::encodeName(beforeOf(file)), QFile::encodeName(file));
    m_running = before;
    Q_EMIT statusChanged();
}

bool Machine::hasPendingChanges() const
{
    return m_running && !m_problem && !changesBetween(*m_running, m_definition).isEmpty();
}

void Machine::setStoredState(const StoredState& state)
{
    if (std::exchange(m_storedState, state) != state)
        Q_EMIT statusChanged();
}

void Machine::setSavedMemory(bool isThere)
{
    if (std::exchange(m_hasSavedMemory, isThere) != isThere)
        Q_EMIT statusChanged();
}

Result<OccupationHandle> Machine::occupy(const QString& name, Occupies what)
{
    const bool isShared = what == Occupies::Presence;
    if (const OccupationHandle other = occupation()) {
        if (isShared && other->what == what)
            return other;
        return busyError(*this, *other);
    }
    if (m_storedState.isTemplate && what != Occupies::Existence && !isShared)
        return Error { ErrorKind::WrongState, this->name(),
            name + QStringLiteral(": it is a template") };
    auto handle = std::make_shared<const Occupation>(Occupation { name, what });
    m_occupation = handle;
    return OccupationHandle(handle);
}

OccupationHandle Machine::occupyIfFree(const QString& name)
{
    return occupy(name, Occupies::Execution).value_or(nullptr);
}

void Machine::changeTo(const VmStatus& status)
{
    const VmState from = m_status.state;
    if (from == status.state) {
        if (std::exchange(m_status, status) != status)
            Q_EMIT statusChanged();
        return;
    }
    if (!canTransition(from, status.state)) {
        qCWarning(machineLog) << name() << "can't go from" << nameOf(from) << "to"
                              << nameOf(status.state);
        return;
    }
    qCInfo(machineLog).noquote() << name() << nameOf(from) << "->" << nameOf(status.state)
                                 << nameOf(status.reason) << status.detail;
    m_status = status;
    const bool isOff = !isActive(status.state) && status.state != VmState::Unknown;
    if (isOff)
        m_since = {};
    // One that does not answer only counts as running.
    const bool runs = status.state == VmState::Running && status.detail.isEmpty();
    if (runs || isOff)
        forgetHold();
    else if (status.state == VmState::Paused && m_hasHoldFailed)
        takeHoldBack();
    if (status.state == VmState::Running || !isActive(status.state))
        m_power->rest();
    Q_EMIT stateChanged(from, status.state);
}

std::optional<Error> Machine::refuse(VmAction action, const OccupationHandle& holder) const
{
    if (!isAllowed(action, state()))
        return Error { ErrorKind::WrongState, name(),
            nameOf(action) + QStringLiteral(" while ") + nameOf(state()) };
    const OccupationHandle other = occupation();
    if (other && other != holder && isBarred(action, other->what))
        return busyError(*this, *other);
    return std::nullopt;
}

Future<void> Machine::start(const LaunchSettings& settings)
{
    if (const auto error = refuse(VmAction::Start, settings.occupation))
        return async::failed<void>(*error);
    if (m_problem)
        return async::failed<void>(*m_problem);
    if (m_process) // whose sockets and disks the other would take
        return async::failed<void>(
            { ErrorKind::WrongState, name(), QStringLiteral("it still has a QEMU") });
    const Definition definition = settings.definition.value_or(m_definition);
    Result<LaunchedQemu> launched = launchQemu(definition, m_places, settings);
    if (!launched)
        return async::failed<void>(launched.error());

    m_events.reset();
    m_running = definition;
    m_isIncoming = settings.isIncoming;
    m_starting.emplace();
    Future<void> future = m_starting->future();
    m_deadline.start(kStartDeadline);
    watch(std::move(*launched));
    changeTo({ VmState::Starting, StateReason::HostRequest });
    return future;
}

Future<void> Machine::pause()
{
    return command(VmAction::Pause, QStringLiteral("stop"));
}

Future<void> Machine::resume()
{
    return command(VmAction::Resume, QStringLiteral("cont"));
}

Future<void> Machine::reset()
{
    return command(VmAction::Reset, QStringLiteral("system_reset"));
}

Result<void> Machine::noteHold()
{
    TRY(replaceFile(m_places.holdNote(), "\n"));
    m_isHeld = true;
    return {};
}

Future<void> Machine::hold(StateReason reason, QmpClient::Milliseconds deadline)
{
    m_hasHoldFailed = false;
    if (const Result<void> noted = noteHold(); !noted)
        return async::failed<void>(noted.error());
    expect(reason);
    return async::transformed<void>(m_qmp.execute(QStringLiteral("stop"), {}, deadline), this,
        [this](const Result<QJsonValue>& stopped) -> Result<void> {
            if (stopped)
                return {};
            if (stopped.error().kind == ErrorKind::ProcessFailed)
                forgetHold(); // refused: it runs
            else
                takeHoldBack();
            return stopped.error();
        });
}

// QEMU takes commands in order: this one when it is through with the other. Without a connection
// the next one tells what has become of it.
void Machine::takeHoldBack()
{
    m_hasHoldFailed = true;
    (void)letGoOn();
}

void Machine::forgetHold()
{
    m_hasHoldFailed = false;
    if (std::exchange(m_isHeld, false))
        QFile::remove(m_places.holdNote());
}

Future<void> Machine::letGoOn(StateReason reason)
{
    if (reason != StateReason::None)
        expect(reason);
    return async::andThen(m_qmp.execute(QStringLiteral("cont")), this,
        [](const QJsonValue&) { return async::ready<void>({}); });
}

GuestAgent* Machine::agent()
{
    const QString socket
        = isActive(state()) ? agentSocket(runningDefinition(), m_places) : QString();
    if (socket.isEmpty())
        m_agent.reset();
    else if (!m_agent)
        m_agent = std::make_unique<GuestAgent>(socket);
    return m_agent.get();
}

bool Machine::isWaitingForUs() const
{
    return m_power->isRebooting() || (m_agent && m_agent->isFrozen());
}

Future<void> Machine::command(VmAction action, const QString& name)
{
    if (const auto error = refuse(action))
        return async::failed<void>(*error);
    return async::andThen(
        m_qmp.execute(name), this, [](const QJsonValue&) { return async::ready<void>({}); });
}

Future<void> Machine::forceOff()
{
    if (const auto error = refuse(VmAction::ForceOff))
        return async::failed<void>(*error);
    m_forcingOff.emplace_back();
    Future<void> future = m_forcingOff.back().future();
    if (m_qmp.isReady() && state() != VmState::Starting) {
        (void)m_qmp.execute(QStringLiteral("quit"));
        m_killTimer.start();
    } else {
        killIfStillThere();
    }
    return future;
}

void Machine::lookAfter()
{
    if (!process().isValid())
        return;
    MachineLog(m_places.logFile()).trim();
    for (const SerialPlace& port : serialPorts()) {
        if (!port.log.isEmpty())
            MachineLog(port.log).trim();
    }
    m_oomCount.refresh();
}

void Machine::killIfStillThere()
{
    if (m_process)
        m_process->kill();
}

Future<QJsonValue> Machine::execute(
    const QString& command, const QJsonObject& arguments, QmpClient::Milliseconds deadline)
{
    return m_qmp.execute(command, arguments, deadline);
}

Future<QJsonValue> Machine::executeWithFd(
    const QString& command, const QJsonObject& arguments, int fd)
{
    return m_qmp.executeWithFd(command, arguments, fd);
}

} // namespace vmm
