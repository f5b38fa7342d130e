// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/Images.h"

#include "vmm/base/AtomicFile.h"
#include "vmm/base/ErrnoError.h"
#include "vmm/qemu/BlockJob.h"
#include "vmm/qemu/Core.h"
#include "vmm/qemu/ImageHolders.h"
#include "vmm/qemu/ImageTool.h"
#include "vmm/qemu/LiveDisks.h"
#include "vmm/qemu/QcowHeader.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <unistd.h>

namespace vmm {

namespace {

const QString kQcow2 = QStringLiteral("qcow2");
const QString kRaw = QStringLiteral("raw");

bool isWritten(const Disk& disk)
{
    return !disk.isReadOnly && disk.device != QLatin1StringView("cdrom");
}

// A raw image has nothing that tells it from any other file.
bool isNamedLikeImage(const QString& path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    return suffix == QLatin1StringView("img") || suffix == QLatin1StringView("raw")
        || suffix == QLatin1StringView("iso");
}

Error notAbsolute(const QString& path)
{
    return { ErrorKind::InvalidConfig, path, QStringLiteral("not an absolute path") };
}

} // namespace

Images::Images(Core& core, QObject* parent)
    : QObject(parent)
    , m_core(core)
{
}

Result<ImageTool*> Images::tool() const
{
    if (ImageTool* tool = m_core.images())
        return tool;
    return m_core.qemu().error();
}

QVector<DiskOwner::Disk> Images::disksOf(const Definition& definition)
{
    QVector<DiskOwner::Disk> disks;
    const QVector<Disk> all = definition.devices<Disk>();
    for (const Disk& disk : all) {
        if (!disk.sourcePath().isEmpty())
            disks.append({ disk.sourcePath(), disk.format.isEmpty() ? kRaw : disk.format,
                !isWritten(disk) });
    }
    return disks;
}

DiskOwner Images::ownerOf(const Machine& machine) const
{
    DiskOwner owner {
        .id = machine.id(), .name = machine.name(), .isActive = isActive(machine.state())
    };
    owner.disks = disksOf(machine.definition());
    if (owner.isActive)
        owner.disks += disksOf(machine.runningDefinition());
    if (m_moreDisks)
        owner.disks += m_moreDisks(machine.places().folder);
    return owner;
}

DiskOwner Images::trashedOwner(const QString& folder) const
{
    const QString id = QFileInfo(folder).fileName().section(QLatin1Char('.'), 0, 0);
    const StoredMachine stored = MachineStore::read(QUuid(id), { .folder = folder });
    const Result<Definition> definition = Definition::fromXml(stored.xml);
    DiskOwner owner { .id = QUuid::createUuid(), // there may be one of its UUID again
        .name = QStringLiteral("%1 (in the trash)").arg(definition ? definition->name() : id) };
    if (definition)
        owner.disks = disksOf(*definition);
    if (m_moreDisks)
        owner.disks += m_moreDisks(folder);
    // What lay in its folder came along.
    const QString was = m_core.dataFolder() + QStringLiteral("/machines/") + id + QLatin1Char('/');
    for (DiskOwner::Disk& disk : owner.disks) {
        disk.isInMemory = false; // it keeps nobody from going on
        if (disk.path.startsWith(was))
            disk.path = folder + QLatin1Char('/') + disk.path.mid(was.size());
    }
    return owner;
}

QVector<DiskOwner> Images::owners()
{
    QVector<DiskOwner> owners;
    const QVector<Machine*> machines = m_core.machines();
    for (const Machine* machine : machines) {
        if (!machine->problem())
            owners.append(ownerOf(*machine));
    }
    const QHash<QString, DiskOwner> known = std::exchange(m_trashed, {});
    const QStringList trashed = m_core.trash().folders();
    for (const QString& folder : trashed) {
        const auto found = known.constFind(folder);
        m_trashed.insert(folder, found == known.cend() ? trashedOwner(folder) : *found);
    }
    for (const DiskOwner& owner : std::as_const(m_trashed))
        owners.append(owner);
    return owners;
}

QStringList Images::folders() const
{
    QStringList folders { m_core.dataFolder() + QStringLiteral("/images") };
    const QVector<Machine*> machines = m_core.machines();
    for (const Machine* machine : machines)
        folders.append(machine->places().diskFolder());
    // What is in the trash may come back, and needs then what it stands on now.
    const QString trash = m_core.dataFolder() + QStringLiteral("/trash");
    const QStringList trashed
        = QDir(trash).entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot);
    for (const QString& entry : trashed)
        folders.append(trash + QLatin1Char('/') + entry + QStringLiteral("/disks"));
    return folders;
}

ImageGuard Images::guard()
{
    return { m_chains, owners(), folders() };
}

ImageGuard Images::guardOf(const Machine& machine)
{
    return { m_chains, { ownerOf(machine) }, { machine.places().diskFolder() } };
}

Result<ImageChain> Images::chainOf(const ImageGuard& guard, const QString& path)
{
    if (!path.startsWith(QLatin1Char('/')))
        return notAbsolute(path);
    return m_chains.readTrusted(path, guard.formatOf(path),
        [&guard](const QString& canonical) { return guard.isRawDisk(canonical); });
}

