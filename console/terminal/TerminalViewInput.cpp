// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Keys, mouse and input method of a TerminalView.
#include "console/terminal/TerminalView.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>

namespace console {

namespace {

constexpr int kWheelStep = 120;
constexpr int kLinesPerStep = 3;

bool has(Qt::KeyboardModifiers modifiers, Qt::KeyboardModifiers wanted)
{
    return (modifiers & ~Qt::KeypadModifier) == wanted;
}

/// X11's numbers, which terminals speak.
int buttonNumber(Qt::MouseButton button)
{
    return button == Qt::LeftButton ? 1 : button == Qt::MiddleButton ? 2 : 3;
}

/// To the next open console, which no guest wants.
bool isRotation(const QKeyEvent& key)
{
    return has(key.modifiers(), Qt::ControlModifier | Qt::AltModifier)
        && (key.key() == Qt::Key_PageUp || key.key() == Qt::Key_PageDown);
}

} // namespace

void TerminalView::setHeard(bool isHeard)
{
    m_typingOn.setHeard(isHeard);
    setAttribute(Qt::WA_InputMethodEnabled, isHeard);
}

/// Every key is the guest's, also those that are shortcuts of the window.
bool TerminalView::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && m_typingOn.takesKey()) {
        const auto& key = *static_cast<QKeyEvent*>(event);
        m_leave.note(key);
        event->setAccepted(!isRotation(key));
        return true;
    }
    return QAbstractScrollArea::event(event);
}

/// Tab is the guest's.
bool TerminalView::focusNextPrevChild(bool next)
{
    return !m_typingOn.takesKey() && QAbstractScrollArea::focusNextPrevChild(next);
}

bool TerminalView::handleOwnKey(const QKeyEvent& event)
{
    const auto modifiers = event.modifiers();
    const int page = std::max(1, m_screen.size().height() - 1);
    if (has(modifiers, Qt::ControlModifier | Qt::ShiftModifier)) {
        switch (event.key()) {
        case Qt::Key_C:
            copy();
            return true;
        case Qt::Key_V:
            paste(QApplication::clipboard()->text());
            return true;
        case Qt::Key_A:
            selectAll();
            return true;
        case Qt::Key_F:
            Q_EMIT searchRequested();
            return true;
        case Qt::Key_Up:
            scrollBy(-1);
            return true;
        case Qt::Key_Down:
            scrollBy(1);
            return true;
        case Qt::Key_Plus:
            zoom(1);
            return true;
        default:
            return false;
        }
    }
    if (has(modifiers, Qt::ControlModifier)) {
        const int step = event.key() == Qt::Key_Plus || event.key() == Qt::Key_Equal ? 1
            : event.key() == Qt::Key_Minus                                           ? -1
                                                                                     : 0;
        if (step != 0 || event.key() == Qt::Key_0) {
            zoom(step);
            return true;
        }
    }
    if (!has(modifiers, Qt::ShiftModifier))
        return false;
    switch (event.key()) {
    case Qt::Key_Insert:
        paste(QApplication::clipboard()->text());
        return true;
    case Qt::Key_PageUp:
        scrollBy(-page);
        return true;
    case Qt::Key_PageDown:
        scrollBy(page);
        return true;
    case Qt::Key_Home:
        verticalScrollBar()->setValue(0);
        return true;
    case Qt::Key_End:
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
        return true;
    default:
        return false;
    }
}

