// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/FullScreenBar.h"

#include "ui/style/Icons.h"
#include "ui/widgets/Named.h"

#include <QAbstractScrollArea>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QScreen>
#include <QToolButton>

namespace ui {

namespace {

constexpr int kEdge = 4; // logical pixels at the top that bring the bar back

} // namespace

FullScreenBar::FullScreenBar(QAbstractScrollArea& view, const QString& name, QWidget* parent)
    : QFrame(parent)
    , m_view(view)
    , m_note(new QLabel(this))
{
    named(this, "fullScreenBar", tr("Full screen"));
    setFrameShape(QFrame::StyledPanel);
    auto* title = new QLabel(name);
    title->setObjectName(QStringLiteral("fullScreenTitle"));
    title->setTextFormat(Qt::PlainText);
    m_note->setObjectName(QStringLiteral("fullScreenNote"));
    m_note->hide();
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 4, 4, 4);
    row->setSpacing(8);
    row->addWidget(title);
    row->addWidget(m_note);
    row->addSpacing(8);
    m_nextScreen
        = addButton(QStringLiteral("fullScreenNext"), icon(Glyph::Screen), tr("Next screen"));
    QToolButton* minimise
        = addButton(QStringLiteral("fullScreenMinimise"), icon(Glyph::Minimise), tr("Minimise"));
    m_leave = addButton(
        QStringLiteral("leaveFullScreen"), icon(Glyph::Close), tr("Leave full screen (F11)"));
    m_leave->setToolTip(tr("F11 leaves full screen, Shift+F11 shows this bar"));
    connect(m_nextScreen, &QToolButton::clicked, this, &FullScreenBar::nextScreenRequested);
    connect(minimise, &QToolButton::clicked, this, &FullScreenBar::minimiseRequested);
    connect(m_leave, &QToolButton::clicked, this, &FullScreenBar::leaveRequested);

    m_hide.setSingleShot(true);
    m_hide.setInterval(kShownMs);
    connect(&m_hide, &QTimer::timeout, this, &FullScreenBar::hideIfUnused);
    view.viewport()->installEventFilter(this);
    parent->installEventFilter(this);
    connect(qGuiApp, &QGuiApplication::screenAdded, this, &FullScreenBar::followScreens);
    connect(qGuiApp, &QGuiApplication::screenRemoved, this, &FullScreenBar::followScreens);
    followScreens();
    hide();
}

QToolButton* FullScreenBar::addButton(const QString& name, const QIcon& icon, const QString& text)
{
    auto* button = named(new QToolButton(this), name, text);
    button->setText(text);
    button->setIcon(icon);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus); // a click leaves the keyboard with the machine
    layout()->addWidget(button);
    return button;
}

void FullScreenBar::followScreens()
{
    m_nextScreen->setVisible(QGuiApplication::screens().size() > 1);
}

void FullScreenBar::flash()
{
    show();
    place();
    m_hide.start();
}

void FullScreenBar::reveal()
{
    flash();
    m_leave->setFocus(Qt::OtherFocusReason);
}

void FullScreenBar::setNote(const QString& note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    place();
}

void FullScreenBar::hideIfUnused()
{
    if (underMouse() || isAncestorOf(window()->focusWidget())) {
        m_hide.start();
        return;
    }
    hide();
}

void FullScreenBar::place()
{
    adjustSize();
    move((parentWidget()->width() - width()) / 2, 0);
    raise();
}

/// On the program's own ground: that of the window around it is black, for the picture's sake.
void FullScreenBar::paintEvent(QPaintEvent* event)
{
    QPainter(this).fillRect(rect(), QGuiApplication::palette().window());
    QFrame::paintEvent(event);
}

void FullScreenBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_F11) {
        Q_EMIT leaveRequested();
    } else if (event->key() == Qt::Key_Escape) {
        m_view.setFocus(Qt::OtherFocusReason);
        hide();
    } else {
        QFrame::keyPressEvent(event);
    }
}

bool FullScreenBar::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize) {
        place();
    } else if (event->type() == QEvent::MouseMove && watched == m_view.viewport()
        && parentWidget()->isFullScreen()) {
        if (static_cast<QMouseEvent*>(event)->position().y() < kEdge)
            flash();
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace ui
