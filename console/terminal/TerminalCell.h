// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVector>

#include <array>

namespace console {

/// A colour as the program in the guest named it; what it looks like, the theme decides.
struct CellColor {
    enum class Kind : quint8 { Default, Palette, Rgb };
    Kind kind = Kind::Default;
    quint8 red = 0; ///< Palette: the index
    quint8 green = 0;
    quint8 blue = 0;

    bool operator==(const CellColor&) const = default;
};

struct CellStyle {
    CellColor foreground {};
    CellColor background {};
    bool isBold : 1 = false;
    bool isItalic : 1 = false;
    bool isReverse : 1 = false;
    bool isStruck : 1 = false;
    quint8 underline : 2 = 0; ///< 0 none, 1 single, 2 double, 3 curly

    bool operator==(const CellStyle&) const = default;
};

/// One place of a terminal's screen: a character with what combines with it.
struct Cell {
    std::array<char32_t, 3> characters {}; ///< all 0: nothing was written here
    CellStyle style {};
    quint8 width = 1; ///< 2: takes the next place too; 0: taken by the one before

    bool isBlank() const { return characters[0] == 0 || characters[0] == U' '; }
    QString text() const; ///< a space for nothing, empty if taken by the one before
    void appendTo(QString& text) const; ///< the same, for many
    bool operator==(const Cell&) const = default;
};

using CellLine = QVector<Cell>;

/// The line's text without the spaces at its end. `first` and `last` are columns, last excluded.
QString textOf(const CellLine& line, int first = 0, int last = 1 << 20);

} // namespace console
