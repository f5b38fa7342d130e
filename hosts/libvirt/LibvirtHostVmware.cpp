// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What VMware's own interface tells of a host where libvirt's driver does not.
#include "hosts/libvirt/Credentials.h"
#include "hosts/libvirt/LibvirtHost.h"
#include "hosts/libvirt/Sampler.h"
#include "hosts/libvirt/Session.h"
#include "hosts/vsphere/HostLister.h"
#include "hosts/vsphere/Reader.h"

namespace hosts::libvirt {

using vmm::Error;
using vmm::Result;

namespace {

/// VMware's own interface takes the password that libvirt was told.
vsphere::LoginSource loginOf(const std::shared_ptr<Credentials>& credentials)
{
    return [credentials]() -> std::optional<vsphere::Login> {
        const auto known = credentials->login();
        return known ? std::optional(vsphere::Login { known->user, known->password })
                     : std::nullopt;
    };
}

} // namespace

void LibvirtHost::startSampling(const Target& target)
{
    if (vsphere::Reader::isFor(m_uri))
        readVsphere();
    else
        m_sampler->start(target, m_session->connection());
}

/// libvirt's ESX driver measures nothing; the server tells us, by the same password.
void LibvirtHost::readVsphere()
{
    m_vsphere = std::make_unique<vsphere::Reader>(m_uri, loginOf(m_credentials), m_timing.vsphere);
    connect(m_vsphere.get(), &vsphere::Reader::sampled, this, &Host::metricsSampled);
    connect(m_vsphere.get(), &vsphere::Reader::placed, this,
        [this](const QHash<VmId, QString>& locations) { publish(m_inventory.place(locations)); });
    connect(m_vsphere.get(), &vsphere::Reader::offered, this, &LibvirtHost::takeFigures);
    m_vsphere->begin();
}

void LibvirtHost::takeFigures(const QHash<Feature, QString>& missing)
{
    const HostInfo before = m_info;
    for (const Feature feature : vsphere::Reader::figures())
        m_info.missing.remove(feature);
    m_info.missing.insert(missing);
    if (m_info != before)
        Q_EMIT infoChanged();
}

/// A vCenter has many hosts, and libvirt wants to be told one: says which there are.
void LibvirtHost::offerHosts(const Error& error)
{
    dropSession(error);
    const auto hosts = vsphere::listHosts(m_uri, loginOf(m_credentials), m_timing.vsphere, this);
    vmm::async::onFinished(hosts, this, [this, error](const Result<QStringList>& paths) {
        if (m_state != ConnectionState::Connecting && m_state != ConnectionState::Reconnecting)
            return; // closed meanwhile
        Error why = error;
        if (paths)
            why.detail += QLatin1Char('\n') + paths->join(QLatin1Char('\n'));
        fail(why);
    });
}

} // namespace hosts::libvirt
