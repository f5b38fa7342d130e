// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consoles/WallModel.h"

#include "models/VmRecord.h"
#include "ui/consoles/ScreenLook.h"
#include "ui/consoles/Thumbnails.h"
#include "ui/text/Text.h"

#include <algorithm>

namespace ui {

using models::VmRecord;
using models::VmRef;

WallModel::WallModel(Context& context, QObject* parent)
    : QAbstractListModel(parent)
    , m_context(context)
{
    models::Inventory& inventory = context.workspace.inventory;
    connect(&inventory, &models::Inventory::changed, this, &WallModel::take);
    connect(&inventory, &models::Inventory::hostChanged, this, [this] {
        if (!m_rows.isEmpty())
            Q_EMIT dataChanged(index(0), index(int(m_rows.size()) - 1));
    });
    connect(&inventory, &models::Inventory::hostAboutToBeRemoved, this, [this](hosts::Host* host) {
        for (int row = int(m_rows.size()) - 1; row >= 0; --row) {
            if (m_rows[row].vm.host == host)
                removeAt(row);
        }
        if (m_host == host)
            m_isChosen = true; // nothing follows any more
    });
    connect(context.thumbnails, &Thumbnails::changed, this,
        [this](const VmRef& vm) { touch(rowOf(vm)); });
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
    m_rows.clear();
    for (const VmRecord* vm : vms)
        m_rows.append({ { vm->host, vm->info.id }, vm->sortKey });
    std::sort(m_rows.begin(), m_rows.end(),
        [](const Row& left, const Row& right) { return left.sortKey < right.sortKey; });
    endResetModel();
}

int WallModel::rowOf(const VmRef& vm) const
{
    const auto found
        = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row& row) { return row.vm == vm; });
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

bool WallModel::wants(const VmRecord& vm) const
{
    return !m_isChosen && (!m_host || vm.host == m_host);
}

void WallModel::insert(const VmRecord& vm)
{
    const Row made { { vm.host, vm.info.id }, vm.sortKey };
    const auto place = std::lower_bound(m_rows.begin(), m_rows.end(), made,
        [](const Row& left, const Row& right) { return left.sortKey < right.sortKey; });
    const int row = int(place - m_rows.begin());
    beginInsertRows({}, row, row);
    m_rows.insert(row, made);
    endInsertRows();
}

void WallModel::removeAt(int row)
{
    beginRemoveRows({}, row, row);
    m_rows.removeAt(row);
    endRemoveRows();
}

void WallModel::touch(int row)
{
    if (row >= 0)
        Q_EMIT dataChanged(index(row), index(row));
}

void WallModel::take(const models::InventoryDelta& delta)
{
    for (const VmRecord* gone : delta.removed) {
        if (const int row = rowOf({ gone->host, gone->info.id }); row >= 0)
            removeAt(row);
    }
    for (const VmRecord* made : delta.added) {
        if (wants(*made) && rowOf({ made->host, made->info.id }) < 0)
            insert(*made);
    }
    for (const models::VmChange& change : delta.changed) {
        const int row = rowOf({ change.vm->host, change.vm->info.id });
        if (row < 0)
            continue;
        if (change.isRenamed) {
            removeAt(row);
            insert(*change.vm);
        } else {
            touch(row);
        }
    }
}

int WallModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

ScreenThumbLook WallModel::lookOf(const VmRecord& vm) const
{
    return screenLook(vm, m_context.thumbnails->of({ vm.host, vm.info.id }),
        m_context.workspace.inventory.isStale(vm.host));
}

QVariant WallModel::data(const QModelIndex& index, int role) const
{
    const VmRef vm = at(index.row());
    const VmRecord* record = vm.host ? m_context.workspace.inventory.find(vm.host, vm.vm) : nullptr;
    if (!record)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return record->info.name;
    case Qt::ToolTipRole:
        return tr("%1 on %2: %3")
            .arg(record->info.name, Text::hostTitle(vm.host->uri()),
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
