// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/console/XClient.h"

#include <sys/uio.h>
#include <xcb/xcb.h>
#include <xcb/xcbext.h>

#include <array>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

namespace tests {

namespace {

xcb_extension_t g_test { "XTEST", 0 };
xcb_extension_t g_randr { "RANDR", 0 };

constexpr unsigned kEvdevOffset = 8;

// Requests of xtestproto.h and randrproto.h; xcb fills in the first four bytes.
struct FakeInput {
    static constexpr uint8_t kNumber = 2;
    uint32_t head = 0;
    uint8_t type = 0;
    uint8_t detail = 0;
    uint16_t pad0 = 0;
    uint32_t time = 0;
    uint32_t root = 0;
    uint32_t pad1[2] {};
    int16_t x = 0;
    int16_t y = 0;
    uint32_t pad2[2] {};
};
struct QueryVersion {
    static constexpr uint8_t kNumber = 0;
    uint32_t head = 0;
    uint32_t major = 1;
    uint32_t minor = 5;
};
struct GetScreenResources {
    static constexpr uint8_t kNumber = 8;
    uint32_t head = 0;
    uint32_t window = 0;
};
struct ScreenResources {
    uint8_t first[8];
    uint32_t times[2];
    uint16_t crtcs;
    uint16_t outputs;
    uint8_t rest[12];
};
struct ChangeOutputProperty {
    static constexpr uint8_t kNumber = 13;
    uint32_t head = 0;
    uint32_t output = 0;
    uint32_t property = 0;
    uint32_t type = XCB_ATOM_INTEGER;
    uint8_t format = 32;
    uint8_t mode = XCB_PROP_MODE_REPLACE;
    uint16_t pad = 0;
    uint32_t units = 1;
    uint32_t value = 0;
};
struct SetMonitor {
    static constexpr uint8_t kNumber = 43;
    uint32_t head = 0;
    uint32_t window = 0;
    uint32_t name = 0;
    uint8_t isPrimary = 0;
    uint8_t isAutomatic = 0;
    uint16_t outputs = 1;
    int16_t x = 0;
    int16_t y = 0;
    uint16_t width = 0;
    uint16_t height = 0;
    uint32_t millimetres[2] {};
    uint32_t output = 0; ///< not sent if there are none
};
struct DeleteMonitor {
    static constexpr uint8_t kNumber = 44;
    uint32_t head = 0;
    uint32_t window = 0;
    uint32_t name = 0;
};

struct Freed {
    void operator()(void* reply) const { std::free(reply); }
};
template <typename T> using Reply = std::unique_ptr<T, Freed>;

} // namespace

struct XClient::Private {
    xcb_connection_t* connection = nullptr;
    xcb_window_t root = 0;
    uint32_t output = 0;
    QList<uint32_t> monitors; ///< their names

