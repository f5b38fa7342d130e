// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consoles/WallModel.h"

#include "models/VmOrder.h"
#include "ui/consoles/ScreenLook.h"
#include "ui/consoles/Thumbnails.h"
#include "ui/text/Text.h"

namespace ui {

using models::VmRecord;
using models::VmRef;

WallModel::WallModel(Context& context, QObject* parent)
    : QAbstractListModel(parent)
    , m_context(context)
    , m_rows(m_rowOfSlot, *this, models::isBeforeByName, [](const VmRecord&) { return true; })
{
    models::Inventory& inventory = context.workspace.inventory;
    connect(&inventory, &models::Inventory::changed, this, &WallModel::take);
    connect(&inventory, &models::Inventory::hostChanged, this, [this] {
        if (m_rows.size() > 0)
            rowsChanged(0, m_rows.size() - 1);
    });
    connect(&inventory, &models::Inventory::hostAboutToBeRemoved, this, [this](hosts::Host* host) {
        m_rows.remove(m_context.workspace.inventory.vms(host));
        if (m_host == host)
            m_isChosen = true; // nothing follows any more
    });
    connect(context.thumbnails, &Thumbnails::changed, this, [this](const VmRef& vm) {
        if (const int row = rowOf(vm); row >= 0)
            rowsChanged(row, row);
    });
}

void WallModel::showVms(const QVector<VmRef>& vms)
{
    QVector<const VmRecord*> records;
    for (const VmRef& vm : vms) {
        if (const VmRecord* record = m_context.workspace.inventory.find(vm.host, vm.vm))
            records.append(record);
    }
    m_isChosen = true;
    fill(records);
}

void WallModel::showHost(hosts::Host* host)
{
    const models::Inventory& inventory = m_context.workspace.inventory;
    QVector<const VmRecord*> records;
    const QVector<hosts::Host*> all = inventory.hosts();
    for (const hosts::Host* each : all) {
        if (!host || each == host)
            records += inventory.vms(each);
    }
    m_isChosen = false;
    m_host = host;
    fill(records);
}

void WallModel::fill(const QVector<const VmRecord*>& vms)
{
    beginResetModel();
    m_rows.assign(vms);
    endResetModel();
}

VmRef WallModel::at(int row) const
{
    if (row < 0 || row >= m_rows.size())
        return {};
    const VmRecord& vm = *m_rows.at(row);
    return { vm.host, vm.info.id };
}

int WallModel::rowOf(const VmRef& vm) const
{
    const VmRecord* record = m_context.workspace.inventory.find(vm.host, vm.vm);
    return record ? m_rows.rowOf(*record) : -1;
}

void WallModel::take(const models::InventoryDelta& delta)
{
    models::RowList::Vms changed;
    for (const models::VmChange& change : delta.changed) {
        if (m_rows.rowOf(*change.vm) >= 0)
            changed.append(change.vm);
    }
    m_rows.remove(delta.removed);
    m_rows.update(changed);
    if (wants(delta.host))
        m_rows.add(delta.added);
}

void WallModel::beginReorder()
{
    Q_EMIT layoutAboutToBeChanged();
    m_before = persistentIndexList();
    for (const QModelIndex& persistent : std::as_const(m_before))
        m_meant.push_back(m_rows.at(persistent.row()));
}

void WallModel::endReorder()
{
    QModelIndexList after;
    for (const VmRecord* vm : m_meant)
        after.append(index(m_rows.rowOf(*vm)));
    changePersistentIndexList(m_before, after);
    m_before.clear();
    m_meant.clear();
    Q_EMIT layoutChanged();
}

void WallModel::rowsChanged(int first, int last)
{
    Q_EMIT dataChanged(index(first), index(last));
}

int WallModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows.size();
}

ScreenThumbLook WallModel::lookOf(const VmRecord& vm) const
{
    return screenLook(vm, m_context.thumbnails->of({ vm.host, vm.info.id }),
        m_context.workspace.inventory.isStale(vm.host));
}

QVariant WallModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const VmRecord* record = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return record->info.name;
    case Qt::ToolTipRole:
        return tr("%1 on %2: %3")
            .arg(record->info.name, Text::hostTitle(record->host->uri()),
                Text::state(record->info.state));
    case Qt::AccessibleTextRole:
        return tr("%1: %2").arg(record->info.name, Text::state(record->info.state));
    case Qt::AccessibleDescriptionRole: {
        const ScreenThumbLook look = lookOf(*record);
        return look.image.isNull() ? look.text : look.date;
    }
    case LookRole:
        return QVariant::fromValue(lookOf(*record));
    case StateRole:
        return QVariant::fromValue(record->info.state);
    case TemplateRole:
        return record->info.isTemplate;
    default: // of Qt's many, no enumeration of ours
        return {};
    }
}

} // namespace ui
