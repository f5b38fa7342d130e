// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/MachineStore.h"

#include "vmm/base/AtomicFile.h"
#include "vmm/base/ErrnoError.h"
#include "vmm/qemu/RuntimeFolder.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QStandardPaths>
#include <QThreadPool>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace vmm {

namespace {

Q_LOGGING_CATEGORY(storeLog, "vm.store", QtInfoMsg)

constexpr char kRemovedPrefix[] = ".removed-";
constexpr char kNewPrefix[] = ".new-";

QString folderName(const QUuid& id)
{
    return id.toString(QUuid::WithoutBraces);
}

Error unwritable(Error error, const QString& folder)
{
    if (error.cause != ErrorCause::None)
        return error;
    error.cause = ErrorCause::DataFolderUnwritable;
    error.subject = folder;
    return error;
}

Result<FileDescriptor> lockFolder(const QString& folder)
{
    const QString path = folder + QStringLiteral("/lock");
    FileDescriptor lock(::open(QFile::encodeName(path), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!lock.isValid())
        return unwritable(errnoError(path, QStringLiteral("open")), folder);
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK)
            return unwritable(errnoError(path, QStringLiteral("flock")), folder);
        const QByteArray holder = readWhole(path, 64).value_or({}).trimmed();
        return Error { ErrorKind::Busy, folder, QString::fromLatin1(holder),
            ErrorCause::DataFolderInUse };
    }
    const QByteArray pid = QByteArray::number(::getpid()) + '\n';
    if (::ftruncate(lock.get(), 0) != 0 || ::pwrite(lock.get(), pid, pid.size(), 0) < 0)
        return unwritable(errnoError(path, QStringLiteral("write")), folder);
    return lock;
}

/// Nothing if the folder has no format yet.
Result<void> checkFormat(const QString& folder)
{
    const QString path = folder + QStringLiteral("/format");
    const Result<QByteArray> text = readWhole(path, 64);
    if (!text && text.error().kind == ErrorKind::NotFound)
        return {};
    if (!text)
        return unwritable(text.error(), folder);
    bool isNumber = false;
    const int format = text->trimmed().toInt(&isNumber);
    if (!isNumber || format < 1)
        return Error { ErrorKind::InvalidConfig, path,
            QStringLiteral("not a format number: ") + QString::fromUtf8(*text) };
    if (format > MachineStore::kFormat)
        return Error { ErrorKind::InvalidConfig, folder,
            QStringLiteral("format %1, known up to %2").arg(format).arg(MachineStore::kFormat),
            ErrorCause::DataFolderNewer };
    return {};
}

Result<void> makeFolder(const QString& path)
{
    if (::mkdir(QFile::encodeName(path), 0700) != 0 && errno != EEXIST)
        return errnoError(path, QStringLiteral("mkdir"));
    return {};
}

Result<void> layOut(const QString& folder)
{
    const QString format = folder + QStringLiteral("/format");
    if (!QFileInfo::exists(format))
        TRY(writeAtomically(format, QByteArray::number(MachineStore::kFormat) + '\n'));
    TRY(makeFolder(folder + QStringLiteral("/machines")));
    return syncFolder(folder);
}

/// In the background: freeing a disk of many gigabytes takes the file system a while. What isn't
/// done when the program ends is done when the store is opened next.
void deleteLater(const QString& path)
{
    QThreadPool::globalInstance()->start([path] {
        std::error_code failure;
        // Deletes symbolic links, never what they point to.
        std::filesystem::remove_all(QFile::encodeName(path).toStdString(), failure);
        // Another deletion of the same folder may have been quicker.
        if (failure && failure != std::errc::no_such_file_or_directory)
            qCWarning(storeLog) << "can't delete" << path << failure.message().c_str();
    });
}

} // namespace

Result<std::unique_ptr<MachineStore>> MachineStore::open(
    const QString& dataFolder, const QString& runtimeFolder)
{
    const QString folder = QDir::cleanPath(dataFolder.isEmpty() ? defaultDataFolder() : dataFolder);
    if (!QDir().mkpath(folder))
        return unwritable(errnoError(folder, QStringLiteral("mkdir"), errno), folder);
    TRY(checkFormat(folder));
    FileDescriptor lock = TRY(lockFolder(folder));
    const Result<void> laidOut = layOut(folder);
    if (!laidOut)
        return unwritable(laidOut.error(), folder);
    QString runtime = TRY(makeRuntimeFolder(folder, runtimeFolder));
    return std::unique_ptr<MachineStore>(
        new MachineStore(folder, std::move(runtime), std::move(lock)));
}

MachineStore::MachineStore(QString dataFolder, QString runtimeFolder, FileDescriptor lock)
    : m_dataFolder(std::move(dataFolder))
    , m_runtimeFolder(std::move(runtimeFolder))
    , m_lock(std::move(lock))
{
}

