// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The input half of ConsoleView: keys and pointer on their way to the guest.

#include "console/ConsoleSession.h"
#include "console/ConsoleView.h"
#include "console/KeyTranslator.h"
#include "console/typing/TextTyper.h"
#include "console/wayland/LockedPointer.h"

#include <QApplication>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QWheelEvent>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace console {

namespace {

using namespace std::chrono_literals;

// Bits of QKeyEvent::nativeModifiers() under X11 and Wayland (xkb's real modifiers).
constexpr quint32 kXkbLock = 0x2;
constexpr quint32 kXkbMod2 = 0x10; // Num Lock on every keyboard layout of xkeyboard-config

/// After which a jump of the pointer that was asked for is not waited for any more.
constexpr auto kWarpTime = 500ms;

/// Names a key of this keyboard for as long as it is held: its release may come with another
/// Qt::Key when modifiers changed in between.
quint32 identityOf(const QKeyEvent* event)
{
    const quint32 native = event->nativeScanCode();
    return native != 0 ? native : quint32(event->key()) | 0x8000'0000u;
}

/// Only those that say the same everywhere: what is AltGr or Super is a matter of keymaps.
Qt::KeyboardModifier modifierOf(const QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Shift:
        return Qt::ShiftModifier;
    case Qt::Key_Control:
        return Qt::ControlModifier;
    case Qt::Key_Alt:
        return Qt::AltModifier;
    default: // of Qt's many, no enumeration of ours
        return Qt::NoModifier;
    }
}

} // namespace

bool ConsoleView::event(QEvent* event)
{
    // Accepting this says: a key press, whatever shortcut of the window it may be.
    if (event->type() == QEvent::ShortcutOverride && keepsShortcuts()) {
        const auto* key = static_cast<QKeyEvent*>(event);
        m_leave.note(*key);
        event->setAccepted(!isHostShortcut(key));
        return true;
    }
    return QAbstractScrollArea::event(event);
}

bool ConsoleView::focusNextPrevChild(bool next)
{
    // Tab is the guest's while it is live, and of who types on; Ctrl+Alt leaves.
    return !takesInput() && !isTypedOn() && QAbstractScrollArea::focusNextPrevChild(next);
}

void ConsoleView::keyPressEvent(QKeyEvent* event)
{
    if (!takeKey(event) && !isTypedOn()) // else Tab would go on to the next widget around this
        QAbstractScrollArea::keyPressEvent(event);
}

void ConsoleView::keyReleaseEvent(QKeyEvent* event)
{
    if (!takeKey(event))
        QAbstractScrollArea::keyReleaseEvent(event);
}

bool ConsoleView::takeKey(QKeyEvent* event)
{
    const bool pressed = event->type() == QEvent::KeyPress;
    if (pressed)
        m_leave.note(*event);
    if (!takesInput() || (pressed && isHostShortcut(event)))
        return false;
    event->accept();
    const quint32 identity = identityOf(event);
    if (pressed) {
        const auto code = KeyTranslator::fromEvent(event->nativeScanCode(), Qt::Key(event->key()),
            event->modifiers().testFlag(Qt::KeypadModifier));
        m_leave.press(*event);
        if (!code)
            return true;
        syncKeyLocks(event);
        releaseLost(event->modifiers() | modifierOf(event));
        m_heldKeys.insert(identity, { .code = *code, .modifier = modifierOf(event) });
        m_session->key(*code, true); // repeated presses too: that is what a keyboard sends
    } else if (!event->isAutoRepeat()) {
        if (const auto held = m_heldKeys.constFind(identity); held != m_heldKeys.constEnd()) {
            m_session->key(held->code, false);
            m_heldKeys.erase(held);
        }
        if (m_leave.release(*event))
            leaveByKeyboard();
    }
    return true;
}

void ConsoleView::setComposer(std::optional<KeyboardLayout> layout)
{
    m_composer = std::move(layout);
    setAttribute(Qt::WA_InputMethodEnabled, m_composer.has_value());
    Q_EMIT inputChanged();
}

void ConsoleView::setHostShortcuts(const QList<QKeySequence>& shortcuts)
{
    m_hostShortcuts = shortcuts;
    Q_EMIT inputChanged();
}

