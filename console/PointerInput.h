// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/ConsoleTypes.h"

#include <QPointF>

#include <optional>

namespace console {

/// The arithmetic of a pointer on its way to the guest: fractions of wheel steps and of relative
/// motion are kept until they make a whole one. No widgets, no events.
class PointerInput {
public:
    /// Whole wheel steps after adding `angle` (Qt's eighths of a degree, 120 per step); positive is
    /// up. A turn the other way drops the rest of the first.
    int addWheel(int angle);

    /// Whole guest pixels of relative motion; `scale` is guest pixels per logical pixel.
    QPoint addMotion(QPointF delta, qreal scale);

    bool isCaptured() const { return m_captured; }
    void setCaptured(bool captured);

    static std::optional<PointerButton> fromQt(Qt::MouseButton button);

private:
    int m_wheel = 0;
    QPointF m_motion;
    bool m_captured = false;
};

} // namespace console
