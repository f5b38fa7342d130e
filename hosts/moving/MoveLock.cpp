// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/moving/MoveLock.h"

#include "vmm/base/ErrnoError.h"

#include <QDir>
#include <QFile>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace hosts::moving {

using vmm::Error;
using vmm::ErrorCause;
using vmm::ErrorKind;
using vmm::FileDescriptor;
using vmm::Result;

namespace {

Error unwritable(const QString& path, const char* call)
{
    Error error = vmm::errnoError(path, QString::fromLatin1(call));
    error.kind = ErrorKind::Io;
    if (error.cause == ErrorCause::None) // else the disk is full
        error.cause = ErrorCause::DataFolderUnwritable;
    return error;
}

Error underWay(const QString& name)
{
    return { ErrorKind::Busy, name, QStringLiteral("another program is moving it already") };
}

/// Who holds it deletes it at the end; whoever has opened it before that has the lock of nothing.
bool isStillThere(const FileDescriptor& file, const QByteArray& path)
{
    struct stat ours { };
    struct stat there { };
    return ::fstat(file.get(), &ours) == 0 && ::stat(path.constData(), &there) == 0
        && ours.st_ino == there.st_ino && ours.st_dev == there.st_dev;
}

} // namespace

MoveLock::MoveLock(FileDescriptor file, QByteArray path)
    : m_file(std::move(file))
    , m_path(std::move(path))
{
}

MoveLock::~MoveLock()
{
    ::unlink(m_path.constData());
}

Result<std::shared_ptr<MoveLock>> MoveLock::take(
    const QString& dataFolder, VmId vm, const QString& name)
{
    constexpr int kTries = 10;
    const QString folder = dataFolder + QStringLiteral("/moving");
    const QString path = folder + QLatin1Char('/') + vm.toString(QUuid::WithoutBraces);
    const QByteArray encoded = QFile::encodeName(path);
    for (int i = 0; i < kTries; ++i) {
        if (!QDir().mkpath(folder))
            return unwritable(folder, "mkdir");
        FileDescriptor file(::open(encoded.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
        if (!file.isValid())
            return unwritable(path, "open");
        if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0)
            return errno == EWOULDBLOCK ? underWay(name) : unwritable(path, "flock");
        if (isStillThere(file, encoded))
            return std::make_shared<MoveLock>(std::move(file), encoded);
    }
    return underWay(name);
}

} // namespace hosts::moving
