// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/protocol/AgentChecks.h"

#include "console/protocol/Codec.h"

#include <algorithm>

namespace console::protocol {

namespace {

bool isBool(std::uint32_t value)
{
    return value <= 1;
}

bool isArea(std::int32_t x, std::int32_t y, std::int32_t width, std::int32_t height)
{
    return isWithin(
        { .x = x, .y = y, .width = width, .height = height }, kMaxExtent * 4, kMaxExtent * 4);
}

template <std::size_t Size> bool isEnded(const std::array<char, Size>& text)
{
    return std::find(text.begin(), text.end(), '\0') != text.end();
}

} // namespace

bool isValid(const ClipboardOffer& m)
{
    return m.selection <= Selection::Primary && m.types < (1u << kClipboardTypes);
}

bool isValid(const ClipboardRequest& m)
{
    return m.selection <= Selection::Primary && m.type <= ClipboardType::Jpeg;
}

bool isValid(const ClipboardAnswer& m)
{
    return isBool(m.found) && (!m.found || m.size <= kMaxClipboardBytes);
}

bool isValid(const Monitors& m)
{
    return m.screen < kMaxHeads && m.offered >= 1 && m.offered <= kMaxHeads && m.count <= kMaxHeads
        && std::all_of(m.areas.begin(), m.areas.begin() + m.count, [](const MonitorArea& area) {
               return area.head < kMaxHeads && area.width <= kMaxExtent && area.height <= kMaxExtent
                   && isArea(area.x, area.y, area.width, area.height);
           });
}

bool isValid(const Responsive& m)
{
    return isBool(m.yes);
}

bool isValid(const ClipboardCut& m)
{
    return m.limit <= kMaxClipboardBytes;
}

bool isValid(const FileProgress& m)
{
    return m.sent <= m.total;
}

bool isValid(const FileEnded& m)
{
    return m.outcome <= FileOutcome::Failed && isEnded(m.detail);
}

bool isValid(const ClipboardDirection& m)
{
    return isBool(m.toGuest) && isBool(m.fromGuest);
}

bool isValid(const MonitorLayout& m)
{
    return std::all_of(m.heads.begin(), m.heads.end(), [](const MonitorLayout::Head& head) {
        return head.enabled == 0
            || (head.enabled == 1 && head.width <= kMaxExtent && head.height <= kMaxExtent
                && isArea(head.x, head.y, head.width, head.height));
    });
}

bool isValid(const SendFile& m)
{
    return m.path[0] == '/' && isEnded(m.path);
}

bool isValid(const CancelFile&)
{
    return true;
}

} // namespace console::protocol
