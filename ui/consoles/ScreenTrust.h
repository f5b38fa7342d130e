// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace ui {

class OpenConsole;
class Settings;

/// Whose certificates are trusted for the encrypted screens of a host's machines: those of the
/// authority that was chosen for the host and protocol; else those that spice-gtk and gvnc trust by
/// themselves (~/.spicec/spice_truststore.pem, the system's).
struct ScreenTrust {
    /// Has a console that is about to connect follow what is known of its host.
    static void apply(const Settings& settings, OpenConsole& console);
    /// Whether it does not connect because nobody vouches for its server.
    static bool isQuestioned(const OpenConsole& console);
    /// Asks for the file of an authority, remembers it for the host, and connects anew.
    static void choose(Settings& settings, OpenConsole& console, QWidget* parent);
};

} // namespace ui
