// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/ConsoleView.h"

#include "console/ConsoleSession.h"
#include "console/ScreenWatch.h"
#include "console/SharpScaling.h"
#include "console/wayland/LockedPointer.h"

#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QPaintEvent>
#include <QPainter>
#include <QPushButton>
#include <QScreen>
#include <QScrollBar>

#include <algorithm>
#include <array>
#include <chrono>

namespace console {

namespace {

using namespace std::chrono_literals;

constexpr auto kCardDelay = 300ms; ///< what takes no longer needs no notice
constexpr auto kHintTime = 5s;
constexpr auto kBellRest = 1s;
constexpr auto kResizeDelay = 200ms; ///< while a window's edge is dragged
constexpr std::array kZoomSteps { 0.25, 1 / 3.0, 0.5, 2 / 3.0, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75,
    2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0 };
constexpr int kStaleVeil = 140; ///< opacity of the window's colour over a stale picture

bool isWaiting(SessionState state)
{
    return state == SessionState::Connecting || state == SessionState::Authenticating
        || state == SessionState::Live;
}

QLabel* makeHint(QWidget* parent)
{
    auto* hint = new QLabel(parent);
    hint->setObjectName(QStringLiteral("consoleHint"));
    hint->setAttribute(Qt::WA_TransparentForMouseEvents);
    hint->setAutoFillBackground(true);
    hint->setBackgroundRole(QPalette::ToolTipBase);
    hint->setForegroundRole(QPalette::ToolTipText);
    hint->setMargin(8);
    hint->hide();
    return hint;
}

} // namespace

ConsoleView::ConsoleView(QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_grab([this] { tellGrab(); })
    , m_presenter(new DirectPresenter(viewport()))
    , m_card(new ConsoleCard(viewport()))
    , m_hint(makeHint(viewport()))
{
    setObjectName(QStringLiteral("consoleView"));
    setAccessibleName(tr("Screen of the machine"));
    announce({}, false);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_InputMethodEnabled, false); // the guest composes for itself
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    viewport()->setMouseTracking(true);

    connect(m_card, &ConsoleCard::actionRequested, this, [this] {
        if (m_notice.title.isEmpty())
            Q_EMIT reconnectRequested();
        else
            Q_EMIT actionRequested();
    });
    connect(m_card, &ConsoleCard::furtherRequested, this, &ConsoleView::furtherRequested);
    for (QTimer* timer : { &m_cardDelay, &m_hintTime, &m_resizeDelay, &m_bellRest })
        timer->setSingleShot(true);
    m_cardDelay.setInterval(kCardDelay);
    m_hintTime.setInterval(kHintTime);
    m_resizeDelay.setInterval(kResizeDelay);
    m_bellRest.setInterval(kBellRest);
    connect(&m_cardDelay, &QTimer::timeout, this, &ConsoleView::updateCard);
    connect(&m_hintTime, &QTimer::timeout, m_hint, &QWidget::hide);
    connect(&m_resizeDelay, &QTimer::timeout, this, &ConsoleView::askForGuestSize);
    connect(new ScreenWatch(this), &ScreenWatch::changed, this, &ConsoleView::tellScreen);
}

ConsoleView::~ConsoleView() = default;

void ConsoleView::setSession(ConsoleSession* session, ConsoleHead* head)
{
    if (session && !head)
        head = session->heads().first();
    if (m_session == session && m_head == head)
        return;
    if (m_session) {
        releaseKeys();
        releasePointer();
        m_session->disconnect(this);
        m_head->disconnect(this);
        m_session->setVisible(false, this);
    }
    m_session = session;
    m_head = head;
    m_stale = {};
    if (m_session)
        observeSession();
    placePicture();
    applyCursor();
    stateChanged();
}

void ConsoleView::observeSession()
{
    connect(m_session, &ConsoleSession::stateChanged, this, &ConsoleView::stateChanged);
    connect(m_head, &ConsoleHead::frameSized, this, [this] {
        placePicture();
        viewport()->update();
        updateGeometry();
    });
    connect(m_head, &ConsoleHead::damaged, this, &ConsoleView::repaintGuest);
    connect(m_head, &ConsoleHead::displayOnChanged, this, &ConsoleView::updateCard);
    connect(m_head, &ConsoleHead::onChanged, this, &ConsoleView::updateCard);
    connect(m_session, &ConsoleSession::responsiveChanged, this, [this] {
        updateCard();
        viewport()->update();
    });
    if (m_head == m_session->heads().first()) // once for all of them
        connect(m_session, &ConsoleSession::rang, this, &ConsoleView::ring);
    connect(m_head, &ConsoleHead::cursorChanged, this, [this] {
        applyCursor();
        viewport()->update(m_geometry.repaintRect(m_cursorRect)); // also where it was
    });
    connect(m_head, &ConsoleHead::cursorMoved, this, &ConsoleView::moveGuestCursor);
    connect(m_session, &ConsoleSession::mouseModeChanged, this, [this](bool absolute) {
        if (absolute)
            releasePointer();
        applyCursor();
    });
    connect(m_session, &ConsoleSession::agentChanged, this, [this] { m_resizeDelay.start(); });
    connect(m_session, &QObject::destroyed, this, [this] {
        m_heldKeys.clear();
        m_head = nullptr; // it goes with the session
        releasePointer();
        stateChanged();
    });
    m_session->setVisible(isVisible(), this);
    tellScreen();
}

bool ConsoleView::isLive() const
{
    return m_session && m_session->state() == SessionState::Live;
}

bool ConsoleView::takesInput() const
{
    return isLive() && !m_isViewOnly && m_notice.title.isEmpty();
}

bool ConsoleView::isSmooth() const
{
    return !m_isSharp && m_scaling != Scaling::Integer;
}

bool ConsoleView::isVeiled() const
{
    return !m_session->isResponsive() || !m_notice.title.isEmpty();
}

void ConsoleView::stateChanged()
{
    if (!isLive()) {
        m_heldKeys.clear(); // the session released them, or there is nobody to tell
        releasePointer();
        const QImage last = frame();
        m_stale = last.isNull() ? QImage() : last.convertToFormat(QImage::Format_Grayscale8);
    } else {
        m_stale = {};
        m_locksKnown = false;
    }
    if (m_session && isWaiting(m_session->state()) && !m_cardDelay.isActive())
        m_cardDelay.start();
    updateGrab();
    updateCard();
    placePicture();
    applyCursor();
    viewport()->update();
}

QImage ConsoleView::frame() const
{
    return m_session && m_head ? m_head->frame() : QImage();
}

void ConsoleView::updateCard()
{
    ConsoleCard::Content content;
    if (m_session)
        content = ConsoleCard::describe(
            m_session->state(), m_session->endReason(), m_session->endDetail());
    if (isLive() && m_session->firstFrameMs() < 0)
        content.title = tr("Waiting for the picture…");
    else if (isLive() && !m_session->isResponsive())
        content = { .title = tr("The machine does not answer"),
            .reason = tr("Its server takes no input. What you see may be old."),
            .action = ConsoleCard::tr("&Reconnect") };
    else if (isLive() && !m_head->isOn())
        content.title = tr("The machine does not use this display");
    else if (isLive() && !m_head->isDisplayOn())
        content.title = tr("The machine has turned its screen off");
    if (!m_notice.title.isEmpty())
        content = m_notice;

    const bool tooSoon = m_notice.title.isEmpty() && m_session && isWaiting(m_session->state())
        && m_cardDelay.isActive();
    if (!tooSoon)
        announce(stateIn(content), !content.action.isEmpty());
    if (content.title.isEmpty() || tooSoon) {
        if (m_card->isAncestorOf(window()->focusWidget()))
            setFocus();
        m_card->hide();
        return;
    }
    // It may come while somebody types, whose next key must press nothing: it takes no focus, and
    // gives back what it has when its button comes to mean something else.
    if (m_card->isAncestorOf(window()->focusWidget())
        && content.action != m_card->actionButton()->text())
        setFocus();
    m_card->show(content);
}

QString ConsoleView::stateIn(const ConsoleCard::Content& content) const
{
    if (content.title.isEmpty())
        return isLive() ? tr("Connected.") : QString();
    return content.reason.isEmpty() ? content.title
                                    : content.title + QLatin1Char('\n') + content.reason;
}

/// To assistive technology, which sees no picture. Qt 6.4 knows no announcement; what an alert is
/// about is read out.
void ConsoleView::announce(const QString& state, bool hasAction)
{
    QString said
        = tr("Keys and pointer go to the machine. Press Ctrl+Alt, and nothing else, to leave.");
    if (!takesInput())
        said = hasAction ? tr("Press Tab to get to the button.")
                         : tr("Keys and pointer do not go to the machine. Press Tab to leave.");
    if (!state.isEmpty())
        said.prepend(state + QLatin1Char(' '));
    if (accessibleDescription() == said)
        return;
    setAccessibleDescription(said);
    if (state.isEmpty())
        return;
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void ConsoleView::setScaling(Scaling scaling)
{
    if (m_scaling == scaling)
        return;
    m_scaling = scaling;
    placePicture();
    applyCursor();
    viewport()->update();
}

void ConsoleView::setZoom(qreal zoom)
{
    m_zoom = std::clamp(zoom, kMinZoom, kMaxZoom);
    m_scaling = Scaling::Zoom;
    if (qFuzzyCompare(m_zoom, 1.0))
        m_scaling = Scaling::OneToOne;
    placePicture();
    applyCursor();
    viewport()->update();
}

void ConsoleView::zoomIn()
{
    const auto next = std::find_if(
        kZoomSteps.begin(), kZoomSteps.end(), [this](qreal step) { return step > scale() + 0.01; });
    setZoom(next == kZoomSteps.end() ? kMaxZoom : *next);
}

void ConsoleView::zoomOut()
{
    const auto next = std::find_if(kZoomSteps.rbegin(), kZoomSteps.rend(),
        [this](qreal step) { return step < scale() - 0.01; });
    setZoom(next == kZoomSteps.rend() ? kMinZoom : *next);
}

void ConsoleView::setSharp(bool isSharp)
{
    m_isSharp = isSharp;
    applyCursor();
    viewport()->update();
}

void ConsoleView::setViewOnly(bool isViewOnly)
{
    if (isViewOnly) {
        releaseKeys();
        releasePointer();
    }
    m_isViewOnly = isViewOnly;
    updateGrab();
    updateCard(); // it tells how to leave
    applyCursor();
    Q_EMIT inputChanged();
}

void ConsoleView::setNotice(const ConsoleCard::Content& notice)
{
    if (m_notice == notice)
        return;
    if (!notice.title.isEmpty()) {
        releaseKeys();
        releasePointer();
    }
    m_notice = notice;
    updateGrab();
    updateCard();
    applyCursor();
    viewport()->update();
    Q_EMIT inputChanged();
}

void ConsoleView::setGuestFollowsSize(bool follows)
{
    m_guestFollows = follows;
    askForGuestSize();
}

void ConsoleView::askForGuestSize()
{
    if (!m_guestFollows || !isLive() || !isVisible())
        return;
    const QSize room = ViewGeometry({ .view = maximumViewportSize(),
                                        .devicePixelRatio = devicePixelRatioF(),
                                        .windowOffset = viewport()->mapTo(window(), QPoint()) })
                           .viewInDevicePixels();
    // Graphics drivers want even numbers.
    m_session->requestGuestSize(QSize(room.width() & ~1, room.height() & ~1), m_head->number());
}

void ConsoleView::tellScreen()
{
    if (m_session && m_head && isVisible())
        m_session->setHeadScreen(m_head->number(), screen()->geometry());
}

QSize ConsoleView::sizeHint() const
{
    const QSize guest = frame().isNull() ? QSize(1024, 768) : frame().size();
    return (QSizeF(guest) / devicePixelRatioF()).toSize();
}

/// Works out anew where the picture is; cheap, and without effect when nothing changed.
void ConsoleView::placePicture()
{
    m_presenter->setPicture(m_session && m_head ? m_head->picture() : GuestPicture());
    const QSize guest = frame().size();
    const auto inputFor = [&](QSize view, QPoint scroll) {
        return ViewGeometry::Input { .guest = guest,
            .view = view,
            .devicePixelRatio = devicePixelRatioF(),
            .scaling = m_scaling,
            .zoom = m_zoom,
            .scroll = scroll,
            .windowOffset = viewport()->mapTo(window(), QPoint()) };
    };
    // The scroll bars' ranges first, for they may take room from the view.
    const ViewGeometry whole(inputFor(viewport()->size(), {}));
    const bool scrolls
        = (m_scaling == Scaling::OneToOne || m_scaling == Scaling::Zoom) && !whole.isEmpty();
    const QSize range = scrolls ? whole.scrollRange() : QSize(0, 0);
    const QSize page = whole.viewInDevicePixels();
    horizontalScrollBar()->setRange(0, range.width());
    horizontalScrollBar()->setPageStep(page.width());
    verticalScrollBar()->setRange(0, range.height());
    verticalScrollBar()->setPageStep(page.height());
    m_geometry = ViewGeometry(inputFor(
        viewport()->size(), QPoint(horizontalScrollBar()->value(), verticalScrollBar()->value())));
    placeOverlays();
}

void ConsoleView::placeOverlays()
{
    if (!m_card->isHidden())
        m_card->moveToMiddle();
    if (!m_hint->isHidden())
        m_hint->move((viewport()->width() - m_hint->width()) / 2, 12);
}

void ConsoleView::scrollContentsBy(int, int)
{
    placePicture();
    viewport()->update();
}

void ConsoleView::repaintGuest(const QRegion& guestRegion)
{
    if (!m_card->isHidden() && isLive())
        updateCard(); // it waited for this
    const bool showsOnlyPicture = isLive() && !isVeiled() && m_cursorRect.isEmpty();
    if (!showsOnlyPicture || !m_presenter->present(guestRegion, m_geometry))
        viewport()->update(m_geometry.repaintRegion(guestRegion));
}

/// It was moved to another screen, or within its window.
void ConsoleView::followPlace()
{
    placePicture();
    applyCursor();
    viewport()->update();
    if (m_guestFollows)
        m_resizeDelay.start();
}

void ConsoleView::paintEvent(QPaintEvent* event)
{
    const ViewGeometry::Input& placed = m_geometry.input();
    if (placed.devicePixelRatio != devicePixelRatioF()
        || placed.windowOffset != viewport()->mapTo(window(), QPoint()))
        followPlace();

    m_presenter->notePainted(event->region());
    QPainter painter(viewport());
    painter.setCompositionMode(QPainter::CompositionMode_Source);
    const QColor surround = palette().color(QPalette::Window);
    const QImage picture = isLive() ? frame() : m_stale;
    if (picture.isNull() || m_geometry.isEmpty()) {
        painter.fillRect(event->rect(), surround);
        return;
    }
    const QRectF target = m_geometry.logicalTarget();
    const QRect covered(QPoint(qCeil(target.left()), qCeil(target.top())),
        QPoint(qFloor(target.right()) - 1, qFloor(target.bottom()) - 1));
    for (const QRect& rect : event->region() - QRegion(covered))
        painter.fillRect(rect, surround);
    paintPicture(painter, picture, event->region());
    if (!m_cursorRect.isEmpty())
        paintGuestCursor(painter);
    if (!isLive() || isVeiled()) {
        QColor veil = surround;
        veil.setAlpha(kStaleVeil);
        painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
        painter.fillRect(event->rect(), veil);
    }
}

/// In device pixels, so that an unscaled picture is copied and not resampled.
void ConsoleView::paintPicture(
    QPainter& painter, const QImage& picture, const QRegion& region) const
{
    const qreal ratio = m_geometry.input().devicePixelRatio;
    const QRectF target = m_geometry.target();
    painter.save();
    painter.scale(1 / ratio, 1 / ratio);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, m_geometry.isScaled() && isSmooth());
    QRegion clip;
    for (const QRect& rect : region) {
        const QRectF device(QPointF(rect.topLeft()) * ratio, QSizeF(rect.size()) * ratio);
        const QRect part = device.translated(-target.topLeft()).toAlignedRect()
            & QRect(QPoint(), target.size().toSize());
        if (!m_geometry.isScaled())
            painter.drawImage(target.topLeft() + part.topLeft(), picture, part);
        else if (isSmooth() || picture.depth() != 32)
            clip += device.toAlignedRect();
        else
            painter.drawImage(target.topLeft() + part.topLeft(),
                sharplyScaled(picture, target.size().toSize(), part));
    }
    if (!clip.isEmpty()) {
        // The whole picture under a clip: a part of it would be filtered as if its edges were the
        // picture's, and leave seams.
        painter.setClipRegion(clip);
        painter.drawImage(target, picture);
    }
    painter.restore();
}

/// A relative pointer is where the guest has it, not where ours is, so it is part of the picture.
void ConsoleView::paintGuestCursor(QPainter& painter) const
{
    painter.save();
    painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, m_geometry.isScaled() && isSmooth());
    const QRectF place(m_geometry.fromGuest(m_cursorRect.topLeft()),
        m_geometry.fromGuest(
            m_cursorRect.topLeft() + QPoint(m_cursorRect.width(), m_cursorRect.height())));
    painter.drawImage(place, m_head->cursor().image);
    painter.restore();
}

