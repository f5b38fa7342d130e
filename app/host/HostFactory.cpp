// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/host/HostFactory.h"

#if __has_include("hosts/embedded/EmbeddedHost.h")
#include "hosts/embedded/EmbeddedHost.h"
#define VIRTDECK_HAS_EMBEDDED
#endif
#if defined(VIRTDECK_HAS_LIBVIRT) && __has_include("hosts/libvirt/LibvirtHost.h")
#include "hosts/libvirt/LibvirtHost.h"
#define VIRTDECK_LINKS_LIBVIRT
#endif

vmm::Result<std::unique_ptr<hosts::Host>> makeHost(const hosts::HostUri& uri)
{
#ifdef VIRTDECK_HAS_EMBEDDED
    if (uri.isEmbedded())
        return std::unique_ptr<hosts::Host>(std::make_unique<hosts::embedded::EmbeddedHost>(uri));
#endif
#ifdef VIRTDECK_LINKS_LIBVIRT
    if (!uri.isEmbedded())
        return std::unique_ptr<hosts::Host>(std::make_unique<hosts::libvirt::LibvirtHost>(uri));
#endif
    return vmm::Error { vmm::ErrorKind::HostLacksFeature, uri.toString(),
        QStringLiteral("this virtdeck-host was built without support for it") };
}
