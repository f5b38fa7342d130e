// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consoles/WallDelegate.h"

#include "ui/consoles/WallModel.h"
#include "ui/style/Colors.h"
#include "ui/style/Icons.h"

#include <QAbstractItemView>
#include <QPainter>

namespace ui {

namespace {

constexpr int kMargin = 6;
constexpr int kIcon = 16;

int captionHeight(const QFontMetrics& metrics)
{
    return std::max(metrics.height(), kIcon) + 8;
}

} // namespace

QSize WallDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    const QSize picture = pictureSize();
    return { picture.width() + 2 * kMargin,
        picture.height() + captionHeight(option.fontMetrics) + 2 * kMargin };
}

void WallDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Colors& colors = Colors::of(option.palette);
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const QRect tile = option.rect.adjusted(2, 2, -2, -2);
    painter->save();
    if (isSelected || option.state.testFlag(QStyle::State_MouseOver))
        painter->fillRect(tile, isSelected ? colors.selection : colors.hover);
    const QRect picture(option.rect.topLeft() + QPoint(kMargin, kMargin), pictureSize());
    paintScreenThumb(*painter, picture, index.data(WallModel::LookRole).value<ScreenThumbLook>(),
        option.palette);

    const QRect caption(
        picture.left(), picture.bottom() + 1, picture.width(), captionHeight(option.fontMetrics));
    const QRect symbol(caption.left(), caption.center().y() - kIcon / 2 + 1, kIcon, kIcon);
    stateIcon(index.data(WallModel::StateRole).value<vmm::VmState>())
        .paint(painter, QStyle::visualRect(option.direction, caption, symbol));
    const QRect text
        = QStyle::visualRect(option.direction, caption, caption.adjusted(kIcon + 6, 0, 0, 0));
    painter->setPen(colors.text);
    painter->drawText(text,
        int(QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter)),
        option.fontMetrics.elidedText(
            index.data(Qt::DisplayRole).toString(), Qt::ElideRight, text.width()));
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(QPen(colors.accentMark, 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(tile.adjusted(1, 1, -1, -1));
    }
    painter->restore();
}

} // namespace ui
