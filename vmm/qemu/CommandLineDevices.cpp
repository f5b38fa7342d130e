// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/CommandLineDraft.h"

namespace vmm {

namespace {

bool needsUsb(const Definition& definition)
{
    for (const Input& input : definition.devices<Input>()) {
        if (input.bus == QLatin1StringView("usb")
            || (input.bus.isEmpty() && input.type == QLatin1StringView("tablet")))
            return true;
    }
    for (const Disk& disk : definition.devices<Disk>()) {
        if (disk.bus == QLatin1StringView("usb"))
            return true;
    }
    return !definition.devices<UsbRedirection>().isEmpty()
        || !definition.devices<HostDevice>().isEmpty();
}

// The four functions of the ICH9's USB 2 controller belong together, at their usual place.
bool appendIch9Usb(CommandLineDraft& draft, const QString& model)
{
    struct Function {
        QLatin1StringView model;
        QLatin1StringView driver;
        QLatin1StringView address;
        int firstPort;
    };
    static constexpr Function kFunctions[] = {
        { QLatin1StringView("ich9-ehci1"), QLatin1StringView("ich9-usb-ehci1"),
            QLatin1StringView("0x1d.0x7"), -1 },
        { QLatin1StringView("ich9-uhci1"), QLatin1StringView("ich9-usb-uhci1"),
            QLatin1StringView("0x1d.0x0"), 0 },
        { QLatin1StringView("ich9-uhci2"), QLatin1StringView("ich9-usb-uhci2"),
            QLatin1StringView("0x1d.0x1"), 2 },
        { QLatin1StringView("ich9-uhci3"), QLatin1StringView("ich9-usb-uhci3"),
            QLatin1StringView("0x1d.0x2"), 4 },
    };
    for (const Function& function : kFunctions) {
        if (model != function.model)
            continue;
        QJsonObject device { { QStringLiteral("driver"), function.driver },
            { QStringLiteral("multifunction"), true } };
        if (function.firstPort < 0) {
            device[QStringLiteral("id")] = QStringLiteral("usb");
        } else {
            device[QStringLiteral("masterbus")] = QStringLiteral("usb.0");
            device[QStringLiteral("firstport")] = function.firstPort;
        }
        draft.deviceAt(function.address, device);
        return true;
    }
    return false;
}

Result<void> appendUsbController(CommandLineDraft& draft, const QString& model, const QString& id)
{
    if (model == QLatin1StringView("piix3-uhci")) {
        if (draft.chipset() == Chipset::Q35)
            return unsupportedPart("devices/controller@model",
                QStringLiteral("a q35 machine has no piix3-uhci; use qemu-xhci"));
        draft.deviceAt(QStringLiteral("0x1.0x2"),
            { { QStringLiteral("driver"), QStringLiteral("piix3-usb-uhci") },
                { QStringLiteral("id"), id } });
        return {};
    }
    if (appendIch9Usb(draft, model))
        return {};
    const bool isNec = model == QLatin1StringView("nec-xhci");
    draft.expressDevice({ { QStringLiteral("driver"),
                              isNec ? QStringLiteral("nec-usb-xhci")
                                    : QStringLiteral("qemu-xhci") },
        { QStringLiteral("id"), id }, { QStringLiteral("p2"), 15 }, { QStringLiteral("p3"), 15 } });
    return {};
}

} // namespace

Result<void> appendNetworkCards(CommandLineDraft& draft)
{
    int index = 0;
    for (const NetworkInterface& card : draft.definition.devices<NetworkInterface>()) {
        const int boot = draft.bootIndex(QStringLiteral("network"), card.bootOrder);
        PlugContext context = draft.plugContext(boot);
        context.netFd = QString::number(draft.context.fds.value(networkId(index), -1));
        draft.of("interface", index).plug(TRY(plugOf(card, index, context)));
        ++index;
    }
    return {};
}

Result<void> appendUsbControllers(CommandLineDraft& draft)
{
    const bool isQ35 = draft.chipset() == Chipset::Q35;
    const QString fallback = isQ35 ? QStringLiteral("qemu-xhci") : QStringLiteral("piix3-uhci");
    bool hasFirst = false;
    int place = 0;
    for (const Controller& controller : draft.definition.devices<Controller>()) {
        draft.of("controller", place++);
        if (controller.type != QLatin1StringView("usb"))
            continue;
        if (controller.model == QLatin1StringView("none")) {
            if (needsUsb(draft.definition))
                return unsupportedPart("devices/controller@model",
                    QStringLiteral("USB devices on a machine without USB"));
            return {};
        }
        const QString id = controller.index == 0 ? QStringLiteral("usb")
                                                 : QStringLiteral("usb-%1").arg(controller.index);
        TRY(appendUsbController(
            draft, controller.model.isEmpty() ? fallback : controller.model, id));
        hasFirst |= controller.index == 0;
    }
    draft.of("controller", -1); // none of those it names
    if (!hasFirst && needsUsb(draft.definition))
        return appendUsbController(draft, fallback, QStringLiteral("usb"));
    return {};
}

Result<void> appendInputs(CommandLineDraft& draft)
{
    int index = 0;
    for (const Input& input : draft.definition.devices<Input>()) {
        const bool isTablet = input.type == QLatin1StringView("tablet");
        const QString fallback = isTablet ? QStringLiteral("usb") : QStringLiteral("ps2");
        const QString bus = input.bus.isEmpty() ? fallback : input.bus;
        draft.of("input", index);
        const QString id = QStringLiteral("input-%1").arg(index++);
        const bool isKeyboard = input.type == QLatin1StringView("keyboard");
        if (bus == QLatin1StringView("virtio")) {
            draft.expressDevice(
                { { QStringLiteral("driver"), QStringLiteral("virtio-%1-pci").arg(input.type) },
                    { QStringLiteral("id"), id } });
        } else if (bus == QLatin1StringView("usb")) {
            const QString kind = isKeyboard ? QStringLiteral("kbd") : input.type;
            draft.device({ { QStringLiteral("driver"), QStringLiteral("usb-") + kind },
                { QStringLiteral("id"), id }, { QStringLiteral("bus"), QStringLiteral("usb.0") } });
        } else if (isTablet) {
            return unsupportedPart(
                "devices/input@bus", QStringLiteral("no tablet on the %1 bus").arg(bus));
        }
        // A PS/2 mouse and keyboard are part of every machine.
    }
    return {};
}

Result<void> appendMiscellany(CommandLineDraft& draft)
{
    int index = 0;
    for (const RandomGenerator& rng : draft.definition.devices<RandomGenerator>()) {
        const QString backend = QStringLiteral("host-rng-%1").arg(index);
        const bool isBuiltin = rng.backendModel == QLatin1StringView("builtin");
        QJsonObject source { { QStringLiteral("qom-type"),
                                 isBuiltin ? QStringLiteral("rng-builtin")
                                           : QStringLiteral("rng-random") },
            { QStringLiteral("id"), backend } };
        if (!isBuiltin)
            source[QStringLiteral("filename")] = rng.backendSource.trimmed().isEmpty()
                ? QStringLiteral("/dev/urandom")
                : rng.backendSource.trimmed();
        draft.option(QStringLiteral("-object"), source);
        QJsonObject device { { QStringLiteral("driver"), QStringLiteral("virtio-rng-pci") },
            { QStringLiteral("id"), QStringLiteral("rng-%1").arg(index++) },
            { QStringLiteral("rng"), backend } };
        if (rng.rateBytes > 0) {
            device[QStringLiteral("max-bytes")] = rng.rateBytes;
            device[QStringLiteral("period")] = rng.ratePeriodMs > 0 ? rng.ratePeriodMs : 1000;
        }
        draft.of("rng", index - 1).expressDevice(device);
    }

    index = 0;
    for (const Watchdog& watchdog : draft.definition.devices<Watchdog>()) {
        if (watchdog.model == QLatin1StringView("i6300esb")) {
            draft.of("watchdog", index++)
                .rootBusDevice({ { QStringLiteral("driver"), QStringLiteral("i6300esb") },
                    { QStringLiteral("id"), QStringLiteral("watchdog") } });
        } else if (draft.chipset() == Chipset::Q35) {
            draft.option(QStringLiteral("-global"), QStringLiteral("ICH9-LPC.noreboot=off"));
        } else {
            return unsupportedPart("devices/watchdog@model",
                QStringLiteral("only a q35 machine has an itco watchdog"));
        }
        draft.option(QStringLiteral("-action"),
            QStringLiteral("watchdog=")
                + (watchdog.action.isEmpty() ? QStringLiteral("reset") : watchdog.action));
    }

    // libvirt gives every machine a balloon unless it says otherwise.
    QVector<MemoryBalloon> balloons = draft.definition.devices<MemoryBalloon>();
    if (balloons.isEmpty())
        balloons.append(MemoryBalloon {});
    const MemoryBalloon& balloon = balloons.first();
    if (balloon.model == QLatin1StringView("none"))
        return {};
    QJsonObject device { { QStringLiteral("driver"), QStringLiteral("virtio-balloon-pci") },
        { QStringLiteral("id"), QStringLiteral("balloon") } };
    if (!balloon.autoDeflate.isEmpty())
        device[QStringLiteral("deflate-on-oom")] = balloon.autoDeflate == QLatin1StringView("on");
    if (!balloon.freePageReporting.isEmpty())
        device[QStringLiteral("free-page-reporting")]
            = balloon.freePageReporting == QLatin1StringView("on");
    draft.of("memballoon", 0).expressDevice(device);
    return {};
}

} // namespace vmm
