// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"
#include "vmm/definition/Definition.h"
#include "vmm/qemu/EventReader.h"
#include "vmm/qemu/Launcher.h"
#include "vmm/qemu/MachineStore.h"
#include "vmm/qemu/Occupation.h"
#include "vmm/qemu/OomCount.h"
#include "vmm/qemu/QmpClient.h"
#include "vmm/qemu/ScreenClients.h"

#include <QDateTime>
#include <QObject>
#include <QTimer>

#include <optional>

namespace vmm {

class GuestAgent;
class PowerButton;

/// One machine of the embedded core: its definition, its QEMU when it has one, its state.
///
/// Thread: that of its creator; never blocks. Destroying it lets go of QEMU, which runs on.
class Machine : public QObject {
    Q_OBJECT

public:
    static constexpr QmpClient::Milliseconds kHoldDeadline { std::chrono::minutes(5) };

    Machine(const StoredMachine& stored, const MachinePlaces& places, QObject* parent = nullptr);
    ~Machine() override;

    const QUuid& id() const { return m_id; }
    /// The UUID if the definition can't be read.
    QString name() const;
    const MachinePlaces& places() const { return m_places; }
    const VmStatus& status() const { return m_status; }
    VmState state() const { return m_status.state; }
    QDateTime since() const { return m_since; } ///< UTC; invalid if it does not run
    /// Of QEMU; invalid if there is none.
    ProcessIdentity process() const;

    /// Where its screen is while it runs; nothing if it has none.
    std::optional<ConsoleEndpoint> screen(ScreenChoice choice = {}) const;
    /// Its serial ports while it runs, by number.
    QVector<SerialPlace> serialPorts() const;
    /// What its console can be opened as.
    QVector<ConsoleChoice> consoles() const;

    /// As stored, also if it can't be understood.
    const QString& xml() const { return m_xml; }
    const Definition& definition() const { return m_definition; }
    /// Why the stored definition is of no use; nothing if it is fine.
    const std::optional<Error>& problem() const { return m_problem; }
    void setDefinition(const Definition& definition);
    /// What its QEMU was started with, and changed to since; definition() if there is no QEMU. The
    /// next VirtDeck that takes the machine up knows it too.
    const Definition& runningDefinition() const { return m_running ? *m_running : m_definition; }
    Result<void> setRunningDefinition(const Definition& definition);
    /// Takes the last setRunningDefinition() back; needs no room on the disk.
    void takeBackRunningDefinition(const Definition& before);
    bool hasPendingChanges() const; ///< the next start will be another than this
    /// Core::keepState() changes it.
    const StoredState& storedState() const { return m_storedState; }
    void setStoredState(const StoredState& state);

    /// The next start goes on from memory that was saved (SavedMemory).
    bool hasSavedMemory() const { return m_hasSavedMemory; }
    void setSavedMemory(bool isThere);

    /// Has the machine for the caller until the handle is dropped. Errors: Busy, with what it is
    /// busy with in detail; WrongState of a template, but for Occupies::Presence and Existence.
    Result<OccupationHandle> occupy(const QString& name, Occupies what = Occupies::Structure);
    /// For putting in order what an earlier program left, so that nobody starts it meanwhile. Null
    /// if somebody has it already, or it is a template, which nobody can start.
    OccupationHandle occupyIfFree(const QString& name);
    /// What it is busy with; null if with nothing.
    OccupationHandle occupation() const { return m_occupation.lock(); }
    /// Why an action can't be done now. Of an occupied machine its holder may do more.
    std::optional<Error> refuse(VmAction action, const OccupationHandle& holder = {}) const;

    /// Completes when the guest runs, or with LaunchSettings::isIncoming when QEMU waits for the
    /// memory: it stays Starting until QMP `cont`. Errors: as launchQemu(), classifyStartFailure(),
    /// WrongState, Busy, TimedOut (30 s), Cancelled (forced off meanwhile).
    Future<void> start(const LaunchSettings& settings);
    /// Complete when QEMU has accepted. Errors: WrongState, TimedOut (5 s), Disconnected,
    /// ProcessFailed. Source: QMP `stop`, `cont`, `system_reset`.
    Future<void> pause();
    Future<void> resume();
    Future<void> reset();
    /// Holds a guest that runs, for something of ours, and lets it go on (QMP `stop`, `cont`). That
    /// it is held is noted in the runtime folder first and forgotten once the guest runs: whoever
    /// takes up a machine that isHeld(), with nobody at work on it, lets it go on. QEMU writes out
    /// first what its disks still owe. If that is too long the guest goes on as soon as QEMU is
    /// through with it. Errors: as execute(), Io (DiskFull).
    Future<void> hold(StateReason reason, QmpClient::Milliseconds deadline = kHoldDeadline);
    Future<void> letGoOn(StateReason reason = StateReason::None);
    /// The note alone, of a guest that comes into being held.
    Result<void> noteHold();
    bool isHeld() const { return m_isHeld; }
    /// Who looks at its screen.
    const ScreenClients& screenClients() const { return m_screenClients; }
    /// What asks the guest politely.
    PowerButton& power() { return *m_power; }
    /// Of the guest that runs; null if its definition has no channel for one.
    GuestAgent* agent();
    /// The guest waits, or soon will, for something that only this program does: it had better not
    /// end before.
    bool isWaitingForUs() const;
    /// Completes when QEMU is gone. Source: QMP `quit`, SIGKILL after 2 s.
    Future<void> forceOff();

