// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/vsphere/HostLister.h"

#include "hosts/vsphere/Places.h"

namespace hosts::vsphere {

using vmm::Result;

vmm::Future<QStringList> listHosts(
    const HostUri& uri, LoginSource login, const Timing& timing, QObject* context)
{
    auto address = Address::of(uri);
    if (!address)
        return vmm::async::failed<QStringList>(address.error());
    address->deadline = timing.deadline;
    auto* session = new VimSession(*address, std::move(login), context);
    return vmm::async::transformed<QStringList>(session->collect({}, Places::wanted()), context,
        [session](const Result<QVector<ManagedObject>>& objects) -> Result<QStringList> {
            session->logOutAndDelete();
            return Places(TRY(objects)).hostPaths();
        });
}

} // namespace hosts::vsphere
