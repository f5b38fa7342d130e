// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/MetricsSeries.h"

#include <QStyleOptionViewItem>

class QPainter;

namespace ui {

/// How rows of lists, trees and tables look: shared by their delegates.
class Rows {
public:
    static constexpr int kHeight = 28;
    static constexpr int kDenseHeight = 22;
    static constexpr int kGap = 8;

    static int iconSize(const QFontMetrics& metrics); ///< 16 px, more for a large font

    /// Height for the font in use: 28 px (22 dense) at least, more for a large font.
    static int height(const QFontMetrics& metrics, bool isDense);

    /// Selection and hover, without changing the colours of what stands on it.
    static void paintBackground(QPainter* painter, const QStyleOptionViewItem& option);

    /// The last minute as a line; gaps stay gaps. `ceiling` is the value at the top.
    static void paintSparkline(QPainter* painter, const QRectF& rect,
        const models::MetricsSeries& series, double ceiling, const QColor& color);
};

} // namespace ui
