// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/SpiceConnection.h"

#include "console/helper/BufferedInput.h"
#include "console/helper/SocketSilence.h"
#include "console/helper/SpiceFailure.h"
#include "console/helper/SpiceSetUp.h"
#include "console/protocol/Codec.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace console::helper {

namespace {

constexpr guint kSocketWatchMs = 50;
constexpr guint kAheadMs = 4; ///< of the other channels the first display's asks for its connection
constexpr guint kNoDisplayMs = 20; ///< they wait for no longer, if there is none
/// For the other channels to follow one that was closed, if the whole connection was.
constexpr guint kAloneMs = 1000;

SpiceConnection& connectionOf(gpointer self)
{
    return *static_cast<SpiceConnection*>(self);
}

GObjectPtr<GSocket> socketOf(gpointer channel)
{
    GSocket* socket = nullptr;
    g_object_get(channel, "socket", &socket, nullptr);
    return GObjectPtr<GSocket>(socket);
}

} // namespace

SpiceConnection::SpiceConnection(WindowLink& link, std::function<void()> ended)
    : m_link(link)
    , m_ended(std::move(ended))
    , m_monitors(link)
    , m_devices(link)
{
    for (const char* domain : { "Spice", "GSpice" }) {
        g_log_set_handler(domain,
            GLogLevelFlags(G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_MESSAGE),
            &SpiceConnection::logged, this);
    }
}

SpiceConnection::~SpiceConnection()
{
    m_isOver = true;
    m_signals.clear();
    if (m_session)
        spice_session_disconnect(m_session.get());
}

void SpiceConnection::handle(
    const protocol::ToHelper& message, protocol::Payload payload, protocol::Fd fd)
{
    if (m_devices.handle(message, payload))
        return;
    std::visit(
        [&](const auto& body) {
            if constexpr (requires { m_clipboard->take(body, 0); }) {
                if (m_clipboard)
                    m_clipboard->take(body, fd.get());
            } else if constexpr (requires { m_files->take(body, 0); }) {
                if (m_files)
                    m_files->take(body, fd.get());
            } else {
                take(body);
            }
        },
        message);
}

void SpiceConnection::take(const protocol::Open& message)
{
    if (!m_session)
        open(message);
}

void SpiceConnection::open(const protocol::Open& endpoint)
{
    m_endpoint = endpoint;
    m_session.reset(spice_session_new());
    setUp(m_session.get(), endpoint);
    explicit_bzero(m_endpoint.password.data(), m_endpoint.password.size());
    m_devices.setSession(m_session.get());

    Connections& signalsOfSession = m_signals.emplace_back(m_session.get());
    signalsOfSession.add("channel-new", G_CALLBACK(&SpiceConnection::channelNew), this);
    signalsOfSession.add("channel-destroy", G_CALLBACK(&SpiceConnection::channelGone), this);
    m_link.send(protocol::StageReached { .stage = protocol::Stage::Connecting });
    if (!spice_session_connect(m_session.get()))
        end(protocol::Failure::Connect, "the console's address can't be used");
}

void SpiceConnection::channelNew(SpiceSession*, SpiceChannel* channel, gpointer self)
{
    int type = 0;
    int id = 0;
    g_object_get(channel, "channel-type", &type, "channel-id", &id, nullptr);
    connectionOf(self).takeChannel(channel, type, id);
}

void SpiceConnection::channelGone(SpiceSession*, SpiceChannel* channel, gpointer self)
{
    SpiceConnection& me = connectionOf(self);
    std::erase_if(me.m_others, [&](const Other& each) { return each.channel.get() == channel; });
    me.m_devices.dropChannel(channel);
    me.m_sockets.erase(channel);
    if (me.m_closed.channel == channel)
        me.m_closedAlone.remove();
    if (static_cast<gpointer>(me.m_inputs.get()) == channel) {
        me.m_liveness.reset();
        me.m_inputs.reset();
    }
    // A server that sends its clients to another one has all channels but the main one made anew
    // there, and the end of the old ones is not the end of the connection.
    me.m_signals.remove_if([&](const Connections& each) { return each.isOf(channel); });
}

/// A server makes a key for each connection (libspice-server: 1024 bits of RSA, some 10 ms), one
/// after the other: the picture is not to wait for those of the guest's sound.
void SpiceConnection::takeChannel(SpiceChannel* channel, int type, int id)
{
    if (type == SPICE_CHANNEL_MAIN)
        return useChannel(channel, type, id);
    if (type == SPICE_CHANNEL_DISPLAY && id == 0) {
        useChannel(channel, type, id);
        m_othersTimer = Source(g_timeout_add(kAheadMs, &SpiceConnection::useOthers, this));
        return;
    }
    m_others.push_back({ .channel = takeReference(channel), .type = type, .id = id });
    if (!m_othersTimer.isActive())
        m_othersTimer = Source(g_timeout_add(kNoDisplayMs, &SpiceConnection::useOthers, this));
}

