// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/VmTableDelegate.h"

#include "models/Roles.h"
#include "models/VmTableModel.h"
#include "ui/style/Colors.h"
#include "ui/style/Icons.h"
#include "ui/widgets/Rows.h"
#include "ui/widgets/VmTableHeader.h"

#include <QAbstractItemView>
#include <QPainter>

namespace ui {

using models::Role;
using models::VmColumn;

namespace {

void paintBar(QPainter* painter, const QRect& cell, double share, const Colors& colors, bool isRtl)
{
    if (!(share > 0))
        return;
    QColor fill = colors.series[0];
    fill.setAlphaF(0.22F);
    QRect bar = cell.adjusted(4, 5, -4, -5);
    const int width = static_cast<int>(bar.width() * std::min(share, 1.0));
    if (isRtl)
        bar.setLeft(bar.right() - width + 1);
    else
        bar.setWidth(width);
    painter->fillRect(bar, fill);
}

} // namespace

void VmTableDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Colors& colors = Colors::of(option.palette);
    const auto column = static_cast<VmColumn>(index.column());
    const bool isRtl = option.direction == Qt::RightToLeft;
    const int iconSize = Rows::iconSize(option.fontMetrics);
    painter->save();
    QStyleOptionViewItem row = option;
    // The row has one mark for the focus, at its beginning.
    row.state.setFlag(QStyle::State_HasFocus,
        option.state.testFlag(QStyle::State_HasFocus) && index.column() == 0);
    if (const auto* view = qobject_cast<const QAbstractItemView*>(option.widget); view
        && index.column() == 0 && view->hasFocus() && view->currentIndex().row() == index.row())
        row.state.setFlag(QStyle::State_HasFocus, true);
    Rows::paintBackground(painter, row);
    if (index.data(Role::StaleRole).toBool())
        painter->setOpacity(0.55);

    QRect inner = option.rect.adjusted(Rows::kGap, 0, -Rows::kGap, 0);
    if (column == VmColumn::Cpu)
        paintBar(painter, option.rect, index.data(Role::CpuRole).toDouble(), colors, isRtl);
    if (column == VmColumn::Name) {
        const QRect symbol(inner.left(), inner.center().y() - iconSize / 2 + 1, iconSize, iconSize);
        vmIcon(index.data(Role::InfoRole).value<hosts::VmInfo>())
            .paint(painter, QStyle::visualRect(option.direction, inner, symbol));
        if (isRtl)
            inner.setRight(inner.right() - iconSize - Rows::kGap);
        else
            inner.setLeft(inner.left() + iconSize + Rows::kGap);
    }
    const Qt::Alignment logical = VmTableHeader::isNumber(column) ? Qt::AlignRight : Qt::AlignLeft;
    painter->setPen(column == VmColumn::Name  ? colors.text
            : VmTableHeader::isNumber(column) ? colors.text
                                              : colors.muted);
    const QString text = index.data(Qt::DisplayRole).toString();
    painter->drawText(inner,
        static_cast<int>(QStyle::visualAlignment(option.direction, logical) | Qt::AlignVCenter)
            | Qt::TextSingleLine,
        option.fontMetrics.elidedText(text, Qt::ElideRight, inner.width()));
    painter->restore();
}

} // namespace ui
