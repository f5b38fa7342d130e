// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/TransferFile.h"

#include "vmm/base/ErrnoError.h"

#include <QFile>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

namespace hosts::libvirt {

using vmm::Result;

Result<TransferFile> TransferFile::openForReading(const QString& path)
{
    TransferFile file;
    file.m_path = path;
    file.m_fd = vmm::FileDescriptor(
        ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file.m_fd.isValid())
        return vmm::errnoError(path, QStringLiteral("open"));
    struct stat info { };
    if (::fstat(file.m_fd.get(), &info) < 0)
        return vmm::errnoError(path, QStringLiteral("fstat"));
    if (!S_ISREG(info.st_mode))
        return vmm::Error { vmm::ErrorKind::InvalidConfig, path,
            QStringLiteral("not a regular file") };
    return file;
}

Result<TransferFile> TransferFile::openForWriting(const QString& path)
{
    TransferFile file;
    file.m_path = path;
    file.m_fd = vmm::FileDescriptor(
        ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!file.m_fd.isValid())
        return vmm::errnoError(path, QStringLiteral("open"));
    return file;
}

Result<qint64> TransferFile::size() const
{
    struct stat info { };
    if (::fstat(m_fd.get(), &info) < 0)
        return vmm::errnoError(m_path, QStringLiteral("fstat"));
    return qint64(info.st_size);
}

qint64 TransferFile::changed() const
{
    struct stat info { };
    if (::fstat(m_fd.get(), &info) < 0)
        return -1;
    return qint64(info.st_mtim.tv_sec) * 1'000'000'000 + info.st_mtim.tv_nsec;
}

TransferFile::Stretch TransferFile::stretchAt(qint64 offset, qint64 end) const
{
    const off_t data = ::lseek(m_fd.get(), offset, SEEK_DATA);
    if (data < 0) // ENXIO: nothing but a hole; anything else: a file system without holes
        return { .isHole = errno == ENXIO, .length = end - offset };
    if (data > offset)
        return { .isHole = true, .length = std::min<qint64>(data, end) - offset };
    const off_t hole = ::lseek(m_fd.get(), offset, SEEK_HOLE);
    return { .length = (hole < 0 ? end : std::min<qint64>(hole, end)) - offset };
}

Result<QByteArray> TransferFile::read(qint64 offset, qint64 length) const
{
    QByteArray bytes(length, Qt::Uninitialized);
    qint64 done = 0;
    while (done < length) {
        const ssize_t count = ::pread(
            m_fd.get(), bytes.data() + done, static_cast<size_t>(length - done), offset + done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return vmm::errnoError(m_path, QStringLiteral("read"));
        if (count == 0)
            break;
        done += count;
    }
    bytes.truncate(done);
    return bytes;
}

Result<void> TransferFile::write(qint64 offset, const char* data, qint64 length) const
{
    for (qint64 done = 0; done < length;) {
        const ssize_t count
            = ::pwrite(m_fd.get(), data + done, static_cast<size_t>(length - done), offset + done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return vmm::errnoError(m_path, QStringLiteral("write"));
        done += count;
    }
    return {};
}

Result<void> TransferFile::setSize(qint64 size) const
{
    if (::ftruncate(m_fd.get(), size) < 0)
        return vmm::errnoError(m_path, QStringLiteral("ftruncate"));
    return {};
}

Result<void> TransferFile::sync() const
{
    if (::fsync(m_fd.get()) < 0)
        return vmm::errnoError(m_path, QStringLiteral("fsync"));
    return {};
}

} // namespace hosts::libvirt
