// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/CommandLineDraft.h"

#include <algorithm>

namespace vmm {

namespace {

constexpr int kFirstVncPort = 5900;
constexpr int kLongestSocketPath = 107; // sun_path, without its end

bool isSpice(const Graphics& screen)
{
    return screen.type == QLatin1StringView("spice");
}

// A port that the definition insists on; otherwise where the screen is found is our choice.
bool hasFixedPort(const Graphics& screen)
{
    return screen.port > 0 && screen.autoport != QLatin1StringView("yes");
}

QString addressOf(const Graphics& screen)
{
    const QString address = screen.listenAddress.isEmpty() ? screen.listen : screen.listenAddress;
    return address.isEmpty() ? QStringLiteral("127.0.0.1") : address;
}

bool isYes(const QString& value)
{
    return value == QLatin1StringView("yes");
}

QString socketOf(const Graphics& screen, const LaunchContext& context)
{
    if (!screen.listenSocket.isEmpty())
        return screen.listenSocket;
    return isSpice(screen) ? context.spiceSocket : context.vncSocket;
}

Result<void> checkPlace(const Graphics& screen, const LaunchContext& context)
{
    if (hasFixedPort(screen)) {
        const int least = isSpice(screen) ? 1 : kFirstVncPort;
        if (screen.port < least || screen.port > 65535)
            return Error { ErrorKind::InvalidConfig, QStringLiteral("devices/graphics@port"),
                QStringLiteral("%1 is not between %2 and 65535").arg(screen.port).arg(least) };
        return {};
    }
    const QString socket = socketOf(screen, context);
    if (!socket.startsWith(QLatin1Char('/')) || socket.toUtf8().size() > kLongestSocketPath)
        return Error { ErrorKind::InvalidConfig, QStringLiteral("devices/graphics"),
            QStringLiteral("\"%1\" can't be the path of a socket (absolute, at most %2 bytes)")
                .arg(socket)
                .arg(kLongestSocketPath) };
    return {};
}

/// What a guest draws with OpenGL goes to a console as memory, which a network can't carry.
Result<void> checkOpenGl(const Graphics& screen)
{
    if (!isYes(screen.openGl))
        return {};
    if (!isSpice(screen))
        return Error { ErrorKind::InvalidConfig, QStringLiteral("devices/graphics/gl@enable"),
            QStringLiteral("only SPICE shows OpenGL") };
    if (hasFixedPort(screen))
        return Error { ErrorKind::InvalidConfig, QStringLiteral("devices/graphics/gl@enable"),
            QStringLiteral("OpenGL is shown on this computer alone: remove the screen's port") };
    return {};
}

void appendSpice(CommandLineDraft& draft, const Graphics& screen)
{
    QString spice = hasFixedPort(screen)
        ? QStringLiteral("addr=%1,port=%2").arg(addressOf(screen)).arg(screen.port)
        : QStringLiteral("unix=on,addr=%1").arg(optionValue(socketOf(screen, draft.context)));
    const auto said = [](const QString& value, const char* fallback) {
        return value.isEmpty() ? QString::fromLatin1(fallback) : value;
    };
    if (screen.password.isEmpty()) // else it is set when QEMU runs: ScreenPassword.h
        spice += QStringLiteral(",disable-ticketing=on");
    spice += QStringLiteral(",image-compression=%1,streaming-video=%2")
                 .arg(said(screen.imageCompression, "off"), said(screen.streaming, "off"));
    if (screen.copyPaste == QLatin1StringView("no"))
        spice += QStringLiteral(",disable-copy-paste=on");
    if (screen.fileTransfer == QLatin1StringView("no"))
        spice += QStringLiteral(",disable-agent-file-xfer=on");
    if (isYes(screen.openGl)) {
        spice += QStringLiteral(",gl=on");
        if (!screen.renderNode.isEmpty())
            spice += QStringLiteral(",rendernode=") + optionValue(screen.renderNode);
    }
    draft.option(QStringLiteral("-spice"), spice);
}

QString soundBackend(int index)
{
    return QStringLiteral("host-sound-%1").arg(index);
}

bool isSoundWanted(const Definition& definition)
{
    return definition.value("devices/audio@type") != QLatin1StringView("none");
}

void appendVnc(CommandLineDraft& draft, const Graphics& screen)
{
    QString address = addressOf(screen);
    if (address.contains(QLatin1Char(':')))
        address = QLatin1Char('[') + address + QLatin1Char(']');
    QString vnc = hasFixedPort(screen)
        ? QStringLiteral("%1:%2").arg(address).arg(screen.port - kFirstVncPort)
        : QStringLiteral("unix:") + optionValue(socketOf(screen, draft.context));
    if (!screen.password.isEmpty())
        vnc += QStringLiteral(",password=on");
    if (isSoundWanted(draft.definition) && !draft.definition.devices<Sound>().empty())
        vnc += QStringLiteral(",audiodev=") + soundBackend(0); // it can carry one
    draft.option(QStringLiteral("-vnc"), vnc);
}

// QEMU's devices for a video model: the first card of a machine is VGA compatible.
QString videoDriver(const Video& video, bool isPrimary)
{
    const QString& model = video.model;
    if (isYes(video.acceleration))
        return isPrimary ? QStringLiteral("virtio-vga-gl") : QStringLiteral("virtio-gpu-gl-pci");
    if (model == QLatin1StringView("virtio"))
        return isPrimary ? QStringLiteral("virtio-vga") : QStringLiteral("virtio-gpu-pci");
    if (model == QLatin1StringView("qxl"))
        return isPrimary ? QStringLiteral("qxl-vga") : QStringLiteral("qxl");
    if (model == QLatin1StringView("vga"))
        return isPrimary ? QStringLiteral("VGA") : QStringLiteral("secondary-vga");
    if (model == QLatin1StringView("bochs"))
        return QStringLiteral("bochs-display");
    return QStringLiteral("cirrus-vga");
}

QJsonObject videoDevice(const Video& video, int index)
{
    QJsonObject device {
        { QStringLiteral("driver"), videoDriver(video, index == 0) },
        { QStringLiteral("id"), QStringLiteral("video-%1").arg(index) },
    };
    const qint64 vram = qint64(video.vramKiB) << 10;
    if (video.model == QLatin1StringView("virtio")) {
        device[QStringLiteral("max_outputs")] = video.heads;
    } else if (video.model == QLatin1StringView("qxl")) {
        device[QStringLiteral("max_outputs")] = video.heads;
        if (video.ramKiB > 0)
            device[QStringLiteral("ram_size")] = qint64(video.ramKiB) << 10;
        if (vram > 0)
            device[QStringLiteral("vram_size")] = vram;
        if (video.vgaMemoryKiB >= 1024)
            device[QStringLiteral("vgamem_mb")] = video.vgaMemoryKiB / 1024;
    } else if (vram > 0 && video.model == QLatin1StringView("vga")) {
        device[QStringLiteral("vgamem_mb")] = std::max<qint64>(1, vram >> 20);
    } else if (vram > 0 && video.model == QLatin1StringView("bochs")) {
        device[QStringLiteral("vgamem")] = vram;
    }
    return device;
}

Result<void> checkAcceleration(const Video& video, const QVector<Graphics>& screens)
{
    if (!isYes(video.acceleration))
        return {};
    const auto hasOpenGl = [](const Graphics& screen) { return isYes(screen.openGl); };
    if (video.model == QLatin1StringView("virtio")
        && std::any_of(screens.begin(), screens.end(), hasOpenGl))
        return {};
    return Error { ErrorKind::InvalidConfig,
        QStringLiteral("devices/video/model/acceleration@accel3d"),
        QStringLiteral("3D acceleration needs a virtio card, and OpenGL of a SPICE screen") };
}

Result<void> appendVideo(CommandLineDraft& draft)
{
    QVector<Video> videos = draft.definition.devices<Video>();
    if (videos.isEmpty() && !draft.definition.devices<Graphics>().isEmpty())
        videos.append(Video {}); // a screen without a card shows nothing
    int index = 0;
    int place = 0;
    for (const Video& video : videos) {
        draft.of("video", place++);
        if (video.model == QLatin1StringView("none"))
            continue;
        if (video.heads < 1 || video.heads > 16)
            return Error { ErrorKind::InvalidConfig, QStringLiteral("devices/video/model@heads"),
                QStringLiteral("%1 is not between 1 and 16").arg(video.heads) };
        TRY(checkAcceleration(video, draft.definition.devices<Graphics>()));
        const QJsonObject device = videoDevice(video, index);
        if (index++ == 0)
            draft.deviceAt(
                draft.chipset() == Chipset::Q35 ? QStringLiteral("0x1") : QStringLiteral("0x2"),
                device);
        else
            draft.rootBusDevice(device);
    }
    return {};
}

} // namespace

Result<void> appendScreen(CommandLineDraft& draft)
{
    QStringList types;
    for (const Graphics& screen : draft.definition.devices<Graphics>()) {
        if (types.contains(screen.type))
            return unsupportedPart(
                "devices/graphics", QStringLiteral("two %1 servers").arg(screen.type));
        types.append(screen.type);
        TRY(checkOpenGl(screen));
        TRY(checkPlace(screen, draft.context));
        if (isSpice(screen))
            appendSpice(draft, screen);
        else
            appendVnc(draft, screen);
    }
    return appendVideo(draft);
}

Result<void> appendSound(CommandLineDraft& draft)
{
    const bool isHeard = draft.hasSpice() && isSoundWanted(draft.definition);
    int index = 0;
    for (const Sound& sound : draft.definition.devices<Sound>()) {
        draft.of("sound", index);
        const QString id = QStringLiteral("sound-%1").arg(index);
        const QString backend = soundBackend(index);
        draft.option(QStringLiteral("-audiodev"),
            QStringLiteral("%1,id=%2")
                .arg(isHeard ? QStringLiteral("spice") : QStringLiteral("none"), backend));
        const auto card = [&id](const char* driver) {
            return QJsonObject { { QStringLiteral("driver"), QLatin1StringView(driver) },
                { QStringLiteral("id"), id } };
        };
        if (sound.model == QLatin1StringView("ac97")) {
            QJsonObject device = card("AC97");
            device[QStringLiteral("audiodev")] = backend;
            draft.rootBusDevice(device);
        } else {
            const bool isIch9 = sound.model == QLatin1StringView("ich9");
            draft.rootBusDevice(card(isIch9 ? "ich9-intel-hda" : "intel-hda"));
            draft.device({ { QStringLiteral("driver"), QStringLiteral("hda-duplex") },
                { QStringLiteral("bus"), id + QStringLiteral(".0") },
                { QStringLiteral("audiodev"), backend } });
        }
        ++index;
    }
    return {};
}

std::optional<ConsoleEndpoint> screenOf(
    const Definition& definition, const LaunchContext& context, ScreenChoice choice)
{
    std::optional<ConsoleEndpoint> found;
    for (const Graphics& screen : definition.devices<Graphics>()) {
        ConsoleEndpoint endpoint;
        endpoint.protocol
            = isSpice(screen) ? ConsoleEndpoint::Protocol::Spice : ConsoleEndpoint::Protocol::Vnc;
        if (choice ? *choice != endpoint.protocol : found && !isSpice(screen))
            continue;
        if (hasFixedPort(screen)) {
            endpoint.host = addressOf(screen);
            endpoint.port = static_cast<quint16>(screen.port);
        } else {
            endpoint.unixSocket = socketOf(screen, context);
        }
        endpoint.password = screen.password;
        found = endpoint;
    }
    return found;
}

} // namespace vmm
