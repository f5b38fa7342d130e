// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked of one machine, beside its life cycle. The host itself is in LibvirtHost.cpp.
#include "hosts/libvirt/Abilities.h"
#include "hosts/libvirt/DomainActions.h"
#include "hosts/libvirt/DomainBackup.h"
#include "hosts/libvirt/DomainCheckpoints.h"
#include "hosts/libvirt/DomainClone.h"
#include "hosts/libvirt/DomainDeviceChanges.h"
#include "hosts/libvirt/DomainGuest.h"
#include "hosts/libvirt/DomainLoad.h"
#include "hosts/libvirt/DomainNotes.h"
#include "hosts/libvirt/DomainResources.h"
#include "hosts/libvirt/DomainSnapshots.h"
#include "hosts/libvirt/LibvirtHost.h"
#include "hosts/libvirt/Overlapped.h"
#include "hosts/libvirt/Session.h"

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorKind;
using vmm::Future;
using vmm::Result;

/// Runs `function` on the lane of quick calls; what it changed of the machine is read afterwards.
template <typename Op>
Future<typename Op::Reply> LibvirtHost::quick(const Op& operation,
    Result<typename Op::Reply> (*function)(const Connection& connection, const Op& operation))
{
    using Reply = typename Op::Reply;
    const auto deadline
        = patienceFor(operation) == Patience::Question ? m_timing.query : m_timing.action;
    const Future<Reply> future = m_session->call<Reply>(nameOfVm(vmOf(operation)), deadline,
        [=](const Connection& connection) { return function(connection, operation); });
    noteOutcome(future, operation);
    return future;
}

/// The same for what takes its time.
template <typename Op>
Future<typename Op::Reply> LibvirtHost::job(const Op& operation,
    Result<typename Op::Reply> (*function)(
        const Connection& connection, const Op& operation, JobControl& control))
{
    using Reply = typename Op::Reply;
    const Future<Reply> future
        = m_jobs->run<Reply>([=](const Connection& connection, JobControl& control) {
              return function(connection, operation, control);
          });
    noteOutcome(future, operation);
    return future;
}

template <typename Op>
void LibvirtHost::noteOutcome(const Future<typename Op::Reply>& future, const Op& operation)
{
    vmm::async::onFinished(
        future, this, [this, operation](const Result<typename Op::Reply>& result) {
            if (!result && isLack(result.error()))
                markMissing(featureFor(Operation(operation)), lackReason(result.error()));
            // Few of these changes bring an event.
            if constexpr (std::is_void_v<
                              typename Op::Reply> || std::is_same_v<Op, CreateSnapshot>) {
                if (m_session)
                    m_session->touch({ vmOf(operation) });
            }
            if constexpr (std::is_same_v<typename Op::Reply, VmId>) {
                if (m_session && result)
                    m_session->touch({ *result });
            }
        });
}

Future<QString> LibvirtHost::answer(const GetRunningDefinition& operation)
{
    return quick<GetRunningDefinition>(operation, [](const Connection& connection, const auto& op) {
        return readRunningDefinition(connection, op.vm);
    });
}

Future<void> LibvirtHost::answer(const SetAutostart& operation)
{
    return quick<SetAutostart>(operation, [](const Connection& connection, const auto& op) {
        return setAutostart(connection, op.vm, op.isOn);
    });
}

Future<void> LibvirtHost::answer(const Rename& operation)
{
    return quick<Rename>(operation, [](const Connection& connection, const auto& op) {
        return renameDomain(connection, op.vm, op.name);
    });
}

Future<void> LibvirtHost::answer(const SetNotes& operation)
{
    return quick<SetNotes>(operation,
        [](const Connection& connection, const auto& op) { return setNotes(connection, op); });
}

Future<void> LibvirtHost::answer(const AttachDevice& operation)
{
    return quick<AttachDevice>(operation, [](const Connection& connection, const auto& op) {
        return attachDevice(connection, op.vm, op.xml, op.scope);
    });
}

Future<void> LibvirtHost::answer(const DetachDevice& operation)
{
    const Future<void> future
        = m_unplugs->run<void>([operation](const Connection& connection, JobControl&) {
              return detachDevice(
                  connection, operation.vm, operation.xml, operation.scope, kUnplugPatience);
          });
    noteOutcome(future, operation);
    return future;
}

Future<void> LibvirtHost::answer(const UpdateDevice& operation)
{
    return quick<UpdateDevice>(operation, [](const Connection& connection, const auto& op) {
        return updateDevice(connection, op.vm, op.xml, op.scope);
    });
}

