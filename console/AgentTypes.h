// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QMetaType>
#include <QRect>
#include <QString>

#include <memory>

namespace console {

namespace protocol {
class SealedFile;
}

/// Which ways a machine's clipboard is shared with this computer's.
enum class ClipboardSharing { Off, ToGuest, FromGuest, Both };
enum class ClipboardSelection { Clipboard, Primary }; ///< Primary: what is marked, under X11
enum class ClipboardType { Text, Png, Bmp, Tiff, Jpeg };
using ClipboardTypes = QList<ClipboardType>;
/// What was copied, mapped from memory that nobody changes; null: there is nothing (any more).
using ClipboardData = std::shared_ptr<const protocol::SealedFile>;

/// Where one monitor of the guest lies on a screen of its card.
struct MonitorArea {
    int head = 0; ///< the monitor's number, from 0
    QRect area {}; ///< in the screen's pixels

    bool operator==(const MonitorArea&) const = default;
};

/// How a file on its way to the guest ended.
enum class FileOutcome {
    Done,
    Cancelled,
    Unreadable,
    Refused,
    NoSpace,
    NoAgent,
    Failed, ///< the last that a helper tells
    Disconnected, ///< from the guest or its agent
};

} // namespace console

Q_DECLARE_METATYPE(console::ClipboardSharing)
Q_DECLARE_METATYPE(console::ClipboardSelection)
Q_DECLARE_METATYPE(console::ClipboardType)
Q_DECLARE_METATYPE(console::ClipboardData)
Q_DECLARE_METATYPE(console::MonitorArea)
Q_DECLARE_METATYPE(console::FileOutcome)
