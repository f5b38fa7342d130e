// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyle>

class QStyleOptionSlider;

namespace ui {

/// A scroll bar that is a handle and nothing else: no arrows, no box.
class ScrollBarLook {
public:
    static QRect rect(const QStyleOptionSlider& bar, QStyle::SubControl part);
    static void paint(const QStyleOptionSlider& bar, QPainter* painter);
};

} // namespace ui
