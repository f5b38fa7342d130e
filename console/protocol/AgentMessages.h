// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

/// Part of Messages.h: what goes through the guest's agent. Clipboard data crosses as a sealed
/// memory file (SealedFile.h) that comes with the packet; it is a secret and is never logged.
namespace console::protocol {

inline constexpr std::uint32_t kMaxHeads = 4; ///< monitors of a guest that are shown
inline constexpr std::uint64_t kMaxClipboardBytes = 100u << 20;

enum class Selection : std::uint32_t { Clipboard, Primary };
inline constexpr std::uint32_t kSelections = 2;
enum class ClipboardType : std::uint32_t { Text, Png, Bmp, Tiff, Jpeg };
inline constexpr std::uint32_t kClipboardTypes = 5;

/// Both ways: the sender has something of these types (a set of 1 << ClipboardType). An empty set:
/// it has nothing any more.
struct ClipboardOffer {
    Selection selection = Selection::Clipboard;
    std::uint32_t types = 0;
};
/// Both ways: the sender wants what was offered. `request` names the answer.
struct ClipboardRequest {
    Selection selection = Selection::Clipboard;
    ClipboardType type = ClipboardType::Text;
    std::uint32_t request = 0;
};
/// Both ways. With `found` a memory file of `size` bytes comes along.
struct ClipboardAnswer {
    std::uint32_t request = 0;
    std::uint32_t found = 0;
    std::uint64_t size = 0; ///< without `found`: of what is too large, or 0
};

// ---- from the helper ----

struct MonitorArea {
    std::uint32_t head = 0; ///< below kMaxHeads
    std::int32_t x = 0; ///< in the screen's pixels
    std::int32_t y = 0;
    std::int32_t width = 0;
    std::int32_t height = 0;

    bool operator==(const MonitorArea&) const = default;
};
/// How the monitors of a guest lie on one of its screens.
struct Monitors {
    std::uint32_t screen = 0;
    std::uint32_t offered = 1; ///< heads the guest's card could have, at most kMaxHeads
    std::uint32_t count = 0;
    std::array<MonitorArea, kMaxHeads> areas {};
};
/// Whether the server takes what it is sent. While it does not, the picture is stale.
struct Responsive {
    std::uint32_t yes = 1;
};

/// What the window gave for the guest did not go across as it was.
struct ClipboardCut {
    std::uint32_t replaced = 0; ///< characters that the server has no word for
    std::uint64_t limit = 0; ///< not 0: nothing went, for it takes no more bytes than that
};

enum class FileOutcome : std::uint32_t {
    Done,
    Cancelled,
    Unreadable, ///< the file is gone, or can't be read
    Refused, ///< the guest does not take files
    NoSpace,
    NoAgent,
    Failed
};
struct FileProgress {
    std::uint32_t transfer = 0;
    std::uint64_t sent = 0; ///< bytes
    std::uint64_t total = 0;
};
struct FileEnded {
    std::uint32_t transfer = 0;
    FileOutcome outcome = FileOutcome::Done;
    std::array<char, 256> detail {};
};

// ---- to the helper ----

/// Which ways the clipboard is shared. Off until this is sent.
struct ClipboardDirection {
    std::uint32_t toGuest = 0;
    std::uint32_t fromGuest = 0;
};
/// How all monitors of the guest should be; `enabled` by their place.
struct MonitorLayout {
    struct Head {
        std::uint32_t enabled = 0;
        std::int32_t x = 0;
        std::int32_t y = 0;
        std::int32_t width = 0;
        std::int32_t height = 0;
    };
    std::array<Head, kMaxHeads> heads {};
};
struct SendFile {
    std::uint32_t transfer = 0; ///< the sender's number, not used before
    std::array<char, 4096> path {}; ///< absolute, local encoding
};
struct CancelFile {
    std::uint32_t transfer = 0;
};

} // namespace console::protocol
