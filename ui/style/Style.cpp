// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/Style.h"

#include "ui/style/Colors.h"
#include "ui/style/ControlPaint.h"
#include "ui/style/ScrollBarLook.h"

#include <QApplication>
#include <QPainter>
#include <QStyleOption>
#include <QTabBar>
#include <QWidget>

namespace ui {

namespace {

constexpr int kToolPadding = 4;
constexpr int kSortArrow = 9;
constexpr int kMenuArrow = 8; ///< width of the mark of a tool that opens a menu
constexpr int kMenuArrowSpace = kMenuArrow + 6;

/// Opens a menu wherever it is pressed, and has a text beside which the mark of it fits.
bool isMenuTool(const QStyleOption* option)
{
    const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option);
    return button && button->toolButtonStyle == Qt::ToolButtonTextBesideIcon
        && button->features.testFlag(QStyleOptionToolButton::HasMenu)
        && !button->features.testFlag(QStyleOptionToolButton::MenuButtonPopup);
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
        paint::drawPushButton(option, painter);
        return;
    case PE_PanelButtonTool:
        if (widget && widget->property(kFieldProperty).toBool())
            paint::fillRounded(painter, QRectF(option->rect), colors.base, colors.outline);
        else
            paint::drawToolButton(option, painter);
        return;
    case PE_IndicatorArrowDown:
        if (widget && isMenuTool(option)) {
            // Fusion would draw it into the corner.
            const QRect box(widget->width() - kToolPadding - kMenuArrow - 2,
                (widget->height() - kMenuArrow) / 2, kMenuArrow, kMenuArrow);
            paint::drawMenuArrow(
                option, visualRect(option->direction, widget->rect(), box), painter);
            return;
        }
        break;
    case PE_FrameLineEdit:
        paint::drawLineEdit(option, painter);
        return;
    case PE_PanelLineEdit: {
        const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
        if (frame && frame->lineWidth <= 0) {
            painter->fillRect(option->rect, option->palette.brush(QPalette::Base));
            return;
        }
        paint::fillRounded(
            painter, QRectF(option->rect), option->palette.color(QPalette::Base), {});
        paint::drawLineEdit(option, painter);
        return;
    }
    case PE_IndicatorCheckBox:
        paint::drawCheckBox(option, painter);
        return;
    case PE_IndicatorRadioButton:
        paint::drawRadioButton(option, painter);
        return;
    case PE_FrameFocusRect:
        paint::fillRounded(painter, QRectF(option->rect), {}, colors.accentMark, 2);
        return;
    case PE_PanelItemViewRow:
    case PE_PanelItemViewItem:
        if (option->state.testFlag(State_Selected))
            painter->fillRect(option->rect, colors.selection);
        else if (option->state.testFlag(State_MouseOver) && option->state.testFlag(State_Enabled)
            && element == PE_PanelItemViewItem)
            painter->fillRect(option->rect, colors.hover);
        return;
    case PE_FrameDefaultButton:
    case PE_FrameTabWidget:
    case PE_IndicatorToolBarSeparator:
    case PE_FrameStatusBarItem:
        return;
    case PE_FrameTabBarBase:
        paint::drawHairline(painter, option->rect, Qt::BottomEdge, colors.hairline);
        return;
    case PE_Frame:
        paint::fillRounded(painter, QRectF(option->rect), {}, colors.hairline);
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
        break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void Style::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
    const QWidget* widget) const
{
    const Colors& colors = Colors::of(option->palette);
    switch (static_cast<int>(element)) {
    case CE_PushButtonLabel:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
            button && paint::isDefaultButton(option)) {
            QStyleOptionButton label = *button;
            label.palette.setColor(QPalette::ButtonText, colors.accentText);
            QProxyStyle::drawControl(element, &label, painter, widget);
            return;
        }
        break;
    case CE_TabBarTabShape:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option)) {
            paint::drawTabShape(tab, painter);
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
    case CE_ItemViewItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(option)) {
            QStyleOptionViewItem shown = *item;
            shown.palette.setColor(QPalette::HighlightedText, colors.text);
            shown.state.setFlag(State_HasFocus, false); // the row shows it
            QProxyStyle::drawControl(element, &shown, painter, widget);
            return;
        }
        break;
    case CE_ToolButtonLabel:
        if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option);
            button && button->toolButtonStyle == Qt::ToolButtonTextBesideIcon) {
            QStyleOptionToolButton label = *button;
            const int end = kToolPadding + (isMenuTool(option) ? kMenuArrowSpace : 0);
            label.rect = visualRect(
                option->direction, option->rect, option->rect.adjusted(kToolPadding, 0, -end, 0));
            QProxyStyle::drawControl(element, &label, painter, widget);
            return;
        }
        break;
    case CE_ToolBar:
        painter->fillRect(option->rect, colors.window);
        paint::drawHairline(painter, option->rect, Qt::BottomEdge, colors.hairline);
        return;
    case CE_Splitter:
        painter->fillRect(option->rect, colors.hairline);
        return;
    case CE_Header:
        // QCommonStyle asks itself, not its proxy, where label and arrow go.
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
            paint::drawHeaderSection(option, painter);
            QStyleOptionHeader part = *header;
            part.rect = subElementRect(SE_HeaderLabel, option, widget);
            QProxyStyle::drawControl(CE_HeaderLabel, &part, painter, widget);
            part.rect = subElementRect(SE_HeaderArrow, option, widget);
            if (header->sortIndicator != QStyleOptionHeader::None)
                paint::drawSortArrow(part, painter);
            return;
        }
        break;
    case CE_HeaderSection:
        paint::drawHeaderSection(option, painter);
        return;
    case CE_HeaderEmptyArea:
        paint::drawHeaderSection(option, painter);
        return;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
    QPainter* painter, const QWidget* widget) const
{
    if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
        bar && control == CC_ScrollBar) {
        ScrollBarLook::paint(*bar, painter);
        return;
    }
    const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option);
    if (control == CC_ToolButton && button && button->toolButtonStyle == Qt::ToolButtonIconOnly) {
        // An icon that opens a menu says so itself; the small arrow would lie upon it.
        QStyleOptionToolButton plain = *button;
        plain.features &= ~QStyleOptionToolButton::HasMenu;
        QProxyStyle::drawComplexControl(control, &plain, painter, widget);
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex* option,
    SubControl subControl, const QWidget* widget) const
{
    if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
        bar && control == CC_ScrollBar)
        return ScrollBarLook::rect(*bar, subControl);
    return QProxyStyle::subControlRect(control, option, subControl, widget);
}

