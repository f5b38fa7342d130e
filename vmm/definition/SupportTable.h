// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVector>

namespace vmm {

/// One line of what the embedded core can do with a definition.
struct SupportedPart {
    QString path {}; ///< "devices/disk/driver@cache"
    QStringList values {}; ///< empty: any
    bool isHarmless = false; ///< accepted, and of no effect
};

/// Everything that a definition may contain, in the order of the table.
QVector<SupportedPart> supportedParts();

/// The same as a page of documentation (docs/definition-support.md).
QString supportTablePage();

} // namespace vmm
