// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/helper/GlibHandles.h"
#include "console/helper/WindowLink.h"

#include <spice-client.h>

#include <memory>
#include <string>
#include <vector>

namespace console::helper {

struct UsbDeviceFree {
    void operator()(SpiceUsbDevice* device) const { g_boxed_free(SPICE_TYPE_USB_DEVICE, device); }
};
using UsbDevicePtr = std::unique_ptr<SpiceUsbDevice, UsbDeviceFree>;

/// USB devices of this computer, and images of discs, given to the guest and taken back. The
/// devices are looked at from the first wish on: a console that does not use USB does not pay for
/// it. Opening a device that belongs to root is the business of the library's setuid helper and
/// polkit; what they say is passed on.
class UsbRelay {
public:
    explicit UsbRelay(WindowLink& link);
    ~UsbRelay();
    UsbRelay(const UsbRelay&) = delete;
    UsbRelay& operator=(const UsbRelay&) = delete;

    void setSession(SpiceSession* session);
    void addChannel(); ///< the guest has one (more) for us
    void removeChannel();

    void take(const protocol::UsbWatch& wish);
    void take(const protocol::UsbRedirect& wish);
    void take(const protocol::InsertDisc& wish);

private:
    struct Known {
        UsbDevicePtr device;
        protocol::UsbDevice told;
    };
    struct Request {
        UsbRelay* relay;
        std::uint32_t id;
        bool redirect;
    };
    static void added(SpiceUsbDeviceManager*, SpiceUsbDevice* device, gpointer self);
    static void removed(SpiceUsbDeviceManager*, SpiceUsbDevice* device, gpointer self);
    static void failed(SpiceUsbDeviceManager*, SpiceUsbDevice* device, GError*, gpointer self);
    static void channelsChanged(GObject*, GParamSpec*, gpointer self);
    static void changed(GObject* manager, GAsyncResult* result, gpointer request);
    bool watch();
    void add(SpiceUsbDevice* device);
    void insert(const Known& disc);
    void redirect(const Known& known, bool redirect);
    void tellChannels(const std::string& problem = {});
    void tellDevices();
    protocol::UsbDevice describe(std::uint32_t id, SpiceUsbDevice* device) const;
    std::vector<Known>::iterator find(SpiceUsbDevice* device);
    std::vector<SpiceUsbDevice*> meantByRules() const;

    WindowLink& m_link;
    GObjectPtr<SpiceSession> m_session;
    GObjectPtr<SpiceUsbDeviceManager> m_manager;
    GObjectPtr<GCancellable> m_cancel;
    std::vector<Known> m_devices;
    std::string m_rules; ///< in the library's words; empty: none
    std::uint32_t m_lastId = 0;
    std::uint32_t m_channels = 0;
    int m_awaitedDiscs = 0;
    std::vector<Connections> m_signals; // last: undone first
};

} // namespace console::helper
