// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/ResourceTab.h"

class QPushButton;

namespace ui {

class ListTree;

/// The removed machines of a host, to be brought back or deleted for good.
class TrashTab : public ResourceTab {
    Q_OBJECT

public:
    explicit TrashTab(Context& context);

private:
    void ask() override;
    void forget() override;
    void refreshButtons() override;
    void fill();
    void restore();
    void askToDelete(const QVector<hosts::VmId>& vms);
    const vmm::TrashedMachine* selected() const;

    QVector<vmm::TrashedMachine> m_machines;

    ListTree* m_tree;
    QPushButton* m_restore;
    QPushButton* m_delete;
    QPushButton* m_empty;
};

} // namespace ui
