// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/terminal/LibraryCell.h"

#include <algorithm>

namespace console {

namespace {

CellColor toColor(const VTermColor& color, bool isForeground)
{
    if (isForeground ? VTERM_COLOR_IS_DEFAULT_FG(&color) : VTERM_COLOR_IS_DEFAULT_BG(&color))
        return {};
    if (VTERM_COLOR_IS_INDEXED(&color))
        return { .kind = CellColor::Kind::Palette, .red = color.indexed.idx };
    return { .kind = CellColor::Kind::Rgb,
        .red = color.rgb.red,
        .green = color.rgb.green,
        .blue = color.rgb.blue };
}

void toLibrary(const CellColor& from, VTermColor& color, quint8 defaultFlag)
{
    if (from.kind == CellColor::Kind::Palette) {
        vterm_color_indexed(&color, from.red);
        return;
    }
    vterm_color_rgb(&color, from.red, from.green, from.blue);
    if (from.kind == CellColor::Kind::Default)
        color.type |= defaultFlag;
}

} // namespace

Cell toCell(const VTermScreenCell& from)
{
    Cell cell;
    if (from.chars[0] == uint32_t(-1)) {
        cell.width = 0;
        return cell;
    }
    for (size_t i = 0; i < cell.characters.size(); ++i)
        cell.characters[i] = from.chars[i];
    cell.width = quint8(std::max<int>(1, from.width));
    cell.style = { .foreground = toColor(from.fg, true),
        .background = toColor(from.bg, false),
        .isBold = bool(from.attrs.bold),
        .isItalic = bool(from.attrs.italic),
        .isReverse = bool(from.attrs.reverse),
        .isStruck = bool(from.attrs.strike),
        .underline = quint8(from.attrs.underline) };
    return cell;
}

VTermScreenCell toLibrary(const Cell& cell)
{
    VTermScreenCell out {};
    for (size_t i = 0; i < cell.characters.size(); ++i)
        out.chars[i] = cell.characters[i];
    out.width = char(cell.width);
    out.attrs.bold = cell.style.isBold;
    out.attrs.italic = cell.style.isItalic;
    out.attrs.reverse = cell.style.isReverse;
    out.attrs.strike = cell.style.isStruck;
    out.attrs.underline = cell.style.underline;
    toLibrary(cell.style.foreground, out.fg, VTERM_COLOR_DEFAULT_FG);
    toLibrary(cell.style.background, out.bg, VTERM_COLOR_DEFAULT_BG);
    return out;
}

} // namespace console
