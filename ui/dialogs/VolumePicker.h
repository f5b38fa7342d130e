// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/LatestAnswer.h"

#include <QDialog>

class QComboBox;
class QPushButton;

namespace ui {

class ListTree;
class PanelStack;
class PathEdit;

/// Finds a volume in one of the host's pools.
class VolumePicker : public QDialog {
    Q_OBJECT

public:
    VolumePicker(hosts::Host* host, QWidget* parent);

    /// Gives a field for a path of the host a button that opens it; none if the host has no pools.
    static void equip(PathEdit* edit, hosts::Host* host);

Q_SIGNALS:
    void picked(const QString& path);

private:
    void takePools(const vmm::Result<QVector<hosts::PoolInfo>>& pools);
    void loadVolumes();
    void takeVolumes(const vmm::Result<QVector<hosts::VolumeInfo>>& volumes);
    void noteSelection();

    hosts::Host* m_host;
    models::LatestAnswer m_question;
    QComboBox* m_pool;
    ListTree* m_tree;
    PanelStack* m_panels;
    QPushButton* m_choose;
};

} // namespace ui
