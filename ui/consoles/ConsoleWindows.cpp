// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consoles/ConsoleWindows.h"

#include "ui/consoles/ConsoleSessions.h"
#include "ui/pages/ConsoleTab.h"
#include "ui/style/Icons.h"

#include <QCloseEvent>
#include <QVBoxLayout>

namespace ui {

namespace {

QString geometryKey(const OpenConsole& console)
{
    return QStringLiteral("console-window-") + console.settingsKey();
}

} // namespace

ConsoleWindow::ConsoleWindow(Context& context, OpenConsole& console)
    : m_context(context)
    , m_console(console)
    , m_tab(new ConsoleTab(context, nullptr))
{
    setObjectName(QStringLiteral("consoleWindow"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/virtdeck.svg")));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_tab);
    m_tab->becomeWindow();
    m_tab->show(&console);
    connect(&console, &OpenConsole::changed, this, &ConsoleWindow::refreshTitle);
    refreshTitle();
    resize(1040, 820);
    restoreGeometry(context.settings.view(geometryKey(console)).toByteArray());
}

void ConsoleWindow::saveState()
{
    m_context.settings.setView(geometryKey(m_console), saveGeometry());
}

void ConsoleWindow::refreshTitle()
{
    setWindowTitle(m_console.name());
}

void ConsoleWindow::focusConsole()
{
    if (isMinimized())
        showNormal();
    raise();
    activateWindow();
    m_tab->focusConsole();
}

void ConsoleWindow::closeEvent(QCloseEvent* event)
{
    // A connection file's is closed with it, by Qt, which ends the program with its last window;
    // another one goes back to the main window.
    event->setAccepted(!m_console.vm().host);
    Q_EMIT closeRequested();
}

ConsoleWindows::ConsoleWindows(Context& context, QObject* parent)
    : QObject(parent)
    , m_context(context)
{
    connect(context.sessions, &ConsoleSessions::detachedChanged, this,
        [this](OpenConsole* console, bool isDetached) {
            if (isDetached)
                open(console);
            else
                drop(console);
        });
    connect(context.sessions, &ConsoleSessions::aboutToClose, this, &ConsoleWindows::drop);
    connect(context.sessions, &ConsoleSessions::activationRequested, this,
        [this](const OpenConsole* console) {
            if (ConsoleWindow* window = windowOf(console))
                window->focusConsole();
        });
}

ConsoleWindows::~ConsoleWindows()
{
    closeAll();
}

void ConsoleWindows::closeAll()
{
    const QHash<const OpenConsole*, ConsoleWindow*> windows = std::exchange(m_windows, {});
    for (ConsoleWindow* window : windows) {
        window->saveState();
        delete window;
    }
}

void ConsoleWindows::open(OpenConsole* console)
{
    auto* window = new ConsoleWindow(m_context, *console);
    m_windows.insert(console, window);
    connect(window, &ConsoleWindow::closeRequested, this, [this, console] {
        if (console->vm().host)
            m_context.sessions->setDetached(console, false);
        else
            m_context.sessions->close(console);
    });
    window->show();
}

void ConsoleWindows::drop(const OpenConsole* console)
{
    ConsoleWindow* window = m_windows.take(console);
    if (!window)
        return;
    window->saveState();
    window->hide();
    window->tab().clear();
    window->deleteLater();
}

} // namespace ui
