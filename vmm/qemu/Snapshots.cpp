// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Taking, listing and deleting snapshots; going back to one is in SnapshotRevert.cpp, what is left
// to be put in order in SnapshotTidy.cpp.
#include "vmm/qemu/Snapshots.h"

#include "vmm/base/Background.h"
#include "vmm/qemu/Core.h"
#include "vmm/qemu/DiskLayers.h"
#include "vmm/qemu/DiskTags.h"
#include "vmm/qemu/HotPlug.h"
#include "vmm/qemu/Images.h"
#include "vmm/qemu/LayerMerge.h"
#include "vmm/qemu/MemoryTransfer.h"
#include "vmm/qemu/PinnedDefinition.h"
#include "vmm/qemu/SnapshotJob.h"

#include <QFileInfo>

namespace vmm {

namespace {

constexpr qsizetype kLongestName = 200;

Error noSuchSnapshot(const QString& name)
{
    return { ErrorKind::NotFound, name, QStringLiteral("no such snapshot") };
}

bool isUsableName(const QString& name)
{
    return name.size() <= kLongestName && name.trimmed() == name
        && std::all_of(name.cbegin(), name.cend(), [](QChar c) { return c.isPrint(); });
}

QString nameOfNow(const QDateTime& now)
{
    return now.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

} // namespace

Snapshots::Snapshots(Core& core, Images& images, QObject* parent)
    : QObject(parent)
    , m_core(core)
    , m_images(images)
{
}

Result<ImageTool*> Snapshots::tool() const
{
    if (ImageTool* tool = m_core.images())
        return tool;
    return m_core.qemu().error();
}

SnapshotStore Snapshots::storeOf(const Machine& machine) const
{
    return SnapshotStore(machine.places().folder);
}

int Snapshots::count(const Machine& machine) const
{
    return static_cast<int>(records(machine).size());
}

QVector<SnapshotRecord> Snapshots::records(const Machine& machine) const
{
    return storeOf(machine).records(); // quick if there never was one
}

Result<void> Snapshots::checkSettled(const Machine& machine) const
{
    const SnapshotStore store = storeOf(machine);
    if (store.isEmpty() || !store.journal())
        return {};
    return Error { ErrorKind::Busy, machine.name(),
        QStringLiteral("going back to a snapshot was interrupted, and is not undone yet") };
}

QVector<SnapshotInfo> Snapshots::list(const Machine& machine) const
{
    const SnapshotStore store = storeOf(machine);
    const QVector<SnapshotRecord> records = store.records();
    if (records.isEmpty())
        return {};
    const QString current = store.currentId();
    QHash<QString, QString> names;
    for (const SnapshotRecord& record : records)
        names.insert(record.id, record.name);
    const bool hasLayers = std::any_of(records.cbegin(), records.cend(),
        [](const SnapshotRecord& record) { return record.place == SnapshotPlace::Layer; });
    std::optional<ImageGuard> guard;
    if (hasLayers)
        guard.emplace(m_images.guardOf(machine));
    QVector<SnapshotInfo> infos;
    for (const SnapshotRecord& record : records) {
        SnapshotInfo info { .name = record.name,
            .description = record.description,
            .parent = names.value(record.parentId),
            .created = record.created,
            .kind = record.kind,
            .isCurrent = record.id == current,
            .place = record.place };
        const QFileInfo memory(store.memoryFile(record.id));
        if (record.kind == SnapshotKind::Live && memory.exists())
            info.memorySize = Bytes::fromBytes(static_cast<quint64>(memory.size()));
        if (record.kind == SnapshotKind::Live && !memory.exists())
            info.problem = QStringLiteral("its memory is missing: ") + memory.filePath();
        describe(machine, record, guard ? &*guard : nullptr, info);
        infos.append(info);
    }
    return infos;
}

void Snapshots::describe(const Machine& machine, const SnapshotRecord& record,
    const ImageGuard* guard, SnapshotInfo& info) const
{
    const QVector<Disk> disks = disksToKeep(record.definition);
    Bytes size;
    for (const Disk& disk : disks) {
        const QString path = disk.sourcePath();
        if (record.place == SnapshotPlace::Inside) {
            if (!holdsTag(disk, record.tag()))
                info.problem = QStringLiteral("a disk lacks its part: ") + path;
            continue;
        }
        const ChainReading reading = m_images.chains().read(path, disk.format);
        if (reading.problem)
            info.problem = reading.problem->toString();
        // Deleting it saves the files above it; one that nothing stands on goes itself.
        const QStringList above = guard ? guard->dependentsOf(path) : QStringList();
        for (const QString& layer : above)
            size = size + m_images.chains().read(layer).chain.value(0).actualSize;
        if (above.isEmpty() && isLayer(path))
            size = size + reading.chain.value(0).actualSize;
    }
    if (record.place == SnapshotPlace::Layer)
        info.diskSize = size;
    if (record.isDissolving)
        info.problem = machine.occupation()
            ? QStringLiteral("it is being deleted")
            : QStringLiteral("its deletion was begun and not finished: delete it again");
}

Result<SnapshotRecord> Snapshots::find(const Machine& machine, const QString& name) const
{
    const QVector<SnapshotRecord> records = storeOf(machine).records();
    for (const SnapshotRecord& record : records) {
        if (record.name == name)
            return record;
    }
    return noSuchSnapshot(name);
}

Result<SnapshotRecord> Snapshots::newRecord(
    const Machine& machine, const SnapshotRequest& request) const
{
    const bool isOn = isActive(machine.state());
    if (machine.problem())
        return *machine.problem();
    const bool isSettled = machine.state() == VmState::Running || machine.state() == VmState::Paused
        || isAllowed(VmAction::Start, machine.state());
    if (!isSettled || machine.storedState().isTemplate)
        return Error { ErrorKind::WrongState, machine.name(),
            machine.storedState().isTemplate
                ? QStringLiteral("it is a template")
                : QStringLiteral("snapshot while ") + nameOf(machine.state()) };
    SnapshotRecord record { .id = QUuid::createUuid().toString(QUuid::Id128),
        .name = request.name,
        .description = request.description,
        .parentId = storeOf(machine).currentId(),
        .created = QDateTime::currentDateTimeUtc(),
        // Of a saved machine the disks are in the middle of something.
        .kind = isOn && request.withMemory     ? SnapshotKind::Live
            : isOn || machine.hasSavedMemory() ? SnapshotKind::DiskOnly
                                               : SnapshotKind::Offline,
        .isPaused = machine.state() == VmState::Paused,
        .definition = isOn ? machine.runningDefinition() : machine.definition() };
    if (record.name.isEmpty())
        record.name = nameOfNow(record.created);
    if (!isUsableName(record.name))
        return Error { ErrorKind::InvalidConfig, record.name, QStringLiteral("not a name") };
    if (find(machine, record.name))
        return Error { ErrorKind::AlreadyExists, record.name,
            QStringLiteral("the machine has a snapshot of that name") };
    const Result<void> canKeepInside = checkKeepable(record.definition);
    if (request.place == SnapshotPlace::Inside)
        TRY(canKeepInside);
    const bool wantsLayer = request.place == SnapshotPlace::Layer
        || (request.place == SnapshotPlace::Automatic && !canKeepInside);
    if (!wantsLayer || disksToKeep(record.definition).isEmpty())
        return record;
    if (machine.hasSavedMemory())
        return Error { ErrorKind::WrongState, machine.name(), QStringLiteral("it has saved memory"),
            ErrorCause::SavedMemoryInTheWay };
    const QVector<Disk> disks = disksToKeep(record.definition);
    for (const Disk& disk : disks) {
        if (disk.isShareable)
            return Error { ErrorKind::HostLacksFeature, disk.sourcePath(),
                QStringLiteral("disk \"%1\" is shared: others would go on writing to it")
                    .arg(disk.target),
                ErrorCause::DiskNotSnapshottable };
    }
    record.place = SnapshotPlace::Layer;
    record.layers = planLayers(record.definition, machine.places().diskFolder());
    return record;
}

Future<QString> Snapshots::create(Machine& machine, const SnapshotRequest& request)
{
    const Result<ImageTool*> found = tool();
    if (!found)
        return async::failed<QString>(found.error());
    const Result<SnapshotRecord> record = newRecord(machine, request);
    if (!record)
        return async::failed<QString>(record.error());
    const auto occupied = machine.occupy(QStringLiteral("snapshot"), Occupies::Execution);
    if (!occupied)
        return async::failed<QString>(occupied.error());
    const auto job = std::make_shared<Job>(
        Job { .machine = &machine, .tool = *found, .store = storeOf(machine), .record = *record });
    job->occupation = *occupied;
    const Future<void> taken = isActive(machine.state())
        ? takeActive(job, request.quiesce && record->kind == SnapshotKind::DiskOnly)
        : takeOff(job);
    return async::transformed<QString>(
        taken, this, [job](const Result<void>& done) -> Result<QString> {
            job->occupation.reset();
            if (!done)
                return done.error();
            Q_EMIT job->machine->statusChanged();
            return job->record.name;
        });
}

Future<void> Snapshots::takeActive(const JobPtr& job, bool quiesce)
{
    Machine* vm = job->machine;
    const bool isLive = job->record.kind == SnapshotKind::Live;
    const bool mustPause = isLive && !job->record.isPaused;
    const bool isLayered = job->record.place == SnapshotPlace::Layer;
    Steps steps(this, m_core.watch("snapshot"));
    steps.add(QStringLiteral("machine type"), [job, vm] {
        return async::andThen(pinnedDefinition(*vm), vm, [job](const Definition& definition) {
            job->record.definition = definition;
            return async::ready<void>({});
        });
    });
    // Before the guest is held, so that whoever finds it held knows why. Taking it back comes
    // after it has gone on: that may take long.
    job->addBegin(steps,
        [this, job] { return orLater(*job->machine, dropUnfinished(*job->machine, job->record)); });
    if (isLayered)
        steps.add(QStringLiteral("layers"), [this, job] { return keepPresent(job); });
    if (quiesce)
        job->addFreeze(steps);
    if (mustPause) {
        steps.add(
            QStringLiteral("pause"), [vm] { return vm->hold(StateReason::Snapshot); },
            [vm] { return vm->letGoOn(); });
    }
    steps.add(QStringLiteral("disks"), [job, vm, isLayered] {
        return isLayered ? putOnLayers(*vm, job->record.definition, job->record.layers)
                         : addTag(*vm, *job->tool, job->record.definition, job->record.tag());
    });
    if (quiesce)
        job->addThaw(steps);
    steps.addNow(QStringLiteral("nvram"), [job] { return job->store.keepNvram(job->record.id); });
    const auto takeBack
        = [vm, isHeld = job->record.isPaused] { return takeDisksBack(*vm, isHeld); };
    if (isLive) {
        // Taking back comes first: with its disks given up QEMU can't drop what they keep.
        steps.add(
            QStringLiteral("memory"),
            [job, vm]() -> Future<void> {
                Result<FileDescriptor> file = job->store.makeMemoryFile(job->record.id);
                if (!file)
                    return async::failed<void>(file.error());
                return writeMemory(*vm, std::move(*file));
            },
            takeBack);
    }
    if (isLayered)
        steps.add(QStringLiteral("definition"), [this, job] { return nameLayers(job); });
    job->addCommit(steps);
    if (isLive)
        steps.add(QStringLiteral("go on"), takeBack).again();
    return steps.run();
}

Future<void> Snapshots::takeOff(const JobPtr& job)
{
    Steps steps(this, m_core.watch("snapshot"));
    const bool isLayered = job->record.place == SnapshotPlace::Layer;
    job->addBegin(steps,
        [this, job] { return orLater(*job->machine, dropUnfinished(*job->machine, job->record)); });
    steps.add(QStringLiteral("disks"), [this, job, isLayered] {
        return isLayered
            ? keepPresent(job)
            : addTag(*job->machine, *job->tool, job->record.definition, job->record.tag());
    });
    steps.addNow(QStringLiteral("nvram"), [job] { return job->store.keepNvram(job->record.id); });
    if (isLayered)
        steps.add(QStringLiteral("definition"), [this, job] { return nameLayers(job); });
    job->addCommit(steps);
    return steps.run();
}

Future<void> Snapshots::keepPresent(const JobPtr& job)
{
    return makeLayers(
        this, *job->tool, m_images.chains(), job->record.definition, job->record.layers);
}

Future<void> Snapshots::nameLayers(const JobPtr& job)
{
    Steps steps(this);
    const QVector<Disk> disks = disksToKeep(job->record.definition);
    for (const Disk& disk : disks) {
        for (const DiskLayer& layer : std::as_const(job->record.layers)) {
            if (layer.target != disk.target)
                continue;
            steps.add(disk.target, [this, job, disk, path = layer.path] {
                return renameInDefinitions(
                    m_core, *job->machine, disk.sourcePath(), onLayer(disk, path));
            });
        }
    }
    return steps.run();
}

Future<void> Snapshots::remove(Machine& machine, const QString& name)
{
    const Result<SnapshotRecord> record = find(machine, name);
    const Result<ImageTool*> found = tool();
    Result<void> checked = !record ? Result<void>(record.error())
        : !found                   ? Result<void>(found.error())
                                   : checkRemoval(machine, *record);
    if (!checked)
        return async::failed<void>(checked.error());
    const auto occupied = machine.occupy(QStringLiteral("snapshot"), Occupies::Structure);
    if (!occupied)
        return async::failed<void>(occupied.error());
    const auto occupation = std::make_shared<OccupationHandle>(*occupied);
    const SnapshotStore store = storeOf(machine);
    const auto handOn = [store, record = *record]() -> Result<void> {
        const QVector<SnapshotRecord> all = store.records();
        for (const SnapshotRecord& other : all) {
            if (other.parentId == record.id)
                TRY(store.setParent(other.id, record.parentId));
        }
        if (store.currentId() == record.id)
            TRY(store.setCurrentId(record.parentId));
        return store.markGone(record.id);
    };
    Steps steps(this, m_core.watch("delete snapshot"));
    if (record->place == SnapshotPlace::Layer) {
        steps.add(QStringLiteral("merge"), [this, vm = &machine, record = *record, occupation] {
            return dissolve(*vm, record, occupation);
        });
        steps.weighing(20);
    }
    steps.addNow(QStringLiteral("mark"), handOn);
    steps.commit();
    steps.add(QStringLiteral("disks"),
        [this, vm = &machine, record = *record] { return dropGone(*vm, record); });
    return async::transformed<void>(
        steps.run(), this, [this, vm = &machine, occupation, store](const Result<void>& done) {
            if (!done && !store.gone().isEmpty())
                tidyLater(*vm);
            occupation->reset();
            Q_EMIT vm->statusChanged();
            return done;
        });
}

Result<void> Snapshots::checkRemoval(const Machine& machine, const SnapshotRecord& record)
{
    if (record.place == SnapshotPlace::Layer) {
        TRY(planMerges(machine, record));
        return {};
    }
    if (!isActive(machine.state()))
        return {};
    QStringList tops;
    const QVector<Disk> present = machine.runningDefinition().devices<Disk>();
    for (const Disk& disk : present)
        tops.append(disk.sourcePath());
    const ImageGuard guard = m_images.guard();
    const QVector<Disk> disks = disksToKeep(record.definition);
    for (const Disk& disk : disks) {
        if (tops.contains(disk.sourcePath()) || !guard.isBelow(disk.sourcePath(), tops))
            continue;
        return Error { ErrorKind::WrongState, disk.sourcePath(),
            QStringLiteral("the disk that holds it lies below a layer that %1 runs on; it can be "
                           "deleted when the machine is off")
                .arg(machine.name()) };
    }
    return {};
}

} // namespace vmm
