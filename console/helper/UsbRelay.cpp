// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/UsbRelay.h"

#include "console/protocol/Codec.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace console::helper {

namespace {

UsbRelay& usbOf(gpointer self)
{
    return *static_cast<UsbRelay*>(self);
}

UsbDevicePtr copyOf(SpiceUsbDevice* device)
{
    return UsbDevicePtr(static_cast<SpiceUsbDevice*>(g_boxed_copy(SPICE_TYPE_USB_DEVICE, device)));
}

std::string textOf(const GError* error)
{
    return error && error->message ? error->message : "no reason was given";
}

struct Description {
    std::string name; ///< maker and product
    unsigned vendor = 0;
    unsigned product = 0;
};

/// The library has it as a text alone: maker, product, "[vendor:product]", bus and number there.
Description describedBy(SpiceUsbDevice* device)
{
    const std::unique_ptr<gchar, decltype(&g_free)> text(
        spice_usb_device_get_description(device, "%s %s\n%s %d %d"), &g_free);
    const std::string all = text ? text.get() : "";
    const auto end = std::min(all.find('\n'), all.size());
    Description out { .name = all.substr(0, end) };
    std::sscanf(all.c_str() + end, "\n[%x:%x]", &out.vendor, &out.product);
    return out;
}

/// The library makes an empty drive of a file that it can't read.
std::string whyNoDisc(const char* path)
{
    const protocol::Fd file(::open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file.isValid())
        return std::strerror(errno);
    struct stat facts { };
    if (::fstat(file.get(), &facts) != 0)
        return std::strerror(errno);
    if (S_ISDIR(facts.st_mode))
        return std::strerror(EISDIR);
    if (S_ISREG(facts.st_mode) && facts.st_size == 0)
        return "the file is empty";
    if (!S_ISREG(facts.st_mode) && !S_ISBLK(facts.st_mode))
        return "it is neither a file nor a drive";
    return {};
}

} // namespace

UsbRelay::UsbRelay(WindowLink& link)
    : m_link(link)
    , m_cancel(g_cancellable_new())
{
}

UsbRelay::~UsbRelay()
{
    g_cancellable_cancel(m_cancel.get());
}

void UsbRelay::setSession(SpiceSession* session)
{
    m_session = takeReference(session);
}

void UsbRelay::addChannel()
{
    ++m_channels;
    tellChannels();
    if (m_manager)
        tellDevices();
}

void UsbRelay::removeChannel()
{
    m_channels -= m_channels > 0 ? 1 : 0;
    tellChannels();
}

bool UsbRelay::watch()
{
    if (m_manager || !m_session)
        return m_manager != nullptr;
    GError* raw = nullptr;
    auto* manager = spice_usb_device_manager_get(m_session.get(), &raw);
    const GErrorPtr error(raw);
    if (!manager) {
        tellChannels(textOf(error.get()));
        return false;
    }
    m_manager = takeReference(manager); // the session's own
    Connections& signalsOfManager = m_signals.emplace_back(manager);
    signalsOfManager.add("device-added", G_CALLBACK(&UsbRelay::added), this);
    signalsOfManager.add("device-removed", G_CALLBACK(&UsbRelay::removed), this);
    signalsOfManager.add("auto-connect-failed", G_CALLBACK(&UsbRelay::failed), this);
    signalsOfManager.add("device-error", G_CALLBACK(&UsbRelay::failed), this);
    signalsOfManager.add("notify::free-channels", G_CALLBACK(&UsbRelay::channelsChanged), this);

    const std::unique_ptr<GPtrArray, decltype(&g_ptr_array_unref)> devices(
        spice_usb_device_manager_get_devices(manager), &g_ptr_array_unref);
    for (guint i = 0; devices && i < devices->len; ++i)
        add(static_cast<SpiceUsbDevice*>(g_ptr_array_index(devices.get(), i)));
    tellChannels();
    return true;
}

