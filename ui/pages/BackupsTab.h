// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/MachineListTab.h"

namespace ui {

class MachineActions;

/// The checkpoints of one machine, and its backups since them.
class BackupsTab : public MachineListTab {
    Q_OBJECT

public:
    BackupsTab(Context& context, const MachineActions& actions);

private:
    void ask() override;
    void clear() override { m_checkpoints.clear(); }
    void refreshDetails() override;

    void fill();
    const vmm::CheckpointInfo* selected() const;

    QVector<vmm::CheckpointInfo> m_checkpoints;
    QPushButton* m_since;
    QPushButton* m_delete;
};

} // namespace ui
