// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/ResourceTab.h"

class QLineEdit;

namespace ui {

class ListTree;

/// The devices of a host as the tree they form, to be looked through by words.
class DevicesTab : public ResourceTab {
    Q_OBJECT

public:
    explicit DevicesTab(Context& context);

protected:
    void ask() override;
    void forget() override;
    void refreshButtons() override;

private:
    void fill();
    QSet<QString> wanted() const;
    void copy();

    QVector<hosts::HostDevice> m_devices; ///< parents first
    QLineEdit* m_filter;
    ListTree* m_tree;
    QPushButton* m_copy = nullptr;
};

} // namespace ui
