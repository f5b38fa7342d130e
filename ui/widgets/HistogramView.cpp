// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/HistogramView.h"

#include "ui/style/Colors.h"
#include "ui/text/Units.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace ui {

HistogramView::HistogramView(const QString& objectName, const QString& title)
    : m_title(title)
{
    setObjectName(objectName);
    setAccessibleName(title);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void HistogramView::setHistogram(const vmm::LatencyHistogram& histogram)
{
    if (m_histogram == histogram)
        return;
    m_histogram = histogram;
    QStringList words;
    for (int i = 0; i < histogram.counts.size(); ++i)
        words << spanOf(i) + QStringLiteral(": ") + QLocale().toString(histogram.counts[i]);
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    setToolTip(words.join(QLatin1Char('\n')));
    update();
}

QString HistogramView::spanOf(int index) const
{
    const QVector<double>& bounds = m_histogram.boundsMs;
    if (bounds.isEmpty())
        return {};
    if (index == 0)
        return tr("below %1 ms").arg(Units::number(bounds.first()));
    if (index >= bounds.size())
        return tr("from %1 ms on").arg(Units::number(bounds.last()));
    //: A span of time: %1 to %2 milliseconds
    return tr("%1–%2 ms").arg(Units::number(bounds[index - 1]), Units::number(bounds[index]));
}

QSize HistogramView::sizeHint() const
{
    return { 240, fontMetrics().height() * 8 };
}

void HistogramView::paintEvent(QPaintEvent*)
{
    const Colors& colors = Colors::of(palette());
    QPainter painter(this);
    const int text = fontMetrics().height();
    painter.setPen(colors.text);
    painter.drawText(QRect(0, 0, width(), text + 4), Qt::AlignVCenter | Qt::AlignLeft, m_title);
    const int count = static_cast<int>(m_histogram.counts.size());
    const qint64 largest
        = count > 0 ? *std::max_element(m_histogram.counts.begin(), m_histogram.counts.end()) : 0;
    if (largest <= 0) {
        painter.setPen(colors.muted);
        painter.drawText(rect(), Qt::AlignCenter, tr("No requests yet"));
        return;
    }
    const QRect plot(0, text + 8, width(), height() - 2 * text - 16);
    painter.setPen(colors.hairline);
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());
    const double step = static_cast<double>(plot.width()) / count;
    for (int i = 0; i < count; ++i) {
        const int tall = static_cast<int>(static_cast<double>(plot.height())
            * static_cast<double>(m_histogram.counts[i]) / static_cast<double>(largest));
        const QRect bar(static_cast<int>(plot.left() + i * step) + 2, plot.bottom() - tall,
            std::max(2, static_cast<int>(step) - 4), tall);
        painter.fillRect(bar, colors.series[1]);
        const QString label = spanOf(i);
        painter.setPen(colors.muted);
        painter.drawText(QRectF(plot.left() + i * step, plot.bottom() + 4, step, text + 2),
            Qt::AlignHCenter | Qt::AlignTop,
            fontMetrics().elidedText(label, Qt::ElideRight, static_cast<int>(step) - 2));
    }
}

} // namespace ui
