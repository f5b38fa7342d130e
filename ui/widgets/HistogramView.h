// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/LoadDetail.h"

#include <QWidget>

namespace ui {

/// How many requests took how long, as bars: one per span of time, in their order.
class HistogramView : public QWidget {
    Q_OBJECT

public:
    HistogramView(const QString& objectName, const QString& title);

    void setHistogram(const vmm::LatencyHistogram& histogram);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString spanOf(int index) const; ///< "0.5–1 ms"

    QString m_title;
    vmm::LatencyHistogram m_histogram;
};

} // namespace ui
