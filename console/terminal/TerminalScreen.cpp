// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/terminal/TerminalScreen.h"

#include "console/terminal/LibraryCell.h"
#include "console/terminal/SequenceLimit.h"
#include "console/terminal/TypedKeys.h"

#include <QRect>

#include <vterm.h>

#include <algorithm>

namespace console {

namespace {

constexpr int kMostCells = 1000; ///< each way

/// Whether this byte may end a sequence by which the cursor goes back to where it was saved: ESC 8,
/// CSI ? 1048 l, CSI ? 1049 l. Control characters may be anywhere in it.
bool mayBringCursorBack(QByteArrayView bytes, qsizetype at)
{
    if (bytes[at] != '8' && bytes[at] != 'l')
        return false;
    for (qsizetype i = at - 1; i >= 0; --i) {
        const auto byte = uchar(bytes[i]);
        if (byte == 0x1b)
            return true;
        const bool isArgument = bytes[at] == 'l' && (byte < 0x40 || byte == '[');
        if (byte >= 0x20 && byte != 0x7f && !isArgument)
            return false;
    }
    return true; // it may have begun before
}

/// Nothing else is cut in two: the library loses titles that are.
qsizetype endOfPart(QByteArrayView bytes)
{
    for (qsizetype at = 0; at < bytes.size(); ++at) {
        if (mayBringCursorBack(bytes, at))
            return at + 1;
    }
    return bytes.size();
}

} // namespace

struct TerminalScreen::Library {
    VTerm* terminal = nullptr;
    VTermScreen* screen = nullptr;
    SequenceLimit limit;

