// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/embedded/EmbeddedHost.h"
#include "tests/support/TempHome.h"

namespace tests {

/// An embedded host with its machines in a test's home, named by its URI as a user would; not open
/// yet.
inline std::unique_ptr<hosts::embedded::EmbeddedHost> embeddedHostIn(const TempHome& home)
{
    const auto uri = hosts::HostUri::parse(QStringLiteral("embedded://") + home.dataFolder());
    vmm::CoreOptions options = home.options();
    options.dataFolder.clear(); // the URI says it
    return std::make_unique<hosts::embedded::EmbeddedHost>(*uri, options);
}

} // namespace tests
