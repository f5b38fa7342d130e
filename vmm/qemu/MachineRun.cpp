// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How a machine follows its QEMU: connection, events, end, adoption. What users ask of it is in
// Machine.cpp.
#include "vmm/base/AtomicFile.h"
#include "vmm/qemu/GuestAgent.h"
#include "vmm/qemu/LiveUpdate.h"
#include "vmm/qemu/Machine.h"
#include "vmm/qemu/MachineLog.h"
#include "vmm/qemu/PowerButton.h"
#include "vmm/qemu/ScreenPassword.h"

#include <QFile>
#include <QLoggingCategory>

namespace vmm {

namespace {

using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(runLog, "vm.machine", QtInfoMsg)

constexpr auto kAdoptionDeadline = 700ms;

QVector<std::pair<QString, QJsonObject>> passwordsOf(const Definition& definition)
{
    QVector<std::pair<QString, QJsonObject>> commands;
    for (const Graphics& screen : definition.devices<Graphics>())
        commands += passwordCommands(screen);
    return commands;
}

} // namespace

Future<void> Machine::adopt()
{
    const Result<RuntimeRecord> record = RuntimeRecord::load(m_places.recordFile());
    const ProcessIdentity identity
        = record ? findProcess(*record, m_id.toString(QUuid::WithoutBraces)) : ProcessIdentity {};
    Result<std::unique_ptr<QemuProcess>> process = QemuProcess::adopt(identity);
    if (!process) {
        if (record)
            Companions::end(Companions::adopt(record->companions, m_places));
        clearRuntime(m_places);
        return async::failed<void>(process.error());
    }
    m_isToBeTakenUp = true;
    m_adopting.emplace();
    Future<void> future = m_adopting->future();
    m_deadline.start(kAdoptionDeadline);
    RuntimeRecord found = *record;
    found.process = identity;
    if (const Result<QByteArray> xml = readWhole(m_places.runningDefinitionFile())) {
        if (const auto definition = Definition::fromXml(QString::fromUtf8(*xml)))
            m_running = *definition;
    }
    m_isHeld = QFile::exists(m_places.holdNote());
    watch({ .process = std::move(*process),
        .companions = Companions::adopt(found.companions, m_places),
        .record = found });
    changeTo({ VmState::Unknown, StateReason::Adopted });
    return future;
}

void Machine::watch(LaunchedQemu qemu)
{
    m_exit.reset();
    m_since = qemu.record.since;
    m_process = std::move(qemu.process);
    m_companions = std::move(qemu.companions);
    if (m_companions)
        connect(m_companions.get(), &Companions::failed, this, [this](const Error& error) {
            if (!m_exit) // QEMU runs on without it
                changeTo({ state(), m_status.reason, error.toString() });
        });
    m_oomCount = OomCount::of(m_process->identity().pid);
    connect(m_process.get(), &QemuProcess::exited, this, [this](const ProcessExit& exit) {
        m_exit = exit;
        // What QEMU said last may still be unread: the end of the connection brings it.
        if (m_qmp.isConnected())
            m_lastEventsTimer.start();
        else
            handleExit();
    });
    connectMonitor();
}

void Machine::connectMonitor()
{
    m_qmp.connectTo(m_places.qmpSocket());
}

void Machine::handleMonitorReady()
{
    const bool isIncoming = m_isIncoming && state() == VmState::Starting;
    // Passwords come with no memory, and who started QEMU may have died before it could tell them.
    const auto commands = m_starting && !isIncoming ? commandsAfterStart(runningDefinition())
                                                    : passwordsOf(runningDefinition());
    for (const auto& [command, arguments] : commands)
        (void)m_qmp.execute(command, arguments);
    if (isIncoming)
        answerStart({}); // whoever brings the memory goes on
    else
        askState();
}

void Machine::askState()
{
    async::onFinished(m_qmp.execute(QStringLiteral("query-status")), this,
        [this](const Result<QJsonValue>& answer) {
            if (answer)
                takeState(answer->toObject().value(QLatin1StringView("status")).toString());
        });
}

void Machine::takeState(const QString& runState)
{
    if (m_exit)
        return;
    const bool isTakenUp = std::exchange(m_isToBeTakenUp, false);
    if (isTakenUp)
        m_events.takeUp(runState);
    std::optional<VmStatus> status = EventReader::readRunState(runState);
    if (!status) {
        if (isTakenUp) {
            m_power->takeUp(runState);
            Q_EMIT takenUp();
        }
        return; // RESUME will tell
    }
    if (status->reason == StateReason::None)
        status->reason = m_starting                     ? StateReason::HostRequest
            : m_adopting || state() == VmState::Unknown ? StateReason::Adopted
                                                        : StateReason::Other;
    if (status->state != state() || !m_status.detail.isEmpty())
        changeTo(*status);
    if (isTakenUp)
        m_power->takeUp(runState);
    if (status->state == VmState::Running)
        forgetHold();
    answerStart({});
    answerAdoption({});
    if (isTakenUp)
        Q_EMIT takenUp();
}

void Machine::handleEvent(const QmpEvent& event)
{
    m_screenClients.note(event);
    const std::optional<VmStatus> status = m_events.read(event, state());
    if (status) {
        changeTo(*status);
        if (status->state == VmState::Running)
            answerStart({});
    }
    Q_EMIT qmpEvent(event);
}

void Machine::handleMonitorLost(const Error& error)
{
    if (m_exit) {
        handleExit();
        return;
    }
    if (!m_process)
        return;
    // If QEMU has died its exit is about to be noticed, which ends this.
    qCInfo(runLog).noquote() << name() << "lost its monitor:" << error.toString();
    m_reconnectTimer.start();
}

void Machine::reconnectMonitor()
{
    if (state() != VmState::Starting && state() != VmState::Unknown)
        changeTo({ state(), m_status.reason, QStringLiteral("QEMU closed its monitor") });
    connectMonitor();
}

void Machine::handleSilence()
{
    const Error error { ErrorKind::TimedOut, name(), QStringLiteral("QEMU does not answer") };
    if (m_starting) {
        m_startTimeout = error;
        m_process->kill();
    }
    if (m_adopting)
        changeTo({ VmState::Running, StateReason::Adopted, error.detail });
    answerAdoption(error);
}

void Machine::handleExit()
{
    if (!m_exit)
        return;
    m_deadline.stop();
    m_killTimer.stop();
    m_reconnectTimer.stop();
    m_lastEventsTimer.stop();
    m_qmp.close();
    const ProcessExit exit = *std::exchange(m_exit, std::nullopt);
    m_process.release()->deleteLater(); // we may be in its signal
    const bool wasToBeTakenUp = std::exchange(m_isToBeTakenUp, false);
    const std::optional<Error> companionFailure
        = m_companions ? m_companions->failure() : std::nullopt;
    Companions::end(std::move(m_companions));
    clearRuntime(m_places);

    m_since = {};
    m_screenClients.clear();
    m_running.reset();
    if (m_agent)
        m_agent.release()->deleteLater(); // we may be in an answer of it
    const QString lastWords = MachineLog(m_places.logFile()).lastLines();
    const bool isForcedOff = !m_forcingOff.empty();
    const ExitClues clues { .isForcedOff = isForcedOff, .oomVictim = m_oomCount.victim() };
    VmStatus status = m_events.readExit(exit, clues, lastWords);
    Result<void> startOutcome;
    const bool isStarting = m_starting || state() == VmState::Starting;
    if (isStarting && isForcedOff) {
        startOutcome = Error { ErrorKind::Cancelled, name(), QStringLiteral("forced off") };
    } else if (isStarting) {
        startOutcome = m_startTimeout ? *m_startTimeout
            : companionFailure        ? *companionFailure
                                      : classifyStartFailure(name(), exit, lastWords);
        status = { VmState::ShutOff, StateReason::StartFailed, startOutcome.error().toString() };
    }
    m_startTimeout.reset();
    // Whatever it died of: it had not run since its memory was saved.
    if (m_hasSavedMemory && !isStarting)
        status = { VmState::ShutOff, StateReason::Saved };
    changeTo(status);
    answerStart(startOutcome);
    answerAdoption(Error { ErrorKind::NotFound, name(), status.detail });
    if (wasToBeTakenUp)
        Q_EMIT takenUp();
    for (Promise<void>& promise : std::exchange(m_forcingOff, {}))
        promise.finish({});
}

void Machine::answerStart(Result<void> result)
{
    if (!m_starting)
        return;
    m_deadline.stop();
    Promise<void> promise = std::move(*m_starting);
    m_starting.reset();
    promise.finish(std::move(result));
}

void Machine::answerAdoption(Result<void> result)
{
    if (!m_adopting)
        return;
    m_deadline.stop();
    Promise<void> promise = std::move(*m_adopting);
    m_adopting.reset();
    promise.finish(std::move(result));
}

} // namespace vmm
