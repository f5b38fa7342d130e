// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/terminal/TerminalCell.h"

#include <QObject>
#include <QPoint>
#include <QSize>

#include <deque>
#include <memory>
#include <vector>

namespace console {

/// A terminal without its widget: bytes in, cells out, and what a terminal answers (libvterm: xterm
/// with 24-bit colour). Lines that scrolled off are kept, up to a limit. Lines are counted from the
/// oldest that is kept; the screen's are the last size().height() of them.
class TerminalScreen : public QObject {
    Q_OBJECT

public:
    /// Of a single one the library (0.1) does not say what scrolls off.
    static constexpr int kFewestRows = 2;
    enum class CursorShape { Block, Underline, Bar };
    enum class MouseMode { None, Click, Drag, Move };

    explicit TerminalScreen(QSize size = { 80, 24 }, QObject* parent = nullptr);
    ~TerminalScreen() override;

    void feed(QByteArrayView bytes);
    void reset(); ///< as after power on; what was on it has scrolled off
    void clear(); ///< the same, and nothing is kept

    QSize size() const { return m_size; } ///< columns, rows
    /// At least 1 x kFewestRows, at most 1000 x 1000. What no longer fits into the width has
    /// scrolled off, as it was, down to the line before the cursor's; below an alternate screen
    /// when that ends.
    void resize(QSize size);
    void setScrollbackLimit(int lines);

    int lineCount() const { return int(m_scrolledOff.size()) + m_size.height(); }
    int scrolledOffCount() const { return int(m_scrolledOff.size()); }
    CellLine line(int index) const;
    QString lineText(int index) const { return textOf(line(index)); }

    QString text() const; ///< of the screen, a line for each row
    int cursorOffset() const; ///< in text(), in its line at most at the end
    QPoint cursor() const { return m_cursor; } ///< column, row of the screen
    bool isCursorVisible() const { return m_isCursorVisible; }
    CursorShape cursorShape() const { return m_cursorShape; }
    bool isAlternate() const { return m_isAlternate; }
    MouseMode mouseMode() const { return m_mouseMode; }
    const QString& title() const { return m_title; }

    // What is typed, as bytes by output(). Keys are Qt's; false: it means nothing to a terminal.
    bool pressKey(int key, Qt::KeyboardModifiers modifiers);
    void typeText(const QString& text, Qt::KeyboardModifiers modifiers = {});
    /// In brackets where the program asked for them. Line ends become carriage returns; control
    /// characters, which could end the brackets, are dropped.
    void paste(const QString& text);
    void moveMouse(QPoint cell, Qt::KeyboardModifiers modifiers);
    void pressMouse(int button, bool isPressed, Qt::KeyboardModifiers modifiers); ///< X11's numbers

Q_SIGNALS:
    void changed(); ///< once per feed() or resize()
    void scrolledAway(int lines); ///< the oldest lines are gone: numbers shrink by that
    void output(const QByteArray& bytes); ///< for the guest
    void bell();
    void titleChanged(const QString& title);

private:
    struct Library;

    void write(QByteArrayView bytes);
    void scrollOff(CellLine line);
    void tellLost();
    int usedRows() const;
    void setLibrarySize(QSize size);
    void growLibraryTo(QSize size, qsizetype broughtBack);
    void scrollOffWiderThan(int columns);
    void keepCovered();
    void uncover();
    void moveCursor(int row, int column);

    std::unique_ptr<Library> m_library;
    std::deque<CellLine> m_scrolledOff;
    qsizetype m_scrollbackLimit = 10'000;
    QSize m_size;
    QPoint m_cursor;
    bool m_isCursorVisible = true;
    CursorShape m_cursorShape = CursorShape::Block;
    bool m_isAlternate = false;
    MouseMode m_mouseMode = MouseMode::None;
    QString m_title;
    int m_lost = 0;
    bool m_wasLarger = false; ///< so a cursor may have been saved outside
    qsizetype m_staysOff = 0; ///< so many of the lines, when there is room for them again
    std::vector<CellLine> m_covered; ///< below the alternate screen, from before that was smaller
    int m_coveredRow = 0; ///< of the cursor there
    bool m_isPeeking = false; ///< below it
};

} // namespace console
