// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/VmTableHeader.h"

#include <QStyleOptionHeader>

#include <algorithm>

namespace ui {

using models::VmColumn;

namespace {

constexpr int kNames = static_cast<int>(VmColumn::Name);
constexpr int kLeastLetters = 18; // of a name

} // namespace

VmTableHeader::VmTableHeader(QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    setSectionsClickable(true);
    connect(this, &QHeaderView::sectionResized, this, [this](int section) {
        if (section != kNames)
            placeNames();
    });
}

/// Qt's own stretching goes down to the smallest section.
void VmTableHeader::placeNames()
{
    if (count() <= kNames)
        return;
    setSectionResizeMode(kNames, QHeaderView::Fixed);
    int room = viewport()->width();
    for (int section = 0; section < count(); ++section)
        room -= section == kNames ? 0 : sectionSize(section);
    const int least = kLeastLetters * fontMetrics().horizontalAdvance(QLatin1Char('0'));
    resizeSection(kNames, std::max(room, least));
}

void VmTableHeader::resizeEvent(QResizeEvent* event)
{
    QHeaderView::resizeEvent(event);
    placeNames();
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
