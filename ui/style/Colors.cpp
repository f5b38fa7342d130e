// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/Colors.h"

#include <cmath>

namespace ui {

namespace {

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF());
}

QColor blend(const QColor& over, const QColor& under, double share)
{
    return QColor::fromRgbF(static_cast<float>(over.redF() * share + under.redF() * (1 - share)),
        static_cast<float>(over.greenF() * share + under.greenF() * (1 - share)),
        static_cast<float>(over.blueF() * share + under.blueF() * (1 - share)));
}

} // namespace

double contrastRatio(const QColor& first, const QColor& second)
{
    const double a = luminance(first);
    const double b = luminance(second);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

const Colors& Colors::light()
{
    static const Colors colors {
        .window = QColor(0xf4f5f8),
        .base = QColor(0xffffff),
        .text = QColor(0x1a1e26),
        .muted = QColor(0x5a6372),
        .hairline = QColor(0xdbdfe6),
        .outline = QColor(0x858d9b),
        .accent = QColor(0x3d55c8),
        .accentText = QColor(0xffffff),
        .accentMark = QColor(0x3d55c8),
        .selection = QColor(0xdde4fb),
        .hover = QColor(0xe9ecf3),
        .running = QColor(0x17794a),
        .off = QColor(0x667080),
        .attention = QColor(0x8f5f00),
        .failed = QColor(0xc4202c),
        .progress = QColor(0x0b62cc),
        .series = { QColor(0x0072b2), QColor(0xd55e00), QColor(0x009e73), QColor(0xcc79a7) },
    };
    return colors;
}

const Colors& Colors::dark()
{
    static const Colors colors {
        .window = QColor(0x1c1f26),
        .base = QColor(0x15181d),
        .text = QColor(0xe4e7ec),
        .muted = QColor(0x9aa4b2),
        .hairline = QColor(0x2d323b),
        .outline = QColor(0x6b7483),
        .accent = QColor(0x4a62d8),
        .accentText = QColor(0xffffff),
        .accentMark = QColor(0x8ea2ff),
        .selection = QColor(0x2a3560),
        .hover = QColor(0x272c35),
        .running = QColor(0x43c07f),
        .off = QColor(0x97a1af),
        .attention = QColor(0xe0ab2b),
        .failed = QColor(0xff7b72),
        .progress = QColor(0x62adff),
        .series = { QColor(0x56b4e9), QColor(0xe69f00), QColor(0x009e73), QColor(0xcc79a7) },
    };
    return colors;
}

const Colors& Colors::of(const QPalette& palette)
{
    return palette.color(QPalette::Active, QPalette::Base).lightness() < 128 ? dark() : light();
}

QColor Colors::ofState(vmm::VmState state) const
{
    switch (state) {
    case vmm::VmState::Running:
        return running;
    case vmm::VmState::Paused:
        return attention;
    case vmm::VmState::Starting:
    case vmm::VmState::ShuttingDown:
        return progress;
    case vmm::VmState::Crashed:
        return failed;
    case vmm::VmState::ShutOff:
    case vmm::VmState::Unknown:
        return off;
    }
    return off;
}

QPalette Colors::palette() const
{
    QPalette palette;
    const auto set = [&palette](QPalette::ColorRole role, const QColor& color) {
        palette.setColor(QPalette::All, role, color);
    };
    set(QPalette::Window, window);
    set(QPalette::WindowText, text);
    set(QPalette::Base, base);
    set(QPalette::AlternateBase, blend(window, base, 0.5));
    set(QPalette::Text, text);
    set(QPalette::Button, blend(base, window, 0.6));
    set(QPalette::ButtonText, text);
    set(QPalette::BrightText, failed);
    set(QPalette::Light, blend(base, window, 0.5));
    set(QPalette::Midlight, hover);
    set(QPalette::Mid, outline);
    set(QPalette::Dark, outline);
    set(QPalette::Shadow, QColor(0, 0, 0));
    set(QPalette::Highlight, accent);
    set(QPalette::HighlightedText, accentText);
    set(QPalette::Link, accentMark);
    set(QPalette::LinkVisited, accentMark);
    set(QPalette::PlaceholderText, muted);
    set(QPalette::ToolTipBase, base);
    set(QPalette::ToolTipText, text);
    const QColor disabled = blend(text, window, 0.38);
    for (const auto role :
        { QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText })
        palette.setColor(QPalette::Disabled, role, disabled);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, hover);
    return palette;
}

} // namespace ui
