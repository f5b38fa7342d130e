// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace ui {

/// Paints a row of the inventory tree: state or host icon, name, and at the end the CPU sparkline
/// of what runs or a word on what does not.
class InventoryDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setDense(bool isDense) { m_isDense = isDense; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
        const QModelIndex& index) override;

private:
    QString trailingText(const QModelIndex& index) const;
    QString toolTip(const QModelIndex& index) const;

    bool m_isDense = false;
};

} // namespace ui
