// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/MonitorTurns.h"

#include <algorithm>

namespace hosts::libvirt {

MonitorTurns::Turn MonitorTurns::begin(
    VmId vm, Feature question, std::chrono::milliseconds patience)
{
    const auto now = std::chrono::steady_clock::now();
    QVector<Question>& asked = m_asked[vm];
    asked.removeIf([](const Question& each) { return each.turn.expired(); });
    const bool isWaiting = std::any_of(asked.begin(), asked.end(),
        [&](const Question& each) { return each.kind == question || now - each.since > patience; });
    if (isWaiting)
        return {};
    const auto turn = std::make_shared<char>();
    asked.append({ .kind = question, .since = now, .turn = turn });
    return turn;
}

} // namespace hosts::libvirt