Result<void> Images::checkDisks(const Definition& definition)
{
    const QVector<DiskOwner::Disk> disks = disksOf(definition);
    std::optional<ImageGuard> seen; // made only if somebody's backing file is raw and elsewhere
    const auto isKnownRaw = [&](const QString& canonical) {
        if (!seen)
            seen.emplace(guard());
        return seen->isRawDisk(canonical);
    };
    for (const DiskOwner::Disk& disk : disks)
        TRY(m_chains.readTrusted(disk.path, disk.format, isKnownRaw));
    return {};
}

Result<void> Images::checkDisk(const Disk& disk)
{
    const ImageGuard seen = guard();
    TRY(m_chains.readTrusted(disk.sourcePath(), disk.format.isEmpty() ? kRaw : disk.format,
        [&seen](const QString& canonical) { return seen.isRawDisk(canonical); }));
    if (!isWritten(disk))
        return {};
    TRY(seen.checkNothingStandsOn(disk.sourcePath()));
    return seen.checkInNoMemory(disk.sourcePath());
}

Error Images::explain(Error error) const
{
    if (error.cause != ErrorCause::ImageLocked)
        return error;
    QStringList holders;
    const QVector<Machine*> machines = m_core.machines();
    const QVector<ImageHolder> found = holdersOf(error.subject);
    for (const ImageHolder& holder : found) {
        QString name = QStringLiteral("%1 (process %2)").arg(holder.program).arg(holder.pid);
        for (const Machine* machine : machines) {
            if (machine->process().pid == holder.pid)
                name = machine->name();
        }
        holders.append(name);
    }
    if (!holders.isEmpty())
        error.detail = holders.join(QStringLiteral(", ")) + QStringLiteral(": ") + error.detail;
    return error;
}

template <typename T> Future<T> Images::explained(const Future<T>& future)
{
    return async::transformed<T>(future, this, [this](Result<T> result) -> Result<T> {
        return result ? result : Result<T>(explain(result.error()));
    });
}

Future<QVector<ImageUse>> Images::list()
{
    return async::ready<QVector<ImageUse>>(guard().uses());
}

Future<ImageChain> Images::inspect(const QString& path)
{
    const Result<ImageChain> chain = chainOf(guard(), path);
    const Result<ImageTool*> found = tool();
    const bool isOurs = chain && (chain->first().format == kQcow2 || chain->first().format == kRaw);
    if (!chain || isOurs || !found)
        return async::ready<ImageChain>(chain);
    // Of other formats only their own program knows the size.
    return async::transformed<ImageChain>(
        explained((*found)->info(path, InUse::Accept, chain->first().format)), this,
        [](const Result<ImageInfo>& info) -> Result<ImageChain> {
            return info ? Result<ImageChain>({ *info }) : info.error();
        });
}

Future<void> Images::create(const NewImage& image)
{
    const Result<ImageTool*> found = tool();
    if (!found)
        return async::failed<void>(found.error());
    NewImage whole = image;
    const QString images = m_core.dataFolder() + QStringLiteral("/images");
    if (QFileInfo(image.path).path() == images)
        QDir().mkpath(images);
    if (!image.backingFile.isEmpty()) {
        const ImageGuard seen = guard();
        const QString said = image.backingFormat.isEmpty() ? seen.formatOf(image.backingFile)
                                                           : image.backingFormat;
        // Whoever asks names the file, so it may be any.
        const Result<ImageChain> chain
            = m_chains.readTrusted(image.backingFile, said, [](const QString&) { return true; });
        if (!chain)
            return async::failed<void>(chain.error());
        whole.backingFormat = chain->first().format;
    }
    return explained((*found)->create(whole));
}

Future<void> Images::resize(const QString& path, Bytes size)
{
    const ImageGuard seen = guard();
    const Result<ImageTool*> found = tool();
    const Result<ImageChain> chain = chainOf(seen, path);
    Result<void> checked = !found ? found.error()
        : !chain                  ? Result<void>(chain.error())
                                  : seen.checkIdle(path);
    if (checked)
        checked = seen.checkNothingStandsOn(path);
    if (checked)
        checked = seen.checkInNoMemory(path); // which knows it as large as it was
    if (checked && size <= chain->first().virtualSize)
        checked = Error { ErrorKind::InvalidConfig, path,
            QStringLiteral("is %1 bytes already, and images only grow")
                .arg(chain->first().virtualSize.count()) };
    if (!checked)
        return async::failed<void>(checked.error());
    return explained((*found)->resize(path, chain->first().format, size));
}

Future<void> Images::convert(const ImageConversion& conversion)
{
    const ImageGuard seen = guard();
    const Result<ImageTool*> found = tool();
    const Result<ImageChain> chain = chainOf(seen, conversion.source);
    const Result<void> checked = !found ? found.error()
        : !chain                        ? Result<void>(chain.error())
                                        : seen.checkIdle(conversion.source);
    if (!checked)
        return async::failed<void>(checked.error());
    return explained((*found)->convert(conversion, chain->first().format));
}

