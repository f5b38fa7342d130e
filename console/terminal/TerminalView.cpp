// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/terminal/TerminalView.h"

#include "console/terminal/TerminalAccessible.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QFontDatabase>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace console {

namespace {

constexpr int kFrameMs = 16; ///< no more paints than a screen shows
constexpr int kAnnounceMs = 500;
constexpr qreal kLeastPoints = 6;
constexpr qreal kMostPoints = 40;
constexpr int kMostFound = 10'000;

bool isWordCharacter(QChar c)
{
    return c.isLetterOrNumber() || QStringLiteral("_-./~:@%+=").contains(c);
}

} // namespace

TerminalView::TerminalView(TerminalScreen& screen, QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_screen(screen)
    , m_theme(TerminalTheme::forPalette(palette()))
{
    setAccessibleDescription(
        tr("Keys go to the machine. Press Ctrl+Alt, and nothing else, to leave."));
    TerminalAccessible::install();
    setFocusPolicy(Qt::StrongFocus);
    setHeard(true);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(QFrame::NoFrame);
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    m_usualSize = QFontDatabase::systemFont(QFontDatabase::FixedFont).pointSizeF();
    if (m_usualSize <= 0)
        m_usualSize = 11;
    setFontSize(m_usualSize);
    m_repaint.setSingleShot(true);
    connect(&m_repaint, &QTimer::timeout, this, &TerminalView::followScreen);
    m_announce.setSingleShot(true);
    m_announce.setInterval(kAnnounceMs);
    connect(&m_announce, &QTimer::timeout, this, &TerminalView::announce);
    m_sincePainted.start();
    connect(&m_screen, &TerminalScreen::changed, this, &TerminalView::repaintScreen);
    connect(&m_screen, &TerminalScreen::bell, this, &TerminalView::rang);
    connect(&m_screen, &TerminalScreen::scrolledAway, this, [this](int lines) {
        if (m_selection) {
            m_selection->from.line -= lines;
            m_selection->to.line -= lines;
            if (m_selection->from.line < 0 || m_selection->to.line < 0)
                m_selection.reset();
        }
        if (!m_isAtEnd)
            verticalScrollBar()->setValue(verticalScrollBar()->value() - lines);
    });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        m_isAtEnd = value == verticalScrollBar()->maximum();
        viewport()->update();
    });
}

void TerminalView::setFontSize(qreal points)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(std::clamp(points, kLeastPoints, kMostPoints));
    font.setStyleHint(QFont::Monospace);
    font.setKerning(false);
    for (int i = 0; i < 4; ++i) {
        m_fonts[i] = font;
        m_fonts[i].setBold(i & 1);
        m_fonts[i].setItalic(i & 2);
        m_rawFonts[i] = QRawFont::fromFont(m_fonts[i]);
    }
    setFont(font);
    const QFontMetrics metrics(font);
    m_cell = { std::max(1, metrics.horizontalAdvance(QLatin1Char('M'))),
        std::max(1, metrics.ascent() + metrics.descent()) };
    m_ascent = metrics.ascent();
    m_screen.resize(cellsThatFit());
    followScreen();
}

void TerminalView::zoom(int steps)
{
    setFontSize(steps == 0 ? m_usualSize : font().pointSizeF() + steps);
}

QSize TerminalView::cellsThatFit() const
{
    const QSize area = viewport()->size();
    return { std::max(2, area.width() / m_cell.width()),
        std::max(1, area.height() / m_cell.height()) };
}

void TerminalView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    m_screen.resize(cellsThatFit());
    followScreen();
}

void TerminalView::repaintScreen()
{
    if (!m_repaint.isActive())
        m_repaint.start(std::max<int>(0, kFrameMs - int(m_sincePainted.elapsed())));
    if (QAccessible::isActive() && !m_announce.isActive())
        m_announce.start();
}

void TerminalView::followScreen()
{
    m_sincePainted.restart();
    const bool wasAtEnd = m_isAtEnd;
    verticalScrollBar()->setPageStep(m_screen.size().height());
    verticalScrollBar()->setRange(0, m_screen.scrolledOffCount());
    if (wasAtEnd)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    viewport()->update();
    updateMicroFocus();
}

void TerminalView::scrollBy(int lines)
{
    verticalScrollBar()->setValue(verticalScrollBar()->value() + lines);
}

int TerminalView::topLine() const
{
    return verticalScrollBar()->value();
}