Future<void> LibvirtHost::answer(const SetMemory& operation)
{
    return quick<SetMemory>(operation, [](const Connection& connection, const auto& op) {
        return setMemory(connection, op.vm, op.memory);
    });
}

Future<void> LibvirtHost::answer(const SetVcpus& operation)
{
    return quick<SetVcpus>(operation, [](const Connection& connection, const auto& op) {
        return setVcpus(connection, op.vm, op.count);
    });
}

Future<void> LibvirtHost::answer(const ResizeDisk& operation)
{
    return quick<ResizeDisk>(operation, [](const Connection& connection, const auto& op) {
        return resizeDisk(connection, op.vm, op.target, op.size);
    });
}

Future<QVector<vmm::SnapshotInfo>> LibvirtHost::answer(const ListSnapshots& operation)
{
    return quick<ListSnapshots>(operation, [](const Connection& connection, const auto& op) {
        return listSnapshots(connection, op.vm);
    });
}

Future<QString> LibvirtHost::answer(const CreateSnapshot& operation)
{
    return job<CreateSnapshot>(
        operation, [](const Connection& connection, const auto& op, JobControl& control) {
            return createSnapshot(connection, op.vm, op.request, control);
        });
}

Future<void> LibvirtHost::answer(const RevertSnapshot& operation)
{
    if (const VmInfo* info = m_inventory.find(operation.vm); info != nullptr && info->isTemplate)
        return vmm::async::failed<void>({ ErrorKind::WrongState, info->name,
            QStringLiteral("it is a template: what stands on it would be spoilt") });
    if (const auto error = refuseWhileRead(operation.vm))
        return vmm::async::failed<void>(*error);
    return job<RevertSnapshot>(
        operation, [](const Connection& connection, const auto& op, JobControl& control) {
            return revertSnapshot(connection, op.vm, op.name, control);
        });
}

Future<void> LibvirtHost::answer(const DeleteSnapshot& operation)
{
    if (const auto error = refuseWhileRead(operation.vm))
        return vmm::async::failed<void>(*error);
    return job<DeleteSnapshot>(
        operation, [](const Connection& connection, const auto& op, JobControl& control) {
            return deleteSnapshot(connection, op.vm, op.name, op.deletion, control);
        });
}

Future<QVector<vmm::CheckpointInfo>> LibvirtHost::answer(const ListCheckpoints& operation)
{
    return quick<ListCheckpoints>(operation, [](const Connection& connection, const auto& op) {
        return listCheckpoints(connection, op.vm);
    });
}

Future<QString> LibvirtHost::answer(const CreateCheckpoint& operation)
{
    return quick<CreateCheckpoint>(operation, [](const Connection& connection, const auto& op) {
        return createCheckpoint(connection, op.vm, op.request);
    });
}

Future<void> LibvirtHost::answer(const DeleteCheckpoint& operation)
{
    return quick<DeleteCheckpoint>(operation, [](const Connection& connection, const auto& op) {
        return deleteCheckpoint(connection, op.vm, op.name, op.deletion);
    });
}

Future<vmm::BackupReport> LibvirtHost::answer(const BackUpMachine& operation)
{
    return job<BackUpMachine>(
        operation, [](const Connection& connection, const auto& op, JobControl& control) {
            return backUp(connection, op.vm, op.request, control);
        });
}

Future<VmId> LibvirtHost::answer(const CloneMachine& operation)
{
    const Future<VmId> future = job<CloneMachine>(
        operation, [](const Connection& connection, const auto& op, JobControl& control) {
            return cloneDomain(connection, op.vm, op.request, control);
        });
    noteReading(operation.vm, QStringLiteral("it is being cloned"), future);
    return future;
}

Future<void> LibvirtHost::answer(const SetTemplate& operation)
{
    const QStringList standing = m_inventory.childrenOf(operation.vm);
    if (!operation.isOn && !standing.isEmpty())
        return vmm::async::failed<void>({ ErrorKind::Busy, nameOfVm(operation.vm),
            standing.join(QStringLiteral(", ")) + QStringLiteral(" stands on it") });
    return quick<SetTemplate>(operation, [](const Connection& connection, const auto& op) {
        return setTemplate(connection, op.vm, op.isOn);
    });
}

Future<void> LibvirtHost::answer(const RemoveWithDisks& operation)
{
    if (const auto error = refuseChange(operation.vm))
        return vmm::async::failed<void>(*error);
    const Future<void> future = m_session->callInSteps<void>(nameOfVm(operation.vm),
        m_timing.action, [operation](const Connection& connection, const Wanted& wanted) {
            return removeWithDisks(connection, operation, wanted);
        });
    noteOutcome(future, operation);
    return future;
}

