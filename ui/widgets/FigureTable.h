// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableWidget>

namespace ui {

/// A small table of figures that change by the second: a name at the left, numbers at the right.
/// As tall as its rows; changes cells in place.
class FigureTable : public QTableWidget {
    Q_OBJECT

public:
    FigureTable(
        const QString& objectName, const QString& accessibleName, const QStringList& columns);

    void setRows(const QVector<QStringList>& rows);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
};

} // namespace ui
