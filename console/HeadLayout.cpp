// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/HeadLayout.h"

#include <algorithm>
#include <optional>

namespace console {

namespace {

constexpr QSize kFallback(1024, 768);

struct Shown {
    QRect screen {}; ///< of this desktop
    MonitorArea monitor {};
};

bool areKnown(const QRect& a, const QRect& b)
{
    return !a.isEmpty() && !b.isEmpty();
}

bool isBeside(const QRect& a, const QRect& b)
{
    return areKnown(a, b) && (a.right() < b.left() || b.right() < a.left());
}

bool isOverOrUnder(const QRect& a, const QRect& b)
{
    return areKnown(a, b) && (a.bottom() < b.top() || b.bottom() < a.top());
}

enum class Order { Beside, Below };

/// What keeps two heads apart. Those of one screen, or of screens that show the same, are side by
/// side; where screens touch at a corner alone, nothing has to.
std::optional<Order> orderOf(const Shown& a, const Shown& b)
{
    const bool isAside = isBeside(a.screen, b.screen);
    const bool isAbove = isOverOrUnder(a.screen, b.screen);
    if (isAside && isAbove && !a.monitor.area.intersects(b.monitor.area))
        return std::nullopt;
    return isAbove && !isAside ? Order::Below : Order::Beside;
}

/// Moves them right and down, as far as their order wants it. False: there was no need.
bool pushApart(QList<Shown>& heads, Order order)
{
    const bool isDown = order == Order::Below;
    std::stable_sort(heads.begin(), heads.end(), [isDown](const Shown& a, const Shown& b) {
        return isDown ? a.screen.top() < b.screen.top() : a.screen.left() < b.screen.left();
    });
    bool isMoved = false;
    for (qsizetype i = 0; i < heads.size(); ++i) {
        for (qsizetype before = 0; before < i; ++before) {
            if (orderOf(heads[before], heads[i]) != order)
                continue;
            const QRect was = heads[i].monitor.area;
            const QRect& first = heads[before].monitor.area;
            QRect& next = heads[i].monitor.area;
            if (isDown)
                next.moveTop(std::max(next.y(), first.y() + first.height()));
            else
                next.moveLeft(std::max(next.x(), first.x() + first.width()));
            isMoved |= next != was;
        }
    }
    return isMoved;
}

} // namespace

void HeadLayout::setOn(int head, bool isOn)
{
    if (head <= 0 || head >= kMax)
        return;
    m_heads[size_t(head)].isOn = isOn;
    if (!isOn)
        m_heads[size_t(head)].screen = {};
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

void HeadLayout::setScreen(int head, const QRect& screen)
{
    if (head >= 0 && head < kMax)
        m_heads[size_t(head)].screen = screen;
}

QRect HeadLayout::screenOf(int head) const
{
    const QRect& screen = m_heads[size_t(head)].screen;
    return screen.isEmpty() ? m_heads[0].screen : screen;
}

QList<MonitorArea> HeadLayout::areas() const
{
    const QSize ordinary = m_heads[0].size.isEmpty() ? kFallback : m_heads[0].size;
    QList<Shown> shown;
    for (int i = 0; i < kMax; ++i) {
        const Head& head = m_heads[size_t(i)];
        if (head.isOn)
            shown.append({ .screen = screenOf(i),
                .monitor = { .head = i,
                    .area = QRect(QPoint(), head.size.isEmpty() ? ordinary : head.size) } });
    }
    while (pushApart(shown, Order::Beside) || pushApart(shown, Order::Below)) { }
    QList<MonitorArea> out;
    for (const Shown& head : shown)
        out.append(head.monitor);
    std::sort(out.begin(), out.end(),
        [](const MonitorArea& a, const MonitorArea& b) { return a.head < b.head; });
    return out;
}

} // namespace console
