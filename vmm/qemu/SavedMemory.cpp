// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/SavedMemory.h"

#include "vmm/base/AtomicFile.h"
#include "vmm/base/ErrnoError.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QThreadPool>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>

namespace vmm {

namespace {

QString inside(const QString& folder, QLatin1StringView name)
{
    return folder + QLatin1Char('/') + name;
}

Result<void> syncFile(const QString& path)
{
    const FileDescriptor file(::open(QFile::encodeName(path), O_RDONLY | O_CLOEXEC));
    if (!file.isValid())
        return errnoError(path, QStringLiteral("open"));
    if (::fsync(file.get()) != 0)
        return errnoError(path, QStringLiteral("fsync"));
    return {};
}

} // namespace

bool SavedMemory::exists() const
{
    return QFileInfo::exists(saved());
}

bool SavedMemory::isBeingWritten() const
{
    return QFileInfo::exists(saving());
}

Result<FileDescriptor> SavedMemory::begin(const Content& content) const
{
    abandon();
    if (::mkdir(QFile::encodeName(saving()), 0700) != 0)
        return errnoError(saving(), QStringLiteral("mkdir"));
    TRY(writeAtomically(inside(saving(), kDefinition), content.definition.toXml().toUtf8()));
    if (content.isPaused)
        TRY(writeAtomically(inside(saving(), kPausedMark), {}));
    const QString path = inside(saving(), kMemory);
    FileDescriptor file(
        ::open(QFile::encodeName(path), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file.isValid())
        return errnoError(path, QStringLiteral("open"));
    return file;
}

Result<void> SavedMemory::commit() const
{
    TRY(syncFile(inside(saving(), kMemory)));
    TRY(syncFolder(saving()));
    return move(saving(), saved());
}

void SavedMemory::abandon() const
{
    QDir(saving()).removeRecursively();
}

Result<SavedMemory::Content> SavedMemory::read(const QString& folder)
{
    const QByteArray xml = TRY(readWhole(inside(folder, kDefinition)));
    return Content { .definition = TRY(Definition::fromXml(QString::fromUtf8(xml))),
        .isPaused = QFileInfo::exists(inside(folder, kPausedMark)) };
}

Result<FileDescriptor> SavedMemory::openMemory() const
{
    FileDescriptor file(::open(QFile::encodeName(memoryFile()), O_RDONLY | O_CLOEXEC));
    if (!file.isValid())
        return errnoError(memoryFile(), QStringLiteral("open"));
    return file;
}

Result<void> SavedMemory::markUsed() const
{
    QDir(used()).removeRecursively();
    return move(saved(), used());
}

Result<void> SavedMemory::markUnused() const
{
    return move(used(), saved());
}

void SavedMemory::removeUsed() const
{
    if (QFileInfo::exists(used()))
        QThreadPool::globalInstance()->start(
            [folder = used()] { QDir(folder).removeRecursively(); });
}

Result<void> SavedMemory::discard() const
{
    TRY(markUsed());
    removeUsed();
    return {};
}

Result<void> SavedMemory::move(const QString& from, const QString& to) const
{
    if (::rename(QFile::encodeName(from), QFile::encodeName(to)) != 0)
        return errnoError(to, QStringLiteral("rename"));
    return syncFolder(m_folder);
}

} // namespace vmm
