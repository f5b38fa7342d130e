// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/base/AtomicFile.h"

#include "vmm/base/ErrnoError.h"
#include "vmm/base/FileDescriptor.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace vmm {

namespace {

Result<void> writeAll(const FileDescriptor& file, const QByteArray& content, const QString& path)
{
    qsizetype written = 0;
    while (written < content.size()) {
        const ssize_t count = ::write(file.get(), content.constData() + written,
            static_cast<size_t>(content.size() - written));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return errnoError(path, QStringLiteral("write"));
        written += count;
    }
    return {};
}

enum class Sync { Yes, No };

Result<void> writeAside(
    const QString& aside, const QByteArray& content, const QString& path, Sync sync)
{
    const FileDescriptor file(
        ::open(QFile::encodeName(aside), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!file.isValid())
        return errnoError(path, QStringLiteral("open"));
    TRY(writeAll(file, content, path));
    if (sync == Sync::Yes && ::fsync(file.get()) != 0)
        return errnoError(path, QStringLiteral("fsync"));
    return {};
}

Result<void> replace(const QString& path, const QByteArray& content, Sync sync)
{
    const QString aside = path + QLatin1StringView(kAsideSuffix);
    const Result<void> written = writeAside(aside, content, path, sync);
    if (!written) {
        ::unlink(QFile::encodeName(aside));
        return written;
    }
    if (::rename(QFile::encodeName(aside), QFile::encodeName(path)) != 0) {
        const Error error = errnoError(path, QStringLiteral("rename"));
        ::unlink(QFile::encodeName(aside));
        return error;
    }
    return {};
}

} // namespace

Result<void> writeAtomically(const QString& path, const QByteArray& content)
{
    TRY(replace(path, content, Sync::Yes));
    return syncFolder(QFileInfo(path).path());
}

Result<void> replaceFile(const QString& path, const QByteArray& content)
{
    return replace(path, content, Sync::No);
}

Result<void> syncFolder(const QString& folder)
{
    const FileDescriptor file(
        ::open(QFile::encodeName(folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!file.isValid())
        return errnoError(folder, QStringLiteral("open"));
    if (::fsync(file.get()) != 0)
        return errnoError(folder, QStringLiteral("fsync"));
    return {};
}

Result<void> syncFilesIn(const QString& folder)
{
    const QStringList names = QDir(folder).entryList(QDir::Files | QDir::Hidden);
    for (const QString& name : names) {
        const QString path = folder + QLatin1Char('/') + name;
        const FileDescriptor file(::open(QFile::encodeName(path), O_RDONLY | O_CLOEXEC));
        if (!file.isValid())
            return errnoError(path, QStringLiteral("open"));
        if (::fsync(file.get()) != 0)
            return errnoError(path, QStringLiteral("fsync"));
    }
    return {};
}

Result<QByteArray> readWhole(const QString& path, qint64 limit)
{
    // O_NONBLOCK: a fifo put in the file's place must not hold us up.
    const FileDescriptor file(::open(QFile::encodeName(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file.isValid())
        return errnoError(path, QStringLiteral("open"));
    QFile reader;
    if (!reader.open(file.get(), QIODevice::ReadOnly))
        return Error { ErrorKind::Io, path, reader.errorString() };
    const QByteArray content = reader.read(limit + 1);
    if (reader.error() != QFileDevice::NoError)
        return Error { ErrorKind::Io, path, reader.errorString() };
    if (content.size() > limit)
        return Error { ErrorKind::Io, path,
            QStringLiteral("larger than %1 bytes, which nothing here is").arg(limit) };
    return content;
}

} // namespace vmm
