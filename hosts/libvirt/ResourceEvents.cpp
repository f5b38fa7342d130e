// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/ResourceEvents.h"

namespace hosts::libvirt {

namespace {

struct Listener {
    ResourceKind kind;
    ResourceEvents::Changed changed;
    void tell() const { changed(kind); }
};

void freeListener(void* opaque)
{
    delete static_cast<Listener*>(opaque);
}

void poolLifecycle(virConnectPtr, virStoragePoolPtr, int, int, void* opaque)
{
    static_cast<Listener*>(opaque)->tell();
}

void poolRefreshed(virConnectPtr, virStoragePoolPtr, void* opaque)
{
    static_cast<Listener*>(opaque)->tell();
}

void networkLifecycle(virConnectPtr, virNetworkPtr, int, int, void* opaque)
{
    static_cast<Listener*>(opaque)->tell();
}

void deviceLifecycle(virConnectPtr, virNodeDevicePtr, int, int, void* opaque)
{
    static_cast<Listener*>(opaque)->tell();
}

int registered(virConnectPtr connection, ResourceKind kind, bool isRefresh, Listener* listener)
{
    switch (kind) {
    case ResourceKind::Storage:
        return virConnectStoragePoolEventRegisterAny(connection, nullptr,
            isRefresh ? VIR_STORAGE_POOL_EVENT_ID_REFRESH : VIR_STORAGE_POOL_EVENT_ID_LIFECYCLE,
            isRefresh ? VIR_STORAGE_POOL_EVENT_CALLBACK(poolRefreshed)
                      : VIR_STORAGE_POOL_EVENT_CALLBACK(poolLifecycle),
            listener, freeListener);
    case ResourceKind::Networks:
        return virConnectNetworkEventRegisterAny(connection, nullptr,
            VIR_NETWORK_EVENT_ID_LIFECYCLE, VIR_NETWORK_EVENT_CALLBACK(networkLifecycle), listener,
            freeListener);
    case ResourceKind::Devices:
        return virConnectNodeDeviceEventRegisterAny(connection, nullptr,
            VIR_NODE_DEVICE_EVENT_ID_LIFECYCLE, VIR_NODE_DEVICE_EVENT_CALLBACK(deviceLifecycle),
            listener, freeListener);
    }
    return -1;
}

int listen(const Connection& connection, ResourceKind kind, bool isRefresh,
    const ResourceEvents::Changed& changed)
{
    auto* listener = new Listener { kind, changed }; // libvirt frees it with the callback
    const int id = registered(connection.get(), kind, isRefresh, listener);
    if (id < 0)
        delete listener; // this driver has no such event
    return id;
}

void deregister(virConnectPtr connection, ResourceKind kind, int id)
{
    if (id < 0)
        return;
    switch (kind) {
    case ResourceKind::Storage:
        virConnectStoragePoolEventDeregisterAny(connection, id);
        return;
    case ResourceKind::Networks:
        virConnectNetworkEventDeregisterAny(connection, id);
        return;
    case ResourceKind::Devices:
        virConnectNodeDeviceEventDeregisterAny(connection, id);
        return;
    }
}

} // namespace

ResourceEvents::ResourceEvents(Connection connection, ResourceKind kind, const Changed& changed)
    : m_connection(std::move(connection))
    , m_kind(kind)
    , m_id(listen(m_connection, kind, false, changed))
{
    if (m_kind == ResourceKind::Storage && m_id >= 0)
        m_refreshId = listen(m_connection, kind, true, changed);
}

ResourceEvents::~ResourceEvents()
{
    deregister(m_connection.get(), m_kind, m_id);
    deregister(m_connection.get(), m_kind, m_refreshId);
}

} // namespace hosts::libvirt
