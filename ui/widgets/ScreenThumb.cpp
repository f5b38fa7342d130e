// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/ScreenThumb.h"

#include "ui/style/Colors.h"
#include "ui/style/Icons.h"

#include <QPainter>

#include <algorithm>

namespace ui {

namespace {

constexpr int kGlyph = 32;
constexpr int kMaxHeight = 420;

void paintText(QPainter& painter, const QRect& rect, const QString& text, const Colors& colors)
{
    const int height = painter.fontMetrics().height();
    const QRect symbol(
        rect.center().x() - kGlyph / 2, rect.center().y() - kGlyph / 2 - height, kGlyph, kGlyph);
    if (rect.height() > kGlyph + 3 * height)
        icon(Glyph::Screen, Tint::Muted).paint(&painter, symbol);
    painter.setPen(colors.muted);
    const int top = rect.height() > kGlyph + 3 * height ? symbol.bottom() + 8 : rect.top();
    const QRect below(rect.left() + 12, top, rect.width() - 24, rect.bottom() - top);
    const int flags = Qt::AlignHCenter | Qt::TextWordWrap
        | (top == rect.top() ? Qt::AlignVCenter : Qt::AlignTop);
    painter.drawText(below, flags, text);
}

void paintBadge(QPainter& painter, const QRect& picture, const QString& text, const Colors& colors)
{
    const QFontMetrics metrics = painter.fontMetrics();
    const int width = metrics.horizontalAdvance(text) + 16;
    if (width > picture.width())
        return;
    const QRect badge(picture.center().x() - width / 2, picture.bottom() - metrics.height() - 14,
        width, metrics.height() + 6);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.base);
    painter.drawRoundedRect(badge, 4, 4);
    painter.setPen(colors.text);
    painter.drawText(badge, Qt::AlignCenter, text);
}

} // namespace

QRect paintScreenThumb(
    QPainter& painter, const QRect& rect, const ScreenThumbLook& look, const QPalette& palette)
{
    const Colors& colors = Colors::of(palette);
    painter.save();
    painter.fillRect(rect, colors.window);
    QRect picture = rect;
    if (look.image.isNull()) {
        paintText(painter, rect, look.text, colors);
    } else {
        picture.setSize(look.image.size().scaled(rect.size(), Qt::KeepAspectRatio));
        picture.moveCenter(rect.center());
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(picture, look.image);
        if (look.isOld) {
            QColor veil = colors.window;
            veil.setAlpha(165);
            painter.fillRect(picture, veil);
            paintBadge(painter, picture, look.date, colors);
        }
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(colors.hairline);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(rect.adjusted(0, 0, -1, -1));
    painter.restore();
    return picture;
}

ScreenThumb::ScreenThumb(const QString& objectName, QWidget* parent)
    : QAbstractButton(parent)
{
    setObjectName(objectName);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ScreenThumb::setLook(const ScreenThumbLook& look)
{
    const bool isResized
        = heightForWidth(width()) != height() || m_look.image.size() != look.image.size();
    m_look = look;
    setAccessibleDescription(look.image.isNull() ? look.text : look.date);
    if (isResized)
        updateGeometry();
    update();
}

QSize ScreenThumb::sizeHint() const
{
    return { 480, heightForWidth(480) };
}

int ScreenThumb::heightForWidth(int width) const
{
    // Wide guests keep their proportion; what is there before the first picture does not jump much.
    const QSize picture = m_look.image.isNull() ? QSize(16, 10) : m_look.image.size();
    const int height = width * picture.height() / std::max(1, picture.width());
    return std::clamp(height, width * 2 / 5, std::min(width * 3 / 4, kMaxHeight));
}

void ScreenThumb::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintScreenThumb(painter, rect(), m_look, palette());
    if (hasFocus() || underMouse()) {
        painter.setPen(QPen(Colors::of(palette()).accentMark, hasFocus() ? 2 : 1));
        const int inset = hasFocus() ? 1 : 0;
        painter.drawRect(rect().adjusted(inset, inset, -1 - inset, -1 - inset));
    }
}

void ScreenThumb::enterEvent(QEnterEvent* event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void ScreenThumb::leaveEvent(QEvent* event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace ui
