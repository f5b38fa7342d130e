// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/ControlPaint.h"

#include "ui/style/Colors.h"

#include <QPainter>
#include <QStyleOption>

#include <algorithm>

namespace ui::paint {

namespace {

constexpr qreal kRadius = 5;

} // namespace

void fillRounded(
    QPainter* painter, const QRectF& rect, const QColor& fill, const QColor& line, qreal width)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(fill.isValid() ? QBrush(fill) : Qt::NoBrush);
    painter->setPen(line.isValid() ? QPen(line, width) : Qt::NoPen);
    const qreal inset = line.isValid() ? width / 2 : 0;
    painter->drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), kRadius, kRadius);
    painter->restore();
}

void drawHairline(QPainter* painter, const QRect& rect, Qt::Edge edge, const QColor& color)
{
    switch (edge) {
    case Qt::TopEdge:
        painter->fillRect(QRect(rect.left(), rect.top(), rect.width(), 1), color);
        break;
    case Qt::BottomEdge:
        painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), color);
        break;
    case Qt::LeftEdge:
        painter->fillRect(QRect(rect.left(), rect.top(), 1, rect.height()), color);
        break;
    case Qt::RightEdge:
        painter->fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), color);
        break;
    }
}

bool isDefaultButton(const QStyleOption* option)
{
    const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
    return button && button->features.testFlag(QStyleOptionButton::DefaultButton)
        && button->state.testFlag(QStyle::State_Enabled);
}

void drawPushButton(const QStyleOption* option, QPainter* painter)
{
    const Colors& colors = Colors::of(option->palette);
    const bool isEnabled = option->state.testFlag(QStyle::State_Enabled);
    const bool isDown
        = option->state.testFlag(QStyle::State_Sunken) || option->state.testFlag(QStyle::State_On);
    const bool isHovered = isEnabled && option->state.testFlag(QStyle::State_MouseOver);
    QColor fill = isDown || isHovered ? colors.hover : colors.base;
    QColor line = isEnabled ? colors.outline : colors.hairline;
    if (isDefaultButton(option)) {
        fill = isDown   ? colors.accent.darker(115)
            : isHovered ? colors.accent.darker(107)
                        : colors.accent;
        line = QColor();
    }
    fillRounded(painter, QRectF(option->rect), fill, line);
    if (option->state.testFlag(QStyle::State_HasFocus)
        && option->state.testFlag(QStyle::State_KeyboardFocusChange)) {
        const QColor ring = isDefaultButton(option) ? colors.text : colors.accentMark;
        fillRounded(painter, QRectF(option->rect), {}, ring, 2);
    }
}

void drawToolButton(const QStyleOption* option, QPainter* painter)
{
    const Colors& colors = Colors::of(option->palette);
    const bool isEnabled = option->state.testFlag(QStyle::State_Enabled);
    const bool isOn = option->state.testFlag(QStyle::State_On);
    const bool isDown = option->state.testFlag(QStyle::State_Sunken);
    const bool isHovered = option->state.testFlag(QStyle::State_MouseOver);
    if (isEnabled && (isDown || isOn))
        fillRounded(painter, QRectF(option->rect), colors.selection, {});
    else if (isEnabled && isHovered)
        fillRounded(painter, QRectF(option->rect), colors.hover, {});
}

void drawLineEdit(const QStyleOption* option, QPainter* painter)
{
    const Colors& colors = Colors::of(option->palette);
    const bool isEnabled = option->state.testFlag(QStyle::State_Enabled);
    const bool hasFocus = option->state.testFlag(QStyle::State_HasFocus);
    fillRounded(painter, QRectF(option->rect), {},
        hasFocus        ? colors.accentMark
            : isEnabled ? colors.outline
                        : colors.hairline,
        hasFocus ? 2 : 1);
}

namespace {

struct MarkColors {
    QColor fill;
    QColor line;
    QColor mark;
};

// Of what is on or off: an outline that is seen on every background, filled while it is on.
MarkColors markColors(const QStyleOption* option, bool isOn)
{
    const Colors& colors = Colors::of(option->palette);
    if (!option->state.testFlag(QStyle::State_Enabled))
        return { isOn ? colors.hairline : QColor(), colors.hairline, colors.muted };
    if (isOn)
        return { colors.accent, colors.accentMark, colors.accentText };
    const bool isHovered = option->state.testFlag(QStyle::State_MouseOver);
    return { isHovered ? colors.hover : colors.base, colors.outline, colors.text };
}

QRectF squareIn(const QRect& rect)
{
    const int side = std::min(rect.width(), rect.height());
    QRectF square(0, 0, side, side);
    square.moveCenter(QRectF(rect).center());
    return square.adjusted(0.5, 0.5, -0.5, -0.5);
}

} // namespace