Future<void> Images::flatten(const QString& path)
{
    const ImageGuard seen = guard();
    const Result<ImageTool*> found = tool();
    const Result<ImageChain> chain = chainOf(seen, path);
    Machine* running = runningOn(path);
    Result<void> checked = !found ? found.error()
        : !chain                  ? Result<void>(chain.error())
        : running                 ? Result<void>()
                                  : seen.checkIdle(path);
    if (checked && chain->size() < 2)
        return async::ready<void>({});
    // What a snapshot inside takes from below would be missing afterwards.
    if (checked && !chain->first().internalSnapshots.isEmpty())
        checked = Error { ErrorKind::WrongState, path,
            QStringLiteral("it has snapshots that need the images below it") };
    if (!checked)
        return async::failed<void>(checked.error());
    return running ? flattenLive(*running, path) : explained((*found)->flatten(path));
}

Machine* Images::runningOn(const QString& path) const
{
    const QString canonical = QFileInfo(path).canonicalFilePath();
    const QVector<Machine*> machines = m_core.machines();
    for (Machine* machine : machines) {
        if (!isActive(machine->state()))
            continue;
        const QVector<Disk> disks = machine->runningDefinition().devices<Disk>();
        for (const Disk& disk : disks) {
            if (QFileInfo(disk.sourcePath()).canonicalFilePath() == canonical)
                return machine;
        }
    }
    return nullptr;
}

Future<void> Images::flattenLive(Machine& machine, const QString& path)
{
    const auto occupied = machine.occupy(QStringLiteral("flatten"));
    if (!occupied)
        return async::failed<void>(occupied.error());
    Machine* vm = &machine;
    const Future<void> flattened = async::andThen(
        readLiveDisks(machine), vm, [vm, path](const LiveDisks& live) -> Future<void> {
            for (auto disk = live.disks.cbegin(); disk != live.disks.cend(); ++disk) {
                const QString top = disk->chain.value(0);
                if (QFileInfo(top).canonicalFilePath() != QFileInfo(path).canonicalFilePath())
                    continue;
                return runBlockJob(*vm,
                    { .id = kFlattenJob + disk.key(),
                        .command = QStringLiteral("block-stream"),
                        .arguments = { { QStringLiteral("device"), live.nodes.value(top) } },
                        .image = path });
            }
            return async::failed<void>({ ErrorKind::NotFound, path,
                QStringLiteral("the running machine has no such disk") });
        });
    return async::transformed<void>(
        flattened, vm, [handle = *occupied](const Result<void>& done) mutable {
            handle.reset();
            return done;
        });
}

Future<void> Images::takeUpFlattening(Machine& machine)
{
    return async::andThen(
        blockJobs(machine), this, [vm = &machine](const QStringList& jobs) -> Future<void> {
            for (const QString& id : jobs) {
                if (!id.startsWith(kFlattenJob))
                    continue;
                const auto occupied = vm->occupy(QStringLiteral("flatten"));
                if (!occupied)
                    return async::failed<void>(occupied.error());
                return async::transformed<void>(runBlockJob(*vm, { .id = id }), vm,
                    [handle = *occupied](const Result<void>& done) mutable {
                        handle.reset();
                        return done;
                    });
            }
            return async::ready<void>({});
        });
}

Future<ImageCheck> Images::check(const QString& path, bool repair)
{
    const ImageGuard seen = guard();
    const Result<ImageTool*> found = tool();
    const Result<ImageChain> chain = chainOf(seen, path);
    Result<void> checked = !found ? found.error()
        : !chain                  ? Result<void>(chain.error())
                                  : Result<void>();
    if (checked && repair)
        checked = seen.checkIdle(path);
    if (!checked)
        return async::failed<ImageCheck>(checked.error());
    return explained((*found)->check(path, chain->first().format, repair));
}

Future<void> Images::remove(const QString& path)
{
    if (!path.startsWith(QLatin1Char('/')))
        return async::failed<void>(notAbsolute(path));
    if (const Result<void> unneeded = guard().checkUnneeded(path); !unneeded)
        return async::failed<void>(unneeded.error());
    // A symbolic link is followed by whoever uses the image, so it is no image of its own.
    const QFileInfo file(path);
    if (file.exists() && (!file.isFile() || file.isSymLink()))
        return async::failed<void>(
            { ErrorKind::InvalidConfig, path, QStringLiteral("is no image file") });
    const Result<QString> shown = formatByContent(path);
    if (!shown)
        return async::failed<void>(shown.error());
    if (*shown == kRaw && !isNamedLikeImage(path))
        return async::failed<void>(
            { ErrorKind::InvalidConfig, path, QStringLiteral("does not look like a disk image") });
    if (!holdersOf(path).isEmpty())
        return async::failed<void>(explain(
            { ErrorKind::Busy, path, QStringLiteral("it is open"), ErrorCause::ImageLocked }));
    if (::unlink(QFile::encodeName(path)) != 0)
        return async::failed<void>(errnoError(path, QStringLiteral("unlink")));
    return async::ready<void>(syncFolder(file.path()));
}

} // namespace vmm
