// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/ConsoleCard.h"
#include "console/ConsoleTypes.h"
#include "console/DirectPresenter.h"
#include "console/KeyboardGrab.h"
#include "console/LeaveGesture.h"
#include "console/PointerInput.h"
#include "console/TypingOn.h"
#include "console/ViewGeometry.h"
#include "console/typing/KeyboardLayout.h"

#include <QAbstractScrollArea>
#include <QDeadlineTimer>
#include <QKeySequence>
#include <QPointer>
#include <QTimer>

#include <memory>
#include <optional>

class QLabel;

namespace console {

class ConsoleHead;
class ConsoleSession;

namespace wayland {
class LockedPointer;
}

/// The screen of a guest: paints a session's picture and sends it keys and pointer. GUI thread; the
/// session is somebody else's and may come, go and change. Every key goes to the guest while the
/// view has the focus and the console is live; Ctrl+Alt gives a captured pointer back. Without a
/// guest to take keys, shortcuts are the window's.
class ConsoleView : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit ConsoleView(QWidget* parent = nullptr);
    ~ConsoleView() override;

    /// Shows one of a session's monitors, the first if none is named. Null: shows nothing.
    void setSession(ConsoleSession* session, ConsoleHead* head = nullptr);
    ConsoleSession* session() const { return m_session; }
    ConsoleHead* head() const { return m_head; }

    /// FitWindow scales both ways and keeps the proportions; OneToOne shows each guest pixel as one
    /// pixel of the screen, whatever its scale factor, with scroll bars if the guest is larger, as
    /// Zoom does with other factors.
    void setScaling(Scaling scaling);
    Scaling scaling() const { return m_scaling; }
    /// Scaling::Zoom with a factor between kMinZoom and kMaxZoom; OneToOne where it is 1.
    void setZoom(qreal zoom);
    qreal zoom() const { return m_zoom; }
    void zoomIn(); ///< from whatever the scale is now to the next step
    void zoomOut();
    qreal scale() const { return m_geometry.scale(); } ///< device pixels a guest pixel, now
    static constexpr qreal kMinZoom = 0.25;
    static constexpr qreal kMaxZoom = 8;
    /// How a scaled picture is drawn: smooth by default, else with hard edges.
    void setSharp(bool isSharp);
    bool isSharp() const { return m_isSharp; }
    /// While true neither keys nor pointer reach the guest.
    void setViewOnly(bool isViewOnly);
    bool isViewOnly() const { return m_isViewOnly; }
    /// What is to be said over the dimmed picture, whatever the state of the session is; its button
    /// emits actionRequested. An empty title: nothing, the state speaks for itself.
    void setNotice(const ConsoleCard::Content& notice);
    const ConsoleCard::Content& notice() const { return m_notice; }
    void showHint(const QString& text); ///< for some seconds at the upper edge
    /// While true the guest's screen follows the size of the view, if its agent can do that.
    void setGuestFollowsSize(bool follows);
    bool guestFollowsSize() const { return m_guestFollows; }

    /// From now on keys and pointer here are under the same conditions as in another view of the
    /// same machine: view only, its notice, the keys that stay here, whole keyboard, composing.
    void followInput(const ConsoleView& main);
    void followInputNoMore(); ///< they stay as they are

    /// e.g. {Qt::Key_Control, Qt::Key_Alt, Qt::Key_Delete}; keys without a scan code are left out,
    /// and all of them while it is view only.
    void sendKeyCombination(const QList<Qt::Key>& keys);
    /// With a layout this computer's input method composes, and what it commits is typed into the
    /// guest for that layout. Without one (at first) the guest composes for itself.
    void setComposer(std::optional<KeyboardLayout> layout);
    bool composesHere() const { return m_composer.has_value(); }
    /// Somebody else took a key that was on its way here: with it Ctrl+Alt were not alone.
    void noteTakenKey() { m_leave.disarm(); }
    /// Keys that stay this computer's, also while the guest has all others.
    void setHostShortcuts(const QList<QKeySequence>& shortcuts);
    /// While true and the view has the focus, even the window manager's keys go to the guest, where
    /// KeyboardGrab can do that.
    void setGrabsKeyboard(bool grabs);
    bool isKeyboardGrabbed() const { return m_grab.isHeld(); }
    bool isPointerCaptured() const { return m_pointer.isCaptured(); }
    void releasePointer();

