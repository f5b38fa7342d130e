// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Migration.h"

#include <QCoreApplication>

namespace ui {

/// Migration in words.
class MigrationText {
    Q_DECLARE_TR_FUNCTIONS(ui::ResourceText)

public:
    static QString obstacle(const hosts::MigrationObstacle& obstacle); ///< in a sentence
};

} // namespace ui