void ConsoleView::followInput(const ConsoleView& main)
{
    const auto follow = [this, &main] {
        if (main.m_session != m_session)
            return; // it shows another machine by now
        setViewOnly(main.m_isViewOnly);
        // What its buttons do is the main view's matter.
        setNotice({ .title = main.m_notice.title, .reason = main.m_notice.reason });
        setComposer(main.m_composer);
        setHostShortcuts(main.m_hostShortcuts);
        setGrabsKeyboard(main.m_wantsGrab);
    };
    followInputNoMore();
    m_followed = connect(&main, &ConsoleView::inputChanged, this, follow);
    follow();
}

void ConsoleView::followInputNoMore()
{
    disconnect(m_followed);
}

void ConsoleView::inputMethodEvent(QInputMethodEvent* event)
{
    if (!m_composer || !takesInput()) {
        QAbstractScrollArea::inputMethodEvent(event);
        return;
    }
    event->accept();
    const QString missing = TextTyper::typeAtOnce(*m_session, *m_composer, event->commitString());
    if (!missing.isEmpty())
        showHint(tr("The machine's keyboard has no keys for: %1").arg(missing));
}

/// The window of candidates has to be somewhere: below what is seen.
QVariant ConsoleView::inputMethodQuery(Qt::InputMethodQuery query) const
{
    switch (query) {
    case Qt::ImEnabled:
        return m_composer.has_value();
    case Qt::ImCursorRectangle:
        return QRect(width() / 2, height() - 24, 1, 16);
    default: // of Qt's many, no enumeration of ours
        return QAbstractScrollArea::inputMethodQuery(query);
    }
}

bool ConsoleView::isHostShortcut(const QKeyEvent* event) const
{
    return m_hostShortcuts.contains(QKeySequence(event->keyCombination()));
}

bool ConsoleView::keepsShortcuts()
{
    if (takesInput())
        return true;
    // Who only looks at a guest that lives on may have forgotten so.
    const bool onlyLooks = isLive() && m_isViewOnly && m_notice.title.isEmpty();
    return (hasFocus() && onlyLooks) || isTypedOn();
}

bool ConsoleView::isTypedOn()
{
    return !takesInput() && hasFocus() && m_typingOn.takesKey();
}

void ConsoleView::setGrabsKeyboard(bool grabs)
{
    if (std::exchange(m_wantsGrab, grabs) != grabs)
        m_isGrabGivenUp = false;
    updateGrab();
    Q_EMIT inputChanged();
}

void ConsoleView::updateGrab()
{
    m_typingOn.setHeard(takesInput());
    // Keys that go nowhere are better left to this computer.
    if (m_wantsGrab && !m_isGrabGivenUp && takesInput() && hasFocus())
        m_grab.hold(this);
    else
        m_grab.release();
    tellGrab();
}

void ConsoleView::tellGrab()
{
    if (std::exchange(m_hasToldGrab, m_grab.isHeld()) == m_grab.isHeld())
        return;
    if (m_grab.isHeld())
        showHint(tr("The machine has the whole keyboard. Press Ctrl+Alt to get it back."));
    Q_EMIT keyboardGrabChanged(m_grab.isHeld());
}

/// Ctrl+Alt were pressed and let go: out of the capture, or else out of the view. Where that is all
/// there is in its window, the keys of this computer at least are its own again.
void ConsoleView::leaveByKeyboard()
{
    releaseKeys();
    if (m_pointer.isCaptured())
        releasePointer();
    else if (!QAbstractScrollArea::focusNextPrevChild(true))
        giveUpGrab();
}

void ConsoleView::giveUpGrab()
{
    if (!m_grab.isHeld())
        return;
    m_isGrabGivenUp = true;
    updateGrab();
    showHint(tr("This computer has its keys back. Click to give the machine the whole keyboard."));
}

void ConsoleView::takeGrabBack()
{
    if (std::exchange(m_isGrabGivenUp, false))
        updateGrab();
}

