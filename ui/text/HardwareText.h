// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HardwareItem.h"
#include "ui/style/Icons.h"

#include <QCoreApplication>

namespace ui {

/// The parts of a machine in words.
class HardwareText {
    Q_DECLARE_TR_FUNCTIONS(ui::HardwareText)

public:
    static QString kind(models::HardwareKind kind); ///< "Network card"
    static Glyph glyph(models::HardwareKind kind);
    static QString title(const models::HardwareItem& item); ///< "Disk vda"
    static QString field(models::HardwareField field); ///< "Boot order"
    /// A value as people read it: "uefi-secure" is "UEFI with Secure Boot", an amount has a unit.
    static QString value(models::HardwareField field, const QString& value);
    /// What a field means, where its name does not say it; may be empty.
    static QString hint(models::HardwareField field);
    static QString change(const models::HardwareChange& change); ///< one difference, in a line
};

} // namespace ui