void drawCheckBox(const QStyleOption* option, QPainter* painter)
{
    const bool isOn = option->state.testFlag(QStyle::State_On);
    const MarkColors marks = markColors(option, isOn);
    const QRectF box = squareIn(option->rect);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(marks.fill.isValid() ? QBrush(marks.fill) : Qt::NoBrush);
    painter->setPen(QPen(marks.line, 1));
    painter->drawRoundedRect(box, 3, 3);
    if (isOn) {
        const auto at = [&box](qreal x, qreal y) {
            return QPointF(box.left() + box.width() * x, box.top() + box.height() * y);
        };
        painter->setPen(QPen(marks.mark, 1.75, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->drawPolyline(QPolygonF({ at(0.24, 0.52), at(0.43, 0.71), at(0.77, 0.30) }));
    }
    painter->restore();
}

void drawRadioButton(const QStyleOption* option, QPainter* painter)
{
    const bool isOn = option->state.testFlag(QStyle::State_On);
    const MarkColors marks = markColors(option, isOn);
    const QRectF circle = squareIn(option->rect);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(marks.fill.isValid() ? QBrush(marks.fill) : Qt::NoBrush);
    painter->setPen(QPen(marks.line, 1));
    painter->drawEllipse(circle);
    if (isOn) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(marks.mark);
        painter->drawEllipse(circle.center(), circle.width() * 0.2, circle.height() * 0.2);
    }
    painter->restore();
}

void drawTabShape(const QStyleOptionTab* tab, QPainter* painter)
{
    const Colors& colors = Colors::of(tab->palette);
    const QRect rect = tab->rect;
    if (tab->state.testFlag(QStyle::State_Selected)) {
        painter->fillRect(
            QRect(rect.left() + 4, rect.bottom() - 1, rect.width() - 8, 2), colors.accentMark);
    } else if (tab->state.testFlag(QStyle::State_MouseOver)
        && tab->state.testFlag(QStyle::State_Enabled)) {
        fillRounded(painter, QRectF(rect.adjusted(2, 3, -2, -4)), colors.hover, {});
    }
    if (tab->state.testFlag(QStyle::State_HasFocus)
        && tab->state.testFlag(QStyle::State_KeyboardFocusChange))
        fillRounded(painter, QRectF(rect.adjusted(2, 3, -2, -4)), {}, colors.accentMark, 2);
}

void drawHeaderSection(const QStyleOption* option, QPainter* painter)
{
    const Colors& colors = Colors::of(option->palette);
    painter->fillRect(
        option->rect, option->state.testFlag(QStyle::State_MouseOver) ? colors.hover : colors.base);
    drawHairline(painter, option->rect, Qt::BottomEdge, colors.hairline);
}

void drawSortArrow(const QStyleOptionHeader& header, QPainter* painter)
{
    // Ascending, which Qt calls SortDown, points up, as everywhere else.
    const bool pointsDown = header.sortIndicator == QStyleOptionHeader::SortUp;
    const QRectF box = QRectF(header.rect).adjusted(1, 2.5, -1, -2.5);
    const QPointF tip(box.center().x(), pointsDown ? box.bottom() : box.top());
    const qreal base = pointsDown ? box.top() : box.bottom();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(Colors::of(header.palette).muted);
    painter->drawPolygon(QPolygonF({ tip, QPointF(box.right(), base), QPointF(box.left(), base) }));
    painter->restore();
}

void drawMenuArrow(const QStyleOption* option, const QRectF& box, QPainter* painter)
{
    const QPointF tip(box.center().x(), box.center().y() + box.height() / 4);
    const qreal top = tip.y() - box.height() / 2;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(option->palette.color(QPalette::ButtonText), 1.4, Qt::SolidLine,
        Qt::RoundCap, Qt::RoundJoin));
    painter->drawPolyline(QPolygonF({ { box.left(), top }, tip, { box.right(), top } }));
    painter->restore();
}

} // namespace ui::paint
