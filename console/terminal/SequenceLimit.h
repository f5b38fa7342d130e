// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace console {

/// What a guest says, without what the library (0.1) can't stand: it has room for 16 arguments of a
/// sequence and writes on behind them; and it repeats a character (REP, ECMA-48 8.3.103) without
/// end where that has no width, or beyond the line where it is wide. The latter is carried out here
/// for plain characters, and left out for others. A sequence may come in several parts.
class SequenceLimit {
public:
    QByteArray applied(QByteArrayView bytes);

private:
    enum class Place { Outside, AfterEscape, InArguments };

    void take(uchar byte, QByteArray& out);
    void takeText(uchar byte);
    void takeArgument(uchar byte, QByteArray& out);
    void repeat(QByteArray& out) const;

    Place m_place = Place::Outside;
    int m_arguments = 0;
    int m_first = 0; ///< argument
    bool m_isPrivate = false; ///< it is another sequence with the same end
    char m_last = 0; ///< character that was printed, if it was a plain one
};

} // namespace console
