// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Host.h"
#include "tests/support/HostRecorder.h"

#include <QTest>

#include <memory>

namespace tests {

/// What every hosts::Host promises, as one suite of checks. An instance derives from it, says how
/// to make its host and what to define there, and is run by QTEST_GUILESS_MAIN as it is: Qt Test
/// calls inherited slots too. Checks of what a host does not offer (HostInfo::missing) are skipped
/// with the host's own reason.
class HostContract : public QObject {
    Q_OBJECT

protected:
    /// A host, not yet opened. Called at least once per check; hosts of one run may share what they
    /// store (a libvirtd, a data folder): the suite removes what it defines.
    virtual std::unique_ptr<hosts::Host> makeHost() = 0;

    /// Domain XML, without <metadata>, of a small machine that this host can define and start.
    virtual QString domainXml(const QString& name, const QUuid& id) = 0;

    /// How long one step may take.
    virtual int patienceMs() const { return 5000; }

    /// Whether the guest of domainXml() powers off when it is asked to.
    virtual bool guestObeysShutDown() const { return true; }

    /// XML that is well formed, but no machine for this host. Empty: the host takes anything.
    virtual QString unsupportedXml() { return QStringLiteral("<network><name>n</name></network>"); }

private Q_SLOTS:
    void init();
    void cleanup();

    void newHost_isDisconnectedAndEmpty();
    void open_deliversInfoAndInventoryBeforeConnected();
    void openTwice_changesNothing();
    void closeAndOpen_deliversWholeInventoryAgain();
    void operationsBeforeOpen_failWithDisconnected();
    void operationsAfterClose_failWithDisconnected();
    void destroyedHost_finishesItsFutures();

    void define_addsAMachineThatIsShutOff();
    void defineBrokenXml_failsWithDefinitionBroken();
    void defineSomethingElse_failsWithInvalidConfig();
    void defineWithNameInUse_failsWithNameInUse();
    void defineAgain_replacesTheDefinition();
    void defineFromAnOldDefinition_isRefused();
    void definition_keepsWhatIsNotUnderstood();
    void createMachine_addsWhatWasAsked();
    void createMachineWithoutName_failsWithInvalidConfig();

    void startAndForceOff_passAllowedStates();
    void pauseAndResume_passAllowedStates();
    void reset_keepsTheMachineRunning();
    void shutDown_isAcceptedOrObeyed();
    void undefine_removesTheMachine();
    void actionsOfAnotherState_failWithWrongState();
    void unknownMachine_failsWithNotFound();

    void notes_areKeptAndTold();
    void autostart_isKeptAndTold();
    void rename_isTold();
    void storedDevice_comesAndGoes();
    void snapshot_isListedAndDeleted();
    void keysOfMachineThatIsOff_failWithWrongState();
    void loadOfRunningMachine_isTold();
    void operationsOnUnknownMachine_failWithNotFound();

    void consoleOfRunningMachine_hasAnEndpoint();
    void consoleOfMachineThatIsOff_failsWithWrongState();
    void visibleMachine_isMeasured();

private:
    void openHost();
    bool lacks(hosts::Feature feature) const;
    QUuid defineMachine(const QString& name);
    void startMachine(hosts::VmId vm);
    void removeMachine(hosts::VmId vm);
    void expectState(hosts::VmId vm, vmm::VmState state);
    template <typename T> vmm::Result<T> wait(const vmm::Future<T>& future);
    template <typename Op> auto ask(const Op& operation);
    vmm::ErrorKind errorOf(hosts::VmId vm, vmm::VmAction action);
    void expectDisconnected();

    std::unique_ptr<hosts::Host> m_host;
    std::unique_ptr<HostRecorder> m_seen;
    QVector<hosts::VmId> m_defined;
};

} // namespace tests
