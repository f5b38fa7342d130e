// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/terminal/TerminalPanel.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace console {

namespace {

QHBoxLayout* makeBar(QWidget& bar, const char* name)
{
    bar.setObjectName(QLatin1StringView(name));
    bar.setAutoFillBackground(true);
    bar.hide();
    auto* layout = new QHBoxLayout(&bar);
    layout->setContentsMargins(8, 4, 8, 4);
    return layout;
}

template <typename Button>
Button* addButton(QHBoxLayout& layout, const char* name, const QString& text)
{
    auto* button = new Button;
    button->setObjectName(QLatin1StringView(name));
    button->setText(text);
    button->setAccessibleName(text);
    layout.addWidget(button);
    return button;
}

} // namespace

TerminalPanel::TerminalPanel(QWidget* parent)
    : QWidget(parent)
    , m_session(std::make_unique<SerialSession>())
    , m_view(new TerminalView(m_session->screen()))
    , m_searchBar(makeSearchBar())
    , m_pasteBar(makePasteBar())
    , m_endBar(makeEndBar())
    , m_logBar(makeLogBar())
{
    setObjectName(QStringLiteral("terminalPanel"));
    m_view->setObjectName(QStringLiteral("terminalView"));
    m_view->setAccessibleName(tr("Serial console"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_endBar);
    layout->addWidget(m_logBar);
    layout->addWidget(m_pasteBar);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_searchBar);
    setFocusProxy(m_view);
    connect(m_view, &TerminalView::searchRequested, this, &TerminalPanel::showSearch);
    connect(m_view, &TerminalView::foundChanged, this, &TerminalPanel::showFound);
    connect(m_view, &TerminalView::pasteQuestioned, this, &TerminalPanel::askToPaste);
    connect(m_session.get(), &SerialSession::stateChanged, this, &TerminalPanel::followState);
    connect(m_session.get(), &SerialSession::logEnded, this, &TerminalPanel::tellLogEnd);
}

TerminalPanel::~TerminalPanel()
{
    m_session->disconnect(this);
    delete m_view; // before the screen that it shows
}

QWidget* TerminalPanel::makeSearchBar()
{
    auto* bar = new QWidget;
    QHBoxLayout* layout = makeBar(*bar, "terminalSearchBar");
    m_needle = new QLineEdit;
    m_needle->setObjectName(QStringLiteral("terminalSearch"));
    m_needle->setAccessibleName(tr("Find in the terminal"));
    m_needle->setPlaceholderText(tr("Find in the terminal"));
    m_needle->setClearButtonEnabled(true);
    m_needle->installEventFilter(this);
    layout->addWidget(m_needle, 1);
    m_found = new QLabel;
    m_found->setObjectName(QStringLiteral("terminalFound"));
    layout->addWidget(m_found);
    auto* before = addButton<QToolButton>(*layout, "terminalFindPrevious", tr("Previous"));
    auto* next = addButton<QToolButton>(*layout, "terminalFindNext", tr("Next"));
    m_matchCase = addButton<QToolButton>(*layout, "terminalMatchCase", tr("Match case"));
    m_matchCase->setCheckable(true);
    auto* close = addButton<QToolButton>(*layout, "terminalSearchClose", tr("Close"));
    connect(m_needle, &QLineEdit::textChanged, this, &TerminalPanel::search);
    connect(m_matchCase, &QToolButton::toggled, this, &TerminalPanel::search);
    const auto go = [this](bool isBackward) {
        m_view->findNext(isBackward);
        showFound();
    };
    connect(before, &QToolButton::clicked, this, [go] { go(true); });
    connect(next, &QToolButton::clicked, this, [go] { go(false); });
    connect(close, &QToolButton::clicked, this, [this] {
        m_searchBar->hide();
        m_view->find({});
        m_view->setFocus();
    });
    return bar;
}

QWidget* TerminalPanel::makePasteBar()
{
    auto* bar = new QWidget;
    QHBoxLayout* layout = makeBar(*bar, "terminalPasteBar");
    m_pasteQuestion = new QLabel;
    m_pasteQuestion->setObjectName(QStringLiteral("terminalPasteQuestion"));
    m_pasteQuestion->setTextFormat(Qt::PlainText);
    layout->addWidget(m_pasteQuestion, 1);
    m_pasteYes = addButton<QPushButton>(*layout, "terminalPasteYes", tr("Paste"));
    auto* no = addButton<QPushButton>(*layout, "terminalPasteNo", tr("Cancel"));
    const auto answer = [this](bool isPasted) {
        if (isPasted)
            m_session->screen().paste(m_toPaste);
        m_toPaste.clear();
        m_pasteBar->hide();
        m_view->setFocus();
    };
    connect(m_pasteYes, &QPushButton::clicked, this, [answer] { answer(true); });
    connect(no, &QPushButton::clicked, this, [answer] { answer(false); });
    return bar;
}

