// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/terminal/TerminalCell.h"

#include <QColor>
#include <QPalette>

#include <array>

namespace console {

/// What a terminal's colours look like on a light and on a dark desktop.
struct TerminalTheme {
    QColor background {};
    QColor foreground {};
    QColor selection {};
    QColor found {}; ///< behind what a search found
    QColor current {}; ///< behind the one that it stands at
    std::array<QColor, 16> colors {};

    static TerminalTheme forPalette(const QPalette& palette);

    QColor colorOf(const CellColor& color, const QColor& fallback) const;

    /// `text` as it is if it can be read on `back`, else so much darker or lighter that it can: the
    /// sixteen colours were not chosen for this background. The same colour stays: it hides text.
    static QColor readable(const QColor& text, const QColor& back);
    /// Source: WCAG 2.1, level AA for text, "contrast ratio".
    static constexpr double kLeastContrast = 4.5;
};

} // namespace console
