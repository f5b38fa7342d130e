// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/protocol/Codec.h"
#include "console/protocol/PacketSocket.h"
#include "console/protocol/SealedFile.h"

#include <QTest>

#include <sys/mman.h>
#include <unistd.h>

#include <cstring>
#include <random>

using namespace console::protocol;

namespace {

std::vector<FromHelper> fromHelperSamples()
{
    return { Hello {}, StageReached { .stage = Stage::Live },
        Surface { .serial = 3,
            .format = PixelFormat::Rgb555,
            .width = 801,
            .height = 600,
            .stride = 1604 },
        SurfaceGone { .serial = 3 },
        Damage { .surface = 3,
            .serial = 9,
            .count = 2,
            .rects = { Rect { 0, 0, 10, 10 }, Rect { 5, 6, 7, 8 } } },
        DisplayOn { .on = 1 },
        CursorShape { .width = 2, .height = 3, .hotspotX = 1, .hotspotY = 2 },
        CursorPosition { .x = -4, .y = 700 }, MouseMode { .absolute = 1 }, KeyLocks { .locks = 7 },
        Agent { .connected = 1 },
        Ended { .failure = Failure::Tls, .detail = toText<512>("certificate has expired") },
        ClipboardOffer { .selection = Selection::Primary, .types = 3 },
        ClipboardRequest { .type = ClipboardType::Png, .request = 7 },
        ClipboardAnswer { .request = 7, .found = 1, .size = 1234 },
        Monitors { .screen = 0,
            .offered = 2,
            .count = 2,
            .areas = { MonitorArea { 0, 0, 0, 800, 600 }, MonitorArea { 1, 800, 0, 640, 480 } } },
        Responsive { .yes = 0 }, FileProgress { .transfer = 3, .sent = 10, .total = 20 },
        FileEnded { .transfer = 3,
            .outcome = FileOutcome::NoSpace,
            .detail = toText<256>("no space left") },
        Sound { .microphone = 1, .flow = SoundFlow::Failed, .problem = toText<256>("no server") },
        UsbDevice { .id = 1,
            .vendor = 0x1d6b,
            .product = 2,
            .redirected = 1,
            .name = toText<192>("Stick"),
            .obstacle = toText<256>("it is a hub") },
        UsbDeviceGone { .id = 1 }, UsbChannels { .count = 2, .free = 1 },
        UsbFailed { .id = 1, .reason = toText<512>("refused") },
        FolderChannel { .offered = 1, .used = 1 },
        Port { .id = 3, .open = 1, .name = toText<128>("org.example.port") },
        PortData { .id = 3, .size = 24 }, Smartcards { .offered = 1, .readers = 1 },
        Recorded { .past = 1, .end = FilmEnd::NoSpace, .detail = toText<256>("no space left") },
        Bell {}, ClipboardCut { .replaced = 3, .limit = 1000 } };
}

std::vector<ToHelper> toHelperSamples()
{
    return { Open { .unixSocket = toText<256>("/run/spice.sock"), .port = 5900 },
        Acknowledge { .serial = 9 }, Visibility { .visible = 0 },
        Key { .xtScancode = 0x153, .pressed = 1 }, KeyLocks { .locks = 2 },
        PointerPosition { .x = 10, .y = 20, .buttons = 1 },
        PointerMotion { .dx = -10, .dy = 20, .buttons = 4 },
        Button { .button = 7, .pressed = 1, .buttons = 64 }, ClipboardDirection { .toGuest = 1 },
        ClipboardOffer { .types = 1 }, ClipboardRequest { .request = 9 },
        ClipboardAnswer { .request = 9, .found = 0, .size = 1ull << 40 },
        MonitorLayout { .heads = { MonitorLayout::Head { 1, 0, 0, 1280, 800 } } },
        SendFile { .transfer = 4, .path = toText<4096>("/tmp/a file") },
        CancelFile { .transfer = 4 }, SoundControl { .play = 0, .volume = 40, .microphone = 1 },
        UsbWatch { .rules = toText<1024>("-1,0x1d6b,-1,-1,1") },
        UsbRedirect { .id = 1, .redirect = 0 },
        InsertDisc { .path = toText<kMaxPath>("/tmp/disc.iso") },
        ShareFolder { .path = toText<kMaxPath>("/home/me/Public"), .readOnly = 1 },
        UseSmartcards { .on = 1 }, PortData { .id = 3, .size = 24 },
        RecordControl { .command = RecordCommand::KeepPast },
        Preferences { .compression = Compression::Quic, .codecs = { VideoCodec::Vp8 } } };
}

const std::array<std::byte, 24> kPayload {};

std::vector<std::byte> packetOf(const FromHelper& message)
{
    const bool carries
        = std::holds_alternative<CursorShape>(message) || std::holds_alternative<PortData>(message);
    return encode(message, carries ? Payload(kPayload) : Payload());
}
std::vector<std::byte> packetOf(const ToHelper& message)
{
    return encode(message, std::holds_alternative<PortData>(message) ? kPayload : Payload());
}

/// Encodes, decodes; what the wire makes of a message.
template <typename Body> bool isAccepted(const Body& body, Payload payload = {})
{
    return decodeFromHelper(encode(FromHelper(body), payload)).has_value();
}
template <typename Body> bool isAcceptedInput(const Body& body)
{
    return decodeToHelper(encode(ToHelper(body))).has_value();
}

} // namespace