/// The first key after the focus came tells how the locks are here; the guest follows.
void ConsoleView::syncKeyLocks(const QKeyEvent* event)
{
    if (m_locksKnown || event->nativeScanCode() == 0)
        return;
    m_locksKnown = true;
    KeyLocks locks = m_session->keyLocks();
    locks.capsLock = event->nativeModifiers() & kXkbLock;
    locks.numLock = event->nativeModifiers() & kXkbMod2;
    m_session->setKeyLocks(locks);
}

void ConsoleView::releaseKeys()
{
    m_heldKeys.clear();
    m_leave.disarm();
    if (m_session) {
        m_session->releaseAllKeys();
        m_session->releaseAllButtons();
    }
}

/// A release that went to somebody else here, with a shortcut of the desktop's for one, is one
/// there, too.
void ConsoleView::releaseLost(Qt::KeyboardModifiers held)
{
    for (auto key = m_heldKeys.begin(); key != m_heldKeys.end();) {
        if (key->modifier == Qt::NoModifier || held.testFlag(key->modifier)) {
            ++key;
            continue;
        }
        m_session->key(key->code, false);
        key = m_heldKeys.erase(key);
    }
}

void ConsoleView::sendKeyCombination(const QList<Qt::Key>& keys)
{
    m_leave.disarm();
    if (m_isViewOnly)
        return;
    QList<int> codes;
    for (Qt::Key key : keys) {
        if (const auto code = KeyTranslator::fromQtKey(key))
            codes.append(*code);
    }
    if (m_session)
        m_session->sendKeyCombination(codes);
}

void ConsoleView::focusInEvent(QFocusEvent* event)
{
    m_locksKnown = false;
    m_isGrabGivenUp = false;
    QAbstractScrollArea::focusInEvent(event);
    updateGrab();
}

void ConsoleView::focusOutEvent(QFocusEvent* event)
{
    releaseKeys();
    releasePointer();
    QAbstractScrollArea::focusOutEvent(event);
    m_grab.release();
    tellGrab();
}

bool ConsoleView::viewportEvent(QEvent* event)
{
    if (takesInput() && takePointerEvent(event))
        return true;
    return QAbstractScrollArea::viewportEvent(event);
}

bool ConsoleView::takePointerEvent(QEvent* event)
{
    switch (event->type()) {
    case QEvent::MouseMove:
        takeMotion(static_cast<QMouseEvent*>(event)->position());
        return true;
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonDblClick: // a guest counts clicks for itself
        takeButton(static_cast<QMouseEvent*>(event), true);
        return true;
    case QEvent::MouseButtonRelease:
        takeButton(static_cast<QMouseEvent*>(event), false);
        return true;
    case QEvent::Wheel:
        takeWheel(static_cast<QWheelEvent*>(event));
        event->accept();
        return true;
    case QEvent::ContextMenu:
        return true; // the right button is the guest's
    default: // of Qt's many, no enumeration of ours
        return false;
    }
}

void ConsoleView::takeMotion(QPointF position)
{
    if (m_session->isMouseAbsolute()) {
        m_session->movePointerTo(m_geometry.toGuest(position), m_head->number());
        return;
    }
    if (!m_pointer.isCaptured() || m_lock) // a locked one tells of its motion itself
        return;
    const QPointF centre = viewport()->rect().center();
    // The jump may come together with motion after it: X11's events are merged.
    if (!m_warp.hasExpired()
        && (position - centre).manhattanLength() < (position - m_lastPosition).manhattanLength()) {
        m_warp = {};
        m_lastPosition = centre;
    }
    const QPointF delta = position - m_lastPosition;
    m_lastPosition = position;
    moveCaptured(delta, devicePixelRatioF());
    // Back to the middle before the edge stops it, but not for each step.
    const QPointF away = position - centre;
    if (std::abs(away.x()) > viewport()->width() / 4.0
        || std::abs(away.y()) > viewport()->height() / 4.0)
        warpToCentre();
}

void ConsoleView::moveCaptured(QPointF delta, qreal scale)
{
    if (takesInput())
        m_session->movePointerBy(m_pointer.addMotion(delta, scale));
}

void ConsoleView::warpToCentre()
{
    if (!m_warp.hasExpired())
        return;
    m_warp.setRemainingTime(kWarpTime);
    QCursor::setPos(viewport()->mapToGlobal(viewport()->rect().center()));
}

