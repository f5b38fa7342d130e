// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/ClipboardRelay.h"
#include "console/helper/CursorRelay.h"
#include "console/helper/DeviceRelays.h"
#include "console/helper/DisplayRelay.h"
#include "console/helper/FileTransferRelay.h"
#include "console/helper/GlibHandles.h"
#include "console/helper/GuestConnection.h"
#include "console/helper/LivenessWatch.h"
#include "console/helper/MonitorRelay.h"
#include "console/helper/ServerProbe.h"
#include "console/helper/WindowLink.h"

#include <spice-client.h>

#include <list>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace console::helper {

/// One SPICE session: its channels' news go to the window, the window's input to its channels.
/// Lives on the default main context, which spice-client-glib can't do without.
class SpiceConnection : public GuestConnection {
public:
    /// `ended` is called once, after the window was told why.
    SpiceConnection(WindowLink& link, std::function<void()> ended);
    ~SpiceConnection() override;

    void handle(
        const protocol::ToHelper& message, protocol::Payload payload, protocol::Fd fd) override;
    const FrameRelay* screen() const override
    {
        return m_displays[0] ? &m_displays[0]->frames() : nullptr;
    }

private:
    static void channelNew(SpiceSession*, SpiceChannel* channel, gpointer self);
    static void channelGone(SpiceSession*, SpiceChannel* channel, gpointer self);
    static void channelEvent(SpiceChannel* channel, SpiceChannelEvent event, gpointer self);
    static gboolean lookForSocket(gpointer self);
    static gboolean closedAlone(gpointer self);
    static void mouseModeChanged(SpiceMainChannel* channel, gpointer self);
    static void agentChanged(SpiceMainChannel* channel, gpointer self);
    static void locksChanged(SpiceInputsChannel* channel, gpointer self);
    static void logged(const gchar*, GLogLevelFlags, const gchar* text, gpointer self);

    struct Other {
        GObjectPtr<SpiceChannel> channel;
        int type;
        int id;
    };

    struct Closed {
        SpiceChannel* channel = nullptr;
        bool wasReset = false; ///< by whatever is between, and not ended by the server
    };

    void open(const protocol::Open& endpoint);
    void takeChannel(SpiceChannel* channel, int type, int id);
    static gboolean useOthers(gpointer self);
    void useChannel(SpiceChannel* channel, int type, int id);
    void watchMain(SpiceMainChannel* channel);
    void watchInputs(SpiceInputsChannel* channel);
    void fail(SpiceChannel* channel, SpiceChannelEvent event);
    bool isEnding() const { return m_probe || m_isOver; }
    void channelClosed(SpiceChannel* channel, bool hasError);
    void waitWhetherAlone(const Closed& closed);
    void findOutWhyClosed();
    void endAsServerIs(bool isAlive);
    void noteAddress();
    void end(protocol::Failure failure, const std::string& detail, bool wantsUser = false);

    template <typename Message> void take(const Message&) { } // handled elsewhere
    void take(const protocol::Open& message);
    void take(const protocol::Acknowledge& message);
    void take(const protocol::Visibility& message);
    void take(const protocol::Preferences& message);
    void take(const protocol::Key& message);
    void take(const protocol::KeyLocks& message);
    void take(const protocol::PointerPosition& message);
    void take(const protocol::PointerMotion& message);
    void take(const protocol::Button& message);
    void take(const protocol::MonitorLayout& message);

    WindowLink& m_link;
    std::function<void()> m_ended;
    protocol::Open m_endpoint {};
    /// The first warning: TLS errors come with an empty GError and are only logged, cause first.
    std::string m_firstWarning;
    bool m_visible = true;
    bool m_isOver = false;
    std::vector<Other> m_others; ///< that wait for the first display's
    Source m_othersTimer;
    Source m_socketWatch; ///< until the main channel's socket is connected
    Source m_closedAlone; ///< since a channel was closed, and the main one was not
    Closed m_closed {}; ///< the first that was, or the main one
    std::map<SpiceChannel*, GObjectPtr<GSocket>> m_sockets; ///< of channels that are open
    GObjectPtr<SpiceSession> m_session;
    GObjectPtr<SpiceMainChannel> m_main;
    GObjectPtr<SpiceInputsChannel> m_inputs;
    std::array<std::unique_ptr<DisplayRelay>, protocol::kMaxHeads> m_displays;
    std::array<std::unique_ptr<CursorRelay>, protocol::kMaxHeads> m_cursors;
    MonitorRelay m_monitors;
    std::unique_ptr<ClipboardRelay> m_clipboard;
    std::unique_ptr<FileTransferRelay> m_files;
    std::unique_ptr<LivenessWatch> m_liveness;
    DeviceRelays m_devices;
    std::unique_ptr<ServerProbe> m_probe;
    std::list<Connections> m_signals; // last: undone first
};

} // namespace console::helper
