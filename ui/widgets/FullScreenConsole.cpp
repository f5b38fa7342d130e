// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/FullScreenConsole.h"

#include "ui/widgets/FullScreenBar.h"

#include <QAbstractScrollArea>
#include <QCloseEvent>
#include <QGuiApplication>
#include <QScreen>
#include <QVBoxLayout>

namespace ui {

FullScreenConsole::FullScreenConsole(
    QAbstractScrollArea& view, const QString& name, QWidget* parent)
    : QWidget(parent, Qt::Window)
{
    setObjectName(QStringLiteral("fullScreenConsole"));
    setWindowTitle(name);
    QPalette black = palette();
    black.setColor(QPalette::Window, Qt::black);
    setPalette(black);
    setAutoFillBackground(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(&view);
    view.show();
    m_bar = new FullScreenBar(view, name, this);
    connect(m_bar, &FullScreenBar::leaveRequested, this, &FullScreenConsole::leaveRequested);
    connect(m_bar, &FullScreenBar::minimiseRequested, this, &QWidget::showMinimized);
    connect(m_bar, &FullScreenBar::nextScreenRequested, this, &FullScreenConsole::showOnNextScreen);
    connect(qGuiApp, &QGuiApplication::screenRemoved, this, [this](const QScreen* gone) {
        if (gone == m_screen)
            Q_EMIT leaveRequested();
    });
}

void FullScreenConsole::putOn(QWidget& window, QScreen* screen)
{
    if (window.isFullScreen())
        window.showNormal(); // window managers keep a full window on its screen
    window.setScreen(screen);
    window.setGeometry(screen->geometry());
    window.showFullScreen();
}

QScreen* FullScreenConsole::screenAfter(const QScreen* screen)
{
    const QList<QScreen*> all = QGuiApplication::screens();
    const qsizetype index = all.indexOf(const_cast<QScreen*>(screen));
    return all[(index + 1) % all.size()];
}

void FullScreenConsole::showOn(QScreen* screen)
{
    m_screen = screen;
    putOn(*this, screen);
    m_bar->flash();
}

void FullScreenConsole::showOnNextScreen()
{
    showOn(screenAfter(m_screen));
    Q_EMIT screenChosen(m_screen);
}

// The view is alone here while the bar is hidden.
bool FullScreenConsole::focusNextPrevChild(bool next)
{
    if (!QWidget::focusNextPrevChild(next))
        m_bar->reveal();
    return true;
}

// Closing the window leaves full screen; the view in it belongs to somebody else.
void FullScreenConsole::closeEvent(QCloseEvent* event)
{
    event->ignore();
    Q_EMIT leaveRequested();
}

} // namespace ui
