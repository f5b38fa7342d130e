// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QRectF>
#include <Qt>

class QPainter;
class QStyleOption;
class QStyleOptionHeader;
class QStyleOptionTab;

/// How Style draws single controls.
namespace ui::paint {

/// An invalid colour leaves out fill or line.
void fillRounded(
    QPainter* painter, const QRectF& rect, const QColor& fill, const QColor& line, qreal width = 1);
void drawHairline(QPainter* painter, const QRect& rect, Qt::Edge edge, const QColor& color);
bool isDefaultButton(const QStyleOption* option);
void drawPushButton(const QStyleOption* option, QPainter* painter);
void drawToolButton(const QStyleOption* option, QPainter* painter);
void drawLineEdit(const QStyleOption* option, QPainter* painter);
void drawCheckBox(const QStyleOption* option, QPainter* painter);
void drawRadioButton(const QStyleOption* option, QPainter* painter);
void drawTabShape(const QStyleOptionTab* tab, QPainter* painter);
void drawHeaderSection(const QStyleOption* option, QPainter* painter);
void drawSortArrow(const QStyleOptionHeader& header, QPainter* painter);
void drawMenuArrow(const QStyleOption* option, const QRectF& box, QPainter* painter);

} // namespace ui::paint
