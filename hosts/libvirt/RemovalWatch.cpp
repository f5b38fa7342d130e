// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/RemovalWatch.h"

#include <condition_variable>
#include <mutex>
#include <optional>

namespace hosts::libvirt {

/// Shared with the callbacks, which run on the event loop's thread and may be called for the last
/// time after the watch is gone.
struct RemovalWatch::State {
    QByteArray alias;
    std::mutex mutex;
    std::condition_variable changed;
    std::optional<Outcome> outcome;

    void note(const char* device, Outcome happened)
    {
        if (alias != device)
            return;
        const std::lock_guard lock(mutex);
        outcome = happened;
        changed.notify_all();
    }
};

namespace {

template <typename State> State& stateOf(void* opaque)
{
    return **static_cast<std::shared_ptr<State>*>(opaque);
}

} // namespace

RemovalWatch::RemovalWatch(const Domain& domain, const QString& alias)
    : m_domain(domain)
    , m_state(std::make_shared<State>())
{
    m_state->alias = alias.toUtf8();
    const virConnectDomainEventDeviceRemovedCallback removed
        = [](virConnectPtr, virDomainPtr, const char* device, void* opaque) {
              stateOf<State>(opaque).note(device, Outcome::Removed);
          };
    const virConnectDomainEventDeviceRemovalFailedCallback failed
        = [](virConnectPtr, virDomainPtr, const char* device, void* opaque) {
              stateOf<State>(opaque).note(device, Outcome::Refused);
          };
    add(VIR_DOMAIN_EVENT_ID_DEVICE_REMOVED, VIR_DOMAIN_EVENT_CALLBACK(removed));
    add(VIR_DOMAIN_EVENT_ID_DEVICE_REMOVAL_FAILED, VIR_DOMAIN_EVENT_CALLBACK(failed));
}

RemovalWatch::~RemovalWatch()
{
    for (const int id : m_ids)
        virConnectDomainEventDeregisterAny(virDomainGetConnect(m_domain.get()), id);
}

void RemovalWatch::add(int eventId, virConnectDomainEventGenericCallback callback)
{
    auto* opaque = new std::shared_ptr<State>(m_state);
    const auto release = [](void* given) { delete static_cast<std::shared_ptr<State>*>(given); };
    const int id = virConnectDomainEventRegisterAny(
        virDomainGetConnect(m_domain.get()), m_domain.get(), eventId, callback, opaque, release);
    if (id < 0)
        delete opaque; // this driver has no such event
    else
        m_ids.push_back(id);
}

RemovalWatch::Outcome RemovalWatch::waitForRemoval(std::chrono::milliseconds patience)
{
    if (m_ids.empty())
        return Outcome::TimedOut;
    std::unique_lock lock(m_state->mutex);
    m_state->changed.wait_for(lock, patience, [this] { return m_state->outcome.has_value(); });
    return m_state->outcome.value_or(Outcome::TimedOut);
}

} // namespace hosts::libvirt
