// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/HeadSet.h"

#include <algorithm>

namespace console {

HeadSet::HeadSet(QObject* parent)
    : QObject(parent)
{
    for (int i = 0; i < kMax; ++i)
        m_heads[size_t(i)] = new ConsoleHead(i, this);
}

QList<ConsoleHead*> HeadSet::on() const
{
    QList<ConsoleHead*> out;
    std::copy_if(m_heads.begin(), m_heads.end(), std::back_inserter(out),
        [](const ConsoleHead* head) { return head->isOn(); });
    return out;
}

void HeadSet::reset()
{
    m_screens = {};
    m_offered = 1;
    for (ConsoleHead* head : m_heads)
        head->setOn(head->number() == 0);
    Q_EMIT changed();
}

/// Where the monitors lie; areas that are not on the picture are none.
QList<MonitorArea> HeadSet::monitorsOf(int number) const
{
    const Screen& screen = m_screens[size_t(number)];
    QList<MonitorArea> out;
    for (const MonitorArea& monitor : screen.monitors) {
        const QRect area = monitor.area & screen.picture.image.rect();
        if (!area.isEmpty() && monitor.head >= 0 && monitor.head < kMax)
            out.append({ .head = monitor.head, .area = area });
    }
    if (out.isEmpty() && !screen.picture.isNull())
        out.append({ .head = number, .area = screen.picture.image.rect() });
    return out;
}

void HeadSet::setSurface(int screen, const GuestPicture& picture)
{
    m_screens[size_t(screen)].picture = picture;
    place(screen);
}

void HeadSet::setMonitors(int screen, const QList<MonitorArea>& monitors, int offered)
{
    const bool isNews = m_offered != std::clamp(offered, 1, kMax);
    m_offered = std::clamp(offered, 1, kMax);
    if (m_screens[size_t(screen)].monitors != monitors) {
        m_screens[size_t(screen)].monitors = monitors;
        place(screen);
    }
    if (isNews)
        Q_EMIT changed();
}

/// Gives each head its part. A guest that is between two pictures keeps showing the last one.
void HeadSet::place(int screen)
{
    const GuestPicture& picture = m_screens[size_t(screen)].picture;
    const QList<MonitorArea> monitors = monitorsOf(screen);
    QList<bool> before;
    for (const ConsoleHead* head : m_heads)
        before.append(head->isOn());
    for (const MonitorArea& monitor : monitors) {
        ConsoleHead* head = at(monitor.head);
        head->setPicture(picture.part(monitor.area));
        if (!head->isOn()) { // what was said of the screen before holds for it, too
            setDisplayOn(*head, m_screens[size_t(screen)].isDisplayOn);
            setCursor(*head, m_screens[size_t(screen)].cursor);
        }
        head->setOn(true);
    }
    // Those of this screen that are gone: its own, and on the first screen all without one.
    for (ConsoleHead* head : m_heads) {
        const int number = head->number();
        const bool isHere
            = number == screen || (screen == 0 && m_screens[size_t(number)].picture.isNull());
        const bool isPlaced = std::any_of(monitors.begin(), monitors.end(),
            [number](const MonitorArea& monitor) { return monitor.head == number; });
        if (number != 0 && isHere && !isPlaced)
            head->setOn(false);
    }
    const bool isChanged = std::any_of(m_heads.begin(), m_heads.end(),
        [&](const ConsoleHead* head) { return head->isOn() != before[head->number()]; });
    if (isChanged)
        Q_EMIT changed();
}

void HeadSet::addDamage(int screen, const QRegion& region)
{
    for (const MonitorArea& monitor : monitorsOf(screen)) {
        const QRegion part = (region & monitor.area).translated(-monitor.area.topLeft());
        if (!part.isEmpty())
            Q_EMIT at(monitor.head)->damaged(part);
    }
}

void HeadSet::setDisplayOn(int screen, bool on)
{
    m_screens[size_t(screen)].isDisplayOn = on;
    QList<int> heads { screen };
    for (const MonitorArea& monitor : monitorsOf(screen))
        heads.append(monitor.head);
    for (int number : heads)
        setDisplayOn(*at(number), on);
}

void HeadSet::setDisplayOn(ConsoleHead& head, bool on)
{
    if (std::exchange(head.m_isDisplayOn, on) != on || head.number() == 0)
        Q_EMIT head.displayOnChanged(on);
}

void HeadSet::setCursor(int screen, const CursorShape& cursor)
{
    m_screens[size_t(screen)].cursor = cursor;
    QList<int> heads { screen };
    for (const MonitorArea& monitor : monitorsOf(screen)) {
        if (monitor.head != screen)
            heads.append(monitor.head);
    }
    for (int number : heads)
        setCursor(*at(number), cursor);
}

void HeadSet::setCursor(ConsoleHead& head, const CursorShape& cursor)
{
    head.m_cursor = cursor;
    Q_EMIT head.cursorChanged(cursor);
}

void HeadSet::moveCursor(int screen, QPoint pixel)
{
    const QList<MonitorArea> monitors = monitorsOf(screen);
    if (monitors.isEmpty()) {
        at(screen)->m_cursorPosition = pixel;
        Q_EMIT at(screen)->cursorMoved(pixel);
    }
    for (const MonitorArea& monitor : monitors) {
        at(monitor.head)->m_cursorPosition = pixel - monitor.area.topLeft();
        Q_EMIT at(monitor.head)->cursorMoved(at(monitor.head)->m_cursorPosition);
    }
}

} // namespace console
