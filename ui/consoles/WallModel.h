// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/Context.h"
#include "ui/widgets/ScreenThumb.h"

#include <QAbstractListModel>

namespace models {
struct InventoryDelta;
}

namespace ui {

/// The machines of a wall of screens, by name: those that were chosen, or all of a host, or all.
/// Changes by difference.
class WallModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { LookRole = Qt::UserRole, StateRole, TemplateRole };

    explicit WallModel(Context& context, QObject* parent = nullptr);

    void showVms(const QVector<models::VmRef>& vms); ///< these alone, as long as they exist
    void showHost(hosts::Host* host); ///< null: all hosts
    models::VmRef at(int row) const { return m_rows.value(row).vm; }
    int rowOf(const models::VmRef& vm) const; ///< -1: it is not there

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Row {
        models::VmRef vm {};
        QString sortKey {};
    };

    void fill(const QVector<const models::VmRecord*>& vms);
    void take(const models::InventoryDelta& delta);
    void insert(const models::VmRecord& vm);
    void removeAt(int row);
    void touch(int row);
    bool wants(const models::VmRecord& vm) const;
    ScreenThumbLook lookOf(const models::VmRecord& vm) const;

    Context& m_context;
    QVector<Row> m_rows;
    bool m_isChosen = false; ///< it does not grow
    hosts::Host* m_host = nullptr;
};

} // namespace ui

Q_DECLARE_METATYPE(ui::ScreenThumbLook)
