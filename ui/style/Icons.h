// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/VmState.h"

#include <QIcon>

namespace ui {

/// Names of the files in resources/icons.
enum class Glyph {
    New,
    Start,
    Pause,
    Resume,
    ShutDown,
    ForceOff,
    Reset,
    Console,
    Remove,
    Host,
    AddHost,
    Computer,
    Disconnect,
    Retry,
    Copy,
    Theme,
    Search,
    Close,
    ChevronUp,
    ChevronDown,
    ChevronRight,
    FullScreen,
    Fit,
    OneToOne,
    Keyboard,
    Warning,
    Error,
    Info,
    Check,
    Dashboard,
    Menu,
    Folder,
    Tasks,
    About,
    StateRunning,
    StatePaused,
    StateOff,
    StateCrashed,
    StateUnknown,
    StateBusy,
};
inline constexpr int kGlyphCount = static_cast<int>(Glyph::StateBusy) + 1;

/// What colours an icon: the text it stands in, or a meaning.
enum class Tint { Text, Muted, Accent, OnAccent, Running, Off, Attention, Failed, Progress };

/// An outline icon that follows the palette of the application and is drawn anew for each size and
/// pixel density.
QIcon icon(Glyph glyph, Tint tint = Tint::Text);

/// The icon of a state: told by its shape, coloured by its meaning. Made once: delegates paint it.
const QIcon& stateIcon(vmm::VmState state);

/// Resource path of a glyph (":/icons/new.svg").
QString glyphPath(Glyph glyph);

} // namespace ui
