// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/TapDevice.h"

#include "vmm/base/ErrnoError.h"

#include <fcntl.h>
#include <linux/if_tun.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

namespace vmm {

namespace {

ifreq requestFor(const QByteArray& device)
{
    ifreq request {};
    std::memcpy(request.ifr_name, device.constData(),
        static_cast<size_t>(qMin<qsizetype>(device.size(), IFNAMSIZ - 1)));
    return request;
}

Result<QByteArray> deviceName(const char* element, const QString& name)
{
    const QByteArray bytes = name.toUtf8();
    const bool isFine = !bytes.isEmpty() && bytes.size() < IFNAMSIZ && !bytes.contains('/')
        && !bytes.contains('%') && !bytes.contains(' ');
    if (isFine)
        return bytes;
    return Error { ErrorKind::InvalidConfig, QString::fromLatin1(element),
        QStringLiteral("\"%1\" is no name of a network device").arg(name) };
}

Error tapError(const QString& device, const QString& call)
{
    Error error = errnoError(device, call);
    if (errno == EBUSY)
        error.kind = ErrorKind::Busy;
    if (error.kind == ErrorKind::PermissionDenied)
        error.detail += QStringLiteral("; without CAP_NET_ADMIN a card can only use a tap device "
                                       "made for this user (ip tuntap add NAME mode tap user "
                                       "USER), as <interface type='ethernet'>");
    return error;
}

struct Tap {
    FileDescriptor fd {};
    QByteArray name {};
};

// `name` may be a pattern such as "vdtap%d".
Result<Tap> attachTap(const QByteArray& name)
{
    FileDescriptor fd(::open("/dev/net/tun", O_RDWR | O_CLOEXEC));
    if (!fd.isValid())
        return tapError(QStringLiteral("/dev/net/tun"), QStringLiteral("open"));
    ifreq request = requestFor(name);
    request.ifr_flags = IFF_TAP | IFF_NO_PI | IFF_VNET_HDR;
    if (::ioctl(fd.get(), TUNSETIFF, &request) != 0)
        return tapError(QString::fromUtf8(name), QStringLiteral("TUNSETIFF"));
    return Tap { std::move(fd), QByteArray(request.ifr_name) };
}

// The card's own address with a high first byte: a bridge takes over the lowest of its ports.
Result<void> setHighAddress(int control, const QByteArray& device, const QString& mac)
{
    const QByteArray bytes = QByteArray::fromHex(mac.toLatin1().replace(':', ""));
    ifreq request = requestFor(device);
    request.ifr_hwaddr.sa_family = ARPHRD_ETHER;
    std::memcpy(request.ifr_hwaddr.sa_data, bytes.constData(),
        static_cast<size_t>(qMin<qsizetype>(bytes.size(), 6)));
    request.ifr_hwaddr.sa_data[0] = static_cast<char>(0xfe);
    if (::ioctl(control, SIOCSIFHWADDR, &request) != 0)
        return tapError(QString::fromUtf8(device), QStringLiteral("SIOCSIFHWADDR"));
    return {};
}

Result<void> joinBridge(int control, const QByteArray& device, const QByteArray& bridge)
{
    ifreq request = requestFor(bridge);
    request.ifr_ifindex = static_cast<int>(::if_nametoindex(device.constData()));
    if (::ioctl(control, SIOCBRADDIF, &request) != 0) {
        Error error = tapError(QString::fromUtf8(bridge), QStringLiteral("SIOCBRADDIF"));
        if (errno == ENODEV || errno == EOPNOTSUPP)
            error.kind = ErrorKind::NotFound;
        return error;
    }
    ifreq flags = requestFor(device);
    if (::ioctl(control, SIOCGIFFLAGS, &flags) != 0)
        return tapError(QString::fromUtf8(device), QStringLiteral("SIOCGIFFLAGS"));
    flags.ifr_flags = static_cast<short>(flags.ifr_flags | IFF_UP);
    if (::ioctl(control, SIOCSIFFLAGS, &flags) != 0)
        return tapError(QString::fromUtf8(device), QStringLiteral("SIOCSIFFLAGS"));
    return {};
}

} // namespace

Result<void> checkBridge(const QString& name)
{
    const QByteArray bridge = TRY(deviceName("devices/interface/source@bridge", name));
    if (::if_nametoindex(bridge.constData()) == 0)
        return Error { ErrorKind::NotFound, name,
            QStringLiteral("this computer has no such bridge") };
    return {};
}

Result<FileDescriptor> openTap(const NetworkInterface& card)
{
    if (card.type == QLatin1StringView("ethernet")) {
        const QByteArray name = TRY(deviceName("devices/interface/target@dev", card.targetDevice));
        Tap tap = TRY(attachTap(name));
        return std::move(tap.fd);
    }
    TRY(checkBridge(card.sourceBridge));
    Tap tap = TRY(attachTap(QByteArrayLiteral("vdtap%d")));
    const FileDescriptor control(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    TRY(setHighAddress(control.get(), tap.name, card.mac));
    TRY(joinBridge(control.get(), tap.name, card.sourceBridge.toUtf8()));
    return std::move(tap.fd);
}

} // namespace vmm
