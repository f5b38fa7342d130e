// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/terminal/SequenceLimit.h"

namespace console {

namespace {

constexpr int kMostArguments = 16;
constexpr uchar kEscape = 0x1b;

bool isControl(uchar byte)
{
    return byte < 0x20 || byte == 0x7f;
}

bool endsSequence(uchar byte)
{
    return byte == 0x18 || byte == 0x1a; // CAN, SUB; other control characters may be within
}

} // namespace

QByteArray SequenceLimit::applied(QByteArrayView bytes)
{
    QByteArray out;
    out.reserve(bytes.size());
    for (const char byte : bytes) {
        if (!isTooMuch(uchar(byte)))
            out.append(byte);
    }
    return out;
}

bool SequenceLimit::isTooMuch(uchar byte)
{
    if (byte == kEscape || endsSequence(byte)) {
        m_place = byte == kEscape ? Place::AfterEscape : Place::Outside;
        return false;
    }
    if (m_place == Place::Outside || isControl(byte))
        return false;
    if (m_place == Place::AfterEscape) {
        m_place = byte == '[' ? Place::InArguments : Place::Outside;
        m_arguments = 1;
        return false;
    }
    if (byte == ';' || byte == ':')
        ++m_arguments;
    else if (byte >= 0x40)
        m_place = Place::Outside;
    return m_arguments > kMostArguments && m_place == Place::InArguments;
}

} // namespace console
