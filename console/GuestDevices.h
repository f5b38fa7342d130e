// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/DeviceTypes.h"

#include <QMap>
#include <QObject>
#include <QStringList>

#include <memory>

namespace console {

class GuestPort;

/// The devices of a guest besides its screen: sound, USB, a shared folder, ports, smartcards. Part
/// of a ConsoleSession, and outlives its connections: what is wished for is wished again on the
/// next one, except single USB devices and discs. GUI thread.
class GuestDevices : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    const SoundState& playback() const { return m_playback; }
    const SoundState& microphone() const { return m_microphone; }
    const SoundWish& soundWish() const { return m_sound; }
    void setSound(const SoundWish& wish);

    const QList<UsbDevice>& usbDevices() const { return m_usb; }
    const UsbChannels& usbChannels() const { return m_usbChannels; }
    /// Looks for the devices of this computer from now on, and hands out those that match a rule.
    void watchUsb(const QList<UsbRule>& rules);
    const QList<UsbRule>& usbRules() const { return m_usbWatch.rules; } ///< that it was told last
    void redirectUsb(quint32 id, bool isRedirected); ///< a failure comes as usbFailed
    void insertDisc(const QString& path); ///< as a CD on the guest's USB; usbFailed with id 0

    const FolderState& folder() const { return m_folder; }
    const FolderWish& folderWish() const { return m_folderWish; }
    void shareFolder(const FolderWish& wish); ///< works at any time, also while connected

    const SmartcardState& smartcards() const { return m_smartcards; }
    bool usesSmartcards() const { return m_usesSmartcards; }
    void useSmartcards(bool isOn); ///< turning off works from the next connection on

    QStringList ports() const; ///< by name, those of this connection
    bool isPortOpen(const QString& name) const; ///< whether the guest's side is
    /// The stream of a port, also of one that is not there yet.
    std::unique_ptr<GuestPort> openPort(const QString& name);
    bool writeToPort(const QString& name, const QByteArray& bytes); ///< false: it is not open

    // For the session.
    void take(const DeviceNews& news);
    void wishAgain(); ///< on a new connection
    void forgetConnection();

Q_SIGNALS:
    void soundChanged();
    void usbChanged();
    void usbFailed(const console::UsbFailure& failure);
    void folderChanged();
    void smartcardsChanged();
    void portsChanged();
    void portReceived(const QString& name, const QByteArray& bytes);
    void wished(const console::DeviceWish& wish); ///< for the transport

private:
    struct Port {
        bool isOpen = false;
        QString name {};
        QByteArray past {}; ///< the last of what came, for who opens it later
    };
    void takeOne(const SoundState& news);
    void takeOne(const UsbDevice& news);
    void takeOne(const UsbDeviceGone& news);
    void takeOne(const UsbChannels& news);
    void takeOne(const UsbFailure& news);
    void takeOne(const FolderState& news);
    void takeOne(const PortState& news);
    void takeOne(const PortBytes& news);
    void takeOne(const SmartcardState& news);

    SoundState m_playback;
    SoundState m_microphone { .isMicrophone = true };
    SoundWish m_sound;
    QList<UsbDevice> m_usb;
    UsbChannels m_usbChannels;
    UsbWatchWish m_usbWatch;
    bool m_watchesUsb = false;
    FolderState m_folder;
    FolderWish m_folderWish;
    SmartcardState m_smartcards;
    bool m_usesSmartcards = false;
    QMap<quint32, Port> m_ports;
};

} // namespace console
