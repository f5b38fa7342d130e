// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace app {

/// The path of one of our own programs ("virtdeck-host"): beside this program, else in the folder
/// for internal programs of the installation, else by its name, to be sought in PATH.
QString programPath(const QString& name);

} // namespace app
