// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/SpiceDeviceMessages.h"

#include <QStringList>

#include <algorithm>

namespace console {

namespace {

template <std::size_t Size> QString toQString(const protocol::Text<Size>& text)
{
    return QString::fromUtf8(text.data());
}

/// False if it does not fit whole.
template <std::size_t Size> bool put(const QString& value, protocol::Text<Size>& text)
{
    const std::string utf8 = value.toUtf8().toStdString();
    if (!protocol::fits(utf8, text))
        return false;
    utf8.copy(text.data(), Size - 1);
    return true;
}

vmm::Error tooLong(const QString& what)
{
    return { .kind = vmm::ErrorKind::InvalidConfig,
        .detail = QStringLiteral("%1 is too long").arg(what) };
}

struct NewsOf {
    using News = std::optional<DeviceNews>;
    protocol::Payload payload;

    template <typename Message> News operator()(const Message&) const { return std::nullopt; }
    News operator()(const protocol::Sound& m) const
    {
        return SoundState { .isMicrophone = m.microphone != 0,
            .flow = SoundFlow(m.flow),
            .problem = toQString(m.problem) };
    }
    News operator()(const protocol::UsbDevice& m) const
    {
        return UsbDevice { .id = m.id,
            .vendor = quint16(m.vendor),
            .product = quint16(m.product),
            .isRedirected = m.redirected != 0,
            .isDisc = m.disc != 0,
            .name = toQString(m.name),
            .obstacle = toQString(m.obstacle) };
    }
    News operator()(const protocol::UsbDeviceGone& m) const { return UsbDeviceGone { m.id }; }
    News operator()(const protocol::UsbChannels& m) const
    {
        return UsbChannels {
            .count = int(m.count), .free = int(m.free), .problem = toQString(m.problem)
        };
    }
    News operator()(const protocol::UsbFailed& m) const
    {
        return UsbFailure { .id = m.id, .reason = toQString(m.reason) };
    }
    News operator()(const protocol::FolderChannel& m) const
    {
        return FolderState { .isOffered = m.offered != 0, .isUsed = m.used != 0 };
    }
    News operator()(const protocol::Port& m) const
    {
        return PortState { .id = m.id, .isOpen = m.open != 0, .name = toQString(m.name) };
    }
    News operator()(const protocol::PortData& m) const
    {
        return PortBytes { .id = m.id,
            .bytes = QByteArray(
                reinterpret_cast<const char*>(payload.data()), qsizetype(payload.size())) };
    }
    News operator()(const protocol::Smartcards& m) const
    {
        return SmartcardState {
            .isOffered = m.offered != 0, .readers = int(m.readers), .problem = toQString(m.problem)
        };
    }
};

struct MessageOf {
    using Message = vmm::Result<DeviceMessage>;

    Message operator()(const SoundWish& wish) const
    {
        return DeviceMessage { protocol::SoundControl { .play = wish.isMuted ? 0u : 1u,
            .volume = quint32(std::clamp(wish.volume, 0, 100)),
            .microphone = wish.isMicrophoneOn ? 1u : 0u } };
    }
    Message operator()(const UsbWatchWish& wish) const
    {
        protocol::UsbWatch message;
        if (!put(toText(wish.rules), message.rules))
            return tooLong(QStringLiteral("the list of USB rules"));
        return DeviceMessage { message };
    }
    Message operator()(const UsbRedirectWish& wish) const
    {
        return DeviceMessage { protocol::UsbRedirect {
            .id = wish.id, .redirect = wish.isRedirected ? 1u : 0u } };
    }
    Message operator()(const DiscWish& wish) const
    {
        protocol::InsertDisc message;
        if (!put(wish.path, message.path))
            return tooLong(QStringLiteral("the path of the image"));
        return DeviceMessage { message };
    }
    Message operator()(const FolderWish& wish) const
    {
        protocol::ShareFolder message { .readOnly = wish.isReadOnly ? 1u : 0u };
        if (!put(wish.path, message.path))
            return tooLong(QStringLiteral("the path of the folder"));
        return DeviceMessage { message };
    }
    Message operator()(const SmartcardWish& wish) const
    {
        return DeviceMessage { protocol::UseSmartcards { .on = wish.isOn ? 1u : 0u } };
    }
    Message operator()(const PortBytes& wish) const
    {
        return DeviceMessage {
            protocol::PortData { .id = wish.id, .size = quint32(wish.bytes.size()) }, wish.bytes
        };
    }
};

} // namespace

std::optional<DeviceNews> toNews(const protocol::FromHelper& message, protocol::Payload payload)
{
    return std::visit(NewsOf { payload }, message);
}

vmm::Result<DeviceMessage> toMessage(const DeviceWish& wish)
{
    return std::visit(MessageOf {}, wish);
}

protocol::Preferences toPreferences(const ConnectOptions& options)
{
    protocol::Preferences out { .compression = protocol::Compression(options.compression) };
    const auto codecs = std::min(options.codecs.size(), qsizetype(out.codecs.size()));
    for (qsizetype i = 0; i < codecs; ++i)
        out.codecs[size_t(i)] = protocol::VideoCodec(options.codecs[i]);
    return out;
}

vmm::Result<protocol::Open> toOpen(
    const vmm::ConsoleEndpoint& endpoint, const ConnectOptions& options)
{
    protocol::Open open { .protocol = endpoint.protocol == vmm::ConsoleEndpoint::Protocol::Vnc
            ? protocol::ScreenProtocol::Vnc
            : protocol::ScreenProtocol::Spice,
        .port = endpoint.port,
        .tlsPort = endpoint.tlsPort,
        .compression = protocol::Compression(options.compression),
        .codecs = toPreferences(options).codecs,
        .exclusive = options.isExclusive ? 1u : 0u };
    const bool whole = put(endpoint.unixSocket, open.unixSocket) && put(endpoint.host, open.host)
        && put(endpoint.password, open.password) && put(endpoint.tlsCaFile, open.tlsCaFile)
        && put(endpoint.tlsSubject, open.tlsSubject)
        && put(options.user.isEmpty() ? endpoint.userName : options.user, open.userName)
        && put(options.proxy, open.proxy);
    if (!whole)
        return tooLong(QStringLiteral("a part of the console's address"));
    return open;
}

QString toText(const QList<UsbRule>& rules)
{
    const auto number = [](int value) {
        return value < 0 ? QStringLiteral("-1") : QStringLiteral("0x%1").arg(value, 0, 16);
    };
    QStringList out;
    for (const UsbRule& rule : rules)
        out.append(QStringLiteral("%1,%2,%3,-1,1")
                       .arg(number(rule.deviceClass), number(rule.vendor), number(rule.product)));
    return out.join(QLatin1Char('|'));
}

} // namespace console