/// Keys first: a console is live when they get there.
gboolean SpiceConnection::useOthers(gpointer self)
{
    SpiceConnection& me = connectionOf(self);
    me.m_othersTimer.forget();
    std::vector<Other> others = std::exchange(me.m_others, {});
    std::stable_partition(others.begin(), others.end(),
        [](const Other& each) { return each.type == SPICE_CHANNEL_INPUTS; });
    for (const Other& each : others)
        me.useChannel(each.channel.get(), each.type, each.id);
    return G_SOURCE_REMOVE;
}

/// Channels that are not wanted are simply not connected.
void SpiceConnection::useChannel(SpiceChannel* channel, int type, int id)
{
    m_devices.useChannel(channel, type);
    if (id < 0 || id >= int(protocol::kMaxHeads))
        return;
    const auto screen = std::uint32_t(id);
    switch (type) {
    case SPICE_CHANNEL_MAIN:
        if (m_main)
            return;
        watchMain(SPICE_MAIN_CHANNEL(channel));
        return; // the session connects it by itself
    case SPICE_CHANNEL_DISPLAY:
        m_displays[screen] = std::make_unique<DisplayRelay>(
            SPICE_DISPLAY_CHANNEL(channel), m_link, screen, [this, screen](const std::string& why) {
                if (screen == 0) // of the others, one that can't be shown is just not there
                    end(protocol::Failure::UnsupportedDisplay, why);
            });
        m_displays[screen]->setVisible(m_visible);
        m_monitors.watch(SPICE_DISPLAY_CHANNEL(channel), screen);
        break;
    case SPICE_CHANNEL_CURSOR:
        m_cursors[screen]
            = std::make_unique<CursorRelay>(SPICE_CURSOR_CHANNEL(channel), m_link, screen);
        break;
    case SPICE_CHANNEL_INPUTS:
        if (m_inputs)
            return;
        watchInputs(SPICE_INPUTS_CHANNEL(channel));
        break;
    default:
        return;
    }
    Connections& signalsOfChannel = m_signals.emplace_back(channel);
    signalsOfChannel.add("channel-event", G_CALLBACK(&SpiceConnection::channelEvent), this);
    spice_channel_connect(channel);
}

void SpiceConnection::watchMain(SpiceMainChannel* channel)
{
    m_main = takeReference(channel);
    m_clipboard = std::make_unique<ClipboardRelay>(channel, m_link);
    m_files = std::make_unique<FileTransferRelay>(channel, m_link);
    // The session's own arrangement is asked for; the library's would undo it.
    g_object_set(
        channel, "disable-display-position", FALSE, "disable-display-align", TRUE, nullptr);
    Connections& signalsOfMain = m_signals.emplace_back(channel);
    signalsOfMain.add("channel-event", G_CALLBACK(&SpiceConnection::channelEvent), this);
    signalsOfMain.add("main-mouse-update", G_CALLBACK(&SpiceConnection::mouseModeChanged), this);
    signalsOfMain.add("main-agent-update", G_CALLBACK(&SpiceConnection::agentChanged), this);
    m_socketWatch = Source(g_timeout_add(kSocketWatchMs, &SpiceConnection::lookForSocket, this));
}

void SpiceConnection::watchInputs(SpiceInputsChannel* channel)
{
    m_inputs = takeReference(channel);
    m_liveness = std::make_unique<LivenessWatch>(channel, m_link);
    Connections& signalsOfInputs = m_signals.emplace_back(channel);
    signalsOfInputs.add("inputs-modifiers", G_CALLBACK(&SpiceConnection::locksChanged), this);
}

/// The library does not notify of this property (0.42), so it is looked at while connecting.
gboolean SpiceConnection::lookForSocket(gpointer self)
{
    SpiceConnection& me = connectionOf(self);
    const auto socket = socketOf(me.m_main.get());
    if (!socket || !g_socket_is_connected(socket.get()))
        return G_SOURCE_CONTINUE;
    me.m_socketWatch.forget();
    me.m_link.send(protocol::StageReached { .stage = protocol::Stage::Authenticating });
    return G_SOURCE_REMOVE;
}