void ConsoleView::takeButton(const QMouseEvent* event, bool pressed)
{
    m_leave.disarm();
    if (pressed)
        takeGrabBack();
    const auto button = PointerInput::fromQt(event->button());
    const bool absolute = m_session->isMouseAbsolute();
    if (!button)
        return;
    if (pressed && !absolute && !m_pointer.isCaptured()) {
        capturePointer(); // this click is ours
        return;
    }
    if (pressed && absolute && !m_geometry.contains(event->position()))
        return;
    if (pressed)
        releaseLost(event->modifiers());
    if (absolute)
        m_session->movePointerTo(m_geometry.toGuest(event->position()), m_head->number());
    m_session->button(*button, pressed);
}

void ConsoleView::takeWheel(const QWheelEvent* event)
{
    m_leave.disarm();
    const int steps = m_pointer.addWheel(event->angleDelta().y());
    const auto button = steps > 0 ? PointerButton::WheelUp : PointerButton::WheelDown;
    for (int i = 0; i < std::abs(steps); ++i) {
        m_session->button(button, true);
        m_session->button(button, false);
    }
}

void ConsoleView::capturePointer()
{
    m_pointer.setCaptured(true);
    m_lock = std::make_unique<wayland::LockedPointer>(
        window()->windowHandle(), [this](QPointF delta) { moveCaptured(delta, 1); });
    if (!m_lock->isHeld()) {
        m_lock.reset();
        viewport()->grabMouse();
        m_lastPosition = viewport()->mapFromGlobal(QPointF(QCursor::pos()));
        m_warp = {};
        warpToCentre();
    }
    applyCursor();
    showHint(tr("The machine has the pointer. Press Ctrl+Alt to get it back."));
    Q_EMIT pointerCaptureChanged(true);
}

void ConsoleView::releasePointer()
{
    if (!m_pointer.isCaptured())
        return;
    m_pointer.setCaptured(false);
    if (!m_lock)
        viewport()->releaseMouse();
    m_lock.reset();
    m_hint->hide();
    if (m_session)
        m_session->releaseAllButtons();
    applyCursor();
    Q_EMIT pointerCaptureChanged(false);
}

QRect ConsoleView::guestCursorRect() const
{
    if (!isLive() || m_session->isMouseAbsolute() || m_head->cursor().image.isNull())
        return {};
    const CursorShape& shape = m_head->cursor();
    return QRect(m_head->cursorPosition() - shape.hotspot, shape.image.size());
}

void ConsoleView::moveGuestCursor()
{
    const QRect now = guestCursorRect();
    if (now == m_cursorRect)
        return;
    viewport()->update(m_geometry.repaintRect(m_cursorRect));
    viewport()->update(m_geometry.repaintRect(now));
    m_cursorRect = now;
}

/// The guest's pointer as the cursor here, as large as its pixels are shown.
void ConsoleView::applyCursor()
{
    const CursorShape shape = m_session && m_head ? m_head->cursor() : CursorShape();
    moveGuestCursor();
    if (m_pointer.isCaptured()) {
        viewport()->setCursor(Qt::BlankCursor);
    } else if (!takesInput() || !shape.isSet || !m_session->isMouseAbsolute()) {
        viewport()->setCursor(Qt::ArrowCursor);
    } else if (shape.image.isNull() || m_geometry.isEmpty()) {
        viewport()->setCursor(Qt::BlankCursor);
    } else {
        const qreal ratio = devicePixelRatioF();
        const qreal scale = m_geometry.target().width() / m_geometry.input().guest.width();
        QImage image = shape.image;
        if (m_geometry.isScaled())
            image = image.scaled((QSizeF(image.size()) * scale).toSize().expandedTo(QSize(1, 1)),
                Qt::IgnoreAspectRatio,
                isSmooth() ? Qt::SmoothTransformation : Qt::FastTransformation);
        QPixmap pixmap = QPixmap::fromImage(image);
        pixmap.setDevicePixelRatio(ratio);
        const QPoint hotspot = (QPointF(shape.hotspot) * scale / ratio).toPoint();
        viewport()->setCursor(QCursor(pixmap, hotspot.x(), hotspot.y()));
    }
}

} // namespace console