void TerminalView::keyPressEvent(QKeyEvent* event)
{
    event->accept();
    m_leave.press(*event);
    if (handleOwnKey(*event))
        return;
    const auto modifiers = event->modifiers();
    bool isTyped = m_screen.pressKey(event->key(), modifiers);
    const QString text = event->text();
    if (!isTyped && modifiers & Qt::ControlModifier && event->key() >= Qt::Key_Space
        && event->key() <= Qt::Key_AsciiTilde) {
        // Qt gives the control character; the terminal makes its own of the letter.
        m_screen.typeText(QString(QChar(event->key())).toLower(), modifiers);
        isTyped = true;
    } else if (!isTyped && !text.isEmpty()) {
        m_screen.typeText(text, modifiers & ~Qt::ControlModifier);
        isTyped = true;
    }
    if (!isTyped)
        return; // a modifier alone
    clearSelection();
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void TerminalView::keyReleaseEvent(QKeyEvent* event)
{
    event->accept();
    if (m_leave.release(*event))
        QAbstractScrollArea::focusNextPrevChild(true);
}

void TerminalView::inputMethodEvent(QInputMethodEvent* event)
{
    m_preedit = event->preeditString();
    if (!event->commitString().isEmpty())
        m_screen.typeText(event->commitString());
    viewport()->update();
    event->accept();
}

QVariant TerminalView::inputMethodQuery(Qt::InputMethodQuery query) const
{
    switch (query) {
    case Qt::ImEnabled:
        return true;
    case Qt::ImCursorRectangle: {
        const int row = m_screen.scrolledOffCount() + m_screen.cursor().y() - topLine();
        return QRect(m_screen.cursor().x() * m_cell.width(), row * m_cell.height(), m_cell.width(),
            m_cell.height());
    }
    case Qt::ImFont:
        return m_fonts[0];
    case Qt::ImSurroundingText:
        return m_screen.lineText(m_screen.scrolledOffCount() + m_screen.cursor().y());
    case Qt::ImCursorPosition:
        return m_screen.cursor().x();
    default:
        return QAbstractScrollArea::inputMethodQuery(query);
    }
}

TerminalView::Place TerminalView::placeAt(QPointF position) const
{
    const int row
        = std::clamp(int(position.y()) / m_cell.height(), 0, m_screen.size().height() - 1);
    const int column
        = std::clamp(qRound(position.x() / m_cell.width()), 0, m_screen.size().width());
    return { topLine() + row, column };
}

QPoint TerminalView::screenCellAt(QPointF position) const
{
    return { std::clamp(int(position.x()) / m_cell.width(), 0, m_screen.size().width() - 1),
        std::clamp(int(position.y()) / m_cell.height(), 0, m_screen.size().height() - 1) };
}

bool TerminalView::givesMouseToGuest(Qt::KeyboardModifiers modifiers) const
{
    return m_screen.mouseMode() != TerminalScreen::MouseMode::None
        && !(modifiers & Qt::ShiftModifier);
}

void TerminalView::mousePressEvent(QMouseEvent* event)
{
    m_leave.disarm();
    if (givesMouseToGuest(event->modifiers())) {
        m_screen.moveMouse(screenCellAt(event->position()), event->modifiers());
        m_screen.pressMouse(buttonNumber(event->button()), true, event->modifiers());
        return;
    }
    if (event->button() == Qt::MiddleButton && QApplication::clipboard()->supportsSelection())
        paste(QApplication::clipboard()->text(QClipboard::Selection));
    if (event->button() != Qt::LeftButton)
        return;
    const Place place = placeAt(event->position());
    const bool isThird = m_sinceDoubleClick.isValid()
        && m_sinceDoubleClick.elapsed() < QApplication::doubleClickInterval();
    m_sinceDoubleClick.invalidate();
    clearSelection();
    m_isSelecting = true;
    m_selection = Selection { .from = place,
        .to = place,
        .unit = isThird                            ? Unit::Line
            : event->modifiers() & Qt::AltModifier ? Unit::Block
                                                   : Unit::Character };
}

void TerminalView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || givesMouseToGuest(event->modifiers())) {
        mousePressEvent(event);
        return;
    }
    Place place = placeAt(event->position());
    place.column = screenCellAt(event->position()).x();
    select(place, place, Unit::Word);
    m_isSelecting = true;
    m_sinceDoubleClick.start();
}

void TerminalView::mouseMoveEvent(QMouseEvent* event)
{
    if (m_isSelecting && m_selection) {
        m_selection->to = placeAt(event->position());
        if (event->position().y() < 0)
            scrollBy(-1);
        else if (event->position().y() >= viewport()->height())
            scrollBy(1);
        viewport()->update();
    } else if (givesMouseToGuest(event->modifiers())) {
        m_screen.moveMouse(screenCellAt(event->position()), event->modifiers());
    }
}

void TerminalView::mouseReleaseEvent(QMouseEvent* event)
{
    if (!std::exchange(m_isSelecting, false)) {
        if (givesMouseToGuest(event->modifiers())) {
            m_screen.moveMouse(screenCellAt(event->position()), event->modifiers());
            m_screen.pressMouse(buttonNumber(event->button()), false, event->modifiers());
        }
        return;
    }
    if (m_selection && m_selection->from == m_selection->to
        && (m_selection->unit == Unit::Character || m_selection->unit == Unit::Block))
        clearSelection(); // a click
    else if (QApplication::clipboard()->supportsSelection())
        QApplication::clipboard()->setText(selectedText(), QClipboard::Selection);
}

void TerminalView::wheelEvent(QWheelEvent* event)
{
    m_wheel += event->angleDelta().y();
    const int steps = m_wheel / kWheelStep;
    m_wheel -= steps * kWheelStep;
    if (steps == 0)
        return;
    if (event->modifiers() & Qt::ControlModifier) {
        zoom(steps);
    } else if (givesMouseToGuest(event->modifiers())) {
        m_screen.moveMouse(screenCellAt(event->position()), event->modifiers());
        for (int i = 0; i < std::abs(steps); ++i)
            m_screen.pressMouse(steps > 0 ? 4 : 5, true, event->modifiers());
    } else if (m_screen.isAlternate()) { // less, vim: nothing scrolls but by keys
        for (int i = 0; i < std::abs(steps) * kLinesPerStep; ++i)
            m_screen.pressKey(steps > 0 ? Qt::Key_Up : Qt::Key_Down, {});
    } else {
        scrollBy(-steps * kLinesPerStep);
    }
    event->accept();
}

void TerminalView::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void TerminalView::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    m_leave.disarm();
    m_preedit.clear();
    viewport()->update();
}

void TerminalView::contextMenuEvent(QContextMenuEvent* event)
{
    if (event->reason() == QContextMenuEvent::Mouse && givesMouseToGuest(event->modifiers()))
        return;
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("terminalMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* copying = menu->addAction(tr("Copy\tCtrl+Shift+C"), this, &TerminalView::copy);
    copying->setEnabled(hasSelection());
    menu->addAction(
        tr("Paste\tCtrl+Shift+V"), this, [this] { paste(QApplication::clipboard()->text()); });
    menu->addAction(tr("Select all\tCtrl+Shift+A"), this, &TerminalView::selectAll);
    menu->addAction(tr("Find…\tCtrl+Shift+F"), this, &TerminalView::searchRequested);
    menu->popup(event->globalPos());
}

} // namespace console
