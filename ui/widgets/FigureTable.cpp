// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/FigureTable.h"

#include "ui/widgets/Rows.h"

#include <QHeaderView>

namespace ui {

FigureTable::FigureTable(
    const QString& objectName, const QString& accessibleName, const QStringList& columns)
    : QTableWidget(0, static_cast<int>(columns.size()))
{
    setObjectName(objectName);
    setAccessibleName(accessibleName);
    setHorizontalHeaderLabels(columns);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setTabKeyNavigation(false);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    verticalHeader()->hide();
    const int height = Rows::height(fontMetrics(), true);
    verticalHeader()->setMinimumSectionSize(height);
    verticalHeader()->setDefaultSectionSize(height);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    horizontalHeader()->setHighlightSections(false);
    for (int column = 0; column < columns.size(); ++column)
        horizontalHeaderItem(column)->setTextAlignment(
            (column == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void FigureTable::setRows(const QVector<QStringList>& rows)
{
    if (rowCount() != rows.size()) {
        setRowCount(static_cast<int>(rows.size()));
        updateGeometry();
    }
    for (int row = 0; row < rows.size(); ++row) {
        for (int column = 0; column < columnCount(); ++column) {
            QTableWidgetItem* cell = item(row, column);
            if (!cell) {
                cell = new QTableWidgetItem;
                cell->setTextAlignment(
                    (column == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
                setItem(row, column, cell);
            }
            const QString text = rows[row].value(column);
            if (cell->text() != text)
                cell->setText(text);
        }
    }
}

QSize FigureTable::sizeHint() const
{
    return { QTableWidget::sizeHint().width(),
        horizontalHeader()->sizeHint().height() + verticalHeader()->length() + 2 };
}

QSize FigureTable::minimumSizeHint() const
{
    return { 200, sizeHint().height() };
}

} // namespace ui
