// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/Context.h"

#include <QHash>
#include <QObject>
#include <QWidget>

namespace ui {

class ConsoleTab;
class OpenConsole;

/// A console in a window of its own. Remembers where it was, for each machine.
class ConsoleWindow : public QWidget {
    Q_OBJECT

public:
    ConsoleWindow(Context& context, OpenConsole& console);

    void saveState();
    void focusConsole();
    ConsoleTab& tab() { return *m_tab; }

Q_SIGNALS:
    void closeRequested();

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void refreshTitle();

    Context& m_context;
    OpenConsole& m_console;
    ConsoleTab* m_tab;
};

/// Makes a window for each console that is detached and closes it when that ends. Closing the
/// window brings the console of a machine back into the main window, and closes that of a
/// connection file.
class ConsoleWindows : public QObject {
    Q_OBJECT

public:
    explicit ConsoleWindows(Context& context, QObject* parent = nullptr);
    ~ConsoleWindows() override;

    ConsoleWindow* windowOf(const OpenConsole* console) const { return m_windows.value(console); }
    void closeAll(); ///< the windows; the main window is about to end

private:
    void open(OpenConsole* console);
    void drop(const OpenConsole* console);

    Context& m_context;
    QHash<const OpenConsole*, ConsoleWindow*> m_windows;
};

} // namespace ui