    template <typename Request>
    unsigned send(xcb_extension_t& extension, Request request, size_t size = sizeof(Request),
        bool hasReply = false)
    {
        // The two before the first are xcb's own.
        std::array<iovec, 4> parts {};
        parts[2] = { &request, size };
        const xcb_protocol_request_t protocol { .count = 2,
            .ext = &extension,
            .opcode = Request::kNumber,
            .isvoid = uint8_t(hasReply ? 0 : 1) };
        return xcb_send_request(
            connection, hasReply ? XCB_REQUEST_CHECKED : 0, &parts[2], &protocol);
    }
    uint32_t atom(std::string_view name)
    {
        const Reply<xcb_intern_atom_reply_t> reply(xcb_intern_atom_reply(connection,
            xcb_intern_atom(connection, 0, uint16_t(name.size()), name.data()), nullptr));
        return reply ? reply->atom : 0;
    }
    /// Waits until the server has done all that was asked.
    void finish()
    {
        const Reply<xcb_get_input_focus_reply_t> reply(
            xcb_get_input_focus_reply(connection, xcb_get_input_focus(connection), nullptr));
    }
    bool takeUpMonitors()
    {
        const Reply<void> version(xcb_wait_for_reply(
            connection, send(g_randr, QueryVersion {}, sizeof(QueryVersion), true), nullptr));
        const Reply<void> answer(xcb_wait_for_reply(connection,
            send(g_randr, GetScreenResources { .window = root }, sizeof(GetScreenResources), true),
            nullptr));
        const auto* resources = static_cast<const ScreenResources*>(answer.get());
        if (!version || !resources || resources->outputs == 0)
            return false;
        const auto* ids = reinterpret_cast<const uint32_t*>(resources + 1);
        output = ids[resources->crtcs];
        return true;
    }
};

XClient::XClient()
    : m(std::make_unique<Private>())
{
    m->connection = xcb_connect(nullptr, nullptr);
    if (xcb_connection_has_error(m->connection))
        return;
    m->root = xcb_setup_roots_iterator(xcb_get_setup(m->connection)).data->root;
    const auto* test = xcb_get_extension_data(m->connection, &g_test);
    const auto* randr = xcb_get_extension_data(m->connection, &g_randr);
    if (!test || !test->present || !randr || !randr->present || !m->takeUpMonitors())
        m->root = 0;
}

XClient::~XClient()
{
    xcb_disconnect(m->connection);
}

bool XClient::isUsable() const
{
    return m->root != 0;
}

void XClient::key(unsigned evdevCode, bool pressed)
{
    m->send(g_test,
        FakeInput { .type = uint8_t(pressed ? XCB_KEY_PRESS : XCB_KEY_RELEASE),
            .detail = uint8_t(evdevCode + kEvdevOffset) });
    m->finish();
}

void XClient::click(unsigned evdevCode)
{
    key(evdevCode, true);
    key(evdevCode, false);
}

void XClient::keep(unsigned evdevCode, unsigned modifiers)
{
    xcb_grab_key(m->connection, 1, m->root, uint16_t(modifiers),
        xcb_keycode_t(evdevCode + kEvdevOffset), XCB_GRAB_MODE_ASYNC, XCB_GRAB_MODE_ASYNC);
    m->finish();
}

int XClient::keptPresses()
{
    m->finish();
    int count = 0;
    while (const Reply<xcb_generic_event_t> event { xcb_poll_for_event(m->connection) })
        count += (event->response_type & 0x7f) == XCB_KEY_PRESS;
    return count;
}

QRect XClient::placeOf(unsigned window) const
{
    const Reply<xcb_get_geometry_reply_t> size(
        xcb_get_geometry_reply(m->connection, xcb_get_geometry(m->connection, window), nullptr));
    const Reply<xcb_translate_coordinates_reply_t> at(xcb_translate_coordinates_reply(
        m->connection, xcb_translate_coordinates(m->connection, window, m->root, 0, 0), nullptr));
    return size && at ? QRect(at->dst_x, at->dst_y, size->width, size->height) : QRect();
}

void XClient::setMonitors(const QList<QRect>& monitors)
{
    for (const uint32_t name : std::exchange(m->monitors, {}))
        m->send(g_randr, DeleteMonitor { .window = m->root, .name = name });
    for (const QRect& at : monitors) {
        const std::string name = "vd-" + std::to_string(at.x()) + '-' + std::to_string(at.y());
        const bool isFirst = m->monitors.isEmpty();
        m->monitors.append(m->atom(name));
        // The first takes the server's one output, which would else be a monitor of its own.
        m->send(g_randr,
            SetMonitor { .window = m->root,
                .name = m->monitors.last(),
                .isPrimary = isFirst,
                .outputs = uint16_t(isFirst),
                .x = int16_t(at.x()),
                .y = int16_t(at.y()),
                .width = uint16_t(at.width()),
                .height = uint16_t(at.height()),
                .millimetres = { uint32_t(at.width() / 4), uint32_t(at.height() / 4) },
                .output = m->output },
            sizeof(SetMonitor) - (isFirst ? 0 : sizeof(uint32_t)));
    }
    // Monitors alone come without a word that clients listen to.
    static uint32_t round = 0;
    constexpr std::string_view kRound = "VIRTDECK_TEST_ROUND";
    m->send(g_randr,
        ChangeOutputProperty {
            .output = m->output, .property = m->atom(kRound), .value = ++round });
    m->finish();
}

} // namespace tests
