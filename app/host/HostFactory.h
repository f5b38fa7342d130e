// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Host.h"

#include <memory>

/// The host for a URI: the embedded core for `embedded:`, libvirt for all others. Not opened yet.
/// Errors: HostLacksFeature if this program was built without it.
vmm::Result<std::unique_ptr<hosts::Host>> makeHost(const hosts::HostUri& uri);

/// A guest waits for something that only this program does.
bool isAwaited(const hosts::Host& host);
