// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/Lifeline.h"

#include <fcntl.h>
#include <sys/socket.h>

namespace hosts::libvirt {

namespace {

thread_local Lifeline* notedBy = nullptr;

} // namespace

Lifeline::Noting::Noting(Lifeline* line)
{
    notedBy = line;
}

Lifeline::Noting::~Noting()
{
    notedBy = nullptr;
}

void Lifeline::noteSocket(int fd)
{
    if (notedBy != nullptr)
        notedBy->note(fd);
}

void Lifeline::note(int fd)
{
    vmm::FileDescriptor copy(::fcntl(fd, F_DUPFD_CLOEXEC, 0));
    const std::lock_guard lock(m_mutex);
    if (m_isCut)
        ::shutdown(copy.get(), SHUT_RDWR);
    m_sockets.push_back(std::move(copy));
}

void Lifeline::cut()
{
    const std::lock_guard lock(m_mutex);
    m_isCut = true;
    for (const vmm::FileDescriptor& socket : m_sockets)
        ::shutdown(socket.get(), SHUT_RDWR);
}

void Lifeline::letGo()
{
    const std::lock_guard lock(m_mutex);
    m_sockets.clear();
}

} // namespace hosts::libvirt
