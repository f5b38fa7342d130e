// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/DevicePlug.h"

namespace vmm {

namespace {

// "0x046d" or "1133", as libvirt writes numbers of USB devices.
Result<int> usbNumber(const char* element, const QString& text, int least, int most)
{
    bool isNumber = false;
    const int number = text.trimmed().toInt(&isNumber, 0);
    if (isNumber && number >= least && number <= most)
        return number;
    return Error { ErrorKind::InvalidConfig, QString::fromLatin1(element),
        QStringLiteral("\"%1\" is no number between %2 and %3").arg(text).arg(least).arg(most) };
}

} // namespace

Result<DevicePlug> plugOf(const UsbRedirection&, int index, const PlugContext& context)
{
    if (!context.hasSpice)
        return unsupportedPart(
            "devices/redirdev", QStringLiteral("USB redirection needs a spice screen"));
    const QString id = QStringLiteral("usb-redirection-%1").arg(index);
    DevicePlug plug;
    plug.characterDevice = { { QStringLiteral("id"), id },
        { QStringLiteral("backend"),
            QJsonObject { { QStringLiteral("type"), QStringLiteral("spicevmc") },
                { QStringLiteral("data"),
                    QJsonObject { { QStringLiteral("type"), QStringLiteral("usbredir") } } } } } };
    plug.device = { { QStringLiteral("driver"), QStringLiteral("usb-redir") },
        { QStringLiteral("id"), id }, { QStringLiteral("chardev"), id },
        { QStringLiteral("bus"), QStringLiteral("usb.0") } };
    if (context.bootIndex > 0)
        plug.device[QStringLiteral("bootindex")] = context.bootIndex;
    return plug;
}

Result<DevicePlug> plugOf(const HostDevice& hostDevice, int index, const PlugContext& context)
{
    constexpr int kMostId = 0xffff;
    DevicePlug plug;
    plug.device = { { QStringLiteral("driver"), QStringLiteral("usb-host") },
        { QStringLiteral("id"), QStringLiteral("hostdev-%1").arg(index) },
        { QStringLiteral("bus"), QStringLiteral("usb.0") } };
    if (!hostDevice.vendor.isEmpty()) {
        plug.device[QStringLiteral("vendorid")]
            = TRY(usbNumber("devices/hostdev/source/vendor@id", hostDevice.vendor, 1, kMostId));
        plug.device[QStringLiteral("productid")]
            = TRY(usbNumber("devices/hostdev/source/product@id", hostDevice.product, 0, kMostId));
    }
    if (!hostDevice.busNumber.isEmpty()) {
        plug.device[QStringLiteral("hostbus")]
            = TRY(usbNumber("devices/hostdev/source/address@bus", hostDevice.busNumber, 1, 999));
        plug.device[QStringLiteral("hostaddr")] = TRY(
            usbNumber("devices/hostdev/source/address@device", hostDevice.deviceNumber, 1, 127));
    }
    if (hostDevice.vendor.isEmpty() && hostDevice.busNumber.isEmpty())
        return Error { ErrorKind::InvalidConfig, QStringLiteral("devices/hostdev/source"),
            QStringLiteral("neither vendor and product nor bus and device are said") };
    if (context.bootIndex > 0)
        plug.device[QStringLiteral("bootindex")] = context.bootIndex;
    return plug;
}

} // namespace vmm
