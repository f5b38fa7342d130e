// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/VmTableModel.h"
#include "ui/Context.h"
#include "ui/Selection.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QTableView;

namespace ui {

class VmTableDelegate;

/// Machines of one host or of all as a table: sorts, filters, tells its host what is visible, and
/// remembers its columns under a name.
class VmTable : public QWidget {
    Q_OBJECT

public:
    /// `name` keys the remembered columns and begins the names of its parts.
    VmTable(Context& context, const QString& name, QWidget* parent = nullptr);
    ~VmTable() override;

    void setHost(hosts::Host* host); ///< null: all hosts
    void clearMarks(); ///< no row is selected then
    void setDense(bool isDense);
    void saveState() const;
    QTableView* view() { return m_view; }

Q_SIGNALS:
    void opened(const models::VmRef& vm); ///< double-click or Enter
    void marked(const QVector<models::VmRef>& vms); ///< the selected rows
    void contextMenuRequested(QPoint globalPosition);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void makeView();
    void restoreState();
    void reportVisible();
    models::VmRef refAt(const QModelIndex& index) const;
    QVector<models::VmRef> selected() const;
    void updateEmptyHint();

    Context& m_context;
    QString m_name;
    models::VmTableModel m_model;
    QLineEdit* m_filter;
    QLabel* m_count;
    QTableView* m_view;
    VmTableDelegate* m_delegate;
    QTimer m_report;
};

} // namespace ui
