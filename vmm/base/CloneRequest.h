// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>

#include <optional>

namespace vmm {

enum class CloneKind {
    Full, ///< copies of all disks; stands alone
    Linked, ///< overlays on the disks of the original, which is protected from then on
    Instant, ///< starts at once as a twin of a running template, memory shared until written
};

struct CloneRequest {
    QString name {};
    CloneKind kind = CloneKind::Full;
    bool isStarted = false; ///< start it when it is there; an Instant one always runs

    bool operator==(const CloneRequest&) const = default;
};

QString nameOf(CloneKind kind);
std::optional<CloneKind> cloneKindFromString(const QString& name);

} // namespace vmm
