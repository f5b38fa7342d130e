// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/Inventory.h"

#include <QObject>

namespace ui {

/// Keeps Text told of the hosts that are there, so that no two are called alike. To be made before
/// whatever shows hosts: each change is told here first.
class HostTitles : public QObject {
    Q_OBJECT

public:
    explicit HostTitles(const models::Inventory& inventory);
    ~HostTitles() override;

private:
    void tell(const hosts::Host* leaving);

    const models::Inventory& m_inventory;
};

} // namespace ui
