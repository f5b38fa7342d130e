// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/LoadBars.h"

#include "ui/style/Colors.h"
#include "ui/text/Units.h"

#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

constexpr int kCellGap = 8;

} // namespace

LoadBars::LoadBars(const QString& objectName, const QString& accessibleName)
{
    setObjectName(objectName);
    setAccessibleName(accessibleName);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void LoadBars::setLoads(const QVector<double>& loads)
{
    const bool isResized = loads.size() != m_loads.size();
    m_loads = loads;
    QStringList words;
    for (const double load : loads)
        words << Units::percent(load);
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    if (isResized)
        updateGeometry();
    update();
}

int LoadBars::lineHeight() const
{
    return fontMetrics().height() + 6;
}

int LoadBars::columns(int width) const
{
    const int least = fontMetrics().averageCharWidth() * 18;
    return std::max(
        1, std::min((width + kCellGap) / (least + kCellGap), static_cast<int>(m_loads.size())));
}

int LoadBars::heightForWidth(int width) const
{
    const int count = std::max(1, static_cast<int>(m_loads.size()));
    const int across = columns(width);
    return ((count + across - 1) / across) * (lineHeight() + 4);
}

QSize LoadBars::sizeHint() const
{
    return { 240, heightForWidth(std::max(240, width())) };
}

QRect LoadBars::cell(int index) const
{
    const int across = columns(width());
    const int cellWidth = (width() - (across - 1) * kCellGap) / across;
    const QRect rect((index % across) * (cellWidth + kCellGap),
        (index / across) * (lineHeight() + 4), cellWidth, lineHeight());
    return QStyle::visualRect(layoutDirection(), this->rect(), rect);
}

void LoadBars::paintEvent(QPaintEvent*)
{
    const Colors& colors = Colors::of(palette());
    QPainter painter(this);
    const QFontMetrics metrics = fontMetrics();
    const int numberWidth = metrics.horizontalAdvance(QStringLiteral("000"));
    const int valueWidth = metrics.horizontalAdvance(Units::percent(1)) + 4;
    for (int i = 0; i < m_loads.size(); ++i) {
        const QRect all = cell(i);
        painter.setPen(colors.muted);
        painter.drawText(QRect(all.left(), all.top(), numberWidth, all.height()),
            Qt::AlignRight | Qt::AlignVCenter, QLocale().toString(i));
        QRect bar(all.left() + numberWidth + 8, all.center().y() - 3,
            std::max(8, all.width() - numberWidth - valueWidth - 16), 8);
        painter.fillRect(bar, colors.hairline);
        painter.setPen(colors.text);
        painter.drawText(QRect(all.right() - valueWidth, all.top(), valueWidth, all.height()),
            Qt::AlignRight | Qt::AlignVCenter, Units::percent(m_loads[i]));
        if (std::isnan(m_loads[i]))
            continue;
        bar.setWidth(static_cast<int>(bar.width() * std::clamp(m_loads[i], 0.0, 1.0)));
        painter.fillRect(bar, colors.series[0]);
    }
}

bool LoadBars::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    for (int i = 0; i < m_loads.size(); ++i) {
        if (cell(i).contains(help->pos())) {
            QToolTip::showText(help->globalPos(),
                tr("CPU %1: %2").arg(QLocale().toString(i), Units::percent(m_loads[i])), this);
            return true;
        }
    }
    QToolTip::hideText();
    return true;
}

} // namespace ui
