// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/PointerInput.h"

#include <QtMath>

namespace console {

namespace {

constexpr int kAnglePerStep = 120;

/// Takes the whole part, towards zero, out of a sum.
int takeWhole(qreal& sum)
{
    const int whole = int(std::trunc(sum));
    sum -= whole;
    return whole;
}

} // namespace

int PointerInput::addWheel(int angle)
{
    if ((angle > 0 && m_wheel < 0) || (angle < 0 && m_wheel > 0))
        m_wheel = 0;
    m_wheel += angle;
    const int steps = m_wheel / kAnglePerStep;
    m_wheel %= kAnglePerStep;
    return steps;
}

QPoint PointerInput::addMotion(QPointF delta, qreal scale)
{
    m_motion += delta * scale;
    return QPoint(takeWhole(m_motion.rx()), takeWhole(m_motion.ry()));
}

void PointerInput::setCaptured(bool captured)
{
    m_captured = captured;
    m_motion = {};
}

std::optional<PointerButton> PointerInput::fromQt(Qt::MouseButton button)
{
    // Not one of our enumerations, and Qt knows 27 buttons: the others mean nothing to a guest.
    switch (button) {
    case Qt::LeftButton:
        return PointerButton::Left;
    case Qt::MiddleButton:
        return PointerButton::Middle;
    case Qt::RightButton:
        return PointerButton::Right;
    case Qt::BackButton:
        return PointerButton::Side;
    case Qt::ForwardButton:
        return PointerButton::Extra;
    default:
        return std::nullopt;
    }
}

} // namespace console
