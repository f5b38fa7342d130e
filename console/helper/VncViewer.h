// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/FrameRelay.h"
#include "console/helper/GuestConnection.h"
#include "console/helper/ServerProbe.h"
#include "console/helper/VncClipboard.h"
#include "console/helper/VncKeys.h"
#include "console/helper/VncLiveness.h"
#include "console/helper/VncSound.h"

#include <gvnc.h>

#include <functional>
#include <string>
#include <vector>

namespace console::helper {

/// One VNC connection (RFC 6143 and QEMU's extensions, by gvnc): its screen, pointer and lights go
/// to the window, the window's input to the server. The next update is asked for only while the
/// picture is seen or filmed, so a hidden console costs the server nothing.
class VncViewer : public GuestConnection {
public:
    /// `ended` is called once, after the window was told why.
    VncViewer(WindowLink& link, std::function<void()> ended);
    ~VncViewer() override;

    void handle(const protocol::ToHelper& message, protocol::Payload, protocol::Fd fd) override;
    void setFilmed(bool isFilmed) override;
    const FrameRelay* screen() const override { return &m_frames; }

private:
    static VncViewer& of(gpointer self) { return *static_cast<VncViewer*>(self); }
    static void connected(::VncConnection*, gpointer self);
    static void initialized(::VncConnection*, gpointer self);
    static void disconnected(::VncConnection*, gpointer self);
    static void failed(::VncConnection*, const char* message, gpointer self);
    static void chooseType(::VncConnection*, GValueArray* types, gpointer self);
    static void chooseSubtype(::VncConnection*, guint type, GValueArray* types, gpointer self);
    static void askCredentials(::VncConnection*, GValueArray* wanted, gpointer self);
    static void refused(::VncConnection*, const char* reason, gpointer self);
    static void unsupportedType(::VncConnection*, guint type, gpointer self);
    static void resized(::VncConnection*, guint16 width, guint16 height, gpointer self);
    static void updated(
        ::VncConnection*, guint16 x, guint16 y, guint16 width, guint16 height, gpointer self);
    static void formatChanged(::VncConnection*, VncPixelFormat*, gpointer self);
    static void cursorChanged(::VncConnection*, VncCursor* cursor, gpointer self);
    static void pointerModeChanged(::VncConnection*, gboolean absolute, gpointer self);
    static void lightsChanged(::VncConnection*, gpointer self);
    static void rang(::VncConnection*, gpointer self);
    static gboolean requestDue(gpointer self);

    void open(const protocol::Open& endpoint);
    bool openSocket(const protocol::Open& endpoint);
    bool giveCredential(int what);
    void showScreen(int width, int height);
    void drawIntoPixels();
    bool isQemu() const;
    void useEncodings();
    void scheduleRequest();
    void pressLock(std::uint32_t xtScancode);
    void movePointer(int x, int y, std::uint32_t buttons);
    void releaseHeld();
    void end(protocol::Failure failure, const std::string& detail);
    void explainEnd();

    void take(const protocol::Open& message);
    void take(const protocol::Acknowledge& message) { m_frames.acknowledge(message.serial); }
    void take(const protocol::Visibility& message);
    void take(const protocol::Key& message);
    void take(const protocol::KeyLocks& message);
    void take(const protocol::PointerPosition& message);
    void take(const protocol::PointerMotion& message);
    void take(const protocol::Button& message);
    void take(const protocol::MonitorLayout& message);
    void take(const protocol::SoundControl& message);
    template <typename Other> void take(const Other&) { } ///< what VNC has no word for

    WindowLink& m_link;
    std::function<void()> m_ended;
    protocol::Open m_endpoint {};
    FrameRelay m_frames;
    VncKeys m_keys;
    std::vector<std::uint32_t> m_pixels; ///< the library draws into them
    protocol::Failure m_failure = protocol::Failure::Connect; ///< what an end means by now
    std::string m_reason; ///< the first that was said
    bool m_isNonsense = false; ///< it is about what the server sent
    bool m_isLive = false;
    bool m_isOver = false;
    bool m_isVisible = true;
    bool m_isFilmed = false;
    bool m_isRequested = false;
    bool m_isAbsolute = true;
    bool m_areLightsKnown = false;
    bool m_isUserAsked = false; ///< the server asked for a user's name
    bool m_isSasl = false; ///< the server may encrypt by it
    int m_width = 0; ///< of the screen
    int m_x = 0;
    int m_y = 0;
    std::uint32_t m_buttons = 0; ///< that the server has been told of
    Source m_request;
    std::unique_ptr<ServerProbe> m_probe;
    GObjectPtr<VncConnection> m_vnc;
    std::unique_ptr<VncClipboard> m_clipboard;
    std::unique_ptr<VncLiveness> m_liveness;
    std::unique_ptr<VncSound> m_sound;
    std::unique_ptr<Connections> m_signals; // last: undone first
};

} // namespace console::helper