class tst_Protocol : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyMessage_survivesTheWayThere()
    {
        QCOMPARE(fromHelperSamples().size(), std::variant_size_v<FromHelper>);
        for (std::size_t i = 0; i < fromHelperSamples().size(); ++i) {
            const FromHelper message = fromHelperSamples()[i];
            QCOMPARE(message.index(), i); // a sample of each
            const auto packet = packetOf(message);
            const auto decoded = decodeFromHelper(packet);
            QVERIFY2(decoded, qPrintable(QString::number(i)));
            QCOMPARE(packetOf(decoded->message), packet);
        }
    }

    void everyInput_survivesTheWayThere()
    {
        QCOMPARE(toHelperSamples().size(), std::variant_size_v<ToHelper>);
        for (std::size_t i = 0; i < toHelperSamples().size(); ++i) {
            const auto packet = packetOf(toHelperSamples()[i]);
            const auto decoded = decodeToHelper(packet);
            QVERIFY2(decoded, qPrintable(QString::number(i)));
            QCOMPARE(decoded->message.index(), i);
            QCOMPARE(packetOf(decoded->message), packet);
        }
    }

    void wrongAgentFields_areRefused()
    {
        QVERIFY(!isAccepted(Surface {
            .screen = kMaxHeads, .serial = 1, .width = 64, .height = 64, .stride = 256 }));
        QVERIFY(!isAccepted(
            Damage { .screen = kMaxHeads, .count = 1, .rects = { Rect { 0, 0, 1, 1 } } }));
        QVERIFY(!isAccepted(ClipboardOffer { .selection = Selection(2) }));
        QVERIFY(!isAccepted(ClipboardOffer { .types = 1u << kClipboardTypes }));
        QVERIFY(!isAccepted(ClipboardRequest { .type = ClipboardType(5) }));
        QVERIFY(!isAccepted(ClipboardAnswer { .found = 1, .size = kMaxClipboardBytes + 1 }));
        QVERIFY(isAccepted(ClipboardAnswer { .found = 0, .size = kMaxClipboardBytes + 1 }));
        QVERIFY(!isAccepted(Monitors { .offered = 0 }));
        QVERIFY(!isAccepted(Monitors { .offered = kMaxHeads + 1 }));
        QVERIFY(!isAccepted(Monitors { .count = kMaxHeads + 1 }));
        QVERIFY(!isAccepted(Monitors { .count = 1, .areas = { MonitorArea { 4, 0, 0, 1, 1 } } }));
        QVERIFY(!isAccepted(
            Monitors { .count = 1, .areas = { MonitorArea { 0, 0x7fffffff, 0, 0x7fffffff, 1 } } }));
        QVERIFY(!isAccepted(FileProgress { .sent = 2, .total = 1 }));
        QVERIFY(!isAccepted(FileEnded { .outcome = FileOutcome(7) }));
        FileEnded endless;
        endless.detail.fill('x');
        QVERIFY(!isAccepted(endless));
        QVERIFY(!isAccepted(Responsive { .yes = 2 }));

        QVERIFY(!isAcceptedInput(ClipboardDirection { .toGuest = 2 }));
        QVERIFY(!isAcceptedInput(
            MonitorLayout { .heads = { MonitorLayout::Head { 1, 0, 0, 0, 800 } } }));
        QVERIFY(!isAcceptedInput(
            MonitorLayout { .heads = { MonitorLayout::Head { 1, 0, 0, kMaxExtent + 1, 800 } } }));
        QVERIFY(!isAcceptedInput(SendFile { .path = toText<4096>("relative") }));
        SendFile unended;
        unended.path.fill('/');
        QVERIFY(!isAcceptedInput(unended));
    }

    void sealedFile_carriesBytesThatNobodyCanChange()
    {
        const std::string text = "a secret";
        const Fd file = SealedFile::write(std::as_bytes(std::span(text)));
        QVERIFY(file.isValid());
        QVERIFY(::pwrite(file.get(), "x", 1, 0) < 0);
        QVERIFY(::ftruncate(file.get(), 0) < 0);
        const auto mapped = SealedFile::map(file.get(), text.size());
        QVERIFY(mapped);
        QCOMPARE(std::memcmp(mapped->bytes().data(), text.data(), text.size()), 0);
        QVERIFY(!SealedFile::map(file.get(), text.size() + 1)); // a read would be SIGBUS
        const Fd open(::memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING));
        QCOMPARE(::ftruncate(open.get(), 8), 0);
        QVERIFY(!SealedFile::map(open.get(), 8)); // not sealed
        int ends[2];
        QCOMPARE(::pipe(ends), 0);
        const Fd one(ends[0]);
        const Fd other(ends[1]);
        QVERIFY(!SealedFile::map(one.get(), 0));
        QVERIFY(!SealedFile::map(-1, 0));
    }

    void rectOutsideSurface_isNotWithin()
    {
        QVERIFY(isWithin({ 0, 0, 100, 50 }, 100, 50));
        QVERIFY(!isWithin({ 1, 0, 100, 50 }, 100, 50));
        QVERIFY(!isWithin({ 0, -1, 10, 10 }, 100, 50));
        QVERIFY(!isWithin({ 0, 0, 0, 10 }, 100, 50));
        QVERIFY(!isWithin({ 0x7fffffff, 0, 0x7fffffff, 1 }, 100, 50));
        QVERIFY(!isWithin({ 99, 0, 0x7fffffff, 1 }, 100, 50));
    }

    void wrongFields_areRefused()
    {
        const Surface good { .serial = 1, .width = 64, .height = 64, .stride = 256 };
        QVERIFY(isAccepted(good));
        for (auto spoil : std::initializer_list<void (*)(Surface&)> {
                 [](Surface& s) { s.width = 0; }, [](Surface& s) { s.width = -1; },
                 [](Surface& s) { s.height = kMaxExtent + 1; }, [](Surface& s) { s.stride = 252; },
                 [](Surface& s) { s.stride = 257; }, [](Surface& s) { s.stride = 0x7ffffffc; },
                 [](Surface& s) { s.format = PixelFormat(3); } }) {
            Surface bad = good;
            spoil(bad);
            QVERIFY(!isAccepted(bad));
        }
        QVERIFY(!isAccepted(StageReached { .stage = Stage(3) }));
        QVERIFY(!isAccepted(Damage { .count = 0 }));
        QVERIFY(!isAccepted(Damage { .count = kMaxDamageRects + 1 }));
        QVERIFY(!isAccepted(DisplayOn { .on = 2 }));
        QVERIFY(!isAccepted(KeyLocks { .locks = 8 }));
        QVERIFY(!isAccepted(Ended { .failure = Failure(8) }));
        Ended unterminated;
        unterminated.detail.fill('x');
        QVERIFY(!isAccepted(unterminated));

        QVERIFY(!isAcceptedInput(Key { .xtScancode = 0, .pressed = 1 }));
        QVERIFY(!isAcceptedInput(Key { .xtScancode = 0x80, .pressed = 1 }));
        QVERIFY(!isAcceptedInput(Key { .xtScancode = 0x21e, .pressed = 1 }));
        QVERIFY(!isAcceptedInput(Button { .button = 8 }));
        QVERIFY(!isAcceptedInput(PointerPosition { .x = -1 }));
        QVERIFY(!isAcceptedInput(PointerMotion { .dx = -2147483647 - 1 }));
        QVERIFY(!isAcceptedInput(PointerPosition { .head = kMaxHeads }));
        QVERIFY(!isAcceptedInput(Acknowledge { .screen = kMaxHeads }));
        QVERIFY(!isAcceptedInput(Open { .port = 65536 }));
    }

    void cursorWithoutItsPixels_isRefused()
    {
        const CursorShape shape { .width = 2, .height = 2 };
        const std::array<std::byte, 16> pixels {};
        QVERIFY(isAccepted(shape, pixels));
        QVERIFY(!isAccepted(shape, Payload(pixels).first(12)));
        QVERIFY(!isAccepted(shape));
        QVERIFY(!isAccepted(CursorShape { .width = 2, .height = 2, .hotspotX = 2 }, pixels));
        QVERIFY(!isAccepted(CursorShape { .ordinary = 1, .width = 2, .height = 2 }, pixels));
        QVERIFY(isAccepted(CursorShape { .ordinary = 1 }));
        QVERIFY(!isAccepted(CursorShape { .width = 0x10000, .height = 0x10000 }));
        QVERIFY(!isAccepted(DisplayOn { .on = 1 }, pixels)); // nobody else may bring any
    }

    void cutAndLengthenedPackets_areRefused()
    {
        for (const FromHelper& message : fromHelperSamples()) {
            const auto packet = packetOf(message);
            for (std::size_t size = 0; size < packet.size(); ++size)
                QVERIFY(!decodeFromHelper(Bytes(packet).first(size)));
            auto longer = packet;
            longer.push_back(std::byte(0));
            QVERIFY(!decodeFromHelper(longer));
        }
        for (const ToHelper& message : toHelperSamples()) {
            const auto packet = packetOf(message);
            for (std::size_t size = 0; size < packet.size(); ++size)
                QVERIFY(!decodeToHelper(Bytes(packet).first(size)));
            auto longer = packet;
            longer.push_back(std::byte(0));
            QVERIFY(!decodeToHelper(longer));
        }
    }

    void wrongDeviceFields_areRefused()
    {
        QVERIFY(!isAccepted(Sound { .microphone = 2 }));
        QVERIFY(!isAccepted(Sound { .flow = SoundFlow(4) }));
        QVERIFY(!isAccepted(UsbDevice { .id = 0 }));
        QVERIFY(!isAccepted(UsbDevice { .id = 1, .vendor = 0x10000 }));
        QVERIFY(!isAccepted(UsbChannels { .count = 1, .free = 2 }));
        QVERIFY(!isAccepted(FolderChannel { .offered = 0, .used = 1 }));
        QVERIFY(!isAccepted(Port { .id = 256 }));
        QVERIFY(!isAccepted(PortData { .id = 1, .size = 0 }));
        QVERIFY(!isAccepted(PortData { .id = 1, .size = 25 }, kPayload));
        const std::vector<std::byte> tooMuch(kMaxPortData + 1);
        QVERIFY(!isAccepted(PortData { .id = 1, .size = kMaxPortData + 1 }, tooMuch));

        QVERIFY(!isAcceptedInput(SoundControl { .volume = 101 }));
        QVERIFY(!isAcceptedInput(UsbRedirect { .id = 0 }));
        QVERIFY(!isAcceptedInput(InsertDisc {}));
        QVERIFY(!isAcceptedInput(InsertDisc { .path = toText<kMaxPath>("disc.iso") }));
        QVERIFY(!isAcceptedInput(ShareFolder { .path = toText<kMaxPath>("..") }));
        QVERIFY(isAcceptedInput(ShareFolder {}));
        QVERIFY(!isAcceptedInput(Open { .compression = Compression(8) }));
        QVERIFY(!isAcceptedInput(Open { .codecs = { VideoCodec(6) } }));
        ShareFolder unterminated;
        unterminated.path.fill('/');
        QVERIFY(!isAcceptedInput(unterminated));
    }

    /// Whatever arrives, decode() accepts only what encode() could have made.
    void randomChanges_areRefusedOrValid()
    {
        std::mt19937 random(20240501);
        int accepted = 0;
        for (int round = 0; round < 200000; ++round) {
            const auto samples = round % 2 ? std::size_t(0) : fromHelperSamples().size();
            std::vector<std::byte> packet;
            static const auto from = fromHelperSamples();
            static const auto to = toHelperSamples();
            packet = samples ? packetOf(from[random() % from.size()])
                             : packetOf(to[random() % to.size()]);
            const unsigned changes = 1 + random() % 4;
            for (unsigned i = 0; i < changes; ++i)
                packet[random() % std::min<std::size_t>(packet.size(), 96)]
                    = std::byte(random() % 256);
            if (const auto decoded = decodeFromHelper(packet)) {
                ++accepted;
                QCOMPARE(encode(decoded->message, decoded->payload), packet);
            }
            if (const auto decoded = decodeToHelper(packet)) {
                ++accepted;
                QCOMPARE(encode(decoded->message, decoded->payload), packet);
            }
        }
        QVERIFY(accepted > 1000); // it did reach beyond the header
    }

    void socketPair_carriesPacketsAndFiles()
    {
        auto [one, other] = PacketSocket::createPair();
        PacketSocket sender(std::move(one));
        PacketSocket receiver(std::move(other));
        QCOMPARE(receiver.receive().status, PacketSocket::Status::WouldBlock);

        int pipe[2];
        QCOMPARE(::pipe(pipe), 0);
        const Fd readEnd(pipe[0]);
        const Fd writeEnd(pipe[1]);
        const auto packet = encode(FromHelper(Hello {}));
        QVERIFY(sender.send(packet, writeEnd.get()));
        const auto received = receiver.receive();
        QCOMPARE(received.status, PacketSocket::Status::Packet);
        QVERIFY(std::equal(packet.begin(), packet.end(), received.packet.begin()));
        QVERIFY(received.fd.isValid());
        QVERIFY(received.fd.get() != writeEnd.get());
        QCOMPARE(::write(received.fd.get(), "x", 1), ssize_t(1));
        char byte = 0;
        QCOMPARE(::read(readEnd.get(), &byte, 1), ssize_t(1));
        QCOMPARE(byte, 'x');
    }

    void slowReceiver_getsEverythingInOrder()
    {
        auto [one, other] = PacketSocket::createPair();
        PacketSocket sender(std::move(one));
        PacketSocket receiver(std::move(other));
        quint32 sent = 0;
        while (!sender.hasUnsent() || sent % 50 != 0) // until the kernel takes no more, and on
            QVERIFY(sender.send(encode(ToHelper(Acknowledge { .serial = sent++ }))));
        quint32 got = 0;
        while (got < sent) {
            const auto received = receiver.receive();
            if (received.status == PacketSocket::Status::WouldBlock) {
                QVERIFY(sender.hasUnsent());
                QVERIFY(sender.flush());
                continue;
            }
            const auto message = decodeToHelper(received.packet);
            QVERIFY(message);
            QCOMPARE(std::get<Acknowledge>(message->message).serial, got++);
        }
        QVERIFY(!sender.hasUnsent());
    }

    void receiverThatNeverReads_failsTheSender()
    {
        auto [one, other] = PacketSocket::createPair();
        PacketSocket sender(std::move(one));
        int sent = 0;
        while (sender.send(encode(ToHelper(Acknowledge {}))))
            QVERIFY2(++sent < 100000, "the queue has no end");
    }

    void goneReceiver_isClosed()
    {
        auto [one, other] = PacketSocket::createPair();
        PacketSocket stays(std::move(one));
        other.reset();
        QCOMPARE(stays.receive().status, PacketSocket::Status::Closed);
        QVERIFY(!stays.send(encode(ToHelper(Acknowledge {}))));
    }
};

QTEST_APPLESS_MAIN(tst_Protocol)
#include "tst_Protocol.moc"
