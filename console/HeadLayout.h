// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/AgentTypes.h"

#include <QSize>

#include <array>

namespace console {

/// Which monitors a guest is wanted to have, and how large: side by side in their order, tops in
/// line. A value.
class HeadLayout {
public:
    static constexpr int kMax = 4;

    void setOn(int head, bool isOn); ///< the first can't be switched off
    bool isOn(int head) const { return m_heads[size_t(head)].isOn; }
    void setSize(int head, QSize size);
    bool hasSize(int head) const { return !m_heads[size_t(head)].size.isEmpty(); }
    void forgetSize(int head) { m_heads[size_t(head)].size = {}; }
    int count() const; ///< that are on
    /// Those that are on, with their places.
    QList<MonitorArea> areas() const;

private:
    struct Head {
        bool isOn = false;
        QSize size {}; ///< empty: as the first
    };
    std::array<Head, kMax> m_heads { Head { .isOn = true }, {}, {}, {} };
};

} // namespace console
