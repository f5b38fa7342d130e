// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/HeadWindow.h"

#include "console/ConsoleSession.h"
#include "console/ConsoleView.h"

#include <QCloseEvent>
#include <QVBoxLayout>

namespace ui {

HeadWindow::HeadWindow(console::ConsoleSession& session, int number, QWidget* parent)
    : QWidget(parent, Qt::Window)
    , m_view(new console::ConsoleView)
{
    setObjectName(QStringLiteral("headWindow%1").arg(number + 1));
    setWindowTitle(tr("%1 – display %2").arg(parent->windowTitle()).arg(number + 1));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    m_view->setObjectName(QStringLiteral("headView%1").arg(number + 1));
    m_view->setAccessibleName(tr("Display %1 of the machine").arg(number + 1));
    m_view->setSession(&session, session.heads().at(number));
    m_view->setGuestFollowsSize(true);
    connect(m_view, &console::ConsoleView::reconnectRequested, &session,
        &console::ConsoleSession::reconnect);
    resize(1024, 768);
}

HeadWindow::~HeadWindow()
{
    m_view->setSession(nullptr);
}

void HeadWindow::closeEvent(QCloseEvent* event)
{
    event->accept();
    Q_EMIT closed();
    deleteLater();
}

} // namespace ui
