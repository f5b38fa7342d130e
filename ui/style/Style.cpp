// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/Style.h"

#include "ui/style/Colors.h"

#include <QPainter>
#include <QStyleOption>
#include <QTabBar>
#include <QWidget>

namespace ui {

namespace {

constexpr qreal kRadius = 5;

void fillRounded(
    QPainter* painter, const QRectF& rect, const QColor& fill, const QColor& line, qreal width = 1)
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

} // namespace

Style::Style()
    : QProxyStyle(QStringLiteral("Fusion"))
{
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
    const QWidget* widget) const
{
    const Colors& colors = Colors::of(option->palette);
    switch (static_cast<int>(element)) {
    case PE_PanelButtonCommand:
        drawPushButton(option, painter);
        return;
    case PE_PanelButtonTool:
        drawToolButton(option, painter);
        return;
    case PE_FrameLineEdit:
        drawLineEdit(option, painter);
        return;
    case PE_PanelLineEdit: {
        const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
        if (frame && frame->lineWidth <= 0) {
            painter->fillRect(option->rect, option->palette.brush(QPalette::Base));
            return;
        }
        fillRounded(painter, QRectF(option->rect), option->palette.color(QPalette::Base), {});
        drawLineEdit(option, painter);
        return;
    }
    case PE_FrameFocusRect:
        fillRounded(painter, QRectF(option->rect), {}, colors.accentMark, 2);
        return;
    case PE_FrameDefaultButton:
    case PE_FrameTabWidget:
    case PE_IndicatorToolBarSeparator:
    case PE_FrameStatusBarItem:
        return;
    case PE_FrameTabBarBase:
        drawHairline(painter, option->rect, Qt::BottomEdge, colors.hairline);
        return;
    case PE_Frame:
        fillRounded(painter, QRectF(option->rect), {}, colors.hairline);
        return;
    case PE_PanelMenu:
        painter->fillRect(option->rect, colors.base);
        return;
    case PE_FrameMenu:
        painter->save();
        painter->setPen(colors.hairline);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
    const QWidget* widget) const
{
    const Colors& colors = Colors::of(option->palette);
    switch (static_cast<int>(element)) {
    case CE_PushButtonLabel:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
            button && isDefaultButton(option)) {
            QStyleOptionButton label = *button;
            label.palette.setColor(QPalette::ButtonText, colors.accentText);
            QProxyStyle::drawControl(element, &label, painter, widget);
            return;
        }
        break;
    case CE_TabBarTabShape:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option)) {
            drawTabShape(tab, painter);
            return;
        }
        break;
    case CE_TabBarTabLabel:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option)) {
            QStyleOptionTab label = *tab;
            // The shape shows focus; Fusion would draw its ring a second time with the label.
            label.state.setFlag(State_HasFocus, false);
            if (!label.state.testFlag(State_Selected) && label.state.testFlag(State_Enabled))
                label.palette.setColor(QPalette::WindowText, colors.muted);
            QProxyStyle::drawControl(element, &label, painter, widget);
            return;
        }
        break;
    case CE_ToolBar:
        painter->fillRect(option->rect, colors.window);
        drawHairline(painter, option->rect, Qt::BottomEdge, colors.hairline);
        return;
    case CE_Splitter:
        painter->fillRect(option->rect, colors.hairline);
        return;
    case CE_HeaderSection:
        drawHeaderSection(option, painter);
        return;
    case CE_HeaderEmptyArea:
        drawHeaderSection(option, painter);
        return;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (static_cast<int>(metric)) {
    case PM_SplitterWidth:
        return 1;
    case PM_ToolBarItemMargin:
        return 6;
    case PM_ToolBarItemSpacing:
        return 2;
    case PM_ToolBarIconSize:
    case PM_ButtonIconSize:
    case PM_SmallIconSize:
    case PM_TabBarIconSize:
        return 16;
    case PM_ToolBarFrameWidth:
        return 0;
    case PM_TabBarTabHSpace:
        return 24;
    case PM_TabBarTabVSpace:
        return 16;
    case PM_TabBarTabShiftVertical:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    case PM_ScrollBarExtent:
        return 12;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
    QStyleHintReturn* returnData) const
{
    switch (static_cast<int>(hint)) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
        return 0;
    case SH_ToolTip_WakeUpDelay:
        return 400;
    case SH_TabBar_Alignment:
        return Qt::AlignLeft;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

QSize Style::sizeFromContents(
    ContentsType type, const QStyleOption* option, const QSize& size, const QWidget* widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (static_cast<int>(type)) {
    case CT_PushButton:
    case CT_LineEdit:
    case CT_ComboBox:
    case CT_SpinBox:
        result.setHeight(std::max(result.height(), 28));
        break;
    case CT_ToolButton:
        result = result.expandedTo({ 28, 28 });
        break;
    case CT_MenuItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
            item && item->menuItemType != QStyleOptionMenuItem::Separator)
            result.setHeight(std::max(result.height(), 28));
        break;
    default:
        break;
    }
    return result;
}

} // namespace ui
