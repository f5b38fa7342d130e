// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/GuestDevices.h"

#include "console/GuestPort.h"

#include <algorithm>

namespace console {

namespace {

constexpr qsizetype kMaxPast = 64 * 1024;
constexpr qsizetype kMaxWrite = 32 * 1024; ///< a transport's packet

} // namespace

void GuestDevices::setSound(const SoundWish& wish)
{
    if (wish == m_sound)
        return;
    m_sound = wish;
    Q_EMIT wished(m_sound);
    Q_EMIT soundChanged();
}

void GuestDevices::watchUsb(const QList<UsbRule>& rules)
{
    if (m_watchesUsb && rules == m_usbWatch.rules)
        return;
    m_watchesUsb = true;
    m_usbWatch.rules = rules;
    Q_EMIT wished(m_usbWatch);
}

void GuestDevices::redirectUsb(quint32 id, bool isRedirected)
{
    Q_EMIT wished(UsbRedirectWish { .id = id, .isRedirected = isRedirected });
}

void GuestDevices::insertDisc(const QString& path)
{
    Q_EMIT wished(DiscWish { .path = path });
}

void GuestDevices::shareFolder(const FolderWish& wish)
{
    if (wish == m_folderWish)
        return;
    m_folderWish = wish;
    Q_EMIT wished(m_folderWish);
    Q_EMIT folderChanged();
}

void GuestDevices::useSmartcards(bool isOn)
{
    m_usesSmartcards = isOn;
    Q_EMIT wished(SmartcardWish { .isOn = isOn });
    Q_EMIT smartcardsChanged();
}

void GuestDevices::wishAgain()
{
    Q_EMIT wished(m_sound);
    if (m_watchesUsb)
        Q_EMIT wished(m_usbWatch);
    if (!m_folderWish.path.isEmpty())
        Q_EMIT wished(m_folderWish);
    if (m_usesSmartcards)
        Q_EMIT wished(SmartcardWish { .isOn = true });
}

void GuestDevices::forgetConnection()
{
    m_playback = {};
    m_microphone = { .isMicrophone = true };
    m_usb.clear();
    m_usbChannels = {};
    m_folder = {};
    m_smartcards = {};
    m_ports.clear();
    Q_EMIT soundChanged();
    Q_EMIT usbChanged();
    Q_EMIT folderChanged();
    Q_EMIT smartcardsChanged();
    Q_EMIT portsChanged();
}

void GuestDevices::take(const DeviceNews& news)
{
    std::visit([this](const auto& one) { takeOne(one); }, news);
}

void GuestDevices::takeOne(const SoundState& news)
{
    (news.isMicrophone ? m_microphone : m_playback) = news;
    Q_EMIT soundChanged();
}

void GuestDevices::takeOne(const UsbDevice& news)
{
    const auto known = std::find_if(
        m_usb.begin(), m_usb.end(), [&](const UsbDevice& device) { return device.id == news.id; });
    if (known == m_usb.end())
        m_usb.append(news);
    else
        *known = news;
    Q_EMIT usbChanged();
}

void GuestDevices::takeOne(const UsbDeviceGone& news)
{
    m_usb.removeIf([&](const UsbDevice& device) { return device.id == news.id; });
    Q_EMIT usbChanged();
}

void GuestDevices::takeOne(const UsbChannels& news)
{
    m_usbChannels = news;
    Q_EMIT usbChanged();
}

void GuestDevices::takeOne(const UsbFailure& news)
{
    Q_EMIT usbFailed(news);
}

void GuestDevices::takeOne(const FolderState& news)
{
    m_folder = news;
    Q_EMIT folderChanged();
}

void GuestDevices::takeOne(const SmartcardState& news)
{
    m_smartcards = news;
    Q_EMIT smartcardsChanged();
}

void GuestDevices::takeOne(const PortState& news)
{
    Port& port = m_ports[news.id];
    port.name = news.name;
    port.isOpen = news.isOpen;
    Q_EMIT portsChanged();
}

void GuestDevices::takeOne(const PortBytes& news)
{
    const auto port = m_ports.find(news.id);
    if (port == m_ports.end())
        return;
    port->past = (port->past + news.bytes).right(kMaxPast);
    Q_EMIT portReceived(port->name, news.bytes);
}

QStringList GuestDevices::ports() const
{
    QStringList out;
    for (const Port& port : m_ports)
        out.append(port.name);
    return out;
}

bool GuestDevices::isPortOpen(const QString& name) const
{
    return std::any_of(m_ports.begin(), m_ports.end(),
        [&](const Port& port) { return port.name == name && port.isOpen; });
}

std::unique_ptr<GuestPort> GuestDevices::openPort(const QString& name)
{
    QByteArray past;
    for (const Port& port : m_ports) {
        if (port.name == name)
            past = port.past;
    }
    return std::make_unique<GuestPort>(*this, name, past);
}

bool GuestDevices::writeToPort(const QString& name, const QByteArray& bytes)
{
    for (auto port = m_ports.cbegin(); port != m_ports.cend(); ++port) {
        if (port->name != name || !port->isOpen)
            continue;
        for (qsizetype at = 0; at < bytes.size(); at += kMaxWrite)
            Q_EMIT wished(PortBytes { .id = port.key(), .bytes = bytes.mid(at, kMaxWrite) });
        return true;
    }
    return false;
}

} // namespace console
