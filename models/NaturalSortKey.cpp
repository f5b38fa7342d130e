// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/NaturalSortKey.h"

namespace models {

namespace {

bool isDigit(QChar c)
{
    return c >= QLatin1Char('0') && c <= QLatin1Char('9');
}

/// A prefix that sorts by `length`, longer numbers after shorter ones: one character up to 8
/// digits, a leading '9' for every 8 more. It stays among the digits, so numbers sort before
/// letters.
void appendLength(QString& key, qsizetype length)
{
    for (; length > 8; length -= 8)
        key += QLatin1Char('9');
    key += QChar(static_cast<char16_t>(u'0' + length));
}

} // namespace

QString naturalSortKey(const QString& name)
{
    const QString folded = name.toCaseFolded();
    QString key;
    key.reserve(folded.size() + 4);
    for (qsizetype i = 0; i < folded.size();) {
        if (!isDigit(folded.at(i))) {
            key += folded.at(i++);
            continue;
        }
        qsizetype end = i;
        while (end < folded.size() && isDigit(folded.at(end)))
            ++end;
        while (i < end - 1 && folded.at(i) == QLatin1Char('0'))
            ++i; // leading zeros don't count: vm02 is beside vm2
        appendLength(key, end - i);
        key += QStringView(folded).mid(i, end - i);
        i = end;
    }
    return key;
}

} // namespace models
