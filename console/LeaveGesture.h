// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QKeyEvent;

namespace console {

/// How the keyboard leaves a guest, which gets every key: Ctrl and Alt are pressed, nothing else,
/// and let go.
class LeaveGesture {
public:
    /// A key is on its way: one that is a shortcut of the window's comes no further.
    void note(const QKeyEvent& key);
    void press(const QKeyEvent& key);
    bool release(const QKeyEvent& key); ///< true: that was it
    void disarm() { m_isArmed = false; } ///< something else was done meanwhile

private:
    bool m_isArmed = false; ///< both are down and nothing else was pressed since
};

} // namespace console
