// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/DomainEvents.h"

#include "hosts/libvirt/DomainReader.h"
#include "hosts/libvirt/Overlapped.h"

#include <algorithm>
#include <iterator>

namespace hosts::libvirt {

namespace {

// The opaques are functions of their own on the heap: libvirt frees them on the loop's thread when
// no callback can run any more, which may be after DomainEvents is gone.

template <typename Function> void freeFunction(void* opaque)
{
    delete static_cast<Function*>(opaque);
}

void touch(virDomainPtr domain, void* opaque)
{
    (*static_cast<DomainEvents::Touched*>(opaque))(idOf(domain));
}

int lifecycle(virConnectPtr, virDomainPtr domain, int, int, void* opaque)
{
    touch(domain, opaque);
    return 0;
}

void rebooted(virConnectPtr, virDomainPtr domain, void* opaque)
{
    touch(domain, opaque);
}

void ioError(
    virConnectPtr, virDomainPtr domain, const char*, const char*, int, const char*, void* opaque)
{
    touch(domain, opaque);
}

void deviceChanged(virConnectPtr, virDomainPtr domain, const char*, void* opaque)
{
    touch(domain, opaque);
}

void blockJob(virConnectPtr, virDomainPtr domain, const char*, int, int, void* opaque)
{
    touch(domain, opaque);
}

void balloonChanged(virConnectPtr, virDomainPtr domain, unsigned long long, void* opaque)
{
    touch(domain, opaque);
}

void agentChanged(virConnectPtr, virDomainPtr domain, int, int, void* opaque)
{
    touch(domain, opaque);
}

void trayMoved(virConnectPtr, virDomainPtr domain, const char*, int, void* opaque)
{
    touch(domain, opaque);
}

void metadataChanged(virConnectPtr, virDomainPtr domain, int, const char*, void* opaque)
{
    touch(domain, opaque);
}

void visited(virConnectPtr, virDomainPtr domain, int phase, const virDomainEventGraphicsAddress*,
    const virDomainEventGraphicsAddress* remote, const char*, const virDomainEventGraphicsSubject*,
    void* opaque)
{
    ScreenVisitors& visitors = **static_cast<std::shared_ptr<ScreenVisitors>*>(opaque);
    const QString address = remote->family == VIR_DOMAIN_EVENT_GRAPHICS_ADDRESS_UNIX
        ? QString()
        : QString::fromUtf8(remote->node);
    if (phase == VIR_DOMAIN_EVENT_GRAPHICS_CONNECT)
        visitors.came(idOf(domain), address, QDateTime::currentDateTimeUtc());
    else if (phase == VIR_DOMAIN_EVENT_GRAPHICS_DISCONNECT)
        visitors.went(idOf(domain), address);
}

struct Event {
    int id = 0;
    virConnectDomainEventGenericCallback callback = nullptr;
};

// The first says whether there are events at all.
const Event kEvents[] = {
    { VIR_DOMAIN_EVENT_ID_LIFECYCLE, VIR_DOMAIN_EVENT_CALLBACK(lifecycle) },
    { VIR_DOMAIN_EVENT_ID_REBOOT, VIR_DOMAIN_EVENT_CALLBACK(rebooted) },
    { VIR_DOMAIN_EVENT_ID_IO_ERROR_REASON, VIR_DOMAIN_EVENT_CALLBACK(ioError) },
    { VIR_DOMAIN_EVENT_ID_DEVICE_ADDED, VIR_DOMAIN_EVENT_CALLBACK(deviceChanged) },
    { VIR_DOMAIN_EVENT_ID_DEVICE_REMOVED, VIR_DOMAIN_EVENT_CALLBACK(deviceChanged) },
    { VIR_DOMAIN_EVENT_ID_BLOCK_JOB_2, VIR_DOMAIN_EVENT_CALLBACK(blockJob) },
    { VIR_DOMAIN_EVENT_ID_BALLOON_CHANGE, VIR_DOMAIN_EVENT_CALLBACK(balloonChanged) },
    { VIR_DOMAIN_EVENT_ID_AGENT_LIFECYCLE, VIR_DOMAIN_EVENT_CALLBACK(agentChanged) },
    { VIR_DOMAIN_EVENT_ID_TRAY_CHANGE, VIR_DOMAIN_EVENT_CALLBACK(trayMoved) },
    { VIR_DOMAIN_EVENT_ID_METADATA_CHANGE, VIR_DOMAIN_EVENT_CALLBACK(metadataChanged) },
};

const char* closeReason(int reason)
{
    switch (reason) {
    case VIR_CONNECT_CLOSE_REASON_EOF:
        return "the host closed the connection";
    case VIR_CONNECT_CLOSE_REASON_KEEPALIVE:
        return "the host does not answer any more (keepalive)";
    case VIR_CONNECT_CLOSE_REASON_CLIENT:
        return "closed by this side";
    default:
        return "an error on the connection";
    }
}

void closed(virConnectPtr, int reason, void* opaque)
{
    (*static_cast<DomainEvents::Lost*>(opaque))(QString::fromLatin1(closeReason(reason)));
}

} // namespace

DomainEvents::DomainEvents(Connection connection, int width, Touched touched, Lost lost,
    std::shared_ptr<ScreenVisitors> visitors)
    : m_connection(std::move(connection))
    , m_touched(std::move(touched))
    , m_visitors(std::move(visitors))
{
    // First of all: of several calls that wait when a connection breaks, libvirt 9.0 may wake none.
    // They are given up with their threads then, and this tells that it is time.
    auto* opaque = new Lost(std::move(lost));
    m_hasCloseCallback
        = virConnectRegisterCloseCallback(m_connection.get(), closed, opaque, freeFunction<Lost>)
        == 0;
    if (!m_hasCloseCallback)
        delete opaque;
    std::vector<int> ids(std::size(kEvents) + 1, -1);
    overlapped(static_cast<int>(ids.size()), width, [&](int i) {
        ids[static_cast<size_t>(i)] = static_cast<size_t>(i) < std::size(kEvents)
            ? add(kEvents[i].id, kEvents[i].callback)
            : addGraphics();
    });
    if (ids.front() >= 0)
        std::copy_if(
            ids.begin(), ids.end(), std::back_inserter(m_ids), [](int id) { return id >= 0; });
}

DomainEvents::~DomainEvents()
{
    for (const int id : m_ids)
        virConnectDomainEventDeregisterAny(m_connection.get(), id);
    if (m_hasCloseCallback)
        virConnectUnregisterCloseCallback(m_connection.get(), closed);
}

int DomainEvents::add(int eventId, virConnectDomainEventGenericCallback callback) const
{
    auto* opaque = new Touched(m_touched);
    const int id = virConnectDomainEventRegisterAny(
        m_connection.get(), nullptr, eventId, callback, opaque, freeFunction<Touched>);
    if (id < 0)
        delete opaque; // this driver has no such event
    return id;
}

int DomainEvents::addGraphics() const
{
    auto* opaque = new std::shared_ptr<ScreenVisitors>(m_visitors);
    const int id = virConnectDomainEventRegisterAny(m_connection.get(), nullptr,
        VIR_DOMAIN_EVENT_ID_GRAPHICS, VIR_DOMAIN_EVENT_CALLBACK(visited), opaque,
        freeFunction<std::shared_ptr<ScreenVisitors>>);
    if (id < 0)
        delete opaque; // this driver has no such event
    return id;
}

} // namespace hosts::libvirt
