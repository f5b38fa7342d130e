// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How a TerminalView is painted: backgrounds of a run in one rectangle, its characters as one glyph
// run at the grid's places; what the font lacks, by Qt, which finds another font.
#include "console/terminal/TerminalView.h"

#include <QGlyphRun>
#include <QPaintEvent>
#include <QPainter>

namespace console {

namespace {

/// Lines and blocks are pictures, not text: their colours are as they are meant.
bool isDrawing(const Cell& cell)
{
    return cell.characters[0] >= 0x2500 && cell.characters[0] <= 0x259f;
}

} // namespace

void TerminalView::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), m_theme.background);
    const int top = topLine();
    const int first = event->rect().top() / m_cell.height();
    const int last
        = std::min(m_screen.size().height() - 1, event->rect().bottom() / m_cell.height());
    for (int row = first; row <= last; ++row)
        paintLine(painter, top + row, row * m_cell.height());
    paintCursor(painter);
}

void TerminalView::paintLine(QPainter& painter, int line, int y) const
{
    const CellLine cells = m_screen.line(line);
    for (int first = 0; first < cells.size();) {
        int last = first + 1;
        while (last < cells.size()
            && ((cells[last].style == cells[first].style
                    && isDrawing(cells[last]) == isDrawing(cells[first]))
                || cells[last].width == 0))
            ++last;
        paintRun(painter, cells, first, last, y);
        first = last;
    }
    const int width = m_cell.width();
    for (int i = 0; i < m_found.size(); ++i) { // few are in sight; the list is in order
        const Place& place = m_found[i];
        if (place.line != line)
            continue;
        QColor mark = i == m_foundAt ? m_theme.current : m_theme.found;
        mark.setAlpha(110);
        painter.fillRect(
            place.column * width, y, int(m_needle.size()) * width, m_cell.height(), mark);
    }
    const auto [from, to] = selectedColumns(line);
    if (to > from)
        painter.fillRect(from * width, y, (to - from) * width, m_cell.height(), m_theme.selection);
}

void TerminalView::paintRun(
    QPainter& painter, const CellLine& cells, int first, int last, int y) const
{
    const CellStyle& style = cells[first].style;
    QColor text = m_theme.colorOf(style.foreground, m_theme.foreground);
    QColor back = m_theme.colorOf(style.background, m_theme.background);
    if (style.isReverse)
        std::swap(text, back);
    const QRect area(first * m_cell.width(), y, (last - first) * m_cell.width(), m_cell.height());
    if (back != m_theme.background)
        painter.fillRect(area, back);
    painter.setPen(isDrawing(cells[first]) ? text : TerminalTheme::readable(text, back));
    paintText(painter, cells, first, last, y);
    const int base = y + m_ascent + 1;
    if (style.underline == 3) {
        for (int x = area.left(); x + 2 <= area.right(); x += 4) {
            painter.drawLine(x, base + 1, x + 2, base - 1);
            painter.drawLine(x + 2, base - 1, x + 4, base + 1);
        }
    } else if (style.underline > 0) {
        painter.drawLine(area.left(), base, area.right(), base);
        if (style.underline == 2)
            painter.drawLine(area.left(), base + 2, area.right(), base + 2);
    }
    if (style.isStruck)
        painter.drawLine(
            area.left(), y + m_cell.height() / 2, area.right(), y + m_cell.height() / 2);
}

void TerminalView::paintText(
    QPainter& painter, const CellLine& cells, int first, int last, int y) const
{
    const CellStyle& style = cells[first].style;
    const int face = (style.isBold ? 1 : 0) | (style.isItalic ? 2 : 0);
    const QRawFont& font = m_rawFonts[face];
    QVector<quint32> glyphs;
    QVector<QPointF> places;
    for (int column = first; column < last; ++column) {
        const Cell& cell = cells[column];
        if (cell.isBlank() && cell.characters[1] == 0)
            continue;
        const int x = column * m_cell.width();
        const bool isSimple = cell.width == 1 && cell.characters[1] == 0;
        if (isSimple && font.supportsCharacter(uint(cell.characters[0]))) {
            const QString text = cell.text();
            const QVector<quint32> found = font.glyphIndexesForString(text);
            if (found.size() == 1) {
                glyphs.append(found.first());
                places.append(QPointF(x, y + m_ascent));
                continue;
            }
        }
        if (cell.width == 0)
            continue;
        painter.save();
        painter.setFont(m_fonts[face]);
        const QRect area(x, y, cell.width * m_cell.width(), m_cell.height());
        painter.setClipRect(area, Qt::IntersectClip);
        painter.drawText(QPoint(x, y + m_ascent), cell.text());
        painter.restore();
    }
    if (glyphs.isEmpty())
        return;
    QGlyphRun run;
    run.setRawFont(font);
    run.setGlyphIndexes(glyphs);
    run.setPositions(places);
    painter.drawGlyphRun(QPointF(), run);
}

void TerminalView::paintCursor(QPainter& painter) const
{
    const int row = m_screen.scrolledOffCount() + m_screen.cursor().y() - topLine();
    const QRect cell(m_screen.cursor().x() * m_cell.width(), row * m_cell.height(), m_cell.width(),
        m_cell.height());
    if (!m_preedit.isEmpty()) {
        painter.setFont(m_fonts[0]);
        const QRect area(cell.topLeft(),
            QSize(QFontMetrics(m_fonts[0]).horizontalAdvance(m_preedit), m_cell.height()));
        painter.fillRect(area, m_theme.background);
        painter.setPen(m_theme.foreground);
        painter.drawText(area.left(), area.top() + m_ascent, m_preedit);
        painter.drawLine(area.bottomLeft(), area.bottomRight());
        return;
    }
    if (!m_screen.isCursorVisible() || row < 0 || row >= m_screen.size().height())
        return;
    if (!hasFocus()) { // where it would be
        painter.setPen(m_theme.foreground);
        painter.drawRect(cell.adjusted(0, 0, -1, -1));
        return;
    }
    switch (m_screen.cursorShape()) {
    case TerminalScreen::CursorShape::Bar:
        painter.fillRect(cell.left(), cell.top(), 2, cell.height(), m_theme.foreground);
        break;
    case TerminalScreen::CursorShape::Underline:
        painter.fillRect(cell.left(), cell.bottom() - 1, cell.width(), 2, m_theme.foreground);
        break;
    case TerminalScreen::CursorShape::Block:
        painter.setCompositionMode(QPainter::CompositionMode_Difference);
        painter.fillRect(cell, Qt::white);
        painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
        break;
    }
}

} // namespace console
