// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/ConsoleCard.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace console {

namespace {

constexpr int kWidth = 380;

QString sentenceFor(EndReason reason)
{
    switch (reason) {
    case EndReason::None:
        return {};
    case EndReason::ConnectFailed:
        return ConsoleCard::tr("The console could not be reached.");
    case EndReason::AuthenticationFailed:
        return ConsoleCard::tr("The server refused the password.");
    case EndReason::TlsFailed:
        return ConsoleCard::tr("The server's certificate was not accepted.");
    case EndReason::ServerClosed:
        return ConsoleCard::tr("The server ended the connection.");
    case EndReason::TakenOver:
        return ConsoleCard::tr("A console serves one client at a time.");
    case EndReason::TimedOut:
        return ConsoleCard::tr("The server did not answer in time.");
    case EndReason::UnsupportedDisplay:
        return ConsoleCard::tr("This kind of screen can't be shown.");
    case EndReason::DisplayDropped:
        return ConsoleCard::tr(
            "The server closed the screen, but not the rest of the connection. Most likely the "
            "machine's display uses 3D acceleration (OpenGL), which SPICE shows only on the "
            "machine's own host. Open it there, switch off OpenGL of its display, or use VNC or "
            "the serial console.");
    case EndReason::ServerViolation:
        return ConsoleCard::tr("The server sent what makes no sense, so VirtDeck has ended the "
                               "connection. The machine is not affected.");
    case EndReason::ProtocolViolation:
        return ConsoleCard::tr("The console's own process answered nonsense.");
    case EndReason::HelperMissing:
        return ConsoleCard::tr("The program virtdeck-console could not be started. Is VirtDeck "
                               "installed completely?");
    case EndReason::HelperCrashed:
        return ConsoleCard::tr("The console's own process crashed, and again after a restart. The "
                               "machine is not affected.");
    }
    return {};
}

QString withDetail(const QString& sentence, const QString& detail)
{
    if (detail.isEmpty())
        return sentence;
    return sentence.isEmpty() ? detail : sentence + QLatin1Char('\n') + detail;
}

} // namespace

ConsoleCard::ConsoleCard(QWidget* parent)
    : QFrame(parent)
    , m_title(new QLabel(this))
    , m_reason(new QLabel(this))
    , m_action(new QPushButton(this))
    , m_buttons(new QHBoxLayout)
{
    setObjectName(QStringLiteral("consoleCard"));
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    setCursor(Qt::ArrowCursor);

    m_title->setObjectName(QStringLiteral("consoleCardTitle"));
    m_reason->setObjectName(QStringLiteral("consoleCardReason"));
    m_action->setObjectName(QStringLiteral("consoleCardAction"));
    QFont bold = m_title->font();
    bold.setBold(true);
    bold.setPointSizeF(bold.pointSizeF() * 1.15);
    m_title->setFont(bold);
    for (QLabel* label : { m_title, m_reason }) {
        label->setAlignment(Qt::AlignHCenter);
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setForegroundRole(QPalette::Text);
    }
    m_reason->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_action->setAutoDefault(true);
    connect(m_action, &QPushButton::clicked, this, &ConsoleCard::actionRequested);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    column->addWidget(m_title);
    column->addWidget(m_reason);
    m_buttons->setSpacing(8);
    m_buttons->addStretch(1);
    m_buttons->addWidget(m_action);
    m_buttons->addStretch(1);
    column->addLayout(m_buttons);
    hide();
}

void ConsoleCard::show(const Content& content)
{
    m_title->setText(content.title);
    m_reason->setText(content.reason);
    m_reason->setVisible(!content.reason.isEmpty());
    m_action->setText(content.action);
    m_action->setVisible(!content.action.isEmpty());
    showFurther(content.further);
    setAccessibleName(content.title);
    setAccessibleDescription(content.reason);
    QFrame::show();
    raise();
    moveToMiddle();
}

void ConsoleCard::showFurther(const QStringList& texts)
{
    while (m_further.size() < texts.size()) {
        const int index = int(m_further.size());
        auto* button = new QPushButton(this);
        button->setObjectName(QStringLiteral("consoleCardFurther%1").arg(index + 1));
        button->setAutoDefault(true);
        connect(
            button, &QPushButton::clicked, this, [this, index] { Q_EMIT furtherRequested(index); });
        m_buttons->insertWidget(m_buttons->count() - 1, button);
        setTabOrder(index == 0 ? m_action : m_further.last(), button);
        m_further.append(button);
    }
    for (int i = 0; i < m_further.size(); ++i) {
        m_further[i]->setText(texts.value(i));
        m_further[i]->setVisible(i < texts.size());
    }
}

void ConsoleCard::moveToMiddle()
{
    const QSize room = parentWidget()->size();
    const int width = std::min(kWidth, room.width() - 16);
    const int height = std::min(
        layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width) : sizeHint().height(),
        room.height());
    setGeometry((room.width() - width) / 2, (room.height() - height) / 2, width, height);
}

ConsoleCard::Content ConsoleCard::describe(
    SessionState state, EndReason reason, const QString& detail)
{
    switch (state) {
    case SessionState::Idle:
        return { .title = tr("Not connected") };
    case SessionState::Connecting:
    case SessionState::Authenticating:
        return { .title = tr("Connecting…") };
    case SessionState::Live:
        return {};
    case SessionState::GuestOff:
        return { .title = tr("The machine is off"),
            .reason = tr("Its screen appears here when it is started.") };
    case SessionState::TakenOver:
        return { .title = tr("Another client took over this console"),
            .reason = sentenceFor(EndReason::TakenOver),
            .action = tr("Take it &back") };
    case SessionState::Lost:
        return { .title = tr("Disconnected"),
            .reason = withDetail(sentenceFor(reason), detail),
            .action = tr("&Reconnect") };
    case SessionState::HelperCrashed:
        return { .title = tr("The console crashed"),
            .reason = withDetail(sentenceFor(reason), detail),
            .action = tr("&Reconnect") };
    case SessionState::Closed:
        return { .title = tr("Disconnected"), .action = tr("&Reconnect") };
    }
    return {};
}

} // namespace console