/// To a reader, who hears what was added since: the screen may have scrolled meanwhile.
void TerminalView::announce()
{
    QStringList lines;
    for (int row = 0; row <= m_screen.cursor().y(); ++row)
        lines.append(m_screen.lineText(m_screen.scrolledOffCount() + row));
    const QString added = TerminalAccessible::addedLines(std::exchange(m_announced, lines), lines);
    const int end = m_screen.cursorOffset();
    if (!added.isEmpty()) {
        QAccessibleTextInsertEvent insertion(this, std::max(0, end - int(added.size())), added);
        QAccessible::updateAccessibility(&insertion);
    }
    QAccessibleTextCursorEvent cursor(this, end);
    QAccessible::updateAccessibility(&cursor);
}

void TerminalView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange) {
        m_theme = TerminalTheme::forPalette(palette());
        viewport()->update();
    }
    QAbstractScrollArea::changeEvent(event);
}

// ---- selection

void TerminalView::select(Place from, Place to, Unit unit)
{
    m_selection = Selection { .from = from, .to = to, .unit = unit };
    viewport()->update();
}

void TerminalView::selectAll()
{
    select({ 0, 0 }, { m_screen.lineCount() - 1, m_screen.size().width() });
}

void TerminalView::clearSelection()
{
    m_selection.reset();
    viewport()->update();
}

std::pair<int, int> TerminalView::selectedColumns(int line) const
{
    if (!m_selection)
        return { 0, 0 };
    const auto [first, last] = std::minmax(m_selection->from, m_selection->to);
    if (line < first.line || line > last.line)
        return { 0, 0 };
    const int width = m_screen.size().width();
    if (m_selection->unit == Unit::Block) {
        const auto [left, right] = std::minmax(m_selection->from.column, m_selection->to.column);
        return { left, right };
    }
    if (m_selection->unit == Unit::Line)
        return { 0, width };
    int from = line == first.line ? first.column : 0;
    int to = line == last.line ? last.column : width;
    if (m_selection->unit == Unit::Word) {
        const CellLine cells = m_screen.line(line);
        const auto isWord = [&](int column) {
            const QString text = cells.value(column).text();
            return text.isEmpty() || isWordCharacter(text.front());
        };
        if (line == first.line && isWord(from)) {
            while (from > 0 && isWord(from - 1))
                --from;
        }
        if (line == last.line) {
            const bool startsInWord = isWord(std::max(0, to - (to > from ? 1 : 0)));
            to = std::max(to, from + 1);
            while (startsInWord && to < width && isWord(to))
                ++to;
        }
    }
    return { from, to };
}

QString TerminalView::selectedText() const
{
    if (!m_selection)
        return {};
    const auto [first, last] = std::minmax(m_selection->from, m_selection->to);
    QStringList lines;
    for (int line = first.line; line <= last.line; ++line) {
        const auto [from, to] = selectedColumns(line);
        lines.append(textOf(m_screen.line(line), from, to));
    }
    return lines.join(QLatin1Char('\n'));
}

void TerminalView::copy() const
{
    const QString text = selectedText();
    if (!text.isEmpty())
        QApplication::clipboard()->setText(text);
}

void TerminalView::paste(const QString& text)
{
    const QString trimmed = text.endsWith(QLatin1Char('\n')) ? text.chopped(1) : text;
    const int lines = int(trimmed.count(QLatin1Char('\n'))) + 1;
    if (text.isEmpty())
        return;
    if (lines > 1 || text != trimmed)
        Q_EMIT pasteQuestioned(text, lines);
    else
        m_screen.paste(text);
}

// ---- search

int TerminalView::find(const QString& text, Qt::CaseSensitivity sensitivity)
{
    m_needle = text;
    m_sensitivity = sensitivity;
    m_found.clear();
    for (int line = 0; !text.isEmpty() && line < m_screen.lineCount(); ++line) {
        // Columns, not characters: a wide one takes two.
        const CellLine cells = m_screen.line(line);
        QString whole;
        QVector<int> columns;
        for (int column = 0; column < cells.size(); ++column) {
            const QString each = cells[column].text();
            whole += each;
            columns.insert(columns.size(), each.size(), column);
        }
        for (qsizetype at = whole.indexOf(text, 0, sensitivity);
             at >= 0 && m_found.size() < kMostFound; at = whole.indexOf(text, at + 1, sensitivity))
            m_found.append({ line, columns[at] });
    }
    m_foundAt = int(m_found.size());
    findNext(true);
    return int(m_found.size());
}

void TerminalView::findNext(bool isBackward)
{
    const int count = int(m_found.size());
    m_foundAt = count == 0 ? -1 : (m_foundAt + (isBackward ? count - 1 : 1)) % count;
    if (m_foundAt >= 0) {
        const int line = m_found[m_foundAt].line;
        const int rows = m_screen.size().height();
        if (line < topLine() || line >= topLine() + rows)
            verticalScrollBar()->setValue(line - rows / 2);
    }
    viewport()->update();
}

} // namespace console
