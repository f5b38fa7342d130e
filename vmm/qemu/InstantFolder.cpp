// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/InstantFolder.h"

#include "vmm/base/AtomicFile.h"
#include "vmm/base/ErrnoError.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QThreadPool>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace vmm {

namespace {

constexpr QLatin1StringView kSavedMark("saved");
constexpr QLatin1StringView kPausedMark = SavedMemory::kPausedMark;
constexpr QLatin1StringView kDefinition = SavedMemory::kDefinition;

Result<void> renameTemplate(const QString& from, const QString& to)
{
    if (::rename(QFile::encodeName(from), QFile::encodeName(to)) != 0)
        return errnoError(to, QStringLiteral("rename"));
    return syncFolder(QFileInfo(to).path());
}

Result<void> flush(const QString& path)
{
    const FileDescriptor file = TRY(InstantFolder::openFile(path));
    if (::fsync(file.get()) != 0)
        return errnoError(path, QStringLiteral("fsync"));
    return {};
}

} // namespace

bool InstantFolder::exists() const
{
    return QFileInfo::exists(folder() + QLatin1Char('/') + kMemory);
}

bool InstantFolder::isUnfinished() const
{
    return QFileInfo::exists(making());
}

Result<Definition> InstantFolder::read(const QString& folder)
{
    return Definition::fromXml(
        QString::fromUtf8(TRY(readWhole(folder + QLatin1Char('/') + kDefinition))));
}

Result<void> InstantFolder::begin(const Definition& definition, bool wasPaused) const
{
    abandon();
    if (::mkdir(QFile::encodeName(making()), 0700) != 0)
        return errnoError(making(), QStringLiteral("mkdir"));
    Result<void> written
        = wasPaused ? writeAtomically(unfinished(kPausedMark), {}) : Result<void>();
    if (written)
        written = writeAtomically(unfinished(kDefinition), definition.toXml().toUtf8());
    if (!written)
        abandon();
    return written;
}

Result<void> InstantFolder::markSaved() const
{
    return writeAtomically(unfinished(kSavedMark), {});
}

bool InstantFolder::isSaved() const
{
    return QFileInfo::exists(unfinished(kSavedMark));
}

bool InstantFolder::wasPaused() const
{
    return QFileInfo::exists(unfinished(kPausedMark));
}

Result<void> InstantFolder::letGo() const
{
    QDir(gone()).removeRecursively();
    return renameTemplate(making(), gone());
}

void InstantFolder::removeGone() const
{
    if (QFileInfo::exists(gone()))
        QThreadPool::globalInstance()->start(
            [folder = gone()] { QDir(folder).removeRecursively(); });
}

void InstantFolder::abandon() const
{
    if (isUnfinished() && !letGo())
        QDir(making()).removeRecursively();
    removeGone();
}

Result<void> InstantFolder::becomeSavedMemory() const
{
    const QStringList files = QDir(making()).entryList(QDir::Files | QDir::Hidden);
    for (const QString& name : files) {
        if (name != kWhole && name != kDefinition && name != kPausedMark)
            QFile::remove(unfinished(name));
    }
    return SavedMemory(m_machine).take(making());
}

Result<void> InstantFolder::commit() const
{
    TRY(flush(unfinished(kMemory)));
    TRY(flush(unfinished(kDevices)));
    TRY(syncFolder(making()));
    QDir(folder()).removeRecursively();
    return renameTemplate(making(), folder());
}

void InstantFolder::uncommit() const
{
    (void)renameTemplate(folder(), making());
}

bool InstantFolder::hasWhole() const
{
    return QFileInfo::exists(folder() + QLatin1Char('/') + kWhole);
}

void InstantFolder::removeWhole() const
{
    for (const QLatin1StringView name : { kWhole, kSavedMark, kPausedMark })
        QFile::remove(folder() + QLatin1Char('/') + name);
}

Result<void> InstantFolder::remove() const
{
    if (!QDir(folder()).removeRecursively())
        return Error { ErrorKind::Io, folder(), QStringLiteral("can't be removed") };
    return {};
}

Result<FileDescriptor> InstantFolder::createFile(const QString& path)
{
    FileDescriptor file(
        ::open(QFile::encodeName(path), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!file.isValid())
        return errnoError(path, QStringLiteral("open"));
    return file;
}

Result<FileDescriptor> InstantFolder::openFile(const QString& path)
{
    FileDescriptor file(::open(QFile::encodeName(path), O_RDONLY | O_CLOEXEC));
    if (!file.isValid())
        return errnoError(path, QStringLiteral("open"));
    return file;
}

} // namespace vmm
