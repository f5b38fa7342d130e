// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/terminal/TerminalTheme.h"

#include <algorithm>
#include <cmath>

namespace console {

namespace {

// Each of the sixteen can be read on its background; black and white change sides with it.
constexpr std::array<QRgb, 16> kOnDark { 0xff2e3440, 0xffe06c75, 0xff98c379, 0xffe5c07b, 0xff61afef,
    0xffc678dd, 0xff56b6c2, 0xffd0d4dc, 0xff7f8896, 0xffff8a93, 0xffb5e08f, 0xfff7d794, 0xff8cc8ff,
    0xffe09bf2, 0xff7fd6e0, 0xffffffff };
constexpr std::array<QRgb, 16> kOnLight { 0xff24292e, 0xffb31d28, 0xff176f2c, 0xff8a5a00,
    0xff0550ae, 0xff6f42c1, 0xff0a6c74, 0xff6a737d, 0xff586069, 0xffcb2431, 0xff22863a, 0xffa86a00,
    0xff2063c9, 0xff8a4fd8, 0xff1b7c83, 0xff8c959f };

QColor cubeColor(int index)
{
    if (index >= 232) {
        const int gray = 8 + 10 * (index - 232);
        return QColor(gray, gray, gray);
    }
    const auto level = [](int step) { return step == 0 ? 0 : 55 + 40 * step; };
    const int cube = index - 16;
    return QColor(level(cube / 36), level(cube / 6 % 6), level(cube % 6));
}

/// WCAG 2.1's relative luminance, 0..1.
double luminanceOf(const QColor& color)
{
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF());
}

double contrastOf(double first, double second)
{
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

QColor mixed(const QColor& from, const QColor& to, double share)
{
    const auto part = [share](int a, int b) { return int(std::lround(a + (b - a) * share)); };
    return QColor(
        part(from.red(), to.red()), part(from.green(), to.green()), part(from.blue(), to.blue()));
}

} // namespace

QColor TerminalTheme::readable(const QColor& text, const QColor& back)
{
    if (text == back)
        return text;
    const double ground = luminanceOf(back);
    if (contrastOf(luminanceOf(text), ground) >= kLeastContrast)
        return text;
    // Towards the end that is further from the background: there the contrast can be had.
    const QColor ends[] { Qt::black, Qt::white };
    const bool goesLight = contrastOf(1, ground) >= contrastOf(0, ground);
    const QColor& end = ends[goesLight ? 1 : 0];
    constexpr int steps = 10;
    for (int step = 1; step < steps; ++step) {
        const QColor tried = mixed(text, end, double(step) / steps);
        if (contrastOf(luminanceOf(tried), ground) >= kLeastContrast)
            return tried;
    }
    return end;
}

TerminalTheme TerminalTheme::forPalette(const QPalette& palette)
{
    const bool isDark = palette.color(QPalette::Base).lightness() < 128;
    TerminalTheme theme { .background = QColor::fromRgb(isDark ? 0xff14171c : 0xfffdfdfd),
        .foreground = QColor::fromRgb(isDark ? 0xffd8dce4 : 0xff1f2328),
        .selection = palette.color(QPalette::Highlight),
        .found = QColor::fromRgb(isDark ? 0xff5a4a12 : 0xffffe58f),
        .current = QColor::fromRgb(isDark ? 0xffb07a00 : 0xffffb340) };
    theme.selection.setAlpha(110);
    const auto& table = isDark ? kOnDark : kOnLight;
    for (size_t i = 0; i < table.size(); ++i)
        theme.colors[i] = QColor::fromRgb(table[i]);
    return theme;
}

QColor TerminalTheme::colorOf(const CellColor& color, const QColor& fallback) const
{
    switch (color.kind) {
    case CellColor::Kind::Default:
        return fallback;
    case CellColor::Kind::Rgb:
        return QColor(color.red, color.green, color.blue);
    case CellColor::Kind::Palette:
        return color.red < colors.size() ? colors[color.red] : cubeColor(color.red);
    }
    return fallback;
}

} // namespace console
