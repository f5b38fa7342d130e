// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace models {

/// A key whose plain comparison sorts as people count: vm2 before vm10, Web beside web. Made once
/// per name, so that sorting 10,000 rows compares memory. Not locale-aware: machine names are
/// technical, and the order must not depend on who looks.
QString naturalSortKey(const QString& name);

} // namespace models
