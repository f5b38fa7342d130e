// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/LatestAnswer.h"
#include "ui/Context.h"

#include <QScrollArea>
#include <QTimer>

namespace ui {

class FactList;
class FigureTable;
class LoadBars;
class PanelStack;

/// The load of a host part by part: each CPU, memory, how long work waits, disks and networks.
/// Asks once a second while it is seen.
class HostLoadTab : public QScrollArea {
    Q_OBJECT

public:
    explicit HostLoadTab(QWidget* parent = nullptr);

    void setHost(hosts::Host* host);
    void refresh(); ///< the host's connection or info has changed

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* layOut();
    void ask();
    void take(const vmm::Result<vmm::HostLoadDetail>& load);

    hosts::Host* m_host = nullptr;
    models::LatestAnswer m_question;
    QTimer m_poll;
    bool m_isKnown = false;

    LoadBars* m_cpus;
    FactList* m_memory;
    FigureTable* m_pressure;
    FigureTable* m_disks;
    FigureTable* m_networks;
    PanelStack* m_panels;
};

} // namespace ui
