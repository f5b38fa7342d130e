// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/InventoryDelegate.h"

#include "models/Roles.h"
#include "models/VmRecord.h"
#include "ui/style/Colors.h"
#include "ui/style/Icons.h"
#include "ui/text/ErrorText.h"
#include "ui/text/Text.h"
#include "ui/text/Units.h"
#include "ui/widgets/Rows.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace ui {

using hosts::ConnectionState;
using models::Role;
using vmm::VmState;

namespace {

constexpr int kSparklineWidth = 56;

bool isHostRow(const QModelIndex& index)
{
    return index.data(Role::KindRole).value<models::RowKind>() == models::RowKind::Host;
}

const hosts::Host* hostOf(const QModelIndex& index)
{
    return index.data(Role::HostRole).value<hosts::Host*>();
}

const QIcon& hostIcon(const hosts::Host* host)
{
    static const QIcon computer = icon(Glyph::Computer);
    static const QIcon remote = icon(Glyph::Host);
    return host->uri().isEmbedded() ? computer : remote;
}

} // namespace

QString InventoryDelegate::trailingText(const QModelIndex& index) const
{
    if (!isHostRow(index)) {
        const auto info = index.data(Role::InfoRole).value<hosts::VmInfo>();
        const bool isPlain = info.state == VmState::Running && !info.isTemplate;
        return isPlain ? QString() : Text::state(info);
    }
    const auto state = index.data(Role::ConnectionRole).value<ConnectionState>();
    switch (state) {
    case ConnectionState::Connected:
        return {};
    case ConnectionState::Connecting:
        return tr("connecting");
    case ConnectionState::Disconnected:
    case ConnectionState::Reconnecting:
    case ConnectionState::Failed:
        break;
    }
    const QDateTime seen = index.data(Role::LastSeenRole).toDateTime();
    if (!seen.isValid())
        return tr("no connection");
    //: %1 is a time span: "4 min ago"
    return tr("lost, seen %1").arg(Units::ago(seen, QDateTime::currentDateTimeUtc()));
}

void InventoryDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Colors& colors = Colors::of(option.palette);
    const bool isRtl = option.direction == Qt::RightToLeft;
    const bool isHost = isHostRow(index);
    const int iconSize = Rows::iconSize(option.fontMetrics);
    painter->save();
    Rows::paintBackground(painter, option);
    if (index.data(Role::StaleRole).toBool() && !isHost)
        painter->setOpacity(0.55);

    const QRect inner
        = option.rect.adjusted(isRtl ? Rows::kGap : 6, 0, isRtl ? -6 : -Rows::kGap, 0);
    const auto place
        = [&](const QRect& rect) { return QStyle::visualRect(option.direction, inner, rect); };
    const QRect iconRect(inner.left(), inner.center().y() - iconSize / 2 + 1, iconSize, iconSize);
    const QIcon& symbol = isHost ? hostIcon(hostOf(index))
                                 : vmIcon(index.data(Role::InfoRole).value<hosts::VmInfo>());
    symbol.paint(painter, place(iconRect));

    int end = inner.right();
    const QString trailing = trailingText(index);
    const int nameLeft = iconRect.right() + Rows::kGap;
    if (trailing.isEmpty()) {
        const QRect spark(
            end - kSparklineWidth, inner.top() + 6, kSparklineWidth, inner.height() - 12);
        const auto history = index.data(Role::CpuHistoryRole).value<models::MetricsSeries>();
        if (!history.isEmpty() && inner.width() > 150) {
            Rows::paintSparkline(painter, place(spark), history, 1.0, colors.series[0]);
            end = spark.left() - Rows::kGap;
        }
    } else {
        const int most = (end - nameLeft) * (isHost ? 6 : 5) / 10;
        const QString shown = option.fontMetrics.elidedText(trailing, Qt::ElideRight, most);
        const int width = option.fontMetrics.horizontalAdvance(shown);
        painter->setPen(isHost ? colors.attention : colors.muted);
        painter->drawText(place(QRect(end - width, inner.top(), width + 1, inner.height())),
            Qt::AlignVCenter | Qt::TextSingleLine, shown);
        end -= width + Rows::kGap;
    }

    QFont font = option.font;
    if (isHost)
        font.setWeight(QFont::DemiBold);
    painter->setFont(font);
    painter->setPen(colors.text);
    const QString name = index.data(Qt::DisplayRole).toString();
    const QRect nameRect(nameLeft, inner.top(), std::max(0, end - nameLeft), inner.height());
    painter->drawText(place(nameRect),
        static_cast<int>(
            Qt::AlignVCenter | QStyle::visualAlignment(option.direction, Qt::AlignLeft))
            | Qt::TextSingleLine,
        QFontMetrics(font).elidedText(name, Qt::ElideRight, nameRect.width()));
    painter->restore();
}

QSize InventoryDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    return { 120, Rows::height(option.fontMetrics, m_isDense) };
}

QString InventoryDelegate::toolTip(const QModelIndex& index) const
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QStringList lines;
    if (isHostRow(index)) {
        const hosts::Host* host = hostOf(index);
        lines << Text::hostTitle(host->uri()) << host->uri().toString()
              << Text::connection(host->connectionState());
        if (const auto error = host->lastError())
            lines << ErrorText::of(*error).inOneLine();
        const QDateTime seen = index.data(Role::LastSeenRole).toDateTime();
        if (seen.isValid())
            lines << tr("Seen last: %1").arg(Units::exact(seen));
    } else {
        const auto info = index.data(Role::InfoRole).value<hosts::VmInfo>();
        lines << info.name << Text::state(info.state);
        if (info.since.isValid())
            lines << tr("Up for %1, since %2")
                         .arg(Units::duration(std::chrono::seconds(info.since.secsTo(now))),
                             Units::exact(info.since));
        const double cpu = index.data(Role::CpuRole).toDouble();
        if (cpu == cpu && info.state == VmState::Running)
            lines << tr("CPU %1").arg(Units::percent(cpu));
    }
    return lines.join(QLatin1Char('\n'));
}

bool InventoryDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view,
    const QStyleOptionViewItem& option, const QModelIndex& index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QToolTip::showText(event->globalPos(),
        toolTip(index).toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>")),
        view->viewport(), option.rect);
    return true;
}

} // namespace ui
