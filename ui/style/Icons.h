// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"

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
    Detach,
    Attach,
    Camera,
    Record,
    Wall,
    Paste,
    Minimise,
    Warning,
    Error,
    Info,
    Check,
    Dashboard,
    Menu,
    Folder,
    Tasks,
    About,
    Reboot,
    Save,
    DiscardSave,
    Snapshot,
    Clone,
    Template,
    Rename,
    Hardware,
    Trash,
    Restore,
    Disk,
    Cpu,
    Memory,
    Network,
    Disc,
    Screen,
    Usb,
    Chip,
    Eject,
    Undo,
    Grow,
    Guest,
    Autostart,
    Sound,
    Mute,
    Microphone,
    Smartcard,
    Upload,
    Download,
    Migrate,
    Backup,
    Checkpoint,
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

/// The icon of a machine: that of its state, or of a template.
const QIcon& vmIcon(const hosts::VmInfo& vm);

/// Resource path of a glyph (":/icons/new.svg").
QString glyphPath(Glyph glyph);

} // namespace ui
