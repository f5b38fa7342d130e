// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostUri.h"

#include <functional>

namespace hosts::libvirt {

/// How many calls to a host may be under way at once. On a far one they overlap their round trips
/// (libvirt pipelines the calls of several threads on one connection; libvirtd reads on when it has
/// answered, max_client_requests); near, more than a few only wait for each other.
inline constexpr int kNearWidth = 3;
inline constexpr int kFarWidth = 24;
inline int widthFor(const HostUri& uri)
{
    return uri.isLocal() ? kNearWidth : kFarWidth;
}

/// Runs job(0) to job(count - 1) on up to `width` threads, this one among them, and returns when
/// all are done. For worker threads.
void overlapped(int count, int width, const std::function<void(int)>& job);

} // namespace hosts::libvirt
