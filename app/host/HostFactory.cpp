// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/host/HostFactory.h"

#include "hosts/embedded/EmbeddedHost.h"
#ifdef VIRTDECK_HAS_LIBVIRT
#include "hosts/libvirt/LibvirtHost.h"
#endif

#include <QCoreApplication>

vmm::Result<std::unique_ptr<hosts::Host>> makeHost(const hosts::HostUri& uri)
{
    if (uri.isEmbedded())
        return std::unique_ptr<hosts::Host>(std::make_unique<hosts::embedded::EmbeddedHost>(uri));
#ifdef VIRTDECK_HAS_LIBVIRT
    return std::unique_ptr<hosts::Host>(
        std::make_unique<hosts::libvirt::LibvirtHost>(uri, nullptr, hosts::libvirt::Timing {},
            hosts::wire::SshOptions { .askpassProgram = QCoreApplication::applicationFilePath() }));
#else
    return vmm::Error { vmm::ErrorKind::HostLacksFeature, uri.toString(),
        QStringLiteral("this virtdeck-host was built without libvirt") };
#endif
}

bool isAwaited(const hosts::Host& host)
{
    const auto* embedded = qobject_cast<const hosts::embedded::EmbeddedHost*>(&host);
    return embedded && embedded->isAwaited();
}
