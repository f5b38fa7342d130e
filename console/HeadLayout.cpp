// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/HeadLayout.h"

#include <algorithm>

namespace console {

namespace {

constexpr QSize kFallback(1024, 768);

} // namespace

void HeadLayout::setOn(int head, bool isOn)
{
    if (head > 0 && head < kMax)
        m_heads[size_t(head)].isOn = isOn;
}

void HeadLayout::setSize(int head, QSize size)
{
    if (head >= 0 && head < kMax && !size.isEmpty())
        m_heads[size_t(head)].size = size;
}

int HeadLayout::count() const
{
    return int(
        std::count_if(m_heads.begin(), m_heads.end(), [](const Head& head) { return head.isOn; }));
}

QList<MonitorArea> HeadLayout::areas() const
{
    const QSize ordinary = m_heads[0].size.isEmpty() ? kFallback : m_heads[0].size;
    QList<MonitorArea> out;
    int x = 0;
    for (int i = 0; i < kMax; ++i) {
        const Head& head = m_heads[size_t(i)];
        if (!head.isOn)
            continue;
        const QSize size = head.size.isEmpty() ? ordinary : head.size;
        out.append({ .head = i, .area = QRect(QPoint(x, 0), size) });
        x += size.width();
    }
    return out;
}

} // namespace console
