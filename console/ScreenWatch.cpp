// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/ScreenWatch.h"

#include <QEvent>
#include <QScreen>
#include <QWidget>
#include <QWindow>

namespace console {

ScreenWatch::ScreenWatch(QWidget* widget)
    : QObject(widget)
    , m_widget(widget)
{
    widget->installEventFilter(this);
}

bool ScreenWatch::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Show)
        watchWindow();
    return QObject::eventFilter(watched, event);
}

void ScreenWatch::watchWindow()
{
    QWindow* window = m_widget->window()->windowHandle();
    if (!window)
        return;
    if (m_window != window) {
        if (m_window)
            m_window->disconnect(this);
        m_window = window;
        connect(window, &QWindow::screenChanged, this, &ScreenWatch::watchScreen);
    }
    watchScreen(window->screen());
}

void ScreenWatch::watchScreen(QScreen* screen)
{
    if (m_screen != screen) {
        if (m_screen)
            m_screen->disconnect(this);
        m_screen = screen;
        if (screen)
            connect(screen, &QScreen::geometryChanged, this, &ScreenWatch::changed);
    }
    Q_EMIT changed();
}

} // namespace console
