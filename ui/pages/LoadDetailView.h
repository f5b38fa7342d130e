// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"
#include "models/LatestAnswer.h"
#include "ui/Context.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace ui {

class FactList;
class FigureTable;
class HistogramView;
class LoadBars;

/// The load of one machine part by part: each vCPU, each disk with its latency, each network card,
/// and where its memory is. Asks its host once a second while it is seen.
class LoadDetailView : public QWidget {
    Q_OBJECT

public:
    explicit LoadDetailView(QWidget* parent = nullptr);

    void show(const models::VmRecord& vm);
    void forget(); ///< the machine or its host is gone

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void layOut();
    void ask();
    void take(const vmm::Result<vmm::LoadDetail>& load);
    void fill(const vmm::LoadDetail& load);
    void fillDisks(const QVector<vmm::DiskLoad>& disks);
    void fillHistograms();
    void setReason(const QString& reason);
    QString whyNot(const models::VmRecord& vm) const;

    models::VmRef m_vm;
    vmm::LoadDetail m_load;
    models::LatestAnswer m_question;
    QTimer m_poll;
    bool m_isOffered = false;

    QLabel* m_reason;
    QWidget* m_content;
    QWidget* m_vcpus;
    LoadBars* m_cpus;
    FactList* m_memory;
    FigureTable* m_disks;
    QPushButton* m_latency;
    HistogramView* m_reads;
    HistogramView* m_writes;
    FigureTable* m_cards;
};

} // namespace ui
