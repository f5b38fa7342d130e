// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/FullScreenConsole.h"

#include "ui/style/Icons.h"

#include <QAbstractScrollArea>
#include <QCloseEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QToolButton>

namespace ui {

namespace {

constexpr int kEdge = 4; // logical pixels at the top that bring the bar back
constexpr int kShownMs = 3000;

} // namespace

FullScreenConsole::FullScreenConsole(QWidget* view, const QString& name, QWidget* parent)
    : QWidget(parent, Qt::Window)
    , m_bar(new QFrame(this))
{
    setObjectName(QStringLiteral("fullScreenConsole"));
    setWindowTitle(name);
    QPalette black = palette();
    black.setColor(QPalette::Window, Qt::black);
    setPalette(black);
    setAutoFillBackground(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(view);
    view->show();
    if (auto* area = qobject_cast<QAbstractScrollArea*>(view))
        area->viewport()->installEventFilter(this);

    m_bar->setObjectName(QStringLiteral("fullScreenBar"));
    m_bar->setAutoFillBackground(true);
    m_bar->setFrameShape(QFrame::StyledPanel);
    m_bar->setPalette(parent->palette());
    auto* title = new QLabel(name);
    title->setTextFormat(Qt::PlainText);
    auto* leave = new QToolButton;
    leave->setObjectName(QStringLiteral("leaveFullScreen"));
    leave->setText(tr("Leave full screen (F11)"));
    leave->setAccessibleName(leave->text());
    leave->setIcon(icon(Glyph::Close));
    leave->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    leave->setAutoRaise(true);
    leave->setFocusPolicy(Qt::NoFocus);
    connect(leave, &QToolButton::clicked, this, &FullScreenConsole::leaveRequested);
    auto* bar = new QHBoxLayout(m_bar);
    bar->setContentsMargins(12, 4, 4, 4);
    bar->setSpacing(16);
    bar->addWidget(title);
    bar->addWidget(leave);
    m_hide.setSingleShot(true);
    m_hide.setInterval(kShownMs);
    connect(&m_hide, &QTimer::timeout, m_bar, &QWidget::hide);
    m_hide.start();
}

void FullScreenConsole::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    placeBar();
}

void FullScreenConsole::placeBar()
{
    m_bar->adjustSize();
    m_bar->move((width() - m_bar->width()) / 2, 0);
    m_bar->raise();
}

// Closing the window leaves full screen; the view in it belongs to somebody else.
void FullScreenConsole::closeEvent(QCloseEvent* event)
{
    event->ignore();
    Q_EMIT leaveRequested();
}

bool FullScreenConsole::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::MouseMove) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        if (mouse->position().y() < kEdge) {
            m_bar->show();
            placeBar();
            m_hide.start();
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace ui
