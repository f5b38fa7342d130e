// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/Context.h"
#include "ui/Selection.h"

#include <QTimer>
#include <QWidget>

class QStackedWidget;
class QTreeWidget;

namespace ui {

class EmptyPanel;
class PageHeader;
class VmActions;
class VmTable;

/// All hosts at a glance, and all machines in one table: what is shown when nothing is selected.
class DashboardPage : public QWidget {
    Q_OBJECT

public:
    DashboardPage(Context& context, VmActions& actions, QWidget* parent = nullptr);

    VmTable* table() { return m_table; }

Q_SIGNALS:
    void hostActivated(hosts::Host* host);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void scheduleRefresh();
    void refresh();
    void refreshHosts();
    bool isEmpty() const;

    Context& m_context;
    PageHeader* m_header;
    QTreeWidget* m_hosts;
    VmTable* m_table;
    EmptyPanel* m_empty;
    QStackedWidget* m_machines; ///< m_table, or m_empty
    QTimer m_refresh;
};

} // namespace ui
