// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/ResourceTab.h"

namespace ui {

class ListTree;

/// The storage of a host: its pools, the volumes in the selected one, and what can be done with
/// them.
class StorageTab : public ResourceTab {
    Q_OBJECT

public:
    explicit StorageTab(Context& context);

protected:
    void ask() override;
    void forget() override;
    void refreshButtons() override;

private:
    QWidget* makePools();
    QWidget* makeVolumes();
    void fillPools(const QVector<hosts::PoolInfo>& pools);
    void loadVolumes();
    void takeVolumes(const vmm::Result<QVector<hosts::VolumeInfo>>& volumes);
    void refreshPoolButtons();
    void refreshVolumeButtons();
    void changePool(hosts::ResourceAction action);
    QString whyNoDelete(const hosts::VolumeInfo& volume) const;
    const hosts::PoolInfo* selectedPool() const;
    const hosts::VolumeInfo* selectedVolume() const;

    QVector<hosts::PoolInfo> m_pools;
    QVector<hosts::VolumeInfo> m_volumes;
    QString m_volumesOf; ///< the pool that they are in
    models::LatestAnswer m_volumesAsked;

    ListTree* m_poolTree;
    ListTree* m_volumeTree;
    PanelStack* m_volumePanels = nullptr;
    QPushButton* m_newPool = nullptr;
    QPushButton* m_start = nullptr;
    QPushButton* m_stop = nullptr;
    QPushButton* m_refresh = nullptr;
    QPushButton* m_autostart = nullptr;
    QPushButton* m_editXml = nullptr;
    QPushButton* m_deletePool = nullptr;
    QPushButton* m_newVolume = nullptr;
    QPushButton* m_upload = nullptr;
    QPushButton* m_download = nullptr;
    QPushButton* m_grow = nullptr;
    QPushButton* m_clone = nullptr;
    QPushButton* m_deleteVolume = nullptr;
};

} // namespace ui
