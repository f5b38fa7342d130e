// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Host.h"

#include <QHash>
#include <QPointer>

namespace hosts::moving {

/// libvirt hands files out as volumes of pools alone: for a folder that no pool has, one is made
/// for the moment, and forgotten again; the files stay.
class BorrowedPools : public QObject {
    Q_OBJECT

public:
    explicit BorrowedPools(Host* host, QObject* parent = nullptr);

    /// Completes when poolOf(folder) can be used. Does nothing if it can already. Errors: those of
    /// DefinePool.
    vmm::Future<void> borrow(const QString& folder);
    QString poolOf(const QString& folder) const { return m_pools.value(folder); }
    QStringList folders() const { return m_pools.keys(); }
    vmm::Future<void> giveBack(); ///< all of them

private:
    QPointer<Host> m_host;
    QHash<QString, QString> m_pools; ///< by folder
};

} // namespace hosts::moving
