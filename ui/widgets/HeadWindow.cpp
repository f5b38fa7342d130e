// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/HeadWindow.h"

#include "console/ConsoleSession.h"
#include "console/ConsoleView.h"
#include "ui/widgets/FullScreenBar.h"
#include "ui/widgets/FullScreenConsole.h"

#include <QCloseEvent>
#include <QGuiApplication>
#include <QIcon>
#include <QKeyEvent>
#include <QScreen>
#include <QVBoxLayout>

namespace ui {

HeadWindow::HeadWindow(console::ConsoleSession& session, int number, const QString& machine)
    : m_view(new console::ConsoleView)
{
    setAttribute(Qt::WA_QuitOnClose, false);
    setWindowIcon(QIcon(QStringLiteral(":/icons/virtdeck.svg")));
    setObjectName(QStringLiteral("headWindow%1").arg(number + 1));
    setWindowTitle(tr("%1 – display %2").arg(machine).arg(number + 1));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    m_view->setObjectName(QStringLiteral("headView%1").arg(number + 1));
    m_view->setAccessibleName(tr("Display %1 of the machine").arg(number + 1));
    m_view->setSession(&session, session.heads().at(number));
    m_view->setGuestFollowsSize(true);
    m_view->installEventFilter(this);
    connect(
        m_view, &console::ConsoleView::reconnectRequested, this, &HeadWindow::reconnectRequested);
    m_bar = new FullScreenBar(*m_view, windowTitle(), this);
    connect(m_bar, &FullScreenBar::leaveRequested, this, [this] { setFullScreen(false); });
    connect(m_bar, &FullScreenBar::minimiseRequested, this, &QWidget::showMinimized);
    connect(m_bar, &FullScreenBar::nextScreenRequested, this,
        [this] { setFullScreen(true, FullScreenConsole::screenAfter(m_screen)); });
    connect(qGuiApp, &QGuiApplication::screenRemoved, this, [this](const QScreen* gone) {
        if (gone == m_screen)
            setFullScreen(false);
    });
    resize(1024, 768);
}

HeadWindow::~HeadWindow()
{
    m_view->setSession(nullptr);
}

void HeadWindow::setFullScreen(bool isFullScreen, QScreen* to)
{
    if (isFullScreen) {
        if (!m_screen)
            m_before = saveGeometry();
        m_screen = to ? to : screen();
        FullScreenConsole::putOn(*this, m_screen);
        m_bar->flash();
    } else if (m_screen) {
        m_screen = nullptr;
        m_bar->hide();
        showNormal();
        restoreGeometry(m_before);
    }
    m_view->setFocus();
}

bool HeadWindow::eventFilter(QObject* watched, QEvent* event)
{
    // Not releases: the press, with other modifiers, may have gone to the machine, which must not
    // keep the key. Where it did not, the view knows of none and sends nothing.
    const bool isKey
        = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (watched != m_view || !isKey)
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool isBarKey = m_screen && key->modifiers() == Qt::ShiftModifier;
    if (key->key() != Qt::Key_F11 || !(key->modifiers() == Qt::NoModifier || isBarKey))
        return false;
    if (event->type() == QEvent::KeyPress && !key->isAutoRepeat()) {
        if (isBarKey)
            m_bar->reveal();
        else
            setFullScreen(!m_screen);
    }
    m_view->noteTakenKey();
    event->accept();
    return true;
}

// The view is alone here while the bar is hidden.
bool HeadWindow::focusNextPrevChild(bool next)
{
    if (QWidget::focusNextPrevChild(next))
        return true;
    if (m_screen)
        m_bar->reveal();
    return m_screen;
}

void HeadWindow::closeEvent(QCloseEvent* event)
{
    event->accept();
    Q_EMIT closed();
}

} // namespace ui
