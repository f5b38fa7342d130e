// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/Context.h"
#include "ui/VmActions.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QStackedWidget;
class QTabWidget;

namespace ui {

class DevicesTab;
class EmptyPanel;
class ErrorPanel;
class FactList;
class HostLoadTab;
class ImagesTab;
class MetricChart;
class NetworksTab;
class PageHeader;
class ResourceTab;
class StorageTab;
class TrashTab;
class VmTable;

/// One host: its load, what it is, and its machines; or why there is no connection.
class HostPage : public QWidget {
    Q_OBJECT

public:
    enum class Tab { Machines, Performance, Images, Trash, Storage, Networks, Devices };

    HostPage(Context& context, VmActions& actions, QWidget* parent = nullptr);

    void setHost(hosts::Host* host);
    void showTab(Tab tab);
    void saveState() const;
    VmTable* table() { return m_table; }

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeMachines();
    QVector<ResourceTab*> resources() const;
    void layOut();
    void refresh();
    void refreshTabs();
    void refreshHeader();
    void refreshError();
    void refreshFacts();
    void refreshCharts();

    Context& m_context;
    hosts::Host* m_host = nullptr;
    PageHeader* m_header;
    ErrorPanel* m_error;
    FactList* m_facts;
    MetricChart* m_cpu;
    MetricChart* m_memory;
    VmTable* m_table;
    EmptyPanel* m_empty;
    QStackedWidget* m_machines;
    HostLoadTab* m_load;
    ImagesTab* m_images;
    TrashTab* m_trash;
    StorageTab* m_storage;
    NetworksTab* m_networks;
    DevicesTab* m_devices;
    QTabWidget* m_tabs;
    QTimer m_age;
};

} // namespace ui
