// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QMetaType>
#include <QString>

#include <variant>

/// What window and guest say to each other about the guest's other devices, as plain values.
namespace console {

enum class SoundFlow {
    Absent, ///< the guest has no such device
    Idle, ///< nothing is heard
    Flowing,
    Failed, ///< this computer can't play or record
};
struct SoundState {
    bool isMicrophone = false; ///< false: what the guest plays
    SoundFlow flow = SoundFlow::Absent;
    QString problem {}; ///< of Failed; the sound server's words

    bool operator==(const SoundState&) const = default;
};

/// A USB device of this computer, or an image that is given to the guest as one.
struct UsbDevice {
    quint32 id = 0; ///< for this connection of the console
    quint16 vendor = 0;
    quint16 product = 0;
    bool isRedirected = false;
    bool isDisc = false;
    QString name {};
    QString obstacle {}; ///< why it can't be redirected; empty: it can

    bool operator==(const UsbDevice&) const = default;
};
struct UsbDeviceGone {
    quint32 id = 0;
};
struct UsbChannels {
    int count = 0; ///< the guest's; 0: it takes none
    int free = 0;
    QString problem {}; ///< why this computer's devices are not known

    bool operator==(const UsbChannels&) const = default;
};
struct UsbFailure {
    quint32 id = 0; ///< 0: inserting a disc
    QString reason {};
};
struct FolderState {
    bool isOffered = false; ///< whether the guest has the channel for it
    bool isUsed = false; ///< whether a service in the guest listens

    bool operator==(const FolderState&) const = default;
};
struct PortState {
    quint32 id = 0;
    bool isOpen = false;
    QString name {};
};
struct PortBytes {
    quint32 id = 0;
    QByteArray bytes {};
};
struct SmartcardState {
    bool isOffered = false; ///< whether the guest has a reader
    int readers = 0; ///< of this computer
    QString problem {};

    bool operator==(const SmartcardState&) const = default;
};
using DeviceNews = std::variant<SoundState, UsbDevice, UsbDeviceGone, UsbChannels, UsbFailure,
    FolderState, PortState, PortBytes, SmartcardState>;

struct SoundWish {
    bool isMuted = false;
    int volume = 100; ///< percent
    bool isMicrophoneOn = false;

    bool operator==(const SoundWish&) const = default;
};

/// Which USB devices the guest gets by themselves. -1 is any.
struct UsbRule {
    int deviceClass = -1; ///< USB's number of it
    int vendor = -1;
    int product = -1;

    bool operator==(const UsbRule&) const = default;
};
struct UsbWatchWish {
    QList<UsbRule> rules {};

    bool operator==(const UsbWatchWish&) const = default;
};
struct UsbRedirectWish {
    quint32 id = 0;
    bool isRedirected = true;
};
struct DiscWish {
    QString path {};
};
struct FolderWish {
    QString path {}; ///< empty: none
    bool isReadOnly = true;

    bool operator==(const FolderWish&) const = default;
};
struct SmartcardWish {
    bool isOn = false;
};
using DeviceWish = std::variant<SoundWish, UsbWatchWish, UsbRedirectWish, DiscWish, FolderWish,
    SmartcardWish, PortBytes>;

} // namespace console

Q_DECLARE_METATYPE(console::DeviceNews)
