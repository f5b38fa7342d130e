// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/Settings.h"

class QWidget;

namespace ui {

/// How the parts of a window are divided, from one start to the next: of every splitter in it that
/// has a name.
class SplitterSizes {
public:
    static void save(Settings& settings, const QWidget& window);
    static void restore(const Settings& settings, const QWidget& window);
};

} // namespace ui
