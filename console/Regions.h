// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRegion>

#include <span>

namespace console {

/// All of them together. QRegion::operator+= goes through everything it has for each rectangle;
/// halves of halves cost a guest that draws hundreds of small things far less.
QRegion united(std::span<const QRect> rects);

} // namespace console
