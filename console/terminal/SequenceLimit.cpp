// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/terminal/SequenceLimit.h"

#include <algorithm>

namespace console {

namespace {

constexpr int kMostArguments = 16;
constexpr int kMostRepeats = 1024; ///< more than a line has
constexpr uchar kEscape = 0x1b;
constexpr char kCancel = 0x18;

bool isControl(uchar byte)
{
    return byte < 0x20 || byte == 0x7f;
}

bool endsSequence(uchar byte)
{
    return byte == 0x18 || byte == 0x1a; // CAN, SUB; other control characters may be within
}

qsizetype endOfText(QByteArrayView bytes, qsizetype from)
{
    const qsizetype found = bytes.indexOf(char(kEscape), from);
    return found < 0 ? bytes.size() : found;
}

} // namespace

QByteArray SequenceLimit::applied(QByteArrayView bytes)
{
    QByteArray out;
    out.reserve(bytes.size());
    for (qsizetype at = 0; at < bytes.size();) {
        const qsizetype end = m_place == Place::Outside ? endOfText(bytes, at) : at;
        if (end == at) {
            take(uchar(bytes[at++]), out);
            continue;
        }
        takeText(uchar(bytes[end - 1]));
        out.append(bytes.sliced(at, end - at));
        at = end;
    }
    return out;
}

void SequenceLimit::take(uchar byte, QByteArray& out)
{
    if (byte == kEscape || endsSequence(byte)) {
        m_place = byte == kEscape ? Place::AfterEscape : Place::Outside;
    } else if (!isControl(byte)) {
        if (m_place == Place::InArguments)
            return takeArgument(byte, out);
        m_place = byte == '[' ? Place::InArguments : Place::Outside;
        m_arguments = 1;
        m_first = 0;
        m_isPrivate = false;
    }
    out.append(char(byte));
}

void SequenceLimit::takeText(uchar byte)
{
    m_last = !isControl(byte) && byte < 0x7f ? char(byte) : char(0);
}

void SequenceLimit::takeArgument(uchar byte, QByteArray& out)
{
    const bool isEnd = byte >= 0x40;
    if (byte >= '0' && byte <= '9' && m_arguments == 1)
        m_first = std::min(m_first * 10 + (byte - '0'), kMostRepeats);
    else if (byte == ';' || byte == ':')
        ++m_arguments;
    else if (!isEnd && !(byte >= '0' && byte <= '9'))
        m_isPrivate = true;
    if (isEnd)
        m_place = Place::Outside;
    if (byte == 'b' && !m_isPrivate)
        repeat(out);
    else if (isEnd || m_arguments <= kMostArguments)
        out.append(char(byte));
}

/// In place of the sequence that was begun.
void SequenceLimit::repeat(QByteArray& out) const
{
    out.append(kCancel);
    if (m_last != 0)
        out.append(std::max(m_first, 1), m_last);
}

} // namespace console
