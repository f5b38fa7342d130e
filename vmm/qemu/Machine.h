// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"
#include "vmm/definition/Definition.h"
#include "vmm/qemu/EventReader.h"
#include "vmm/qemu/Launcher.h"
#include "vmm/qemu/MachineStore.h"
#include "vmm/qemu/QmpClient.h"

#include <QDateTime>
#include <QObject>
#include <QTimer>

#include <optional>

namespace vmm {

/// One machine of the embedded core: its definition, its QEMU when it has one, its state.
///
/// Thread: that of its creator; never blocks. Destroying it lets go of QEMU, which runs on.
class Machine : public QObject {
    Q_OBJECT

public:
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
    std::optional<ConsoleEndpoint> screen() const;

    /// As stored, also if it can't be understood.
    const QString& xml() const { return m_xml; }
    const Definition& definition() const { return m_definition; }
    /// Why the stored definition is of no use; nothing if it is fine.
    const std::optional<Error>& problem() const { return m_problem; }
    void setDefinition(const Definition& definition);

    /// Completes when the guest runs. Errors: as launchQemu(), classifyStartFailure(), WrongState,
    /// TimedOut (30 s), Cancelled (forced off meanwhile).
    Future<void> start(const LaunchSettings& settings);
    /// Complete when QEMU has accepted. Errors: WrongState, TimedOut (5 s), Disconnected,
    /// ProcessFailed. Source: QMP `stop`, `cont`, `system_powerdown`, `system_reset`.
    Future<void> pause();
    Future<void> resume();
    Future<void> shutDown(); ///< the guest may ignore it: after two minutes it counts as running
    Future<void> reset();
    /// Completes when QEMU is gone. Source: QMP `quit`, SIGKILL after 2 s.
    Future<void> forceOff();

    /// Takes up a QEMU that an earlier VirtDeck left running. Completes when its state is known, or
    /// with TimedOut when it does not answer within a moment: then it counts as running, so that it
    /// can be forced off, until it answers. Errors: NotFound (nothing runs; what was left of the
    /// run is cleared away).
    Future<void> adopt();

    /// For questions; Disconnected while there is no QEMU that answers.
    Future<QJsonValue> query(
        const QString& command, QmpClient::Milliseconds deadline = QmpClient::kDefaultDeadline);

Q_SIGNALS:
    void stateChanged(vmm::VmState from, vmm::VmState to);
    void statusChanged(); ///< reason or detail, in the same state

private:
    void changeTo(const VmStatus& status);
    std::optional<Error> refuse(VmAction action) const;
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

    QUuid m_id;
    MachinePlaces m_places;
    QString m_xml;
    Definition m_definition;
    std::optional<Error> m_problem;
    VmStatus m_status;
    QDateTime m_since;
    EventReader m_events;
    QmpClient m_qmp;
    std::unique_ptr<QemuProcess> m_process;
    std::optional<Error> m_startTimeout; ///< a start that took too long, being ended
    std::optional<ProcessExit> m_exit; ///< it has ended, its last events may not be read yet
    std::optional<Promise<void>> m_starting;
    std::optional<Promise<void>> m_adopting;
    std::vector<Promise<void>> m_forcingOff;
    QTimer m_deadline; ///< of a start or an adoption
    QTimer m_killTimer;
    QTimer m_reconnectTimer;
    QTimer m_lastEventsTimer;
    QTimer m_shutdownPatience;
};

} // namespace vmm
