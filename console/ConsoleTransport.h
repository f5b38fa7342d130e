// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/AgentChannel.h"
#include "console/ConnectOptions.h"
#include "console/ConsoleTypes.h"
#include "console/DeviceTypes.h"
#include "console/GuestPicture.h"
#include "console/ScreenRecording.h"
#include "vmm/base/ConsoleEndpoint.h"

#include <QObject>
#include <QRegion>

#include <functional>
#include <memory>

namespace console {

/// One attempt at one console connection over some protocol. GUI thread. Only values cross it, so a
/// session is tested with a fake one. After `ended` it is used up.
class ConsoleTransport : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// How to connect; before open().
    virtual void setOptions(const ConnectOptions&) { }
    /// How pictures are to be sent from now on; of the options only these count.
    virtual void prefer(const ConnectOptions&) { }
    /// Connects. The outcome comes as stageReached, then surfaceChanged, or as ended.
    virtual void open(const vmm::ConsoleEndpoint& endpoint) = 0;
    /// Ends the connection at once; nothing is emitted afterwards, but how films ended.
    virtual void close() = 0;
    /// After close(): whether films are still being closed. `recorded` follows for each, then
    /// filmsClosed.
    virtual bool isClosingFilms() const { return false; }

    /// While false, no picture is transferred; the damage is gathered on the other side.
    virtual void setVisible(bool visible) = 0;
    /// Answers each damaged(): the next one of that screen comes only then.
    virtual void acknowledge(int screen) = 0;

    /// A key by its XT scan code, 0x100 | code for those with the 0xe0 prefix.
    virtual void sendKey(int xtScancode, bool pressed) = 0;
    virtual void sendKeyLocks(KeyLocks locks) = 0;
    /// `buttons` is a set of 1 << (PointerButton - 1), as held after the event.
    /// `guestPixel` is one of the monitor `head`.
    virtual void sendPointerPosition(QPoint guestPixel, quint32 buttons, int head) = 0;
    virtual void sendPointerMotion(QPoint delta, quint32 buttons) = 0;
    virtual void sendButton(PointerButton button, bool pressed, quint32 buttons) = 0;
    /// Asks the guest's agent for another screen size, in guest pixels.
    virtual void requestGuestSize(QSize size) = 0;
    /// What goes through the guest's agent; null where the protocol has none.
    virtual AgentChannel* agent() { return nullptr; }
    /// Something for the guest's other devices; nothing where the protocol has none.
    virtual void sendWish(const DeviceWish&) { }
    /// `file` is borrowed; -1: none. Each file is answered by `recorded`, also after close().
    virtual void record(RecordCommand, int /*file*/) { }

Q_SIGNALS:
    void stageReached(console::SessionState state); ///< Authenticating, then Live
    // A guest's card may have several screens (below HeadSet::kMax); `screen` is 0 for the only
    // one.
    /// A new screen; the picture has the size of the guest's screen. Null: there is none.
    void surfaceChanged(const console::GuestPicture& picture, int screen = 0);
    void damaged(const QRegion& region, int screen = 0); ///< in guest pixels, within the picture
    void displayOnChanged(bool on, int screen = 0); ///< whether the guest drives its screen
    void cursorChanged(const console::CursorShape& cursor, int screen = 0);
    /// Where the guest's pointer is; to be drawn there while the mouse is relative.
    void cursorMoved(QPoint guestPixel, int screen = 0);
    void mouseModeChanged(bool absolute);
    void keyLocksChanged(console::KeyLocks locks); ///< as the guest has them
    void agentChanged(bool connected); ///< the guest's agent, which sizes can be asked of
    /// Whether the server takes what it is sent; until it is said that it does not, it does.
    void responsiveChanged(bool isResponsive);
    void rang(); ///< the guest's bell
    void deviceNews(const console::DeviceNews& news);
    void recorded(const console::RecordedFilm& film);
    void filmsClosed(); ///< after close(), if isClosingFilms()
    /// Before ended() with AuthenticationFailed: the server wants a user's name as well.
    void userWanted();
    /// The last signal. `detail` is the raw text of the library or of errno.
    void ended(console::EndReason reason, const QString& detail);
};

using TransportFactory = std::function<std::unique_ptr<ConsoleTransport>()>;

} // namespace console
