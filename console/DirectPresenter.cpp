// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/DirectPresenter.h"

#include "console/x11/SharedPixels.h"

#include <QEvent>
#include <QWidget>
#include <QWindow>

#include <chrono>
#include <cmath>

namespace console {

namespace {

using namespace std::chrono_literals;

constexpr auto kLate = 2s;

bool isShown(const QObject* child)
{
    const auto* widget = qobject_cast<const QWidget*>(child);
    return widget && widget->isVisible() && !widget->isWindow();
}

/// Device pixels that are all within.
QRect innerPart(const QRectF& area)
{
    const QPoint topLeft(int(std::ceil(area.left())), int(std::ceil(area.top())));
    const QPoint end(int(std::floor(area.right())), int(std::floor(area.bottom())));
    return { topLeft, end - QPoint(1, 1) };
}

} // namespace

DirectPresenter::DirectPresenter(QWidget* view)
    : QObject(view)
    , m_view(view)
    , m_late(this)
{
    m_late.setSingleShot(true);
    m_late.setInterval(kLate);
    connect(&m_late, &QTimer::timeout, this, &DirectPresenter::paintLate);
}

DirectPresenter::~DirectPresenter() = default;

void DirectPresenter::setPicture(const GuestPicture& picture)
{
    m_origin = picture.origin;
    if (m_memory == picture.memory)
        return;
    m_memory = picture.memory;
    m_isTried = false;
    m_pixels.reset();
}

/// Only once it is wanted: a picture that is scaled never is.
bool DirectPresenter::attach()
{
    if (!std::exchange(m_isTried, true) && m_memory && m_memory->format() == QImage::Format_RGB32)
        m_pixels = x11::SharedPixels::attach(m_memory->file(), m_memory->sizeWithPadding());
    return m_pixels != nullptr;
}

/// The view in its window; nothing if something lies over it, or it is not drawn as it is.
std::optional<QRect> DirectPresenter::freePart() const
{
    const QObjectList& overlays = m_view->children();
    if (std::any_of(overlays.cbegin(), overlays.cend(), isShown))
        return std::nullopt;
    QRect part = m_view->rect();
    const QWidget* widget = m_view;
    for (; !widget->isWindow(); widget = widget->parentWidget()) {
        if (widget->graphicsEffect() || !widget->updatesEnabled() || widget->internalWinId())
            return std::nullopt;
        part.translate(widget->pos());
        const QWidget* parent = widget->parentWidget();
        part &= parent->rect();
        const QObjectList& siblings = parent->children(); // the uppermost last
        const auto isOver = [&part](const QObject* sibling) {
            return isShown(sibling)
                && static_cast<const QWidget*>(sibling)->geometry().intersects(part);
        };
        const auto self = std::find(siblings.cbegin(), siblings.cend(), widget);
        if (std::any_of(self + 1, siblings.cend(), isOver))
            return std::nullopt;
    }
    return widget->graphicsEffect() || !widget->updatesEnabled() ? std::nullopt
                                                                 : std::optional(part);
}

bool DirectPresenter::present(const QRegion& region, const ViewGeometry& geometry)
{
    if (geometry.isEmpty() || geometry.isScaled() || !m_view->isVisible() || !attach())
        return false;
    QWindow* window = m_view->window()->windowHandle();
    const ViewGeometry::Input& placed = geometry.input();
    if (!window || !window->isExposed() || placed.devicePixelRatio != m_view->devicePixelRatioF()
        || placed.windowOffset != m_view->mapTo(m_view->window(), QPoint()))
        return false;
    const std::optional<QRect> free = freePart();
    if (!free)
        return false;
    const qreal ratio = placed.devicePixelRatio;
    const QPoint at
        = (QPointF(placed.windowOffset) * ratio + geometry.target().topLeft()).toPoint();
    const QRect visible
        = innerPart({ QPointF(free->topLeft()) * ratio, QSizeF(free->size()) * ratio });
    QList<QRect> parts;
    for (const QRect& rect : region)
        parts.append((rect & visible.translated(-at)).translated(m_origin));
    if (!m_pixels->put(*window, at - m_origin, parts))
        return false;
    ++m_presented;
    follow(window);
    m_unpainted += geometry.repaintRect(region.boundingRect());
    if (!m_late.isActive())
        m_late.start();
    return true;
}

void DirectPresenter::follow(QWindow* window)
{
    if (m_window == window)
        return;
    if (m_window)
        m_window->removeEventFilter(this);
    m_window = window;
    m_window->installEventFilter(this);
}

void DirectPresenter::paintLate()
{
    if (!m_unpainted.isEmpty())
        m_view->update(m_unpainted);
}

bool DirectPresenter::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_window && event->type() == QEvent::Expose)
        paintLate(); // else the backing store would be shown as it is
    return QObject::eventFilter(watched, event);
}

} // namespace console
