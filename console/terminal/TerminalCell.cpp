// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/terminal/TerminalCell.h"

#include <algorithm>

namespace console {

QString Cell::text() const
{
    QString text;
    appendTo(text);
    return text;
}

void Cell::appendTo(QString& text) const
{
    if (width == 0)
        return;
    if (characters[0] == 0)
        text += QLatin1Char(' ');
    for (const char32_t character : characters) {
        if (character == 0)
            break;
        text += QChar::fromUcs4(character);
    }
}

QString textOf(const CellLine& line, int first, int last)
{
    QString text;
    for (qsizetype i = first; i < std::min<qsizetype>(last, line.size()); ++i)
        line[i].appendTo(text);
    while (text.endsWith(QLatin1Char(' ')))
        text.chop(1);
    return text;
}

} // namespace console
