// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Bytes.h"

#include <QDateTime>
#include <QMetaType>
#include <QString>
#include <QUuid>

namespace vmm {

/// A machine that was undefined and can still be brought back.
struct TrashedMachine {
    QUuid id {};
    QString name {};
    QDateTime removed {}; ///< UTC
    Bytes size {}; ///< on disk, of all its files

    bool operator==(const TrashedMachine&) const = default;
};

} // namespace vmm
