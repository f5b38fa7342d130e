// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/VmTableHeader.h"

#include <QStyleOptionHeader>

namespace ui {

using models::VmColumn;

VmTableHeader::VmTableHeader(QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    setSectionsClickable(true);
}

bool VmTableHeader::isNumber(VmColumn column)
{
    switch (column) {
    case VmColumn::Cpu:
    case VmColumn::Memory:
    case VmColumn::Disk:
    case VmColumn::Network:
    case VmColumn::Vcpus:
    case VmColumn::UpSince:
        return true;
    case VmColumn::Name:
    case VmColumn::Host:
    case VmColumn::State:
        return false;
    }
    return false;
}

void VmTableHeader::initStyleOptionForIndex(QStyleOptionHeader* option, int section) const
{
    QHeaderView::initStyleOptionForIndex(option, section);
    const bool isRight = isNumber(static_cast<VmColumn>(section));
    option->textAlignment = (isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter;
}

} // namespace ui