void ConsoleView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    placePicture();
    applyCursor();
    viewport()->update();
    if (m_guestFollows)
        m_resizeDelay.start();
}

void ConsoleView::showEvent(QShowEvent* event)
{
    QAbstractScrollArea::showEvent(event);
    if (m_session)
        m_session->setVisible(true, this);
    placePicture();
}

void ConsoleView::hideEvent(QHideEvent* event)
{
    QAbstractScrollArea::hideEvent(event);
    releaseKeys();
    releasePointer();
    if (m_session)
        m_session->setVisible(false, this);
}

void ConsoleView::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    switch (event->type()) {
    case QEvent::LanguageChange:
        setAccessibleName(tr("Screen of the machine"));
        updateCard();
        break;
    case QEvent::PaletteChange:
        viewport()->update();
        break;
    default: // of Qt's many, no enumeration of ours
        break;
    }
}

/// To be heard; and seen, by whoever is elsewhere or hears nothing.
void ConsoleView::ring()
{
    if (m_bellRest.isActive() || !isVisible())
        return;
    m_bellRest.start();
    QApplication::beep();
    QApplication::alert(window());
    showHint(tr("The machine rang its bell."));
}

void ConsoleView::showHint(const QString& text)
{
    m_hint->setText(text);
    m_hint->adjustSize();
    m_hint->show();
    m_hint->raise();
    placeOverlays();
    m_hintTime.start();
}

} // namespace console
