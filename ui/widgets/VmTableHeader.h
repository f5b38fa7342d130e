// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/VmTableModel.h"

#include <QHeaderView>

namespace ui {

/// The header of the machine table: titles stand over their columns as the cells do.
class VmTableHeader : public QHeaderView {
    Q_OBJECT

public:
    explicit VmTableHeader(QWidget* parent = nullptr);

    /// Whether a column's cells are numbers, which stand at the right.
    static bool isNumber(models::VmColumn column);

protected:
    void initStyleOptionForIndex(QStyleOptionHeader* option, int section) const override;
};

} // namespace ui
