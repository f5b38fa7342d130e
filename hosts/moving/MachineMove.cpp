// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The course of a move. How files get there is in MoveToLibvirt.cpp and MoveToEmbedded.cpp.
#include "hosts/moving/MachineMove.h"

#include "hosts/moving/Asking.h"
#include "hosts/moving/BorrowedPools.h"
#include "vmm/base/Background.h"
#include "vmm/qemu/MachineStore.h"

#include <QDir>

#include <algorithm>

namespace hosts::moving {

using vmm::Error;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::Future;
using vmm::Result;
using vmm::Steps;
using vmm::VmAction;

namespace {

ErrorKind kindOf(Obstacle::Kind kind)
{
    using Kind = Obstacle::Kind;
    switch (kind) {
    case Kind::SortOfHosts:
    case Kind::RemoteCore:
    case Kind::HostLacks:
        return ErrorKind::HostLacksFeature;
    case Kind::NoPool:
    case Kind::NetworkMissing:
    case Kind::DiskUnreachable:
        return ErrorKind::NotFound;
    case Kind::PoolStopped:
    case Kind::NotOff:
    case Kind::SavedMemory:
    case Kind::Template:
    case Kind::Snapshots:
    case Kind::TpmLost:
    case Kind::NvramLost:
        return ErrorKind::WrongState;
    case Kind::TooLittleRoom:
        return ErrorKind::Io;
    case Kind::NameTaken:
    case Kind::AlreadyThere:
        return ErrorKind::AlreadyExists;
    case Kind::StoodUpon:
        return ErrorKind::Busy;
    case Kind::Broken:
    case Kind::HostDevice:
    case Kind::Unsupported:
    case Kind::SharedFolder:
    case Kind::DiskFlattened:
    case Kind::DiskConverted:
    case Kind::DiskShared:
    case Kind::MediumEjected:
    case Kind::NetworkReplaced:
    case Kind::PortForwardsDropped:
    case Kind::ScreenMoved:
    case Kind::AccelerationLost:
    case Kind::AccelerationUnused:
        return ErrorKind::InvalidConfig;
    }
    Q_UNREACHABLE();
}

ErrorCause causeOf(Obstacle::Kind kind)
{
    using Kind = Obstacle::Kind;
    if (kind == Kind::NameTaken)
        return ErrorCause::NameInUse;
    if (kind == Kind::StoodUpon)
        return ErrorCause::ImageNeeded;
    if (kind == Kind::TooLittleRoom)
        return ErrorCause::DiskFull;
    return kind == Kind::Unsupported ? ErrorCause::DefinitionUnsupported : ErrorCause::None;
}

/// Whether the answer leaves open what was done.
bool isUncertain(const Error& error)
{
    return error.kind == ErrorKind::Disconnected || error.kind == ErrorKind::TimedOut
        || error.kind == ErrorKind::Cancelled;
}

} // namespace

Error errorOf(const Obstacle& obstacle)
{
    QString detail = nameOf(obstacle.kind);
    if (!obstacle.detail.isEmpty())
        detail += QStringLiteral(": ") + obstacle.detail;
    return { kindOf(obstacle.kind), obstacle.subject, detail, causeOf(obstacle.kind) };
}

MachineMove::MachineMove(Host& source, Host& target, QObject* parent)
    : QObject(parent)
    , m_source(&source)
    , m_target(&target)
    , m_borrowed(new BorrowedPools(&source, this))
{
}

Future<VmId> MachineMove::start(
    Host& source, Host& target, const MoveRequest& request, QObject* parent)
{
    const auto others = parent->findChildren<MachineMove*>(Qt::FindDirectChildrenOnly);
    for (const MachineMove* other : others) {
        if (other->m_plan.request.vm == request.vm)
            return vmm::async::failed<VmId>({ ErrorKind::Busy, other->m_plan.request.name,
                QStringLiteral("it is moving already") });
    }
    auto* move = new MachineMove(source, target, parent);
    const Future<VmId> future = move->run(request);
    vmm::async::onFinished(future, move, [move](const Result<VmId>&) { move->deleteLater(); });
    return future;
}

Future<VmId> MachineMove::run(const MoveRequest& request)
{
    m_plan.request = request;
    Steps steps(this);
    const Host& core = m_source->uri().isEmbedded() ? *m_source : *m_target;
    if (const QString folder = core.info().dataFolder; core.uri().isEmbedded() && !folder.isEmpty())
        steps.add(QStringLiteral("lock"), [this, folder] { return lock(folder); });
    steps.add(QStringLiteral("survey"), [this, request] {
        return vmm::async::transformed<void>(MoveSurvey::make(*m_source, *m_target, request, this),
            this, [this](const Result<MovePlan>& plan) -> Result<void> {
                if (!plan)
                    return plan.error();
                m_plan = *plan;
                if (const auto refusal = m_plan.refusal())
                    return errorOf(*refusal);
                watchSource();
                return {};
            });
    });
    steps.add(
        QStringLiteral("carry out"), [this] { return carryOut(m_plan); },
        [this] { return takeAllBack(); });
    steps.weighing(99);
    steps.commit();
    steps.add(QStringLiteral("leave"), [this] { return leave(); });
    return vmm::async::transformed<VmId>(
        steps.run(), this, [this](const Result<void>& done) -> Result<VmId> {
            m_lock.reset();
            TRY(done);
            return m_plan.id;
        });
}

/// A core on another computer is none that machines can be moved to or from; the survey says so.
Future<void> MachineMove::lock(const QString& folder)
{
    const VmId vm = m_plan.request.vm;
    const auto vms = m_source->vms();
    const auto known
        = std::find_if(vms.begin(), vms.end(), [&](const VmInfo& each) { return each.id == vm; });
    const QString name = known != vms.end() ? known->name : vm.toString(QUuid::WithoutBraces);
    using Lock = std::shared_ptr<MoveLock>;
    return vmm::async::transformed<void>(
        vmm::inBackground<Lock>([folder, vm, name] { return MoveLock::take(folder, vm, name); }),
        this, [this](const Result<Lock>& taken) -> Result<void> {
            if (!taken)
                return taken.error();
            m_lock = *taken;
            return {};
        });
}

/// What was started while it was read is not what was read.
void MachineMove::watchSource()
{
    connect(m_source, &Host::inventoryChanged, this, [this](const InventoryChange& change) {
        for (const VmInfo& vm : change.changed) {
            if (vm.id == m_plan.request.vm && vmm::isActive(vm.state))
                m_wasTouched = true;
        }
    });
}

Result<void> MachineMove::checkUntouched() const
{
    if (!m_wasTouched)
        return {};
    return Error { ErrorKind::WrongState, m_plan.definition.name(),
        QStringLiteral("it was started while its disks were copied") };
}

Future<void> MachineMove::compareDefinition()
{
    if (!m_source)
        return vmm::async::failed<void>({ ErrorKind::Disconnected });
    return vmm::async::transformed<void>(m_source->call(GetDefinition { m_plan.request.vm }), this,
        [this](const Result<QString>& xml) -> Result<void> {
            if (!xml)
                return xml.error();
            if (*xml != m_plan.xml)
                return Error { ErrorKind::WrongState, m_plan.definition.name(),
                    QStringLiteral("it was changed while its disks were copied") };
            return {};
        });
}

Future<void> MachineMove::carryOut(const MovePlan& plan)
{
    Steps steps(this);
    if (plan.direction == Direction::ToLibvirt)
        addUploads(steps);
    else
        addDownloads(steps);
    steps.add(QStringLiteral("compare"), [this] { return compareDefinition(); });
    addDefine(steps);
    return steps.run();
}

void MachineMove::addDefine(Steps& steps)
{
    steps.add(
        QStringLiteral("define"),
        [this]() -> Future<void> {
            if (const Result<void> same = checkUntouched(); !same)
                return vmm::async::failed<void>(same.error());
            if (!m_target)
                return vmm::async::failed<void>({ ErrorKind::Disconnected });
            const auto outcome = m_plan.transplant(*m_target, m_placed);
            if (!outcome)
                return vmm::async::failed<void>(outcome.error());
            return ask(m_target, Define { outcome->definition.toXml() }, this);
        },
        [this] { return takeBackDefinition(); });
    if (m_plan.isAutostart && m_target->info().has(Feature::Autostart))
        steps.add(QStringLiteral("autostart"), [this] {
            return ask(m_target, SetAutostart { m_plan.id, true }, this);
        });
}

/// Nothing, if it is not there.
Future<void> MachineMove::takeBackDefinition()
{
    if (!m_target)
        return vmm::async::failed<void>({ ErrorKind::Disconnected });
    return vmm::async::eitherWay(m_target->perform(m_plan.id, VmAction::Undefine), this,
        [this](const Result<void>& undefined) -> Future<void> {
            if (!undefined && undefined.error().kind == ErrorKind::NotFound)
                return vmm::async::ready<void>({});
            // What was in the trash by that UUID before stays there.
            const bool isInTrash = undefined && m_target && m_target->info().has(Feature::Trash);
            if (!isInTrash || m_plan.wasInTrash)
                return vmm::async::ready<void>(undefined);
            return ask(m_target, EmptyTrash { { m_plan.id } }, this);
        });
}

/// The machine has arrived. Nothing from here on is cancelled half-way.
Future<void> MachineMove::leave()
{
    if (m_plan.request.isCopy)
        return vmm::async::ready<void>({});
    return vmm::async::eitherWay(
        ask(m_source, Perform { m_plan.request.vm, VmAction::Undefine }, this), this,
        [this](const Result<void>& removed) { return afterRemoval(removed); });
}

/// A refusal takes everything back. If nobody knows whether it is removed, both stay: there is
/// nothing then that could be lost.
Future<void> MachineMove::afterRemoval(const Result<void>& removed)
{
    if (removed) {
        return vmm::async::transformed<void>(
            deleteSourceDisks(), this, [](const Result<void>& done) -> Result<void> {
                if (done)
                    return {};
                Error error = done.error();
                error.detail = QStringLiteral("the machine has moved, but this is left where it "
                                              "was: ")
                    + error.detail;
                return error;
            });
    }
    Error error = removed.error();
    if (isUncertain(error)) {
        error.detail = QStringLiteral("the machine is on the other host now; whether it was "
                                      "removed here is not known: ")
            + error.detail;
        return vmm::async::failed<void>(error);
    }
    return vmm::async::eitherWay(
        takeAllBack(), this, [error](const Result<void>& undone) -> Future<void> {
            Error told = error;
            if (!undone)
                told.detail += QStringLiteral("; what is left on the other host: ")
                    + undone.error().toString();
            return vmm::async::failed<void>(told);
        });
}

Future<void> MachineMove::takeAllBack()
{
    Steps steps(this);
    steps.commit();
    steps.add(QStringLiteral("definition"), [this] { return takeBackDefinition(); });
    if (m_plan.direction == Direction::ToLibvirt) {
        for (const QString& name : std::as_const(m_made))
            steps.add(name, [this, name] { return deleteVolume(name); });
    } else {
        steps.add(QStringLiteral("folder"), [this] { return removeFolder(); });
    }
    return steps.run();
}

Future<void> MachineMove::deleteSourceDisks()
{
    Steps steps(this);
    steps.commit();
    const bool isAsked = m_plan.direction == Direction::ToEmbedded && m_plan.request.deletesDisks;
    for (const MoveFile& file : std::as_const(m_plan.files)) {
        if (!isAsked || file.what.role != vmm::CarriedFile::Role::Disk || file.what.isShareable)
            continue;
        if (!file.folder.isEmpty())
            steps.add(
                file.folder, [this, folder = file.folder] { return m_borrowed->borrow(folder); });
        steps.add(file.volume, [this, file] {
            return deleteFreed(m_source, { sourcePool(file), file.volume }, this);
        });
    }
    steps.add(QStringLiteral("give back"), [this] { return m_borrowed->giveBack(); });
    return steps.run();
}

QString MachineMove::workFolder() const
{
    return vmm::MachineStore::newFolder(m_plan.folder, m_plan.id);
}

QString MachineMove::sourcePool(const MoveFile& file) const
{
    return file.folder.isEmpty() ? file.pool : m_borrowed->poolOf(file.folder);
}

Future<void> MachineMove::makeFolder()
{
    return vmm::inBackground<void>([folder = workFolder()]() -> Result<void> {
        const bool isMade = QDir().mkpath(folder + QStringLiteral("/disks"))
            && QDir().mkpath(folder + QStringLiteral("/boot"))
            && QFile::setPermissions(
                folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        if (!isMade)
            return Error { ErrorKind::Io, folder, QStringLiteral("the folder can't be made"),
                ErrorCause::DataFolderUnwritable };
        return {};
    });
}

Future<void> MachineMove::removeFolder()
{
    return vmm::inBackground<void>([folder = workFolder()]() -> Result<void> {
        if (!QDir(folder).removeRecursively())
            return Error { ErrorKind::Io, folder, QStringLiteral("the folder can't be deleted") };
        return {};
    });
}

} // namespace hosts::moving
