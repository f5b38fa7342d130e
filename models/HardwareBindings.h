// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HardwareItem.h"
#include "vmm/definition/Definition.h"

#include <variant>

namespace models {

/// Which member of a device stands for which field.
template <typename Device> struct Binding {
    HardwareField field;
    std::variant<QString Device::*, bool Device::*, int Device::*, qint64 Device::*> member;

    QString read(const Device& device) const
    {
        return std::visit(
            [&device](auto pointer) -> QString {
                using Value = std::remove_cvref_t<decltype(device.*pointer)>;
                if constexpr (std::is_same_v<Value, QString>)
                    return device.*pointer;
                else if constexpr (std::is_same_v<Value, bool>)
                    return device.*pointer ? QStringLiteral("yes") : QStringLiteral("no");
                else
                    return QString::number(device.*pointer);
            },
            member);
    }

    void write(Device& device, const QString& value) const
    {
        std::visit(
            [&device, &value](auto pointer) {
                using Value = std::remove_cvref_t<decltype(device.*pointer)>;
                if constexpr (std::is_same_v<Value, QString>)
                    device.*pointer = value;
                else if constexpr (std::is_same_v<Value, bool>)
                    device.*pointer = value == QStringLiteral("yes");
                else
                    device.*pointer = static_cast<Value>(value.toLongLong());
            },
            member);
    }
};

/// The fields of a device, in the order in which they are shown.
template <typename Device> const QVector<Binding<Device>>& bindingsOf();

/// Calls `visit(type)` with a null pointer to the device type that a kind is of; false if it is of
/// none.
template <typename Visit> bool visitKind(HardwareKind kind, Visit visit)
{
    const auto with = [&visit]<typename Device>(const Device*) {
        visit(static_cast<const Device*>(nullptr));
        return true;
    };
    switch (kind) {
    case HardwareKind::Disk:
    case HardwareKind::Cdrom:
        return with(static_cast<const vmm::Disk*>(nullptr));
    case HardwareKind::NetworkCard:
        return with(static_cast<const vmm::NetworkInterface*>(nullptr));
    case HardwareKind::Graphics:
        return with(static_cast<const vmm::Graphics*>(nullptr));
    case HardwareKind::Video:
        return with(static_cast<const vmm::Video*>(nullptr));
    case HardwareKind::Sound:
        return with(static_cast<const vmm::Sound*>(nullptr));
    case HardwareKind::Input:
        return with(static_cast<const vmm::Input*>(nullptr));
    case HardwareKind::HostDevice:
        return with(static_cast<const vmm::HostDevice*>(nullptr));
    case HardwareKind::UsbRedirection:
        return with(static_cast<const vmm::UsbRedirection*>(nullptr));
    case HardwareKind::FileSystem:
        return with(static_cast<const vmm::FileSystem*>(nullptr));
    case HardwareKind::Channel:
        return with(static_cast<const vmm::Channel*>(nullptr));
    case HardwareKind::SerialPort:
        return with(static_cast<const vmm::SerialPort*>(nullptr));
    case HardwareKind::ConsolePort:
        return with(static_cast<const vmm::ConsolePort*>(nullptr));
    case HardwareKind::RandomGenerator:
        return with(static_cast<const vmm::RandomGenerator*>(nullptr));
    case HardwareKind::Balloon:
        return with(static_cast<const vmm::MemoryBalloon*>(nullptr));
    case HardwareKind::Watchdog:
        return with(static_cast<const vmm::Watchdog*>(nullptr));
    case HardwareKind::Controller:
        return with(static_cast<const vmm::Controller*>(nullptr));
    case HardwareKind::General:
    case HardwareKind::Cpu:
    case HardwareKind::Memory:
    case HardwareKind::Boot:
    case HardwareKind::Tpm:
    case HardwareKind::Other:
        return false;
    }
    return false;
}

} // namespace models
