// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>

#include <functional>

class QKeyEvent;

namespace console {
class ConsoleView;
}

namespace ui {

/// Keys that a connection file gives a meaning in its console, before the machine gets them.
class Hotkeys {
public:
    struct Keys {
        QKeySequence fullScreen {};
        QKeySequence release {}; ///< gives a captured pointer back
        QKeySequence attention {}; ///< sends Ctrl+Alt+Del
    };

    Hotkeys(console::ConsoleView& view, std::function<void()> toggleFullScreen);

    void set(const Keys& keys) { m_keys = keys; }
    const Keys& keys() const { return m_keys; }
    /// Does what a pressed key is there for. False: it is for nothing here.
    bool takeKey(const QKeyEvent& key);

private:
    console::ConsoleView& m_view;
    std::function<void()> m_toggleFullScreen;
    Keys m_keys;
};

} // namespace ui
