// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/Clones.h"

#include "vmm/base/AtomicFile.h"
#include "vmm/base/Steps.h"
#include "vmm/qemu/Core.h"
#include "vmm/qemu/ImageTool.h"
#include "vmm/qemu/Images.h"
#include "vmm/qemu/InstantClones.h"

namespace vmm {

namespace {

constexpr QLatin1StringView kParent("parent");
constexpr QLatin1StringView kParentName("parentName");

QUuid parentOf(const Machine& machine)
{
    return QUuid(machine.storedState().others.value(kParent).toString());
}

Error noTemplateForInstant(const Machine& origin)
{
    return { ErrorKind::WrongState, origin.name(),
        QStringLiteral("it is no template that was made of a running machine") };
}

} // namespace

struct Clones::Job {
    Machine* origin = nullptr;
    CloneRequest request {};
    QUuid id = QUuid::createUuid();
    MachinePlaces aside {};
    QVector<CloneDisk> disks {};
    Definition definition {};
    StoredState state {};
    OccupationHandle occupation {};
};

Clones::Clones(Core& core, Images& images, QObject* parent)
    : QObject(parent)
    , m_core(core)
    , m_images(images)
    , m_instant(std::make_unique<InstantClones>(core))
{
}

Clones::~Clones() = default;

QString Clones::parentName(const Machine& machine) const
{
    const QUuid id = parentOf(machine);
    if (id.isNull())
        return {};
    const Machine* parent = m_core.machine(id);
    return parent ? parent->name() : machine.storedState().others.value(kParentName).toString();
}

Result<void> Clones::checkOrigin(const Machine& origin, const CloneRequest& request)
{
    if (origin.problem())
        return *origin.problem();
    if (!m_core.images())
        return m_core.qemu().error();
    if (!isAllowed(VmAction::Start, origin.state()))
        return Error { ErrorKind::WrongState, origin.name(),
            QStringLiteral("clone while ") + nameOf(origin.state()) };
    if (request.kind == CloneKind::Instant && !m_instant->hasMemory(origin))
        return noTemplateForInstant(origin);
    TRY(m_core.checkName(request.name, {}));
    if (m_namesBeingMade.contains(request.name))
        return Error { ErrorKind::AlreadyExists, request.name,
            QStringLiteral("another clone is getting that name"), ErrorCause::NameInUse };
    return m_images.checkDisks(origin);
}

Future<QUuid> Clones::clone(Machine& origin, const CloneRequest& request)
{
    if (const Result<void> checked = checkOrigin(origin, request); !checked)
        return async::failed<QUuid>(checked.error());
    const auto job = std::make_shared<Job>(Job { .origin = &origin, .request = request });
    if (!origin.storedState().isTemplate) { // nobody can touch a template
        const auto occupied = origin.occupy(QStringLiteral("clone"), Occupies::Execution);
        if (!occupied)
            return async::failed<QUuid>(occupied.error());
        job->occupation = *occupied;
    }
    const bool isFull = request.kind == CloneKind::Full;
    const bool isInstant = request.kind == CloneKind::Instant;
    const Definition source = isInstant ? m_instant->definition(origin) : origin.definition();
    job->disks = cloneDisks(source, isFull ? QString() : QStringLiteral("qcow2"));
    job->definition = cloneDefinition(
        source, request.name, job->id, job->disks, m_core.store().placesOf(job->id).diskFolder());
    if (const Result<void> valid = job->definition.validate(); !valid)
        return async::failed<QUuid>(valid.error());
    if (!isFull)
        job->state.others = { { kParent, origin.id().toString(QUuid::WithoutBraces) },
            { kParentName, origin.name() } };
    m_namesBeingMade.insert(request.name);

    Steps steps(this);
    steps.addNow(
        QStringLiteral("folder"),
        [this, job]() -> Result<void> {
            job->aside = TRY(m_core.store().beginNew(job->id));
            return copyFirmwareState(job->origin->places().folder, job->aside.folder);
        },
        [this, job] { m_core.store().abandonNew(job->id); });
    steps.add(QStringLiteral("disks"), [this, job] { return makeDisks(job); });
    steps.add(
        QStringLiteral("keep"), [this, job] { return async::ready<void>(keepClone(job)); },
        [this, job] { return forget(job->id); });
    // A clone that is there but does not start is one to look at, not one to throw away: but an
    // instant one is its running self.
    if (isInstant)
        steps.add(QStringLiteral("start"), [this, job]() -> Future<void> {
            Machine* made = m_core.machine(job->id);
            return m_instant->start(*made, *job->origin);
        });
    steps.commit();
    if (request.isStarted && !isInstant)
        steps.add(QStringLiteral("start"),
            [this, job] { return m_core.perform(job->id, VmAction::Start); });
    return async::transformed<QUuid>(
        steps.run(), this, [this, job](const Result<void>& done) -> Result<QUuid> {
            m_namesBeingMade.remove(job->request.name);
            job->occupation.reset();
            if (!done)
                return done.error();
            Q_EMIT job->origin->statusChanged();
            return job->id;
        });
}

Future<void> Clones::makeDisks(const JobPtr& job)
{
    Steps steps(this);
    for (const CloneDisk& disk : std::as_const(job->disks))
        steps.add(disk.target, [this, job, disk] { return makeDisk(job, disk); });
    return steps.run();
}

Future<void> Clones::makeDisk(const JobPtr& job, const CloneDisk& disk)
{
    const QString path = job->aside.diskFolder() + QLatin1Char('/') + disk.fileName;
    switch (job->request.kind) {
    case CloneKind::Full:
        return m_core.images()->convert(
            { .source = disk.source, .target = path, .format = disk.format }, disk.sourceFormat);
    case CloneKind::Linked:
        return m_core.images()->create(NewImage {
            .path = path, .backingFile = disk.source, .backingFormat = disk.sourceFormat });
    case CloneKind::Instant:
        return async::ready<void>(m_instant->copyOverlay(*job->origin, disk.target, path));
    }
    return async::ready<void>({});
}

Result<void> Clones::keepClone(const JobPtr& job)
{
    MachineStore& store = m_core.store();
    TRY(writeAtomically(job->aside.stateFile(), job->state.toJson()));
    const QString xml = job->definition.toXml();
    TRY(store.commitNew(job->id, xml));
    m_core.take({ .id = job->id, .xml = xml, .state = job->state });
    return {};
}

Future<void> Clones::forget(const QUuid& id)
{
    return async::andThen(m_core.perform(id, VmAction::Undefine), this,
        [this, id] { return async::ready<void>(m_core.trash().empty({ id })); });
}

Future<void> Clones::setTemplate(Machine& machine, bool isOn)
{
    if (machine.storedState().isTemplate == isOn)
        return async::ready<void>({});
    StoredState state = machine.storedState();
    state.isTemplate = isOn;
    if (machine.problem())
        return async::failed<void>(*machine.problem());
    if (!isOn) {
        const ImageGuard guard = m_images.guard();
        const QVector<CloneDisk> disks = cloneDisks(machine.definition(), {});
        for (const CloneDisk& disk : disks) {
            if (const Result<void> alone = guard.checkNothingStandsOn(disk.source); !alone)
                return async::failed<void>(alone.error());
        }
        if (m_instant->hasMemory(machine))
            return m_instant->wake(machine, state);
        return async::ready<void>(m_core.keepState(machine, state));
    }
    if (machine.state() == VmState::Running || machine.state() == VmState::Paused)
        return m_instant->freeze(machine, state);
    if (!isAllowed(VmAction::Start, machine.state()))
        return async::failed<void>({ ErrorKind::WrongState, machine.name(),
            QStringLiteral("template while ") + nameOf(machine.state()) });
    const auto occupied = machine.occupy(QStringLiteral("template"), Occupies::Execution);
    return async::ready<void>(
        occupied ? m_core.keepState(machine, state) : Result<void>(occupied.error()));
}

void Clones::tidyUp(Machine& machine)
{
    m_instant->tidyUp(machine);
}

} // namespace vmm
