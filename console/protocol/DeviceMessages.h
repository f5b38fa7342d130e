// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/protocol/Text.h"

/// What window and console helper say about a guest's other devices: sound, USB, folders, ports.
/// Part of the messages of Messages.h, which includes this.
namespace console::protocol {

inline constexpr std::uint32_t kMaxPortData = 32768; ///< bytes of one PortData
inline constexpr std::uint32_t kFullVolume = 100;
inline constexpr std::size_t kMaxPath = 1024;

// ---- from the helper ----

enum class SoundFlow : std::uint32_t { Absent, Idle, Flowing, Failed };
/// What becomes of the guest's sound (microphone 0) or of ours in the guest (microphone 1).
struct Sound {
    std::uint32_t microphone = 0;
    SoundFlow flow = SoundFlow::Absent;
    Text<256> problem {}; ///< of Failed
};

/// A USB device of this computer, new or changed.
struct UsbDevice {
    std::uint32_t id = 0; ///< 1 and up; the helper's, for UsbRedirect
    std::uint32_t vendor = 0;
    std::uint32_t product = 0;
    std::uint32_t redirected = 0; ///< whether the guest has it
    std::uint32_t disc = 0; ///< whether it is one that InsertDisc made
    Text<192> name {};
    Text<256> obstacle {}; ///< why it can't be redirected; empty: it can
};
struct UsbDeviceGone {
    std::uint32_t id = 0;
};
/// Whether USB devices can be redirected, and how many more.
struct UsbChannels {
    std::uint32_t count = 0; ///< the guest's; 0: it takes none
    std::uint32_t free = 0;
    Text<256> problem {}; ///< why the devices of this computer can't be told
};
/// What was asked for did not work.
struct UsbFailed {
    std::uint32_t id = 0; ///< 0: inserting a disc
    Text<512> reason {};
};

struct FolderChannel {
    std::uint32_t offered = 0; ///< whether the guest has the channel
    std::uint32_t used = 0; ///< whether a service in the guest listens to it
};

/// A port by which programs in the guest talk to us, new or changed.
struct Port {
    std::uint32_t id = 0;
    std::uint32_t open = 0; ///< whether the guest's side is open
    Text<128> name {};
};
/// `size` bytes follow in the packet; both ways.
struct PortData {
    std::uint32_t id = 0;
    std::uint32_t size = 0; ///< 1 to kMaxPortData
};

struct Smartcards {
    std::uint32_t offered = 0; ///< whether the guest has a reader
    std::uint32_t readers = 0; ///< of this computer
    Text<256> problem {};
};

// ---- to the helper ----

struct SoundControl {
    std::uint32_t play = 1; ///< 0: muted
    std::uint32_t volume = kFullVolume; ///< percent
    std::uint32_t microphone = 0; ///< whether the guest may listen
};

/// From the first one on the devices of this computer are told.
struct UsbWatch {
    /// Devices that are given to the guest by themselves, when they are plugged in. A rule is
    /// "class,vendor,product,version,allow", -1 is any; rules are separated by '|'. Empty: none.
    Text<1024> rules {};
};
struct UsbRedirect {
    std::uint32_t id = 0;
    std::uint32_t redirect = 1;
};
/// Gives the guest a CD of this image, by USB.
struct InsertDisc {
    Text<kMaxPath> path {};
};
struct ShareFolder {
    Text<kMaxPath> path {}; ///< empty: no folder any more
    std::uint32_t readOnly = 1;
};
struct UseSmartcards {
    std::uint32_t on = 0;
};

bool isValid(const Sound& m);
bool isValid(const UsbDevice& m);
bool isValid(const UsbDeviceGone& m);
bool isValid(const UsbChannels& m);
bool isValid(const UsbFailed& m);
bool isValid(const FolderChannel& m);
bool isValid(const Port& m);
bool isValid(const PortData& m);
bool isValid(const Smartcards& m);
bool isValid(const SoundControl& m);
bool isValid(const UsbWatch& m);
bool isValid(const UsbRedirect& m);
bool isValid(const InsertDisc& m);
bool isValid(const ShareFolder& m);
bool isValid(const UseSmartcards& m);
std::size_t payloadSize(const PortData& m);

} // namespace console::protocol