void SpiceConnection::channelEvent(SpiceChannel* channel, SpiceChannelEvent event, gpointer self)
{
    SpiceConnection& me = connectionOf(self);
    switch (event) {
    case SPICE_CHANNEL_NONE:
    case SPICE_CHANNEL_SWITCHING:
        return;
    case SPICE_CHANNEL_OPENED:
        me.m_sockets[channel] = socketOf(channel);
        // The main channel opened before. Keys pressed before this one did would be lost.
        if (SPICE_IS_INPUTS_CHANNEL(channel)) {
            me.m_socketWatch.remove();
            me.m_link.send(protocol::StageReached { .stage = protocol::Stage::Live });
        } else if (SPICE_IS_DISPLAY_CHANNEL(channel)) {
            if (const auto& socket = me.m_sockets[channel])
                BufferedInput::readAhead(socket.get());
            preferCodecs(channel, me.m_endpoint.codecs);
        }
        return;
    case SPICE_CHANNEL_CLOSED:
    case SPICE_CHANNEL_ERROR_IO:
        me.channelClosed(channel, event == SPICE_CHANNEL_ERROR_IO);
        return;
    case SPICE_CHANNEL_ERROR_CONNECT:
    case SPICE_CHANNEL_ERROR_TLS:
    case SPICE_CHANNEL_ERROR_LINK:
    case SPICE_CHANNEL_ERROR_AUTH:
        me.fail(channel, event);
        return;
    }
}

void SpiceConnection::fail(SpiceChannel* channel, SpiceChannelEvent event)
{
    std::string detail = describe(event);
    const GError* error = spice_channel_get_error(channel);
    if (error && error->message && *error->message)
        detail += std::string(": ") + error->message;
    else if (!m_firstWarning.empty())
        detail += ": " + m_firstWarning;
    end(toFailure(event), detail, needsUser(error));
}

void SpiceConnection::channelClosed(SpiceChannel* channel, bool hasError)
{
    if (isEnding())
        return;
    const GObjectPtr<GSocket> socket = std::move(m_sockets[channel]);
    const Closed closed { .channel = channel,
        .wasReset = hasError || (socket && BufferedInput::wasReset(socket.get())) };
    if (isNetworkBroken()) {
        end(protocol::Failure::ServerClosed, "the network broke the connection");
    } else if (SPICE_IS_MAIN_CHANNEL(channel)) {
        m_closed = closed;
        findOutWhyClosed();
    } else {
        waitWhetherAlone(closed);
    }
}

/// A server that ends a connection closes all of its channels, the main one among them.
void SpiceConnection::waitWhetherAlone(const Closed& closed)
{
    int id = 0;
    g_object_get(closed.channel, "channel-id", &id, nullptr);
    if (SPICE_IS_DISPLAY_CHANNEL(closed.channel) && id > 0 && !closed.wasReset) {
        m_displays[std::size_t(id)]->drop(); // one of the others that can't be shown is not there
    } else if (!m_closedAlone.isActive()) {
        m_closed = closed;
        m_closedAlone = Source(g_timeout_add(kAloneMs, &SpiceConnection::closedAlone, this));
    }
}

/// A server closes the display of a client elsewhere that can't be shown what the machine draws
/// with OpenGL (libspice-server up to 0.15: "client does not support GL scanout"), and nothing
/// else.
gboolean SpiceConnection::closedAlone(gpointer self)
{
    SpiceConnection& me = connectionOf(self);
    me.m_closedAlone.forget();
    int type = 0;
    g_object_get(me.m_closed.channel, "channel-type", &type, nullptr);
    if (type == SPICE_CHANNEL_DISPLAY && !me.m_closed.wasReset)
        me.end(protocol::Failure::DisplayDropped,
            "the server closed the display's channel and kept the others");
    else
        me.end(protocol::Failure::ServerClosed,
            std::string("one channel of the connection broke, and the others did not: ")
                + spice_channel_type_to_string(type));
    return G_SOURCE_REMOVE;
}

void SpiceConnection::findOutWhyClosed()
{
    m_closedAlone.remove();
    noteAddress();
    m_probe = std::make_unique<ServerProbe>(
        m_endpoint, [this](bool isAlive) { endAsServerIs(isAlive); });
}

void SpiceConnection::endAsServerIs(bool isAlive)
{
    if (!isAlive)
        end(protocol::Failure::ServerClosed, "the server is gone");
    else if (m_closed.wasReset)
        end(protocol::Failure::ServerClosed, "the connection broke, and the server goes on");
    else
        end(protocol::Failure::TakenOver, "the server ended the connection and goes on");
}