QWidget* TerminalPanel::makeEndBar()
{
    auto* bar = new QWidget;
    QHBoxLayout* layout = makeBar(*bar, "terminalEndBar");
    m_endText = new QLabel;
    m_endText->setObjectName(QStringLiteral("terminalEndText"));
    m_endText->setTextFormat(Qt::PlainText);
    m_endText->setWordWrap(true);
    layout->addWidget(m_endText, 1);
    m_again = addButton<QPushButton>(*layout, "terminalReconnect", tr("Connect again"));
    connect(m_again, &QPushButton::clicked, this, [this] {
        m_view->setFocus();
        Q_EMIT reconnectRequested();
    });
    return bar;
}

QWidget* TerminalPanel::makeLogBar()
{
    auto* bar = new QWidget;
    QHBoxLayout* layout = makeBar(*bar, "terminalLogBar");
    m_logText = new QLabel;
    m_logText->setObjectName(QStringLiteral("terminalLogText"));
    m_logText->setTextFormat(Qt::PlainText);
    m_logText->setWordWrap(true);
    layout->addWidget(m_logText, 1);
    auto* close = addButton<QToolButton>(*layout, "terminalLogClose", tr("Close"));
    connect(close, &QToolButton::clicked, this, [this] {
        m_logBar->hide();
        m_view->setFocus();
    });
    return bar;
}

void TerminalPanel::tellLogEnd(SerialSession::LogEnd why, const QString& detail)
{
    switch (why) {
    case SerialSession::LogEnd::LimitReached:
        m_logText->setText(tr("The log has ended: it is as large as a log may be. Write another "
                              "one to go on."));
        break;
    case SerialSession::LogEnd::WriteFailed:
        m_logText->setText(tr("The log has ended, for it can't be written: %1").arg(detail));
        break;
    }
    m_logBar->show();
}

void TerminalPanel::followState()
{
    const bool hasEnded = m_session->state() == SerialSession::State::Ended;
    if (hasEnded)
        m_endText->setText(!m_unavailable.isEmpty() ? m_unavailable
                : m_session->endDetail().isEmpty()
                ? tr("The serial port was closed: the machine is off, somebody else took it over, "
                     "or the connection to its host broke.")
                : tr("The serial port can't be reached: %1").arg(m_session->endDetail()));
    m_view->setHeard(!hasEnded);
    m_again->setVisible(m_unavailable.isEmpty());
    m_endBar->setVisible(hasEnded);
}

void TerminalPanel::setUnavailable(const QString& why)
{
    if (std::exchange(m_unavailable, why) != why)
        followState();
}

void TerminalPanel::showSearch()
{
    m_searchBar->show();
    m_needle->setFocus();
    m_needle->selectAll();
    search();
}

void TerminalPanel::search()
{
    m_view->find(
        m_needle->text(), m_matchCase->isChecked() ? Qt::CaseSensitive : Qt::CaseInsensitive);
    showFound();
}

void TerminalPanel::showFound()
{
    const int count = m_view->foundCount();
    m_found->setText(m_needle->text().isEmpty() ? QString()
            : count == 0                        ? tr("not found")
                         : tr("%1 of %2").arg(m_view->foundIndex() + 1).arg(count));
}

void TerminalPanel::askToPaste(const QString& text, int lines)
{
    m_toPaste = text;
    m_pasteQuestion->setText(
        tr("Paste %n line(s)? The guest may carry out each of them at once.", nullptr, lines));
    m_pasteBar->show();
    m_pasteYes->setFocus();
}

void TerminalPanel::askForLog()
{
    if (m_session->isLogging()) {
        m_session->stopLog();
        return;
    }
    auto* dialog = new QFileDialog(this, tr("Write what the serial port says to a file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        const QString problem = m_session->startLog(path);
        m_logText->setText(tr("%1 can't be written: %2").arg(path, problem));
        m_logBar->setVisible(!problem.isEmpty());
    });
    dialog->open();
}

/// Return goes on upwards, where the older lines are, with Shift downwards; Escape closes.
bool TerminalPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_needle || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto& key = static_cast<const QKeyEvent&>(*event);
    if (key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter) {
        m_view->findNext(!(key.modifiers() & Qt::ShiftModifier));
        showFound();
        return true;
    }
    if (key.key() == Qt::Key_Escape) {
        m_searchBar->hide();
        m_view->find({});
        m_view->setFocus();
        return true;
    }
    return false;
}

} // namespace console
