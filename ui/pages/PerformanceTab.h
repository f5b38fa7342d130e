// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"
#include "ui/Context.h"

#include <QScrollArea>

namespace ui {

class LoadDetailView;
class MetricChart;

/// CPU, memory, disk and network of one machine, live, over five minutes.
class PerformanceTab : public QScrollArea {
    Q_OBJECT

public:
    explicit PerformanceTab(Context& context, QWidget* parent = nullptr);

    void show(const models::VmRecord& vm);
    void forget(); ///< the machine or its host is gone

private:
    void refresh(const QSet<hosts::Host*>& hosts);
    QString reason(const models::VmRecord& vm, hosts::Feature feature) const;

    Context& m_context;
    hosts::Host* m_host = nullptr;
    hosts::VmId m_vm;
    MetricChart* m_cpu;
    MetricChart* m_memory;
    MetricChart* m_disk;
    MetricChart* m_network;
    LoadDetailView* m_detail;
};

} // namespace ui
