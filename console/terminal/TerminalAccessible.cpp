// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/terminal/TerminalAccessible.h"

#include "console/terminal/TerminalView.h"

#include <algorithm>

namespace console {

namespace {

QAccessibleInterface* makeFor(const QString&, QObject* object)
{
    auto* view = qobject_cast<TerminalView*>(object);
    return view ? new TerminalAccessible(view) : nullptr;
}

} // namespace

void TerminalAccessible::install()
{
    QAccessible::installFactory(makeFor);
}

QString TerminalAccessible::addedLines(const QStringList& before, const QStringList& now)
{
    for (qsizetype gone = 0; gone < before.size(); ++gone) {
        const qsizetype kept = before.size() - gone;
        if (kept > now.size() || !now[kept - 1].startsWith(before.last())
            || !std::equal(before.begin() + gone, before.end() - 1, now.begin()))
            continue;
        QStringList added = now.mid(kept - 1);
        added.first().remove(0, before.last().size());
        return added.join(QLatin1Char('\n'));
    }
    return now.value(now.size() - 1);
}

TerminalAccessible::TerminalAccessible(TerminalView* view)
    : QAccessibleWidget(view, QAccessible::Terminal)
{
}

TerminalView& TerminalAccessible::view() const
{
    return *static_cast<TerminalView*>(widget());
}

void* TerminalAccessible::interface_cast(QAccessible::InterfaceType type)
{
    if (type == QAccessible::TextInterface)
        return static_cast<QAccessibleTextInterface*>(this);
    return QAccessibleWidget::interface_cast(type);
}

void TerminalAccessible::selection(int, int* start, int* end) const
{
    *start = *end = 0;
}

int TerminalAccessible::cursorPosition() const
{
    return view().screen().cursorOffset();
}

QString TerminalAccessible::text(int start, int end) const
{
    return view().screen().text().mid(start, end - start);
}

int TerminalAccessible::characterCount() const
{
    return int(view().screen().text().size());
}

QRect TerminalAccessible::characterRect(int offset) const
{
    const QString before = view().screen().text().left(offset);
    const int row = int(before.count(QLatin1Char('\n')));
    const int column = int(before.size() - (before.lastIndexOf(QLatin1Char('\n')) + 1));
    const QSize cell = view().cellSize();
    const QPoint place(column * cell.width(), row * cell.height());
    return { view().viewport()->mapToGlobal(place), cell };
}

int TerminalAccessible::offsetAtPoint(const QPoint& point) const
{
    const QPoint place = view().viewport()->mapFromGlobal(point);
    const QSize cell = view().cellSize();
    const QStringList lines = view().screen().text().split(QLatin1Char('\n'));
    const int row = place.y() / cell.height();
    if (place.y() < 0 || place.x() < 0 || row >= lines.size())
        return -1;
    int offset = 0;
    for (int i = 0; i < row; ++i)
        offset += int(lines[i].size()) + 1;
    return offset + std::min(place.x() / cell.width(), int(lines[row].size()));
}

QString TerminalAccessible::attributes(int, int* start, int* end) const
{
    *start = 0;
    *end = characterCount();
    return {};
}

} // namespace console