/// The server may have sent us to another one since.
void SpiceConnection::noteAddress()
{
    if (m_endpoint.unixSocket[0] != '\0')
        return;
    const auto textOf = [this](const char* property) {
        gchar* raw = nullptr;
        g_object_get(m_session.get(), property, &raw, nullptr);
        const std::unique_ptr<gchar, decltype(&g_free)> text(raw, &g_free);
        return std::string(text ? text.get() : "");
    };
    const auto portOf = [&](const char* property) {
        const int port = std::atoi(textOf(property).c_str());
        return port > 0 && port < 65535 ? std::uint32_t(port) : 0; // 65535: none, in a migration
    };
    m_endpoint.host = protocol::toText<256>(textOf("host"));
    m_endpoint.port = portOf("port");
    m_endpoint.tlsPort = portOf("tls-port");
}

void SpiceConnection::end(protocol::Failure failure, const std::string& detail, bool wantsUser)
{
    if (m_isOver)
        return;
    m_isOver = true;
    m_link.send(protocol::Ended { .failure = failure,
        .wantsUser = wantsUser ? 1u : 0u,
        .detail = protocol::toText<512>(detail) });
    m_ended();
}

void SpiceConnection::mouseModeChanged(SpiceMainChannel* channel, gpointer self)
{
    int mode = 0;
    g_object_get(channel, "mouse-mode", &mode, nullptr);
    connectionOf(self).m_link.send(
        protocol::MouseMode { .absolute = mode == SPICE_MOUSE_MODE_CLIENT ? 1u : 0u });
}

void SpiceConnection::agentChanged(SpiceMainChannel* channel, gpointer self)
{
    gboolean connected = FALSE;
    g_object_get(channel, "agent-connected", &connected, nullptr);
    connectionOf(self).m_clipboard->agentChanged(connected);
    connectionOf(self).m_link.send(protocol::Agent { .connected = connected ? 1u : 0u });
}

void SpiceConnection::locksChanged(SpiceInputsChannel* channel, gpointer self)
{
    int locks = 0;
    g_object_get(channel, "key-modifiers", &locks, nullptr);
    connectionOf(self).m_link.send(protocol::KeyLocks { .locks = std::uint32_t(locks) & 7u });
}

void SpiceConnection::logged(
    const gchar* domain, GLogLevelFlags level, const gchar* text, gpointer self)
{
    std::string& first = connectionOf(self).m_firstWarning;
    if (first.empty() && level & G_LOG_LEVEL_WARNING)
        first = withoutPlaceInSource(text);
    g_log_default_handler(domain, level, text, nullptr);
}

void SpiceConnection::take(const protocol::Acknowledge& message)
{
    if (m_displays[message.screen])
        m_displays[message.screen]->acknowledge(message.serial);
}

void SpiceConnection::take(const protocol::Visibility& message)
{
    m_visible = message.visible;
    for (const auto& display : m_displays) {
        if (display)
            display->setVisible(m_visible);
    }
}

void SpiceConnection::take(const protocol::Preferences& message)
{
    m_endpoint.codecs = message.codecs; // for displays that open later
    for (const auto& display : m_displays) {
        if (display)
            prefer(display->channel(), message);
    }
}

void SpiceConnection::take(const protocol::Key& message)
{
    if (!m_inputs)
        return;
    if (message.pressed)
        spice_inputs_channel_key_press(m_inputs.get(), message.xtScancode);
    else
        spice_inputs_channel_key_release(m_inputs.get(), message.xtScancode);
}

void SpiceConnection::take(const protocol::KeyLocks& message)
{
    if (m_inputs)
        spice_inputs_channel_set_key_locks(m_inputs.get(), message.locks);
}

void SpiceConnection::take(const protocol::PointerPosition& message)
{
    if (!m_inputs)
        return;
    spice_inputs_channel_position(
        m_inputs.get(), message.x, message.y, int(message.head), int(message.buttons));
    m_liveness->noteMotion();
}

void SpiceConnection::take(const protocol::PointerMotion& message)
{
    if (!m_inputs)
        return;
    spice_inputs_channel_motion(m_inputs.get(), message.dx, message.dy, int(message.buttons));
    m_liveness->noteMotion();
}

void SpiceConnection::take(const protocol::Button& message)
{
    if (!m_inputs)
        return;
    if (message.pressed)
        spice_inputs_channel_button_press(
            m_inputs.get(), int(message.button), int(message.buttons));
    else
        spice_inputs_channel_button_release(
            m_inputs.get(), int(message.button), int(message.buttons));
}

void SpiceConnection::take(const protocol::MonitorLayout& message)
{
    if (m_main)
        MonitorRelay::arrange(m_main.get(), message);
}

} // namespace console::helper
