// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Result.h"

#include <QSize>
#include <QStringList>

#include <chrono>

namespace app {

/// What the command line of `virtdeck` asks for.
struct Options {
    QStringList connect {}; ///< URIs besides the remembered ones
    QStringList only {}; ///< URIs instead of the remembered ones; nothing is remembered then
    QString define {}; ///< domain XML file to add to this computer's core, unless its name is there
    QString start {}; ///< name of a machine to start if it is off
    QString showVm {}; ///< name of a machine to select
    QString showPage {}; ///< one of pageNames(); empty: as it was left
    QString screenshot {}; ///< PNG file to save; the program ends then
    std::chrono::milliseconds screenshotAfter { 10000 };
    QSize size {}; ///< of the window; empty: as it was left
    QString theme {}; ///< "light", "dark", "system"; empty: as it was left
    QStringList files {}; ///< connection files to open, each in a window of its own
    QString language {}; ///< "de"; empty: as it was left

    bool operator==(const Options&) const = default;
};

/// Of the pages of a machine, in their order: "overview", "console", ...
QStringList pageNames();

/// Reads arguments (the program's name first). `--help` and `--version` are answered by `exitText`,
/// which is then not empty. Errors: InvalidConfig with a sentence in `detail`.
vmm::Result<Options> parseOptions(const QStringList& arguments, QString& exitText);

} // namespace app
