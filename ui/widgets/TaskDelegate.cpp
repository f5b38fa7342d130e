// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/TaskDelegate.h"

#include "models/TaskModel.h"
#include "ui/style/Colors.h"
#include "ui/style/Icons.h"
#include "ui/text/Text.h"
#include "ui/text/Units.h"
#include "ui/widgets/Rows.h"

#include <QPainter>

namespace ui {

using models::Task;
using models::TaskState;

namespace {

QIcon outcomeIcon(TaskState state)
{
    switch (state) {
    case TaskState::Running:
        return icon(Glyph::StateBusy, Tint::Progress);
    case TaskState::Succeeded:
        return icon(Glyph::Check, Tint::Running);
    case TaskState::Failed:
        return icon(Glyph::StateCrashed, Tint::Failed);
    case TaskState::Cancelled:
        return icon(Glyph::Close, Tint::Off);
    }
    return {};
}

QString trailing(const Task& task)
{
    if (task.state == TaskState::Running)
        return task.progress >= 0 ? Units::percent(task.progress / 100.0) : Text::taskState(task);
    return Units::ago(task.finished, QDateTime::currentDateTimeUtc());
}

} // namespace

void TaskDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Colors& colors = Colors::of(option.palette);
    const Task task = index.data(models::TaskModel::TaskRole).value<Task>();
    const int iconSize = Rows::iconSize(option.fontMetrics);
    painter->save();
    Rows::paintBackground(painter, option);
    const QRect inner = option.rect.adjusted(Rows::kGap + 4, 0, -Rows::kGap - 4, 0);
    const auto place
        = [&](const QRect& rect) { return QStyle::visualRect(option.direction, inner, rect); };
    const QRect symbol(inner.left(), inner.center().y() - iconSize / 2 + 1, iconSize, iconSize);
    outcomeIcon(task.state).paint(painter, place(symbol));

    const QString end = trailing(task);
    const int endWidth = option.fontMetrics.horizontalAdvance(end) + 1;
    const QRect endRect(inner.right() - endWidth, inner.top(), endWidth, inner.height());
    painter->setPen(colors.muted);
    painter->drawText(place(endRect), Qt::AlignVCenter | Qt::TextSingleLine, end);

    const QRect text(symbol.right() + Rows::kGap, inner.top(),
        endRect.left() - symbol.right() - 2 * Rows::kGap, inner.height());
    painter->setPen(colors.text);
    painter->drawText(place(text),
        static_cast<int>(
            QStyle::visualAlignment(option.direction, Qt::AlignLeft) | Qt::AlignVCenter)
            | Qt::TextSingleLine,
        option.fontMetrics.elidedText(Text::task(task.info), Qt::ElideRight, text.width()));
    if (task.state == TaskState::Running && task.progress >= 0) {
        QRect bar(inner.left(), inner.bottom() - 2, inner.width() * task.progress / 100, 2);
        painter->fillRect(place(bar), colors.progress);
    }
    painter->restore();
}

QSize TaskDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    return { 200, Rows::height(option.fontMetrics, false) };
}

} // namespace ui