    /// Takes up a QEMU that an earlier VirtDeck left running. Completes when its state is known, or
    /// with TimedOut when it does not answer within a moment: then it counts as running, so that it
    /// can be forced off, until it answers. Errors: NotFound (nothing runs; what was left of the
    /// run is cleared away).
    Future<void> adopt();
    /// It has not answered yet: what it is at can't be known before takenUp().
    bool isToBeTakenUp() const { return m_isToBeTakenUp; }

    /// A QMP command, as QmpClient::execute(); Disconnected while there is no QEMU that answers.
    Future<QJsonValue> execute(const QString& command, const QJsonObject& arguments = {},
        QmpClient::Milliseconds deadline = QmpClient::kDefaultDeadline);
    /// As QmpClient::executeWithFd().
    Future<QJsonValue> executeWithFd(const QString& command, const QJsonObject& arguments, int fd);
    /// For those who carry out something with it. The one way in which a state changes; what
    /// can't follow the state before is refused.
    void changeTo(const VmStatus& status);
    /// The next pause, resume or end that somebody asks QEMU for has this reason.
    void expect(StateReason reason) { m_events.expect(reason); }
    /// Now and then, while it runs.
    void lookAfter();

Q_SIGNALS:
    void stateChanged(vmm::VmState from, vmm::VmState to);
    void statusChanged(); ///< anything else that one may see of it
    void takenUp(); ///< by adopt(): it has answered, or is gone
    /// Every event of its QEMU, after the machine itself has taken notice of it.
    void qmpEvent(const vmm::QmpEvent& event);

private:
    void handleMonitorReady();
    void watch(LaunchedQemu qemu);
    void connectMonitor();
    void reconnectMonitor();
    void handleSilence();
    void askState();
    void takeState(const QString& runState);
    void handleEvent(const QmpEvent& event);
    void handleMonitorLost(const Error& error);
    void handleExit();
    void answerStart(Result<void> result);
    void answerAdoption(Result<void> result);
    Future<void> command(VmAction action, const QString& name);
    void killIfStillThere();
    void takeHoldBack();
    void forgetHold();

    QUuid m_id;
    MachinePlaces m_places;
    QString m_xml;
    Definition m_definition;
    std::optional<Definition> m_running;
    std::optional<Error> m_problem;
    StoredState m_storedState;
    std::weak_ptr<const Occupation> m_occupation;
    bool m_hasSavedMemory = false;
    bool m_isHeld = false;
    bool m_hasHoldFailed = false; ///< if it stops all the same it is to go on
    bool m_isToBeTakenUp = false; ///< an earlier program's QEMU, which has not said its state yet
    bool m_isIncoming = false; ///< its memory is still to come
    VmStatus m_status;
    QDateTime m_since;
    EventReader m_events;
    QmpClient m_qmp;
    std::unique_ptr<QemuProcess> m_process;
    std::unique_ptr<Companions> m_companions;
    std::optional<Error> m_startTimeout; ///< a start that took too long, being ended
    std::optional<ProcessExit> m_exit; ///< it has ended, its last events may not be read yet
    std::optional<Promise<void>> m_starting;
    std::optional<Promise<void>> m_adopting;
    std::vector<Promise<void>> m_forcingOff;
    QTimer m_deadline; ///< of a start or an adoption
    QTimer m_killTimer;
    QTimer m_reconnectTimer;
    QTimer m_lastEventsTimer;
    OomCount m_oomCount;
    ScreenClients m_screenClients;
    std::unique_ptr<PowerButton> m_power;
    std::unique_ptr<GuestAgent> m_agent;
};

} // namespace vmm
