// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/UnixListener.h"

#include "vmm/base/ErrnoError.h"

#include <QFile>

#include <sys/socket.h>
#include <sys/un.h>

#include <cstring>

namespace vmm {

Result<FileDescriptor> listenOn(const QString& path)
{
    const QByteArray name = QFile::encodeName(path);
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    if (static_cast<size_t>(name.size()) >= sizeof address.sun_path)
        return Error { ErrorKind::Io, path, QStringLiteral("too long for a unix socket") };
    std::memcpy(address.sun_path, name.constData(), static_cast<size_t>(name.size()));

    FileDescriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!socket.isValid())
        return errnoError(path, QStringLiteral("socket"));
    if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return errnoError(path, QStringLiteral("bind"));
    if (::listen(socket.get(), 4) != 0)
        return errnoError(path, QStringLiteral("listen"));
    return socket;
}

} // namespace vmm
