// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/LatestAnswer.h"
#include "ui/Context.h"

#include <QWidget>

class QPushButton;

namespace ui {

class ListTree;
class PanelStack;

/// The removed machines of a host, to be brought back or deleted for good.
class TrashTab : public QWidget {
    Q_OBJECT

public:
    explicit TrashTab(Context& context, QWidget* parent = nullptr);

    void setHost(hosts::Host* host);
    void refresh(); ///< the host's connection or info has changed

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* layOut();
    void load();
    void take(const vmm::Result<QVector<vmm::TrashedMachine>>& machines);
    void refreshButtons();
    void restore();
    void askToDelete(const QVector<hosts::VmId>& vms);
    const vmm::TrashedMachine* selected() const;

    Context& m_context;
    hosts::Host* m_host = nullptr;
    QVector<vmm::TrashedMachine> m_machines;
    models::LatestAnswer m_question;
    bool m_isKnown = false;

    ListTree* m_tree;
    QPushButton* m_restore;
    QPushButton* m_delete;
    QPushButton* m_empty;
    PanelStack* m_panels;
};

} // namespace ui