    static TerminalScreen& of(void* user) { return *static_cast<TerminalScreen*>(user); }
    static int moved(VTermPos position, VTermPos, int, void* user)
    {
        of(user).m_cursor = { position.col, position.row };
        return 1;
    }
    static int changed(VTermProp property, VTermValue* value, void* user);
    static int rang(void* user)
    {
        Q_EMIT of(user).bell();
        return 1;
    }
    static int pushed(int columns, const VTermScreenCell* cells, void* user);
    static int popped(int columns, VTermScreenCell* cells, void* user);
    static void said(const char* bytes, size_t count, void* user)
    {
        Q_EMIT of(user).output(QByteArray(bytes, qsizetype(count)));
    }
};

int TerminalScreen::Library::changed(VTermProp property, VTermValue* value, void* user)
{
    TerminalScreen& me = of(user);
    if (me.m_isPeeking)
        return 0;
    switch (property) {
    case VTERM_PROP_CURSORVISIBLE:
        me.m_isCursorVisible = value->boolean;
        break;
    case VTERM_PROP_CURSORSHAPE:
        me.m_cursorShape = value->number == VTERM_PROP_CURSORSHAPE_UNDERLINE
            ? CursorShape::Underline
            : value->number == VTERM_PROP_CURSORSHAPE_BAR_LEFT ? CursorShape::Bar
                                                               : CursorShape::Block;
        break;
    case VTERM_PROP_ALTSCREEN:
        if (value->boolean && !me.m_isAlternate)
            me.m_coveredRow = me.m_cursor.y();
        me.m_isAlternate = value->boolean;
        break;
    case VTERM_PROP_MOUSE:
        me.m_mouseMode = MouseMode(std::clamp(value->number, 0, int(VTERM_PROP_MOUSE_MOVE)));
        break;
    case VTERM_PROP_TITLE:
        me.m_title = QString::fromUtf8(value->string).left(200);
        Q_EMIT me.titleChanged(me.m_title);
        break;
    default:
        break;
    }
    return 1;
}

int TerminalScreen::Library::pushed(int columns, const VTermScreenCell* cells, void* user)
{
    TerminalScreen& me = of(user);
    CellLine line;
    line.reserve(columns);
    for (int i = 0; i < columns; ++i)
        line.append(toCell(cells[i]));
    me.scrollOff(std::move(line));
    return 1;
}

int TerminalScreen::Library::popped(int columns, VTermScreenCell* cells, void* user)
{
    TerminalScreen& me = of(user);
    // A line that is wider would be cut for good.
    if (qsizetype(me.m_scrolledOff.size()) <= me.m_staysOff
        || me.m_scrolledOff.back().size() > columns)
        return 0;
    const CellLine line = std::move(me.m_scrolledOff.back());
    me.m_scrolledOff.pop_back();
    for (int i = 0; i < columns;) {
        const Cell cell = line.value(i);
        cells[i] = toLibrary(cell.width == 0 ? Cell {} : cell);
        i += std::max<int>(1, cell.width);
    }
    return 1;
}

TerminalScreen::TerminalScreen(QSize size, QObject* parent)
    : QObject(parent)
    , m_library(std::make_unique<Library>())
    , m_size(size)
{
    static const VTermScreenCallbacks callbacks { .damage = nullptr,
        .moverect = nullptr,
        .movecursor = &Library::moved,
        .settermprop = &Library::changed,
        .bell = &Library::rang,
        .resize = nullptr,
        .sb_pushline = &Library::pushed,
        .sb_popline = &Library::popped };
    m_library->terminal = vterm_new(size.height(), size.width());
    vterm_set_utf8(m_library->terminal, 1);
    vterm_output_set_callback(m_library->terminal, &Library::said, this);
    m_library->screen = vterm_obtain_screen(m_library->terminal);
    vterm_screen_set_callbacks(m_library->screen, &callbacks, this);
    vterm_screen_enable_altscreen(m_library->screen, 1);
    vterm_screen_set_damage_merge(m_library->screen, VTERM_DAMAGE_SCROLL);
    vterm_screen_reset(m_library->screen, 1);
}

TerminalScreen::~TerminalScreen()
{
    vterm_free(m_library->terminal);
}

void TerminalScreen::feed(QByteArrayView bytes)
{
    const QByteArray limited = m_library->limit.applied(bytes);
    for (QByteArrayView rest = limited; !rest.isEmpty();) {
        const QByteArrayView part = m_wasLarger ? rest.first(endOfPart(rest)) : rest;
        write(part);
        rest = rest.sliced(part.size());
        if (!m_isAlternate && !m_covered.empty())
            uncover();
        // The library (0.1) lets a saved cursor stay outside, and would write there.
        if (!QRect(QPoint(), m_size).contains(m_cursor))
            moveCursor(m_cursor.y(), m_cursor.x());
    }
    tellLost();
    Q_EMIT changed();
}

void TerminalScreen::write(QByteArrayView bytes)
{
    vterm_input_write(m_library->terminal, bytes.data(), size_t(bytes.size()));
    vterm_screen_flush_damage(m_library->screen);
}

void TerminalScreen::scrollOff(CellLine line)
{
    while (!line.isEmpty() && line.last() == Cell {}) // nothing was written there
        line.removeLast();
    line.squeeze();
    m_scrolledOff.push_back(std::move(line));
    while (qsizetype(m_scrolledOff.size()) > m_scrollbackLimit) {
        m_scrolledOff.pop_front();
        ++m_lost;
    }
}

void TerminalScreen::tellLost()
{
    if (const int lost = std::exchange(m_lost, 0))
        Q_EMIT scrolledAway(lost);
}

void TerminalScreen::reset()
{
    // Out of the alternate screen and of any region that scrolls alone; then as many new lines.
    feed(QByteArrayLiteral("\x1b[?1049l\x1b[r"));
    feed("\x1b[" + QByteArray::number(m_size.height()) + 'H' + QByteArray(usedRows(), '\n'));
    vterm_screen_reset(m_library->screen, 1);
    m_cursor = {}; // the library does not say that it is there now
    m_mouseMode = MouseMode::None;
    Q_EMIT changed();
}

void TerminalScreen::clear()
{
    reset();
    const auto lost = int(m_scrolledOff.size());
    m_scrolledOff.clear();
    Q_EMIT scrolledAway(lost);
    Q_EMIT changed();
}

/// Those down to the last with a letter on it.
int TerminalScreen::usedRows() const
{
    int rows = m_size.height();
    while (rows > 0 && lineText(scrolledOffCount() + rows - 1).isEmpty())
        --rows;
    return rows;
}

void TerminalScreen::resize(QSize size)
{
    const QSize wanted(std::clamp(size.width(), 1, kMostCells),
        std::clamp(size.height(), kFewestRows, kMostCells));
    if (wanted == m_size)
        return;
    const bool isNarrower = wanted.width() < m_size.width();
    const bool isSmaller = isNarrower || wanted.height() < m_size.height();
    m_wasLarger = m_wasLarger || isSmaller;
    if (m_isAlternate && isSmaller)
        keepCovered();
    else if (!m_isAlternate && isNarrower)
        scrollOffWiderThan(wanted.width());
    setLibrarySize(wanted);
    tellLost();
    Q_EMIT changed();
}

void TerminalScreen::setLibrarySize(QSize size)
{
    m_size = size;
    vterm_set_size(m_library->terminal, size.height(), size.width());
    vterm_screen_flush_damage(m_library->screen);
}

/// The library cuts lines at the new edge (0.1 wraps none). Of a screen with fewer rows it lets the
/// first scroll off, whole.
void TerminalScreen::scrollOffWiderThan(int columns)
{
    int wide = m_cursor.y();
    while (wide > 0 && textOf(line(scrolledOffCount() + wide - 1), columns).isEmpty())
        --wide;
    if (wide == 0)
        return;
    int used = m_size.height();
    const auto isEmpty = [this](int row) {
        return vterm_screen_is_eol(m_library->screen, { .row = row, .col = 0 }) != 0;
    };
    while (used > m_cursor.y() + 1 && isEmpty(used - 1))
        --used;
    const QSize before = m_size;
    setLibrarySize({ before.width(), used - wide });
    growLibraryTo(before, 0);
}

/// With the last `broughtBack` of the lines that scrolled off, as far as there is room for them.
void TerminalScreen::growLibraryTo(QSize size, qsizetype broughtBack)
{
    m_staysOff = std::max<qsizetype>(0, qsizetype(m_scrolledOff.size()) - broughtBack);
    setLibrarySize(size);
    m_staysOff = 0;
}

/// The library would cut the lines below an alternate screen along with that.
void TerminalScreen::keepCovered()
{
    if (!m_covered.empty())
        return; // from when it was larger still
    const auto showAlternate = [this](bool isShown) {
        VTermValue value { .boolean = isShown };
        vterm_state_set_termprop(
            vterm_obtain_state(m_library->terminal), VTERM_PROP_ALTSCREEN, &value);
    };
    m_isPeeking = true; // refused by us, it changes what is read and nothing else
    showAlternate(false);
    const int used = std::max(usedRows(), m_coveredRow);
    for (int row = 0; row < used; ++row)
        m_covered.push_back(line(scrolledOffCount() + row));
    showAlternate(true);
    m_isPeeking = false;
}

/// The alternate screen has ended: the lines below it as if they had been there when the size
/// changed. The library has the cursor where it was in the old size, maybe outside.
void TerminalScreen::uncover()
{
    const QSize size = m_size;
    const int column = m_cursor.x();
    write("\x1b[H\x1b[2J");
    setLibrarySize({ size.width(), 1 });
    const auto count = qsizetype(m_covered.size());
    for (CellLine& line : std::exchange(m_covered, {}))
        scrollOff(std::move(line));
    growLibraryTo(size, count);
    moveCursor(m_cursor.y() - int(count) + m_coveredRow, column);
}

/// Or as near to it as there is a place.
void TerminalScreen::moveCursor(int row, int column)
{
    row = std::clamp(row, 0, m_size.height() - 1);
    column = std::clamp(column, 0, m_size.width() - 1);
    write("\x1b[" + QByteArray::number(row + 1) + ';' + QByteArray::number(column + 1) + 'H');
}

void TerminalScreen::setScrollbackLimit(int lines)
{
    m_scrollbackLimit = std::max(0, lines);
    int lost = 0;
    for (; qsizetype(m_scrolledOff.size()) > m_scrollbackLimit; ++lost)
        m_scrolledOff.pop_front();
    if (lost > 0) {
        Q_EMIT scrolledAway(lost);
        Q_EMIT changed();
    }
}

CellLine TerminalScreen::line(int index) const
{
    if (index < 0 || index >= lineCount())
        return {};
    if (index < scrolledOffCount())
        return m_scrolledOff[size_t(index)];
    CellLine line;
    line.reserve(m_size.width());
    const int row = index - scrolledOffCount();
    for (int column = 0; column < m_size.width(); ++column) {
        VTermScreenCell cell {};
        vterm_screen_get_cell(m_library->screen, { .row = row, .col = column }, &cell);
        line.append(toCell(cell));
    }
    return line;
}

QString TerminalScreen::text() const
{
    QStringList lines;
    for (int row = 0; row < m_size.height(); ++row)
        lines.append(lineText(scrolledOffCount() + row));
    return lines.join(QLatin1Char('\n'));
}

int TerminalScreen::cursorOffset() const
{
    int offset = 0;
    for (int row = 0; row < m_cursor.y(); ++row)
        offset += int(lineText(scrolledOffCount() + row).size()) + 1;
    return offset + std::min(m_cursor.x(), int(lineText(scrolledOffCount() + m_cursor.y()).size()));
}

bool TerminalScreen::pressKey(int key, Qt::KeyboardModifiers modifiers)
{
    const VTermKey known = toKey(key);
    if (known == VTERM_KEY_NONE)
        return false;
    const VTermModifier held = toModifiers(knownModifiers(key, modifiers));
    if (key == Qt::Key_Backspace && modifiers & Qt::ControlModifier)
        typeText(QStringLiteral("\b"), modifiers & Qt::AltModifier);
    else
        vterm_keyboard_key(m_library->terminal, known, held);
    return true;
}

void TerminalScreen::typeText(const QString& text, Qt::KeyboardModifiers modifiers)
{
    Q_EMIT output(bytesTyped(text, modifiers));
}

void TerminalScreen::paste(const QString& text)
{
    vterm_keyboard_start_paste(m_library->terminal);
    Q_EMIT output(bytesPasted(text));
    vterm_keyboard_end_paste(m_library->terminal);
}

void TerminalScreen::moveMouse(QPoint cell, Qt::KeyboardModifiers modifiers)
{
    vterm_mouse_move(m_library->terminal, cell.y(), cell.x(), toModifiers(modifiers));
}

void TerminalScreen::pressMouse(int button, bool isPressed, Qt::KeyboardModifiers modifiers)
{
    if (m_mouseMode != MouseMode::None) // the library would report it all the same
        vterm_mouse_button(m_library->terminal, button, isPressed, toModifiers(modifiers));
}

} // namespace console
