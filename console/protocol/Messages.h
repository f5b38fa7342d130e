// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/protocol/AgentMessages.h"
#include "console/protocol/DeviceMessages.h"
#include "console/protocol/RecordMessages.h"
#include "console/protocol/Text.h"

#include <array>
#include <cstdint>
#include <variant>

/// The messages between a window and its console helper. Each is one packet of a SOCK_SEQPACKET
/// socket pair: a Header, one of these structs as it lies in memory (both sides are of one build
/// and on one machine), and where a message says so more bytes. Plain C++; decode() in Codec.h
/// checks every field.
namespace console::protocol {

inline constexpr std::uint32_t kVersion = 6;
inline constexpr std::int32_t kMaxExtent = 16384; ///< of a guest's screen, each way
inline constexpr std::int32_t kMaxCursorExtent = 192; ///< larger cursors are cut; fits a packet
inline constexpr std::uint32_t kMaxDamageRects = 256;

struct Rect {
    std::int32_t x = 0;
    std::int32_t y = 0;
    std::int32_t width = 0;
    std::int32_t height = 0;

    bool operator==(const Rect&) const = default;
};

// ---- from the helper ----

struct Hello {
    std::uint32_t version = kVersion;
};

enum class Stage : std::uint32_t { Connecting, Authenticating, Live };
struct StageReached {
    Stage stage = Stage::Connecting;
};

enum class PixelFormat : std::uint32_t { Xrgb32, Rgb555, Rgb565 };
/// A new screen; the packet carries a memory file sealed against shrinking and growing.
struct Surface {
    std::uint32_t screen = 0; ///< below kMaxHeads; each has its own surface, damage and pointer
    std::uint32_t serial = 0; ///< what Damage refers to
    PixelFormat format = PixelFormat::Xrgb32;
    std::int32_t width = 0;
    std::int32_t height = 0;
    std::int32_t stride = 0; ///< bytes; a multiple of 4
};
struct SurfaceGone {
    std::uint32_t screen = 0;
    std::uint32_t serial = 0;
};
/// These parts of the memory file are new. The next one comes after Acknowledge.
struct Damage {
    std::uint32_t screen = 0;
    std::uint32_t surface = 0;
    std::uint32_t serial = 0;
    std::uint32_t count = 0; ///< of the rects, 1 to kMaxDamageRects
    std::array<Rect, kMaxDamageRects> rects {};
};
struct DisplayOn {
    std::uint32_t screen = 0;
    std::uint32_t on = 0;
};

/// width * height ARGB32 pixels, not premultiplied, follow in the packet. 0 x 0: no pointer,
/// or an ordinary arrow.
struct CursorShape {
    std::uint32_t screen = 0;
    std::uint32_t ordinary = 0; ///< with 0 x 0 only
    std::int32_t width = 0;
    std::int32_t height = 0;
    std::int32_t hotspotX = 0;
    std::int32_t hotspotY = 0;
};
/// Where the guest's pointer is; meant for the relative mouse mode, in which it is drawn there.
struct CursorPosition {
    std::uint32_t screen = 0;
    std::int32_t x = 0;
    std::int32_t y = 0;
};
struct MouseMode {
    std::uint32_t absolute = 0;
};
inline constexpr std::uint32_t kScrollLock = 1;
inline constexpr std::uint32_t kNumLock = 2;
inline constexpr std::uint32_t kCapsLock = 4;
struct KeyLocks { ///< both ways
    std::uint32_t locks = 0;
};
struct Agent {
    std::uint32_t connected = 0;
};
/// The guest rang.
struct Bell {
    std::uint32_t times = 1; ///< at least 1
};

enum class Failure : std::uint32_t {
    Connect,
    Authentication,
    Tls,
    ServerClosed,
    TakenOver,
    UnsupportedDisplay,
    DisplayDropped, ///< the server closed the first display's channel alone
    Protocol, ///< the server sent what makes no sense
};
struct Ended {
    Failure failure = Failure::ServerClosed;
    std::uint32_t wantsUser = 0; ///< with Authentication: a user's name is wanted as well
    Text<512> detail {};
};

// ---- to the helper ----

enum class ScreenProtocol : std::uint32_t { Spice, Vnc };
enum class Compression : std::uint32_t { Auto, Off, Quic, Glz, Lz, AutoGlz, AutoLz, Lz4 };
/// For streams, best first; what can't be decoded here is left out.
enum class VideoCodec : std::uint32_t { None, Mjpeg, Vp8, Vp9, H264, H265 };
inline constexpr std::size_t kMaxCodecs = 5;

struct Open {
    ScreenProtocol protocol = ScreenProtocol::Spice;
    Text<256> unixSocket {}; ///< empty: TCP
    Text<256> host {};
    std::uint32_t port = 0;
    std::uint32_t tlsPort = 0;
    Text<256> userName {}; ///< empty: who runs this, where the server asks
    Text<256> password {};
    Text<256> proxy {}; ///< "http://host:port" or "https://…" (HTTP CONNECT); empty: none
    Compression compression = Compression::Auto; ///< Auto: the server's choice
    std::array<VideoCodec, kMaxCodecs> codecs {}; ///< the first None ends it; none: its choice
    Text<512> tlsCaFile {}; ///< empty: the user's default
    Text<256> tlsSubject {}; ///< empty: the certificate must name the host
    std::uint32_t exclusive = 0; ///< VNC: the others are to be disconnected
};
/// How pictures are to be sent from now on, as in Open.
struct Preferences {
    Compression compression = Compression::Auto;
    std::array<VideoCodec, kMaxCodecs> codecs {};
};
struct Acknowledge {
    std::uint32_t screen = 0;
    std::uint32_t serial = 0;
};
struct Visibility {
    std::uint32_t visible = 1;
};
struct Key {
    std::uint32_t xtScancode = 0; ///< 0x100 | code for codes with the 0xe0 prefix
    std::uint32_t pressed = 0;
};
struct PointerPosition {
    std::int32_t x = 0;
    std::int32_t y = 0;
    std::uint32_t buttons = 0;
    std::uint32_t head = 0; ///< whose pixels these are
};
struct PointerMotion {
    std::int32_t dx = 0;
    std::int32_t dy = 0;
    std::uint32_t buttons = 0;
};
struct Button {
    std::uint32_t button = 0; ///< 1 to 7, SPICE's order
    std::uint32_t pressed = 0;
    std::uint32_t buttons = 0;
};
/// A message's place here is its number on the wire.
using FromHelper = std::variant<Hello, StageReached, Surface, SurfaceGone, Damage, DisplayOn,
    CursorShape, CursorPosition, MouseMode, KeyLocks, Agent, Ended, ClipboardOffer,
    ClipboardRequest, ClipboardAnswer, Monitors, Responsive, FileProgress, FileEnded, Sound,
    UsbDevice, UsbDeviceGone, UsbChannels, UsbFailed, FolderChannel, Port, PortData, Smartcards,
    Recorded, Bell, ClipboardCut>;
using ToHelper = std::variant<Open, Acknowledge, Visibility, Key, KeyLocks, PointerPosition,
    PointerMotion, Button, ClipboardDirection, ClipboardOffer, ClipboardRequest, ClipboardAnswer,
    MonitorLayout, SendFile, CancelFile, SoundControl, UsbWatch, UsbRedirect, InsertDisc,
    ShareFolder, UseSmartcards, PortData, RecordControl, Preferences>;

} // namespace console::protocol
