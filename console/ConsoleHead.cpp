// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/ConsoleHead.h"

namespace console {

ConsoleHead::ConsoleHead(int number, QObject* parent)
    : QObject(parent)
    , m_number(number)
    , m_isOn(number == 0)
{
}

void ConsoleHead::setOn(bool isOn)
{
    if (m_isOn == isOn)
        return;
    m_isOn = isOn;
    Q_EMIT onChanged(isOn);
}

void ConsoleHead::setPicture(const GuestPicture& picture)
{
    m_picture = picture;
    Q_EMIT frameSized(picture.image.size());
}

} // namespace console
