// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/InventoryModel.h"
#include "ui/Context.h"
#include "ui/Selection.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QTreeView;

namespace ui {

class InventoryDelegate;

/// The inventory at the left: a line to filter it, and the tree of hosts and machines. Sets the
/// selection and follows it.
class Sidebar : public QWidget {
    Q_OBJECT

public:
    Sidebar(Context& context, Selection& selection, QWidget* parent = nullptr);

    void focusFilter();
    void focusTree();
    void setDense(bool isDense);
    void saveState() const;
    void restoreState();

Q_SIGNALS:
    void activated(); ///< double-click or Enter on a machine
    void contextMenuRequested(QPoint globalPosition);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void makeTree();
    void applyFilter();
    void takeSelection();
    void showSelection();
    void restoreHost(hosts::Host* host);
    void noteVm();
    void reportVisible();
    void updateEmptyHint();

    Context& m_context;
    Selection& m_selection;
    models::InventoryModel m_model;
    QLineEdit* m_filter;
    QTreeView* m_tree;
    QLabel* m_nothing;
    InventoryDelegate* m_delegate;
    QTimer m_report;
    QTimer m_age; // "4 min ago" grows old
    QSet<QString> m_collapsed;
    QString m_wantedHost; // remembered selection, until it appears
    hosts::VmId m_wantedVm;
    bool m_isSyncing = false;
};

} // namespace ui
