// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/ResourceTab.h"

namespace ui {

class ListTree;

/// The networks of a host, the leases in the selected one, and what can be done with them.
class NetworksTab : public ResourceTab {
    Q_OBJECT

public:
    explicit NetworksTab(Context& context);

protected:
    void ask() override;
    void forget() override;
    void refreshButtons() override;

private:
    QWidget* makeNetworks();
    QWidget* makeLeases();
    void fill(const QVector<hosts::NetworkInfo>& networks);
    void loadLeases();
    void takeLeases(const vmm::Result<QVector<hosts::DhcpLease>>& leases);
    void change(hosts::ResourceAction action);
    const hosts::NetworkInfo* selected() const;

    QVector<hosts::NetworkInfo> m_networks;
    QString m_leasesOf; ///< the network that they are in
    bool m_hasLeases = false; ///< known
    models::LatestAnswer m_leasesAsked;

    ListTree* m_tree;
    ListTree* m_leaseTree;
    PanelStack* m_leasePanels = nullptr;
    QPushButton* m_new = nullptr;
    QPushButton* m_start = nullptr;
    QPushButton* m_stop = nullptr;
    QPushButton* m_autostart = nullptr;
    QPushButton* m_editXml = nullptr;
    QPushButton* m_delete = nullptr;
    QTimer m_leaseTimer; ///< leases bring no events
};

} // namespace ui