MachinePlaces MachineStore::placesOf(const QUuid& id) const
{
    return { .folder = folderOf(m_dataFolder, id),
        .runtimeFolder = m_runtimeFolder + QLatin1Char('/') + id.toString(QUuid::Id128) };
}

StoredMachine MachineStore::read(const QUuid& id, const MachinePlaces& places)
{
    StoredMachine machine { .id = id };
    const Result<QByteArray> xml = readWhole(places.definitionFile());
    if (xml)
        machine.xml = QString::fromUtf8(*xml);
    else
        machine.problem = xml.error();
    const Result<QByteArray> json = readWhole(places.stateFile());
    if (!json && json.error().kind == ErrorKind::NotFound)
        return machine;
    const Result<StoredState> state
        = json ? StoredState::fromJson(*json) : Result<StoredState>(json.error());
    if (state)
        machine.state = *state;
    else
        qCWarning(storeLog).noquote() << places.stateFile() << state.error().toString();
    return machine;
}

QVector<StoredMachine> MachineStore::load() const
{
    QVector<StoredMachine> machines;
    const QStringList entries
        = QDir(machinesFolder()).entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot);
    for (const QString& entry : entries) {
        if (entry.startsWith(QLatin1StringView(kRemovedPrefix))
            || entry.startsWith(QLatin1StringView(kNewPrefix))) {
            deleteLater(machinesFolder() + QLatin1Char('/') + entry);
            continue;
        }
        const QUuid id(entry);
        if (id.isNull() || folderName(id) != entry)
            continue; // not ours
        StoredMachine machine = read(id, placesOf(id));
        machines.append(std::move(machine));
    }
    return machines;
}

Result<void> MachineStore::save(const QUuid& id, const QString& xml) const
{
    const MachinePlaces places = placesOf(id);
    if (QFileInfo::exists(places.folder))
        return writeAtomically(places.definitionFile(), xml.toUtf8());
    TRY(beginNew(id));
    const Result<void> committed = commitNew(id, xml);
    if (!committed)
        abandonNew(id);
    return committed;
}

Result<void> MachineStore::saveState(const QUuid& id, const StoredState& state) const
{
    return writeAtomically(placesOf(id).stateFile(), state.toJson());
}

Result<MachinePlaces> MachineStore::beginNew(const QUuid& id) const
{
    const MachinePlaces places { .folder = newFolder(id) };
    TRY(makeFolder(places.folder));
    TRY(makeFolder(places.diskFolder()));
    TRY(makeFolder(QFileInfo(places.logFile()).path()));
    return places;
}

Result<void> MachineStore::commitNew(const QUuid& id, const QString& xml) const
{
    const MachinePlaces places { .folder = newFolder(id) };
    TRY(writeAtomically(places.definitionFile(), xml.toUtf8()));
    TRY(syncFilesIn(places.diskFolder())); // qemu-img leaves that to the system
    TRY(syncFolder(places.diskFolder()));
    const QString folder = placesOf(id).folder;
    if (::rename(QFile::encodeName(places.folder), QFile::encodeName(folder)) != 0)
        return errnoError(folder, QStringLiteral("rename"));
    return syncFolder(machinesFolder());
}

void MachineStore::abandonNew(const QUuid& id) const
{
    deleteLater(newFolder(id));
}

QString MachineStore::newFolder(const QUuid& id) const
{
    return newFolder(m_dataFolder, id);
}

QString MachineStore::folderOf(const QString& dataFolder, const QUuid& id)
{
    return machinesFolder(dataFolder) + QLatin1Char('/') + folderName(id);
}

QString MachineStore::newFolder(const QString& dataFolder, const QUuid& id)
{
    return machinesFolder(dataFolder) + QLatin1Char('/') + QLatin1StringView(kNewPrefix)
        + folderName(id);
}

Result<void> MachineStore::remove(const QUuid& id) const
{
    if (!QFileInfo::exists(placesOf(id).folder))
        return {};
    return removeFolder(placesOf(id).folder);
}

Result<void> MachineStore::removeFolder(const QString& folder) const
{
    QString gone = machinesFolder() + QLatin1Char('/') + QLatin1StringView(kRemovedPrefix)
        + QFileInfo(folder).fileName();
    while (QFileInfo::exists(gone))
        gone.append(QLatin1Char('x')); // an earlier one of that name is still being deleted
    if (::rename(QFile::encodeName(folder), QFile::encodeName(gone)) != 0)
        return errnoError(folder, QStringLiteral("rename"));
    TRY(syncFolder(machinesFolder()));
    deleteLater(gone);
    return {};
}

QString MachineStore::defaultDataFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
        + QStringLiteral("/virtdeck");
}

} // namespace vmm
