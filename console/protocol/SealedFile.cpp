// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/protocol/SealedFile.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace console::protocol {

namespace {

bool writeAll(int fd, Bytes bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(fd, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        bytes = bytes.subspan(std::size_t(count));
    }
    return true;
}

} // namespace

Fd SealedFile::write(Bytes bytes)
{
    Fd file(::memfd_create("virtdeck-clipboard", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    constexpr int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;
    if (!file.isValid() || !writeAll(file.get(), bytes)
        || ::fcntl(file.get(), F_ADD_SEALS, seals) != 0)
        return {};
    return file;
}

std::shared_ptr<const SealedFile> SealedFile::map(int fd, std::uint64_t size)
{
    constexpr int needed = F_SEAL_SHRINK | F_SEAL_WRITE;
    const int seals = ::fcntl(fd, F_GET_SEALS);
    struct stat status { };
    if (seals < 0 || (seals & needed) != needed || ::fstat(fd, &status) != 0 || status.st_size < 0
        || std::uint64_t(status.st_size) != size)
        return nullptr;
    if (size == 0)
        return std::shared_ptr<const SealedFile>(new SealedFile(nullptr, 0));
    void* data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (data == MAP_FAILED)
        return nullptr;
    return std::shared_ptr<const SealedFile>(new SealedFile(data, size));
}

SealedFile::~SealedFile()
{
    if (m_data)
        ::munmap(m_data, m_size);
}

} // namespace console::protocol
