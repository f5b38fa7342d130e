// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/AgentTypes.h"

#include <QRect>
#include <QSize>

#include <array>

namespace console {

/// Which monitors a guest is wanted to have, how large, and where: as the screens lie on which they
/// are shown, so that what leaves one at an edge comes to the other where the user's own pointer
/// does. On one screen they are side by side in their order. A value.
class HeadLayout {
public:
    static constexpr int kMax = 4;

    void setOn(int head, bool isOn); ///< the first can't be switched off
    bool isOn(int head) const { return m_heads[size_t(head)].isOn; }
    void setSize(int head, QSize size);
    bool hasSize(int head) const { return !m_heads[size_t(head)].size.isEmpty(); }
    void forgetSize(int head) { m_heads[size_t(head)].size = {}; }
    /// The screen of this desktop on which the head is shown; the first's until it is known.
    void setScreen(int head, const QRect& screen);
    int count() const; ///< that are on
    /// Those that are on, by number, with their places.
    QList<MonitorArea> areas() const;

private:
    struct Head {
        bool isOn = false;
        QSize size {}; ///< empty: as the first
        QRect screen {}; ///< empty: as the first
    };
    QRect screenOf(int head) const;

    std::array<Head, kMax> m_heads { Head { .isOn = true }, {}, {}, {} };
};

} // namespace console
