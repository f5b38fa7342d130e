// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/ScreenDoors.h"

#include "vmm/base/ErrnoError.h"
#include "vmm/base/UnixListener.h"
#include "vmm/qemu/RuntimeFolder.h"

#include <QCoreApplication>
#include <QFile>

#include <sys/socket.h>

#include <atomic>

namespace hosts::libvirt {

namespace {

vmm::Result<QString> makeFolder()
{
    static std::atomic_int serial = 0;
    return vmm::makePrivateRuntimeFolder(
        QStringLiteral("screens-%1-%2").arg(QCoreApplication::applicationPid()).arg(++serial));
}

} // namespace

ScreenDoors::ScreenDoors(HandOver handOver, QObject* parent)
    : QObject(parent)
    , m_handOver(std::move(handOver))
    , m_folder(makeFolder())
{
}

ScreenDoors::~ScreenDoors()
{
    if (m_folder)
        vmm::removePrivateFolder(*m_folder);
}

vmm::Result<QString> ScreenDoors::open(VmId vm, unsigned int index)
{
    const QString folder = TRY(m_folder);
    const auto found = m_doors.find(vm);
    if (found != m_doors.end() && found->second.index == index)
        return found->second.path;
    close(vm);
    Door door { .path = QStringLiteral("%1/%2").arg(folder).arg(++m_serial), .index = index };
    door.listening = vmm::listenAtUnixSocket(door.path);
    if (!door.listening.isValid())
        return vmm::errnoError(door.path, QStringLiteral("bind"));
    door.readable = std::make_unique<QSocketNotifier>(door.listening.get(), QSocketNotifier::Read);
    connect(door.readable.get(), &QSocketNotifier::activated, this, [this, vm] { accept(vm); });
    const QString path = door.path;
    m_doors.insert_or_assign(vm, std::move(door));
    return path;
}

void ScreenDoors::close(VmId vm)
{
    const auto found = m_doors.find(vm);
    if (found == m_doors.end())
        return;
    QFile::remove(found->second.path);
    m_doors.erase(found);
}

void ScreenDoors::accept(VmId vm)
{
    const Door& door = m_doors.at(vm);
    auto visitor = std::make_shared<vmm::FileDescriptor>(
        ::accept4(door.listening.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (visitor->isValid())
        m_handOver(vm, door.index, std::move(visitor));
}

} // namespace hosts::libvirt