/// For what the machine's QEMU has to answer. Error: Busy.
Result<MonitorTurns::Turn> LibvirtHost::takeTurn(VmId vm, Feature question)
{
    const QString hanging = m_inventory.whyHanging(vm);
    MonitorTurns::Turn turn
        = hanging.isEmpty() ? m_turns.begin(vm, question) : MonitorTurns::Turn();
    if (turn)
        return turn;
    return Error { ErrorKind::Busy, nameOfVm(vm),
        hanging.isEmpty() ? QStringLiteral("it has not answered the last question yet") : hanging };
}

Future<vmm::GuestFacts> LibvirtHost::answer(const GetGuestFacts& operation)
{
    const auto turn = takeTurn(operation.vm, GetGuestFacts::kFeature);
    if (!turn)
        return vmm::async::failed<vmm::GuestFacts>(turn.error());
    const auto future = m_session->call<vmm::GuestFacts>(nameOfVm(operation.vm), m_timing.query,
        [vm = operation.vm, turn = *turn](
            const Connection& connection) { return readGuestFacts(connection, vm); });
    noteOutcome(future, operation);
    return future;
}

Future<vmm::GuestCommandResult> LibvirtHost::answer(const RunInGuest& operation)
{
    return job<RunInGuest>(
        operation, [](const Connection& connection, const auto& op, JobControl& control) {
            return runInGuest(connection, op.vm, op.command, control);
        });
}

Future<void> LibvirtHost::answer(const SetGuestTime& operation)
{
    return quick<SetGuestTime>(operation, [](const Connection& connection, const auto& op) {
        return setGuestTime(connection, op.vm);
    });
}

Future<void> LibvirtHost::answer(const SetGuestPassword& operation)
{
    return quick<SetGuestPassword>(operation, [](const Connection& connection, const auto& op) {
        return setGuestPassword(connection, op.vm, op.user, op.password);
    });
}

Future<void> LibvirtHost::answer(const SetScreenPassword& operation)
{
    return quick<SetScreenPassword>(operation, [](const Connection& connection, const auto& op) {
        return setScreenPassword(connection, op);
    });
}

Future<void> LibvirtHost::answer(const FreezeGuest& operation)
{
    return quick<FreezeGuest>(operation, [](const Connection& connection, const auto& op) {
        return freezeGuest(connection, op.vm, op.isFrozen);
    });
}

Future<void> LibvirtHost::answer(const SendKeys& operation)
{
    return quick<SendKeys>(operation, [](const Connection& connection, const auto& op) {
        return sendKeys(connection, op.vm, op.keys);
    });
}

Future<void> LibvirtHost::answer(const InjectNmi& operation)
{
    return quick<InjectNmi>(operation,
        [](const Connection& connection, const auto& op) { return injectNmi(connection, op.vm); });
}

Future<void> LibvirtHost::answer(const DumpMemory& operation)
{
    return job<DumpMemory>(
        operation, [](const Connection& connection, const auto& op, JobControl& control) {
            return dumpMemory(connection, op.vm, op.path, control);
        });
}

Future<vmm::LoadDetail> LibvirtHost::answer(const GetLoadDetail& operation)
{
    const auto turn = takeTurn(operation.vm, GetLoadDetail::kFeature);
    if (!turn)
        return vmm::async::failed<vmm::LoadDetail>(turn.error());
    const auto future = m_session->call<LoadCounts>(nameOfVm(operation.vm), m_timing.query,
        [vm = operation.vm, turn = *turn](
            const Connection& connection) { return readLoad(connection, vm); });
    return vmm::async::transformed<vmm::LoadDetail>(future, this,
        [this, vm = operation.vm](const Result<LoadCounts>& counts) -> Result<vmm::LoadDetail> {
            if (!counts)
                return counts.error();
            return m_loadMeter->measure(vm, *counts);
        });
}

Future<vmm::HostLoadDetail> LibvirtHost::answer(const GetHostLoadDetail&)
{
    const auto future = m_session->call<HostCounts>(
        m_uri.toString(), m_timing.query, [width = widthFor(m_uri)](const Connection& connection) {
            return readHostLoad(connection, width);
        });
    return vmm::async::transformed<vmm::HostLoadDetail>(
        future, this, [this](const Result<HostCounts>& counts) -> Result<vmm::HostLoadDetail> {
            if (!counts)
                return counts.error();
            return m_loadMeter->measureHost(*counts);
        });
}

} // namespace hosts::libvirt