void UsbRelay::take(const protocol::UsbWatch& wish)
{
    if (!watch())
        return;
    m_rules = wish.rules.data();
    // The same for what is plugged in later and for what is there already.
    const gboolean any = !m_rules.empty();
    g_object_set(m_manager.get(), "auto-connect-filter", any ? m_rules.c_str() : "-1,-1,-1,-1,0",
        "redirect-on-connect", any ? m_rules.c_str() : nullptr, "auto-connect", any, nullptr);
    for (SpiceUsbDevice* device : meantByRules()) {
        const auto known = find(device);
        if (known != m_devices.end() && !known->told.redirected && known->told.obstacle[0] == '\0')
            redirect(*known, true);
    }
}

std::vector<SpiceUsbDevice*> UsbRelay::meantByRules() const
{
    std::vector<SpiceUsbDevice*> out;
    if (m_rules.empty())
        return out;
    const std::unique_ptr<GPtrArray, decltype(&g_ptr_array_unref)> meant(
        spice_usb_device_manager_get_devices_with_filter(m_manager.get(), m_rules.c_str()),
        &g_ptr_array_unref);
    for (guint i = 0; meant && i < meant->len; ++i)
        out.push_back(static_cast<SpiceUsbDevice*>(g_ptr_array_index(meant.get(), i)));
    return out; // they live on: the manager has them, too
}

void UsbRelay::take(const protocol::UsbRedirect& wish)
{
    const auto known = std::find_if(m_devices.begin(), m_devices.end(),
        [&](const Known& device) { return device.told.id == wish.id; });
    if (known != m_devices.end())
        redirect(*known, wish.redirect);
    else
        m_link.send(protocol::UsbFailed {
            .id = wish.id, .reason = protocol::toText<512>("the device is not there any more") });
}

void UsbRelay::redirect(const Known& known, bool redirect)
{
    auto* request = new Request { .relay = this, .id = known.told.id, .redirect = redirect };
    if (redirect)
        spice_usb_device_manager_connect_device_async(
            m_manager.get(), known.device.get(), m_cancel.get(), &UsbRelay::changed, request);
    else
        spice_usb_device_manager_disconnect_device_async(
            m_manager.get(), known.device.get(), m_cancel.get(), &UsbRelay::changed, request);
}

