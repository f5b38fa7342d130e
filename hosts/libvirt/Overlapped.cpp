// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/Overlapped.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace hosts::libvirt {

void overlapped(int count, int width, const std::function<void(int)>& job)
{
    std::atomic_int next = 0;
    const auto work = [&] {
        for (int index = next++; index < count; index = next++)
            job(index);
    };
    std::vector<std::thread> helpers;
    for (int i = 1; i < std::min(count, width); ++i)
        helpers.emplace_back(work);
    work();
    for (std::thread& helper : helpers)
        helper.join();
}

} // namespace hosts::libvirt
