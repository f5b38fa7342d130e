// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Error.h"

#include <QCoreApplication>
#include <QVector>

#include <functional>

class QWidget;

namespace ui {

/// Tells of addresses that were to be connected to and can't be: what is wrong with each, and what
/// an address looks like.
class UnusableAddresses {
    Q_DECLARE_TR_FUNCTIONS(ui::UnusableAddresses)

public:
    /// Blocks nothing but its window. `add`: the user wants to add a connection instead.
    static void tell(
        QWidget* parent, const QVector<vmm::Error>& problems, const std::function<void()>& add);

private:
    static QString forms();
};

} // namespace ui
