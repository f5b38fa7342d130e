// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/LeaveGesture.h"

#include <QKeyEvent>

#include <utility>

namespace console {

namespace {

bool isPart(const QKeyEvent& key)
{
    return key.key() == Qt::Key_Control || key.key() == Qt::Key_Alt;
}

} // namespace

void LeaveGesture::note(const QKeyEvent& key)
{
    if (!isPart(key))
        m_isArmed = false;
}

void LeaveGesture::press(const QKeyEvent& key)
{
    const auto own = key.key() == Qt::Key_Alt ? Qt::AltModifier : Qt::ControlModifier;
    m_isArmed = isPart(key) && !key.isAutoRepeat()
        && (key.modifiers() | own) == (Qt::ControlModifier | Qt::AltModifier);
}

bool LeaveGesture::release(const QKeyEvent& key)
{
    return !key.isAutoRepeat() && std::exchange(m_isArmed, false) && isPart(key);
}

} // namespace console
