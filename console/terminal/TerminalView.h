// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/LeaveGesture.h"
#include "console/TypingOn.h"
#include "console/terminal/TerminalScreen.h"
#include "console/terminal/TerminalTheme.h"

#include <QAbstractScrollArea>
#include <QElapsedTimer>
#include <QRawFont>
#include <QTimer>

#include <optional>

namespace console {

/// Paints a TerminalScreen and gives it what is typed. Everything typed goes to the guest, but for
/// Ctrl+Shift with C, V, A, F, and Ctrl with plus, minus and 0; Shift+Page Up and Down scroll, and
/// Ctrl+Alt, pressed and let go with nothing else, leaves, as it does in the screen's view.
/// Shift keeps the mouse from programs that want it. The screen must outlive the view.
class TerminalView : public QAbstractScrollArea {
    Q_OBJECT

public:
    enum class Unit { Character, Word, Line, Block };

    explicit TerminalView(TerminalScreen& screen, QWidget* parent = nullptr);

    TerminalScreen& screen() { return m_screen; }
    /// False: nobody hears what is typed, so shortcuts are the window's, and Tab leaves.
    void setHeard(bool isHeard);
    QSize cellsThatFit() const;
    QSize cellSize() const { return m_cell; }
    void zoom(int steps); ///< 0: back to the usual size

    /// A place between lines of scrollback and columns; counted as TerminalScreen does.
    struct Place {
        int line = 0;
        int column = 0;
        auto operator<=>(const Place&) const = default;
    };
    void select(Place from, Place to, Unit unit = Unit::Character);
    void selectAll();
    void clearSelection();
    bool hasSelection() const { return m_selection.has_value(); }
    QString selectedText() const;
    void copy() const;
    /// Several lines are asked about first, by pasteQuestioned.
    void paste(const QString& text);

    /// Marks all places; goes to the last one. Returns how many there are. Empty: none. From now on
    /// what comes is searched, too, a moment later (foundChanged).
    int find(const QString& text, Qt::CaseSensitivity sensitivity = Qt::CaseInsensitive);
    void findNext(bool isBackward);
    int foundCount() const { return int(m_found.size()); }
    int foundIndex() const { return m_foundAt; } ///< -1: none

    QSize minimumSizeHint() const override;
    QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;

Q_SIGNALS:
    void searchRequested();
    void pasteQuestioned(const QString& text, int lines); ///< answer with screen().paste(text)
    void foundChanged(); ///< by itself
    void rang();

protected:
    bool event(QEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void inputMethodEvent(QInputMethodEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    struct Selection {
        Place from {}; ///< as dragged: `to` may be before it
        Place to {};
        Unit unit = Unit::Character;
    };

    void setFontSize(qreal points);
    void followScreen();
    void repaintScreen();
    bool handleOwnKey(const QKeyEvent& event);
    void scrollBy(int lines);
    int topLine() const;
    Place placeAt(QPointF position) const;
    QPoint screenCellAt(QPointF position) const;
    bool givesMouseToGuest(Qt::KeyboardModifiers modifiers) const;
    std::pair<int, int> selectedColumns(int line) const; ///< first, last excluded
    void paintLine(QPainter& painter, int line, int y) const;
    void paintRun(QPainter& painter, const CellLine& cells, int first, int last, int y) const;
    void paintText(QPainter& painter, const CellLine& cells, int first, int last, int y) const;
    void paintCursor(QPainter& painter) const;
    void announce();
    void searchOn();
    void searchLine(int line);
    void findAgain();
    void moveFound(int lines);

    TerminalScreen& m_screen;
    TerminalTheme m_theme;
    QSize m_cell { 8, 16 };
    int m_ascent = 12;
    qreal m_usualSize = 11;
    QFont m_fonts[4]; ///< by bold and italic
    QRawFont m_rawFonts[4];
    QTimer m_repaint;
    QTimer m_announce;
    QElapsedTimer m_sincePainted;
    bool m_isAtEnd = true; ///< follows what comes
    std::optional<Selection> m_selection;
    bool m_isSelecting = false;
    QElapsedTimer m_sinceDoubleClick;
    QString m_preedit;
    QString m_needle;
    Qt::CaseSensitivity m_sensitivity = Qt::CaseInsensitive;
    QVector<Place> m_found;
    int m_foundAt = -1;
    int m_searched = 0; ///< so many lines will have nothing else
    QTimer m_searchOn;
    QStringList m_announced; ///< the screen's lines up to the cursor
    LeaveGesture m_leave;
    TypingOn m_typingOn;
    int m_wheel = 0; ///< eighths of a degree that make no line yet
};

} // namespace console
