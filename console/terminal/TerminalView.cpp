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
constexpr int kSearchMs = 200;

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
        moveFound(lines);
        if (!m_isAtEnd)
            verticalScrollBar()->setValue(verticalScrollBar()->value() - lines);
    });
    m_searchOn.setSingleShot(true);
    m_searchOn.setInterval(kSearchMs);
    connect(&m_searchOn, &QTimer::timeout, this, &TerminalView::findAgain);
    connect(&m_screen, &TerminalScreen::changed, this, [this] {
        m_searched = std::min(m_searched, m_screen.scrolledOffCount());
        if (!m_needle.isEmpty() && !m_searchOn.isActive())
            m_searchOn.start();
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
    updateGeometry();
    m_screen.resize(cellsThatFit());
    followScreen();
}

void TerminalView::zoom(int steps)
{
    setFontSize(steps == 0 ? m_usualSize : font().pointSizeF() + steps);
}

/// As many rows as the screen has at least: the last one is where everything happens.
QSize TerminalView::minimumSizeHint() const
{
    return QAbstractScrollArea::minimumSizeHint().expandedTo(
        { 0, TerminalScreen::kFewestRows * m_cell.height() });
}

QSize TerminalView::cellsThatFit() const
{
    const QSize area = viewport()->size();
    return { std::max(2, area.width() / m_cell.width()),
        std::max(TerminalScreen::kFewestRows, area.height() / m_cell.height()) };
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
    m_searched = 0;
    searchOn();
    m_foundAt = int(m_found.size());
    findNext(true);
    return int(m_found.size());
}

/// From the first line that may have changed since; those that have scrolled off do not.
void TerminalView::searchOn()
{
    const auto old = std::lower_bound(m_found.cbegin(), m_found.cend(), Place { m_searched, 0 });
    m_found.erase(old, m_found.cend());
    for (int line = m_searched; !m_needle.isEmpty() && line < m_screen.lineCount(); ++line)
        searchLine(line);
    m_searched = m_screen.scrolledOffCount();
}

void TerminalView::searchLine(int line)
{
    // Columns, not characters: a wide one takes two.
    const CellLine cells = m_screen.line(line);
    QString whole;
    QVector<int> columns;
    for (int column = 0; column < cells.size(); ++column) {
        const qsizetype before = whole.size();
        cells[column].appendTo(whole);
        columns.insert(columns.size(), whole.size() - before, column);
    }
    for (qsizetype at = whole.indexOf(m_needle, 0, m_sensitivity);
         at >= 0 && m_found.size() < kMostFound;
         at = whole.indexOf(m_needle, at + 1, m_sensitivity))
        m_found.append({ line, columns[at] });
}

/// In what came since. The place that was gone to stays the one, as long as there is it.
void TerminalView::findAgain()
{
    const bool wasThere = m_foundAt >= 0;
    const Place current = wasThere ? m_found[m_foundAt] : Place();
    searchOn();
    const auto at = std::lower_bound(m_found.cbegin(), m_found.cend(), current) - m_found.cbegin();
    const auto last = int(m_found.size()) - 1;
    m_foundAt = wasThere ? std::min(int(at), last) : last;
    viewport()->update();
    Q_EMIT foundChanged();
}

/// The oldest lines are gone.
void TerminalView::moveFound(int lines)
{
    const auto gone = std::lower_bound(m_found.cbegin(), m_found.cend(), Place { lines, 0 });
    m_foundAt = std::max(m_foundAt - int(gone - m_found.cbegin()), -1);
    m_found.erase(m_found.cbegin(), gone);
    for (Place& place : m_found)
        place.line -= lines;
    m_searched = std::max(m_searched - lines, 0);
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
