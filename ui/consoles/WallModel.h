// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/RowList.h"
#include "ui/Context.h"
#include "ui/widgets/ScreenThumb.h"

#include <QAbstractListModel>

namespace models {
struct InventoryDelta;
}

namespace ui {

/// The machines of a wall of screens, by name: those that were chosen, or all of a host, or all.
/// Changes by difference.
class WallModel : public QAbstractListModel, private models::RowListOwner {
    Q_OBJECT

public:
    enum Role { LookRole = Qt::UserRole, StateRole, TemplateRole };

    explicit WallModel(Context& context, QObject* parent = nullptr);

    void showVms(const QVector<models::VmRef>& vms); ///< these alone, as long as they exist
    void showHost(hosts::Host* host); ///< null: all hosts
    models::VmRef at(int row) const;
    int rowOf(const models::VmRef& vm) const; ///< -1: it is not there; O(1)

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    void fill(const QVector<const models::VmRecord*>& vms);
    void take(const models::InventoryDelta& delta);
    bool wants(const hosts::Host* host) const { return !m_isChosen && (!m_host || host == m_host); }

    // RowListOwner
    void beginInsert(int first, int last) override { beginInsertRows({}, first, last); }
    void endInsert() override { endInsertRows(); }
    void beginRemove(int first, int last) override { beginRemoveRows({}, first, last); }
    void endRemove() override { endRemoveRows(); }
    void beginReorder() override;
    void endReorder() override;
    void rowsChanged(int first, int last) override;

    ScreenThumbLook lookOf(const models::VmRecord& vm) const;

    Context& m_context;
    std::vector<int> m_rowOfSlot;
    models::RowList m_rows;
    QModelIndexList m_before; // while rows change places
    std::vector<const models::VmRecord*> m_meant;
    bool m_isChosen = false; ///< it does not grow
    hosts::Host* m_host = nullptr;
};

} // namespace ui

Q_DECLARE_METATYPE(ui::ScreenThumbLook)
