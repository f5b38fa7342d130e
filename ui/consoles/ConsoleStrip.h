// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTabBar>

namespace ui {

class ConsoleSessions;
class OpenConsole;

/// The open consoles as tabs: a click brings one to the front, the cross closes its connection.
/// Hidden while there are less than two. A tab's icon tells the machine's state.
class ConsoleStrip : public QTabBar {
    Q_OBJECT

public:
    explicit ConsoleStrip(ConsoleSessions& sessions, QWidget* parent = nullptr);

    void setCurrent(const OpenConsole* console);

private:
    int indexOf(const OpenConsole* console) const;
    void add(OpenConsole* console);
    void refresh(OpenConsole* console);
    void remove(OpenConsole* console);

    ConsoleSessions& m_sessions;
    QVector<OpenConsole*> m_consoles; ///< by index of the tab
    const OpenConsole* m_current = nullptr;
};

} // namespace ui
