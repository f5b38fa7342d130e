// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Taking, listing and deleting snapshots; going back to one is in SnapshotRevert.cpp.
#include "vmm/qemu/Snapshots.h"

#include "vmm/base/Background.h"
#include "vmm/qemu/Core.h"
#include "vmm/qemu/DiskTags.h"
#include "vmm/qemu/Images.h"
#include "vmm/qemu/MemoryTransfer.h"
#include "vmm/qemu/PinnedDefinition.h"
#include "vmm/qemu/SnapshotJob.h"

#include <QFileInfo>
#include <QLoggingCategory>

namespace vmm {

namespace {

Q_LOGGING_CATEGORY(snapshotLog, "vm.snapshot", QtInfoMsg)

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

Future<void> plainCommand(Machine& machine, const char* name)
{
    return async::andThen(machine.execute(QString::fromLatin1(name)), &machine,
        [](const QJsonValue&) { return async::ready<void>({}); });
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

QVector<SnapshotInfo> Snapshots::list(const Machine& machine) const
{
    const SnapshotStore store = storeOf(machine);
    const QVector<SnapshotRecord> records = store.records();
    const QString current = store.currentId();
    QHash<QString, QString> names;
    for (const SnapshotRecord& record : records)
        names.insert(record.id, record.name);
    QVector<SnapshotInfo> infos;
    for (const SnapshotRecord& record : records) {
        SnapshotInfo info { .name = record.name,
            .description = record.description,
            .parent = names.value(record.parentId),
            .created = record.created,
            .kind = record.kind,
            .isCurrent = record.id == current };
        const QFileInfo memory(store.memoryFile(record.id));
        if (record.kind == SnapshotKind::Live)
            info.memorySize = Bytes::fromBytes(static_cast<quint64>(memory.size()));
        if (record.kind == SnapshotKind::Live && !memory.exists())
            info.problem = QStringLiteral("its memory is missing: ") + memory.filePath();
        const QVector<Disk> disks = disksToKeep(record.definition);
        for (const Disk& disk : disks) {
            if (!holdsTag(disk, record.tag()))
                info.problem = QStringLiteral("a disk lacks its part: ") + disk.sourcePath();
        }
        infos.append(info);
    }
    return infos;
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
    TRY(checkKeepable(record.definition));
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
    Steps steps(this, m_core.watch("snapshot"));
    steps.add(QStringLiteral("machine type"), [job, vm] {
        return async::andThen(pinnedDefinition(*vm), vm, [job](const Definition& definition) {
            job->record.definition = definition;
            return async::ready<void>({});
        });
    });
    if (quiesce)
        job->addFreeze(steps);
    if (mustPause) {
        steps.add(
            QStringLiteral("pause"),
            [vm] {
                vm->expect(StateReason::Snapshot);
                return plainCommand(*vm, "stop");
            },
            [vm] { return plainCommand(*vm, "cont"); });
    }
    job->addBegin(steps, [this, job] { return dropUnfinished(*job->machine, job->record); });
    steps.add(QStringLiteral("disks"),
        [job, vm] { return addTag(*vm, *job->tool, job->record.definition, job->record.tag()); });
    if (quiesce)
        job->addThaw(steps);
    steps.addNow(QStringLiteral("nvram"), [job] { return job->store.keepNvram(job->record.id); });
    if (isLive) {
        steps.add(QStringLiteral("memory"), [job, vm]() -> Future<void> {
            Result<FileDescriptor> file = job->store.makeMemoryFile(job->record.id);
            if (!file)
                return async::failed<void>(file.error());
            return writeMemory(*vm, std::move(*file));
        });
    }
    job->addCommit(steps);
    if (mustPause)
        steps.add(QStringLiteral("go on"), [vm] { return plainCommand(*vm, "cont"); });
    return steps.run();
}

Future<void> Snapshots::takeOff(const JobPtr& job)
{
    Steps steps(this, m_core.watch("snapshot"));
    job->addBegin(steps, [this, job] { return dropUnfinished(*job->machine, job->record); });
    steps.add(QStringLiteral("disks"), [job] {
        return addTag(*job->machine, *job->tool, job->record.definition, job->record.tag());
    });
    steps.addNow(QStringLiteral("nvram"), [job] { return job->store.keepNvram(job->record.id); });
    job->addCommit(steps);
    return steps.run();
}

Future<void> Snapshots::dropUnfinished(Machine& machine, const SnapshotRecord& record)
{
    const Result<ImageTool*> found = tool();
    if (!found)
        return async::failed<void>(found.error());
    // Its folder goes last: as long as a disk holds the tag, somebody must know.
    return async::andThen(dropTag(machine, **found, record.definition, record.tag()), this,
        [store = storeOf(machine), id = record.id] {
            return async::ready<void>(store.abandon(id));
        });
}

Future<void> Snapshots::remove(Machine& machine, const QString& name)
{
    const Result<SnapshotRecord> record = find(machine, name);
    const Result<ImageTool*> found = tool();
    if (!record || !found)
        return async::failed<void>(!record ? record.error() : found.error());
    const auto occupied = machine.occupy(QStringLiteral("snapshot"), Occupies::Structure);
    if (!occupied)
        return async::failed<void>(occupied.error());
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
    steps.addNow(QStringLiteral("mark"), handOn);
    steps.commit();
    steps.add(QStringLiteral("disks"),
        [this, vm = &machine, record = *record] { return dropGone(*vm, record); });
    return async::transformed<void>(
        steps.run(), this, [vm = &machine, handle = *occupied](const Result<void>& done) mutable {
            handle.reset();
            Q_EMIT vm->statusChanged();
            return done;
        });
}

Future<void> Snapshots::dropGone(Machine& machine, const SnapshotRecord& record)
{
    const Result<ImageTool*> found = tool();
    if (!found)
        return async::failed<void>(found.error());
    return async::andThen(dropTag(machine, **found, record.definition, record.tag()), this,
        [store = storeOf(machine), id = record.id] {
            return inBackground<void>([store, id] { return store.removeGone(id); });
        });
}

Future<void> Snapshots::tidyUp(Machine& machine)
{
    const SnapshotStore store = storeOf(machine);
    if (store.isEmpty() || !tool())
        return async::ready<void>({});
    Machine* vm = &machine;
    const QVector<SnapshotRecord> unfinished = store.unfinished();
    const QVector<SnapshotRecord> gone = store.gone();
    const std::optional<RevertJournal> journal = store.journal();
    QStringList left;
    if (!machine.problem() && !journal)
        left = tagsLike(machine.definition(), RevertJournal::kBeforeTag);
    if (unfinished.isEmpty() && gone.isEmpty() && !journal && left.isEmpty())
        return async::ready<void>({});
    qCInfo(snapshotLog).noquote() << machine.name() << "had a snapshot operation under way";
    Steps steps(this, m_core.watch("put snapshots in order"));
    steps.commit(); // each is tried
    if (journal)
        steps.add(
            QStringLiteral("revert"), [this, vm, journal] { return rollBack(*vm, *journal); });
    for (const SnapshotRecord& record : unfinished) {
        const bool wasStopped = record.kind == SnapshotKind::Live && !record.isPaused;
        if (wasStopped && machine.state() == VmState::Paused) {
            steps.add(QStringLiteral("end writing"),
                [vm] { return plainCommand(*vm, "migrate_cancel"); });
        }
        steps.add(QStringLiteral("unfinished"),
            [this, vm, record] { return dropUnfinished(*vm, record); });
        if (wasStopped && machine.state() == VmState::Paused)
            steps.add(QStringLiteral("go on"), [vm] { return plainCommand(*vm, "cont"); });
    }
    for (const QString& tag : left) {
        steps.add(QStringLiteral("before revert"),
            [this, vm, tag] { return dropTag(*vm, **tool(), vm->definition(), tag); });
    }
    for (const SnapshotRecord& record : gone)
        steps.add(QStringLiteral("gone"), [this, vm, record] { return dropGone(*vm, record); });
    return steps.run();
}

} // namespace vmm