void UsbRelay::changed(GObject* manager, GAsyncResult* result, gpointer data)
{
    const std::unique_ptr<Request> request(static_cast<Request*>(data));
    auto* source = SPICE_USB_DEVICE_MANAGER(manager);
    GError* raw = nullptr;
    if (request->redirect)
        spice_usb_device_manager_connect_device_finish(source, result, &raw);
    else
        spice_usb_device_manager_disconnect_device_finish(source, result, &raw);
    const GErrorPtr error(raw);
    if (error && g_error_matches(error.get(), G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return; // the relay is gone, perhaps
    UsbRelay& me = *request->relay;
    if (error)
        me.m_link.send(protocol::UsbFailed {
            .id = request->id, .reason = protocol::toText<512>(textOf(error.get())) });
    me.tellChannels();
    me.tellDevices();
}

void UsbRelay::take(const protocol::InsertDisc& wish)
{
    std::string problem = whyNoDisc(wish.path.data());
    if (problem.empty() && !watch())
        problem = "USB devices can't be redirected here";
    if (problem.empty() && m_channels == 0)
        problem = "the machine has no USB channel";
    if (problem.empty()) {
        std::string path(wish.path.data());
        GError* raw = nullptr;
        ++m_awaitedDiscs;
        const bool made
            = spice_usb_device_manager_create_shared_cd_device(m_manager.get(), path.data(), &raw);
        const GErrorPtr error(raw);
        if (made)
            return;
        --m_awaitedDiscs;
        problem = textOf(error.get());
    }
    m_link.send(protocol::UsbFailed { .id = 0, .reason = protocol::toText<512>(problem) });
}

std::vector<UsbRelay::Known>::iterator UsbRelay::find(SpiceUsbDevice* device)
{
    return std::find_if(m_devices.begin(), m_devices.end(),
        [device](const Known& known) { return known.device.get() == device; });
}

void UsbRelay::added(SpiceUsbDeviceManager* manager, SpiceUsbDevice* device, gpointer self)
{
    UsbRelay& me = usbOf(self);
    me.add(device);
    if (me.m_awaitedDiscs > 0 && spice_usb_device_manager_is_device_shared_cd(manager, device)) {
        --me.m_awaitedDiscs;
        me.insert(*me.find(device));
    }
}

void UsbRelay::insert(const Known& disc)
{
    if (disc.told.obstacle[0] != '\0') {
        m_link.send(protocol::UsbFailed {
            .id = disc.told.id, .reason = protocol::toText<512>(disc.told.obstacle.data()) });
        return;
    }
    // What a rule means is on its way already; a second request would fail, and eject it.
    const auto byRule = meantByRules();
    if (std::find(byRule.begin(), byRule.end(), disc.device.get()) == byRule.end())
        redirect(disc, true);
}

void UsbRelay::add(SpiceUsbDevice* device)
{
    if (find(device) != m_devices.end())
        return;
    const auto told = describe(++m_lastId, device);
    m_devices.push_back({ .device = copyOf(device), .told = told });
    m_link.send(told);
}

void UsbRelay::removed(SpiceUsbDeviceManager*, SpiceUsbDevice* device, gpointer self)
{
    UsbRelay& me = usbOf(self);
    const auto known = me.find(device);
    if (known == me.m_devices.end())
        return;
    me.m_link.send(protocol::UsbDeviceGone { .id = known->told.id });
    me.m_devices.erase(known);
    me.tellChannels();
    me.tellDevices();
}

void UsbRelay::failed(SpiceUsbDeviceManager*, SpiceUsbDevice* device, GError* error, gpointer self)
{
    UsbRelay& me = usbOf(self);
    const auto known = me.find(device);
    me.m_link.send(protocol::UsbFailed { .id = known == me.m_devices.end() ? 0 : known->told.id,
        .reason = protocol::toText<512>(textOf(error)) });
    me.tellDevices();
}

void UsbRelay::channelsChanged(GObject*, GParamSpec*, gpointer self)
{
    usbOf(self).tellChannels();
    usbOf(self).tellDevices();
}

protocol::UsbDevice UsbRelay::describe(std::uint32_t id, SpiceUsbDevice* device) const
{
    protocol::UsbDevice out { .id = id };
    const Description said = describedBy(device);
    out.vendor = said.vendor & 0xffff;
    out.product = said.product & 0xffff;
    out.name = protocol::toText<192>(said.name);
    out.disc = spice_usb_device_manager_is_device_shared_cd(m_manager.get(), device) ? 1 : 0;
    out.redirected = spice_usb_device_manager_is_device_connected(m_manager.get(), device) ? 1 : 0;
    GError* raw = nullptr;
    if (!spice_usb_device_manager_can_redirect_device(m_manager.get(), device, &raw))
        out.obstacle = protocol::toText<256>(textOf(raw));
    const GErrorPtr error(raw);
    return out;
}

void UsbRelay::tellDevices()
{
    for (Known& known : m_devices) {
        const auto now = describe(known.told.id, known.device.get());
        if (std::memcmp(&now, &known.told, sizeof now) == 0)
            continue;
        known.told = now;
        m_link.send(now);
    }
}

void UsbRelay::tellChannels(const std::string& problem)
{
    int free = int(m_channels);
    if (m_manager)
        g_object_get(m_manager.get(), "free-channels", &free, nullptr);
    m_link.send(protocol::UsbChannels { .count = m_channels,
        .free = std::min(std::uint32_t(std::max(free, 0)), m_channels),
        .problem = protocol::toText<256>(problem) });
}

} // namespace console::helper