QRect Style::subElementRect(
    SubElement element, const QStyleOption* option, const QWidget* widget) const
{
    const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option);
    const bool isSorted = header && header->sortIndicator != QStyleOptionHeader::None;
    switch (static_cast<int>(element)) {
    case SE_HeaderArrow:
        return visualRect(option->direction, option->rect,
            QRect(option->rect.right() - kSortArrow - 4, option->rect.center().y() - kSortArrow / 2,
                kSortArrow, kSortArrow));
    case SE_HeaderLabel: {
        const int margin = pixelMetric(PM_HeaderMargin, option, widget);
        const int end = isSorted ? kSortArrow + 6 : margin;
        return visualRect(
            option->direction, option->rect, option->rect.adjusted(margin, 0, -end, 0));
    }
    case SE_LineEditContents:
        return QProxyStyle::subElementRect(element, option, widget).adjusted(4, 0, -4, 0);
    default:
        return QProxyStyle::subElementRect(element, option, widget);
    }
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (static_cast<int>(metric)) {
    case PM_HeaderMargin:
        return 8;
    case PM_FocusFrameHMargin:
        return 7;
    case PM_SplitterWidth:
    case PM_MenuPanelWidth: // for PE_FrameMenu: no frame is asked for without
        return 1;
    case PM_MenuVMargin:
        return 4;
    case PM_ToolBarItemMargin:
        return 6;
    case PM_ToolBarItemSpacing:
        return 2;
    case PM_ToolBarIconSize:
    case PM_ButtonIconSize:
    case PM_SmallIconSize:
    case PM_ListViewIconSize:
    case PM_TabBarIconSize:
        return std::max(16, QFontMetrics(QApplication::font()).height() * 9 / 10);
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
        if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option);
            button && button->toolButtonStyle == Qt::ToolButtonTextBesideIcon)
            result.rwidth() += 2 * kToolPadding + (isMenuTool(option) ? kMenuArrowSpace : 0);
        result = result.expandedTo({ 28, 28 });
        break;
    case CT_HeaderSection:
        result.rheight() -= 6; // the margin is meant for the sides
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
