// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consoles/ConsoleStrip.h"

#include "ui/consoles/ConsoleSessions.h"
#include "ui/style/Icons.h"

#include <QSignalBlocker>

namespace ui {

ConsoleStrip::ConsoleStrip(ConsoleSessions& sessions, QWidget* parent)
    : QTabBar(parent)
    , m_sessions(sessions)
{
    setObjectName(QStringLiteral("consoleStrip"));
    setAccessibleName(tr("Open consoles"));
    setDocumentMode(true);
    setExpanding(false);
    setTabsClosable(true);
    setElideMode(Qt::ElideRight);
    setUsesScrollButtons(true);
    setVisible(false);
    connect(&sessions, &ConsoleSessions::opened, this, &ConsoleStrip::add);
    connect(&sessions, &ConsoleSessions::changed, this, &ConsoleStrip::refresh);
    connect(&sessions, &ConsoleSessions::aboutToClose, this, &ConsoleStrip::remove);
    connect(this, &QTabBar::tabBarClicked, this, [this](int index) {
        if (OpenConsole* console = m_consoles.value(index))
            m_sessions.activate(console);
    });
    connect(this, &QTabBar::currentChanged, this, [this](int index) {
        OpenConsole* console = m_consoles.value(index);
        if (console && console != m_current) // by the arrow keys
            m_sessions.activate(console);
    });
    connect(this, &QTabBar::tabCloseRequested, this, [this](int index) {
        if (OpenConsole* console = m_consoles.value(index))
            m_sessions.close(console);
    });
    for (OpenConsole* console : sessions.all())
        add(console);
}

int ConsoleStrip::indexOf(const OpenConsole* console) const
{
    return static_cast<int>(m_consoles.indexOf(const_cast<OpenConsole*>(console)));
}

void ConsoleStrip::add(OpenConsole* console)
{
    const QSignalBlocker blocker(this);
    m_consoles.append(console);
    addTab({});
    refresh(console);
    setVisible(count() > 1);
}

void ConsoleStrip::refresh(OpenConsole* console)
{
    const int index = indexOf(console);
    if (index < 0)
        return;
    QString name = console->name();
    name.replace(QLatin1Char('&'), QStringLiteral("&&"));
    setTabText(index, name);
    const bool isDetached = m_sessions.isDetached(console);
    setTabIcon(index, isDetached ? icon(Glyph::Detach) : stateIcon(console->machineState()));
    setTabToolTip(index,
        isDetached ? tr("%1, in a window of its own").arg(console->name()) : console->name());
}

void ConsoleStrip::remove(OpenConsole* console)
{
    const int index = indexOf(console);
    if (index < 0)
        return;
    const QSignalBlocker blocker(this);
    m_consoles.removeAt(index);
    removeTab(index);
    setVisible(count() > 1);
    setCurrent(console == m_current ? nullptr : m_current);
}

void ConsoleStrip::setCurrent(const OpenConsole* console)
{
    m_current = console;
    const QSignalBlocker blocker(this);
    if (const int index = indexOf(console); index >= 0)
        setCurrentIndex(index);
}

} // namespace ui
