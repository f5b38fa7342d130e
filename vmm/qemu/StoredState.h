// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Result.h"

#include <QByteArray>
#include <QJsonObject>

namespace vmm {

/// What is kept of a machine beside its definition, because libvirt's XML has no place for it: the
/// file state.json in its folder. A machine without that file has the defaults.
struct StoredState {
    bool isAutostart = false; ///< started once after each boot of the computer
    bool isTemplate = false;
    /// Everything else that is in the file, kept as it is: what newer versions put there, and what
    /// a feature keeps under its own name.
    QJsonObject others {};

    /// One that is never to run has no use for being started by itself.
    void becomeTemplate()
    {
        isTemplate = true;
        isAutostart = false;
    }

    QByteArray toJson() const;
    /// Errors: InvalidConfig (no JSON object).
    static Result<StoredState> fromJson(const QByteArray& json);

    bool operator==(const StoredState&) const = default;
};

} // namespace vmm
