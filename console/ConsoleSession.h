// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/ConsoleTransport.h"
#include "console/GuestDevices.h"
#include "console/HeadLayout.h"
#include "console/HeadSet.h"
#include "vmm/base/VmState.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QSet>
#include <QTimer>

namespace console {

class FileTransfers;

/// A guest's console without its widgets: the connection's state, the last picture in every state,
/// and the input on its way out. GUI thread. It never reconnects by itself, but for one new helper
/// process when the first one crashed: whoever was taken over must not take back in a loop.
class ConsoleSession : public QObject {
    Q_OBJECT

public:
    /// `factory` makes the transport of each attempt (SpiceHelperTransport::factory(program)).
    explicit ConsoleSession(TransportFactory factory, QObject* parent = nullptr);
    ~ConsoleSession() override;

    /// How the next open() connects.
    void setOptions(const ConnectOptions& options) { m_options = options; }
    /// How pictures are to be sent: by this connection from now on, and by the next ones.
    void prefer(ImageCompression compression, const QList<VideoCodec>& codecs);
    /// Connects; an open connection is closed first. Within 20 s the state is Live or an end state.
    void open(const vmm::ConsoleEndpoint& endpoint);
    /// The same endpoint again. Does nothing before the first open().
    void reconnect();
    void close();
    /// What the host says of the machine. An end of the connection is GuestOff, not Lost, when the
    /// machine does not run.
    void setMachineState(vmm::VmState state);
    /// Whether `viewer` sees the picture; while nobody does, none is transferred. Who has not said
    /// anything is not asked: without any word the picture is visible.
    void setVisible(bool visible, const void* viewer = nullptr);

    SessionState state() const { return m_state; }
    EndReason endReason() const { return m_endReason; } ///< why it is not live
    const QString& endDetail() const { return m_endDetail; } ///< raw text, untranslated
    const vmm::ConsoleEndpoint& endpoint() const { return m_endpoint; }
    const ConnectOptions& options() const { return m_options; }
    /// After AuthenticationFailed: whether the server asks for a user's name, too.
    bool isUserWanted() const { return m_userWanted; }
    GuestDevices& devices() { return m_devices; } ///< sound, USB, folders, ports
    ScreenRecording& recording() { return m_recording; }
    /// The guest's screen without a copy: it changes while the guest draws. Kept when the
    /// connection ends; null before the first picture.
    QImage frame() const { return m_heads.first()->frame(); }
    /// When the guest last drew, in UTC; invalid before the first picture.
    QDateTime pictureTime() const { return m_pictureTime; }
    bool isDisplayOn() const { return m_heads.first()->isDisplayOn(); }
    bool isMouseAbsolute() const { return m_mouseAbsolute; }
    bool isAgentConnected() const { return m_agentConnected; }
    const CursorShape& cursor() const { return m_heads.first()->cursor(); }
    /// For the relative mouse.
    QPoint cursorPosition() const { return m_heads.first()->cursorPosition(); }
    /// The guest's monitors. The above and the signals below are those of the first.
    const HeadSet& heads() const { return m_heads; }
    /// False while the server takes no input though it is connected: the picture is stale.
    bool isResponsive() const { return m_responsive; }
    /// What goes through the guest's agent in this connection; null without one. It changes with
    /// each connection (agentChannelChanged).
    AgentChannel* agent() const { return m_transport ? m_transport->agent() : nullptr; }
    /// Which way the clipboard goes, in this connection, by the word of `viewer`. The last one who
    /// spoke decides, and no other can take it back.
    void shareClipboard(const QObject* viewer, ClipboardSharing sharing);
    void unshareClipboard(const QObject* viewer);
    FileTransfers& files() const { return *m_files; } ///< on their way to the guest
    KeyLocks keyLocks() const { return m_keyLocks; }
    /// From open() to the first picture of this connection, in ms; -1 before it.
    qint64 firstFrameMs() const { return m_firstFrameMs; }

    // Input. Nothing is sent unless Live.
    void key(int xtScancode, bool pressed);
    void releaseAllKeys();
    /// Presses all in turn, then releases them in reverse: Ctrl+Alt+Del and its like.
    void sendKeyCombination(const QList<int>& xtScancodes);
    void setKeyLocks(KeyLocks locks);
    void movePointerTo(QPoint guestPixel, int head = 0);
    void movePointerBy(QPoint delta);
    void button(PointerButton button, bool pressed);
    void releaseAllButtons();
    // Of the agent; nothing happens without one.
    void requestGuestSize(QSize size, int head = 0);
    void requestHead(int head, bool isOn); ///< another monitor, beside the others
    /// Where it is shown: the guest's monitors are asked to lie as the screens here do.
    void setHeadScreen(int head, const QRect& screen);
    bool isHeadRequested(int head) const { return m_layout.isOn(head); }

Q_SIGNALS:
    void stateChanged(console::SessionState state);
    void frameSized(QSize size);
    void damaged(const QRegion& region); ///< guest pixels
    void displayOnChanged(bool on);
    void cursorChanged(const console::CursorShape& cursor);
    void cursorMoved(QPoint guestPixel);
    void mouseModeChanged(bool absolute);
    void locksChanged(console::KeyLocks locks);
    void agentChanged(bool connected);
    void agentChannelChanged();
    void headsChanged(); ///< which monitors there are, or could be
    void responsiveChanged(bool isResponsive);
    void rang(); ///< the guest's bell

private:
    void startTransport();
    void dropTransport();
    void observeTransport();
    void setState(SessionState state);
    void observeHeads();
    void takeSurface(const GuestPicture& picture, int screen);
    void takeDamage(const QRegion& region, int screen);
    void askForLayout();
    void takeUpLayout();
    void end(EndReason reason, const QString& detail);

    TransportFactory m_factory;
    std::unique_ptr<ConsoleTransport> m_transport;
    vmm::ConsoleEndpoint m_endpoint;
    ConnectOptions m_options;
    GuestDevices m_devices;
    ScreenRecording m_recording;
    bool m_userWanted = false;
    SessionState m_state = SessionState::Idle;
    EndReason m_endReason = EndReason::None;
    QString m_endDetail;
    vmm::VmState m_machine = vmm::VmState::Unknown;
    HeadSet m_heads;
    HeadLayout m_layout;
    std::unique_ptr<FileTransfers> m_files;
    QDateTime m_pictureTime;
    KeyLocks m_keyLocks;
    QSet<int> m_heldKeys;
    quint32 m_heldButtons = 0;
    QSet<const void*> m_viewers;
    const QObject* m_clipboardViewer = nullptr; ///< an identity alone
    bool m_visible = true;
    bool m_opened = false;
    bool m_responsive = true;
    bool m_mouseAbsolute = false;
    bool m_agentConnected = false;
    bool m_helperRespawned = false;
    QTimer m_deadline;
    QElapsedTimer m_sinceOpen;
    qint64 m_firstFrameMs = -1;
};

} // namespace console
