// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"

#include <QColor>
#include <QPalette>

#include <array>

namespace ui {

/// Every colour of the program, for one scheme. Colour carries meaning: green running, grey off,
/// amber attention, red failed, blue in progress. Contrast is held by tst_Colors.
struct Colors {
    QColor window; ///< behind everything
    QColor base; ///< behind lists, charts and text
    QColor text;
    QColor muted; ///< text of second rank
    QColor hairline; ///< divides, carries no meaning
    QColor outline; ///< outline of a control that takes input
    QColor accent; ///< filled, under accentText
    QColor accentText;
    QColor accentMark; ///< accent as text or line on window and base
    QColor selection; ///< behind the selected row
    QColor hover;

    QColor running;
    QColor off;
    QColor attention;
    QColor failed;
    QColor progress;

    /// Series of charts, from the Okabe-Ito set, in a fixed order.
    std::array<QColor, 4> series;

    QColor ofState(vmm::VmState state) const;
    QPalette palette() const;

    static const Colors& light();
    static const Colors& dark();
    /// Those that the palette was made from: no widget needs to be handed the theme.
    static const Colors& of(const QPalette& palette);
};

/// Contrast ratio of two opaque colours, 1..21.
/// Source: WCAG 2.1, "relative luminance" and "contrast ratio".
double contrastRatio(const QColor& first, const QColor& second);

} // namespace ui
