// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/StartWatch.h"

namespace hosts::libvirt {

using vmm::Error;
using vmm::ErrorKind;
using vmm::Result;

StartWatch::StartWatch(const Subject& subject)
    : m_domain(subject.domain)
    , m_name(subject.name)
    , m_isTold(std::make_shared<std::atomic_bool>(false))
{
    const virConnectDomainEventCallback note
        = [](virConnectPtr, virDomainPtr, int event, int, void* opaque) {
              if (event == VIR_DOMAIN_EVENT_STARTED)
                  **static_cast<Flag*>(opaque) = true;
              return 0;
          };
    const auto release = [](void* given) { delete static_cast<Flag*>(given); };
    auto* opaque = new Flag(m_isTold);
    m_id = virConnectDomainEventRegisterAny(virDomainGetConnect(m_domain.get()), m_domain.get(),
        VIR_DOMAIN_EVENT_ID_LIFECYCLE, VIR_DOMAIN_EVENT_CALLBACK(note), opaque, release);
    if (m_id < 0)
        delete opaque; // this driver has no events
}

StartWatch::~StartWatch()
{
    if (m_id >= 0)
        virConnectDomainEventDeregisterAny(virDomainGetConnect(m_domain.get()), m_id);
}

bool StartWatch::wasStarted() const
{
    const auto now = readState(m_domain); // comes after the events before it
    return isTold() || (now && vmm::isActive(now->state));
}

Result<void> StartWatch::check() const
{
    if (!wasStarted())
        return {};
    return Error { ErrorKind::WrongState, m_name,
        QStringLiteral("somebody else has started it meanwhile, which changes its disks; try again "
                       "when it is off") };
}

} // namespace hosts::libvirt
