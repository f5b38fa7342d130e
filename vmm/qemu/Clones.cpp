// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/Clones.h"

#include "vmm/base/AtomicFile.h"
#include "vmm/base/Steps.h"
#include "vmm/qemu/Core.h"
#include "vmm/qemu/ImageTool.h"
#include "vmm/qemu/Images.h"
#include "vmm/qemu/InstantClones.h"
#include "vmm/qemu/TwinIdentity.h"

#include <QLoggingCategory>
#include <QPointer>

namespace vmm {

namespace {

constexpr QLatin1StringView kParent("parent");
constexpr QLatin1StringView kParentName("parentName");
constexpr QLatin1StringView kBeginning("beginning"); ///< a twin that does not run yet
constexpr QLatin1StringView kBorrowed("borrowedIdentity"); ///< one that still seems its template

Q_LOGGING_CATEGORY(cloneLog, "vm.clone", QtInfoMsg)

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
    QPointer<Machine> origin {}; ///< there as long as it is occupied
    QString originFolder {};
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
    return m_images.checkDisks(
        request.kind == CloneKind::Instant ? m_instant->definition(origin) : origin.definition());
}

Result<Clones::JobPtr> Clones::newJob(Machine& origin, const CloneRequest& request)
{
    const auto job = std::make_shared<Job>(
        Job { .origin = &origin, .originFolder = origin.places().folder, .request = request });
    // Nobody can touch a template, but remove it or make it a machine again.
    job->occupation = TRY(origin.occupy(QStringLiteral("clone"),
        origin.storedState().isTemplate ? Occupies::Presence : Occupies::Execution));
    const bool isFull = request.kind == CloneKind::Full;
    const bool isInstant = request.kind == CloneKind::Instant;
    const Definition source = isInstant ? m_instant->definition(origin) : origin.definition();
    job->disks = cloneDisks(source, isFull ? QString() : QStringLiteral("qcow2"));
    job->definition = cloneDefinition(
        source, request.name, job->id, job->disks, m_core.store().placesOf(job->id).diskFolder());
    TRY(job->definition.validate());
    if (!isFull)
        job->state.others = { { kParent, origin.id().toString(QUuid::WithoutBraces) },
            { kParentName, origin.name() } };
    if (isInstant) {
        job->state.others.insert(kBeginning, true);
        job->state.others.insert(kBorrowed, true);
    }
    return job;
}

Future<QUuid> Clones::clone(Machine& origin, const CloneRequest& request)
{
    if (const Result<void> checked = checkOrigin(origin, request); !checked)
        return async::failed<QUuid>(checked.error());
    const Result<JobPtr> made = newJob(origin, request);
    if (!made)
        return async::failed<QUuid>(made.error());
    const JobPtr job = *made;
    m_namesBeingMade.insert(request.name);
    Steps steps(this, m_core.watch("clone"));
    addCopySteps(steps, job);
    // A clone that is there but does not start is one to look at, not one to throw away: but an
    // instant one is its running self.
    if (request.kind == CloneKind::Instant)
        addTwinSteps(steps, job);
    steps.commit();
    if (request.kind == CloneKind::Instant)
        steps.addNow(QStringLiteral("identity"), [this, job] {
            // That it runs is what was asked for; its guest takes some seconds to change cards.
            if (Machine* twin = m_core.machine(job->id))
                (void)giveIdentity(*twin);
            return Result<void>();
        });
    if (request.isStarted && request.kind != CloneKind::Instant)
        steps.add(QStringLiteral("start"),
            [this, job] { return m_core.perform(job->id, VmAction::Start); });
    return async::transformed<QUuid>(
        steps.run(), this, [this, job](const Result<void>& done) -> Result<QUuid> {
            m_namesBeingMade.remove(job->request.name);
            job->occupation.reset();
            if (!done)
                return done.error();
            if (job->origin)
                Q_EMIT job->origin->statusChanged();
            return job->id;
        });
}

void Clones::addCopySteps(Steps& steps, const JobPtr& job)
{
    steps.add(
        QStringLiteral("folder"), [this, job] { return makeFolder(job); },
        [this, job] {
            m_core.store().abandonNew(job->id);
            return async::ready<void>({});
        });
    steps.add(QStringLiteral("disks"), [this, job] { return makeDisks(job); });
    steps.weighing(100);
    // Not in the lane: others would wait for gigabytes.
    steps.add(QStringLiteral("sync"), [job] {
        return inBackground<void>(
            [folder = job->aside.diskFolder()] { return syncFilesIn(folder); });
    });
    steps.weighing(20);
    steps.add(
        QStringLiteral("keep"), [this, job] { return keepClone(job); },
        [this, job] {
            return m_core.lane().run<void>(
                [store = &m_core.store(), id = job->id] { return store->remove(id); });
        });
    steps.add(
        QStringLiteral("show"), [this, job] { return async::ready<void>(show(job)); },
        [this, job] { return forget(job->id); });
}

void Clones::addTwinSteps(Steps& steps, const JobPtr& job)
{
    const auto missing = [job] {
        return async::failed<void>(
            { ErrorKind::NotFound, job->request.name, QStringLiteral("it was removed") });
    };
    steps.add(QStringLiteral("start"), [this, job, missing] {
        Machine* twin = m_core.machine(job->id);
        return twin ? m_instant->start(*twin, *job->origin) : missing();
    });
    steps.add(QStringLiteral("begun"), [this, job, missing] {
        Machine* twin = m_core.machine(job->id);
        return twin
            ? m_core.keepState(*twin, [](StoredState& state) { state.others.remove(kBeginning); })
            : missing();
    });
}

// Noted until it is done, for whoever takes the machine up meanwhile.
Future<void> Clones::giveIdentity(Machine& twin)
{
    Machine* vm = &twin;
    const auto forget = [this, vm] {
        return m_core.keepState(*vm, [](StoredState& state) { state.others.remove(kBorrowed); });
    };
    if (!isActive(vm->state()))
        return forget(); // it begins with its own
    const auto occupied = vm->occupy(QStringLiteral("clone"), Occupies::Structure);
    if (!occupied)
        return async::failed<void>(occupied.error());
    ++m_borrowers;
    const auto held = std::make_shared<OccupationHandle>(*occupied);
    connect(vm, &Machine::stateChanged, this, [vm, held, forget](VmState, VmState to) {
        if (!isActive(to))
            held->reset();
        if (to == VmState::Starting && vm->storedState().others.contains(kBorrowed))
            (void)forget();
    });
    return async::eitherWay(giveOwnIdentity(*vm), this,
        [this, vm = QPointer(vm), forget, held](const Result<void>& done) {
            --m_borrowers;
            held->reset();
            if (!vm || !isActive(vm->state()))
                return async::ready<void>({}); // it was ended meanwhile
            if (done)
                return forget();
            qCWarning(cloneLog).noquote()
                << vm->name() << "has not all of its own identity:" << done.error().toString();
            return async::failed<void>(done.error());
        });
}

Future<void> Clones::makeDisks(const JobPtr& job)
{
    Steps steps(this, m_core.watch("clone: disks"));
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

Future<void> Clones::makeFolder(const JobPtr& job)
{
    return m_core.lane().run<void>([store = &m_core.store(), job]() -> Result<void> {
        job->aside = TRY(store->beginNew(job->id));
        return copyFirmwareState(job->originFolder, job->aside.folder);
    });
}

Future<void> Clones::keepClone(const JobPtr& job)
{
    return m_core.lane().run<void>([store = &m_core.store(), job]() -> Result<void> {
        TRY(writeAtomically(job->aside.stateFile(), job->state.toJson()));
        return store->commitNew(job->id, job->definition.toXml());
    });
}

Result<void> Clones::show(const JobPtr& job)
{
    m_core.take({ .id = job->id, .xml = job->definition.toXml(), .state = job->state });
    return {};
}

Future<void> Clones::forget(const QUuid& id)
{
    Machine* made = m_core.machine(id);
    if (!made)
        return async::ready<void>({});
    const bool isOn = isAllowed(VmAction::ForceOff, made->state());
    const Future<void> ended = isOn ? made->forceOff() : async::ready<void>({});
    return async::andThen(ended, this, [this, id] {
        return async::andThen(m_core.perform(id, VmAction::Undefine), this,
            [this, id] { return m_core.emptyTrash({ id }); });
    });
}

Future<void> Clones::setTemplate(Machine& machine, bool isOn)
{
    if (machine.storedState().isTemplate == isOn)
        return async::ready<void>({});
    if (machine.problem())
        return async::failed<void>(*machine.problem());
    if (!isOn)
        return makeMachine(machine);
    if (machine.state() == VmState::Running || machine.state() == VmState::Paused)
        return m_instant->freeze(machine);
    if (!isAllowed(VmAction::Start, machine.state()))
        return async::failed<void>({ ErrorKind::WrongState, machine.name(),
            QStringLiteral("template while ") + nameOf(machine.state()) });
    const auto occupied = machine.occupy(QStringLiteral("template"), Occupies::Execution);
    if (!occupied)
        return async::failed<void>(occupied.error());
    return heldUntilDone(
        m_core.keepState(machine, [](StoredState& state) { state.becomeTemplate(); }), *occupied);
}

Future<void> Clones::makeMachine(Machine& machine)
{
    // Somebody may be making a clone of it.
    const auto occupied = machine.occupy(QStringLiteral("template"), Occupies::Existence);
    if (!occupied)
        return async::failed<void>(occupied.error());
    const ImageGuard guard = m_images.guard();
    const QVector<CloneDisk> disks = cloneDisks(m_instant->definition(machine), {});
    for (const CloneDisk& disk : disks) {
        if (const Result<void> alone = guard.checkNothingStandsOn(disk.source); !alone)
            return async::failed<void>(alone.error());
    }
    if (m_instant->hasMemory(machine))
        return heldUntilDone(m_instant->wake(machine, *occupied), *occupied);
    return heldUntilDone(
        m_core.keepState(machine, [](StoredState& state) { state.isTemplate = false; }), *occupied);
}

Future<void> Clones::heldUntilDone(const Future<void>& future, const OccupationHandle& occupation)
{
    return async::transformed<void>(
        future, this, [handle = occupation](const Result<void>& done) mutable {
            handle.reset();
            return done;
        });
}

Future<void> Clones::tidyUp(Machine& machine)
{
    if (machine.storedState().others.contains(kBeginning))
        return forget(machine.id()); // nobody has seen it run
    if (machine.storedState().others.contains(kBorrowed))
        return giveIdentity(machine);
    return m_instant->tidyUp(machine);
}

} // namespace vmm
