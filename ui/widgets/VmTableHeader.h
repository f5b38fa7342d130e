// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/VmTableModel.h"

#include <QHeaderView>

namespace ui {

/// The header of the machine table: titles stand over their columns as the cells do, and the column
/// of names takes what the others leave, but never less than a name needs.
class VmTableHeader : public QHeaderView {
    Q_OBJECT

public:
    explicit VmTableHeader(QWidget* parent = nullptr);

    /// Whether a column's cells are numbers, which stand at the right.
    static bool isNumber(models::VmColumn column);

    /// After a state was restored, too: it brings the modes of its time along.
    void placeNames();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void initStyleOptionForIndex(QStyleOptionHeader* option, int section) const override;
};

} // namespace ui
