// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"
#include "vmm/base/ConsoleEndpoint.h"
#include "vmm/base/Screenshot.h"

/// What can be asked of a host about the screens, serial ports and keys of its machines; see
/// Operations.h.
namespace hosts {

enum class ScreenKind { Best, Spice, Vnc };
QString nameOf(ScreenKind kind);
std::optional<ScreenKind> screenKindFromString(const QString& name);

/// Where to find the screen of an active machine. May hold a secret: don't keep it. A host may
/// answer with a socket of its own, which ends with it. Errors: WrongState (not active),
/// HostLacksFeature (no screen; none that is reached without the host).
struct GetConsole {
    using Reply = vmm::ConsoleEndpoint;
    static constexpr Feature kFeature = Feature::Console;
    VmId vm {};
    ScreenKind screen = ScreenKind::Best;
    bool isLasting = false; ///< only an address that is there without the host
    bool operator==(const GetConsole&) const = default;
};

/// Sets what the machine's screen asks its clients for; empty: nothing any more. Stored. A running
/// screen that asks for one already asks for the new one from now on, any other from the next start
/// on. Errors: InvalidConfig (too long: 8 bytes over VNC, 60 over SPICE), HostLacksFeature (no such
/// screen).
struct SetScreenPassword {
    using Reply = void;
    static constexpr Feature kFeature = Feature::HotPlug;
    VmId vm {};
    ScreenKind screen = ScreenKind::Best;
    QString password {}; ///< a secret: don't log it
    bool operator==(const SetScreenPassword&) const = default;
};

/// Opens a serial port of an active machine: the reply is a unix socket that carries its bytes,
/// both ways, as long as the machine runs. What was said lately comes first. Clients of one host
/// share a port; with somebody else there is none to share: Busy (ConsoleInUse), or, with
/// `isTakenOver`, that other one loses it where the hypervisor can do so. Errors: WrongState (not
/// active), NotFound (no such port), HostLacksFeature.
struct OpenSerial {
    using Reply = vmm::ConsoleEndpoint;
    static constexpr Feature kFeature = Feature::Console;
    VmId vm {};
    int port = 0;
    bool isTakenOver = false;
    bool operator==(const OpenSerial&) const = default;
};

/// A picture of the screen of an active machine, scaled down by the host to fit what was asked for.
/// Costs the guest some milliseconds: ask seldom. Errors: WrongState (not active), HostLacksFeature
/// (no screen).
struct GetScreenshot {
    using Reply = vmm::Screenshot;
    static constexpr Feature kFeature = Feature::Screenshot;
    VmId vm {};
    int maxWidth = 0; ///< 0: as large as the screen, within vmm::kMaxScreenshotSide
    int maxHeight = 0;
    bool operator==(const GetScreenshot&) const = default;
};

/// Presses keys together, as on the machine's own keyboard, and lets them go. Names are QEMU's:
/// "ctrl", "alt", "delete", "f2", "a". Errors: InvalidConfig (no such key).
struct SendKeys {
    using Reply = void;
    static constexpr Feature kFeature = Feature::SendKeys;
    VmId vm {};
    QStringList keys {};
    bool operator==(const SendKeys&) const = default;
};

/// Raises a non-maskable interrupt: many systems write a report of themselves then.
struct InjectNmi {
    using Reply = void;
    static constexpr Feature kFeature = Feature::InjectNmi;
    VmId vm {};
    bool operator==(const InjectNmi&) const = default;
};

} // namespace hosts
