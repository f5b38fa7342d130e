// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/terminal/TerminalCell.h"

#include <vterm.h>

namespace console {

// Cells of the screen as libvterm has them.

Cell toCell(const VTermScreenCell& from);
VTermScreenCell toLibrary(const Cell& cell);

} // namespace console