    QSize sizeHint() const override;
    QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;

Q_SIGNALS:
    void reconnectRequested(); ///< the user pressed Reconnect
    void actionRequested(); ///< the user pressed the notice's button
    void furtherRequested(int index); ///< or one of those beside it
    void inputChanged(); ///< of what followInput takes
    void pointerCaptureChanged(bool captured);
    void keyboardGrabChanged(bool grabbed);

protected:
    bool event(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void inputMethodEvent(QInputMethodEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    bool focusNextPrevChild(bool next) override;

private:
    bool isLive() const;
    bool takesInput() const; ///< keys and pointer are the guest's
    bool isSmooth() const; ///< how what is scaled is drawn
    bool isVeiled() const; ///< there is a session, and its picture is not all that is to be said
    void observeSession();
    QImage frame() const; ///< of the head, also after the connection's end
    void stateChanged();
    void updateCard();
    QString stateIn(const ConsoleCard::Content& content) const; ///< in words
    void announce(const QString& state, bool hasAction);
    void placePicture();
    void followPlace();
    void placeOverlays();
    void repaintGuest(const QRegion& guestRegion);
    void paintPicture(QPainter& painter, const QImage& picture, const QRegion& region) const;
    void paintGuestCursor(QPainter& painter) const;
    void applyCursor();
    void moveGuestCursor();
    QRect guestCursorRect() const;
    void askForGuestSize();
    void tellScreen();
    void ring();

    bool takeKey(QKeyEvent* event);
    void syncKeyLocks(const QKeyEvent* event);
    bool isHostShortcut(const QKeyEvent* event) const;
    bool keepsShortcuts(); ///< from the window
    bool isTypedOn(); ///< a key that was pressed just now
    void updateGrab();
    void tellGrab();
    void giveUpGrab();
    void takeGrabBack();
    void releaseKeys();
    void releaseLost(Qt::KeyboardModifiers held);
    void leaveByKeyboard();
    bool takePointerEvent(QEvent* event);
    void takeMotion(QPointF position);
    void takeButton(const QMouseEvent* event, bool pressed);
    void takeWheel(const QWheelEvent* event);
    void capturePointer();
    void warpToCentre();
    void moveCaptured(QPointF delta, qreal scale);

    QPointer<ConsoleSession> m_session;
    QPointer<ConsoleHead> m_head;
    KeyboardGrab m_grab;
    LeaveGesture m_leave;
    TypingOn m_typingOn;
    QMetaObject::Connection m_followed;
    QList<QKeySequence> m_hostShortcuts;
    std::optional<KeyboardLayout> m_composer;
    ViewGeometry m_geometry;
    PointerInput m_pointer;
    std::unique_ptr<wayland::LockedPointer> m_lock; ///< of the captured pointer, under Wayland
    Scaling m_scaling = Scaling::FitWindow;
    QImage m_stale; ///< the last picture without its colours, while not live
    DirectPresenter* m_presenter;
    ConsoleCard* m_card;
    ConsoleCard::Content m_notice;
    QLabel* m_hint; ///< how to get a captured pointer back
    QTimer m_cardDelay;
    QTimer m_hintTime;
    QTimer m_resizeDelay;
    QTimer m_bellRest; ///< a guest that rings on and on is heard once a while
    struct HeldKey {
        int code = 0; ///< what it pressed there, so its release matches
        Qt::KeyboardModifier modifier = Qt::NoModifier; ///< that it is here
    };
    QHash<quint32, HeldKey> m_heldKeys; ///< by the key here
    QPointF m_lastPosition; ///< of the captured pointer
    QDeadlineTimer m_warp; ///< until then a jump to the centre is our own doing
    QRect m_cursorRect; ///< in guest pixels: where the relative pointer is drawn
    qreal m_zoom = 1;
    bool m_isSharp = false;
    bool m_isViewOnly = false;
    bool m_locksKnown = false;
    bool m_guestFollows = false;
    bool m_wantsGrab = false;
    bool m_isGrabGivenUp = false; ///< until a click, or the focus comes
    bool m_hasToldGrab = false; ///< what keyboardGrabChanged said last
};

} // namespace console
