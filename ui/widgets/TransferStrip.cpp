// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/TransferStrip.h"

#include "console/ConsoleSession.h"
#include "console/FileTransfers.h"
#include "ui/style/Icons.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Named.h"

#include <QDropEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QProgressBar>
#include <QToolButton>
#include <QUrl>

namespace ui {

namespace {

using console::FileOutcome;
using console::FileTransfer;

QString sentenceFor(const FileTransfer& transfer)
{
    switch (transfer.outcome) {
    case FileOutcome::Done:
        return TransferStrip::tr("Sent.");
    case FileOutcome::Cancelled:
        return TransferStrip::tr("Stopped.");
    case FileOutcome::Unreadable:
        return QFileInfo(transfer.path).isDir()
            ? TransferStrip::tr("Folders can't be sent. Pack it into one file first.")
            : TransferStrip::tr("The file is gone or can't be read.");
    case FileOutcome::Refused:
        return TransferStrip::tr(
            "The machine does not take files. Is somebody logged in there, and "
            "is the transfer allowed?");
    case FileOutcome::NoSpace:
        return TransferStrip::tr("The machine has no room for it.");
    case FileOutcome::NoAgent:
        return TransferStrip::tr("Needs the SPICE agent in the machine (spice-vdagent), which does "
                                 "not run there.");
    case FileOutcome::Failed:
        return TransferStrip::tr("Failed: %1").arg(transfer.detail);
    case FileOutcome::Disconnected:
        return TransferStrip::tr("The connection to the machine, or to its agent, ended. Send the "
                                 "file again.");
    }
    return {};
}

QStringList localFiles(const QMimeData* data)
{
    QStringList out;
    const QList<QUrl> urls = data ? data->urls() : QList<QUrl>();
    for (const QUrl& url : urls) {
        if (url.isLocalFile())
            out.append(url.toLocalFile());
    }
    return out;
}

} // namespace

class TransferStrip::Row : public QWidget {
public:
    Row(int number, TransferStrip* parent)
        : QWidget(parent)
        , m_name(new ElidedLabel(QStringLiteral("transferName%1").arg(number)))
        , m_bar(named(new QProgressBar, QStringLiteral("transferProgress%1").arg(number),
              TransferStrip::tr("Progress")))
        , m_verdict(new ElidedLabel(QStringLiteral("transferVerdict%1").arg(number)))
        , m_button(named(new QToolButton, QStringLiteral("transferStop%1").arg(number),
              TransferStrip::tr("Stop")))
    {
        auto* layout = new QHBoxLayout(this);
        layout->setContentsMargins(12, 2, 8, 2);
        layout->setSpacing(12);
        layout->addWidget(m_name, 2);
        layout->addWidget(m_bar, 2);
        layout->addWidget(m_verdict, 4);
        layout->addWidget(m_button);
        m_bar->setRange(0, 1000);
        m_button->setIcon(icon(Glyph::Close));
        m_button->setAutoRaise(true);
        connect(m_button, &QToolButton::clicked, parent, [this, parent] {
            if (!parent->m_session)
                return;
            if (m_isRunning)
                parent->m_session->files().cancel(m_id);
            else
                parent->m_session->files().clearEnded();
        });
    }

    void show(const FileTransfer& transfer)
    {
        m_id = transfer.id;
        m_isRunning = transfer.isRunning;
        m_name->setText(QFileInfo(transfer.path).fileName());
        m_bar->setVisible(transfer.isRunning);
        m_verdict->setVisible(!transfer.isRunning);
        m_bar->setValue(transfer.total > 0 ? int(transfer.sent * 1000 / transfer.total) : 0);
        m_verdict->setText(transfer.isRunning ? QString() : sentenceFor(transfer));
        const QString what
            = transfer.isRunning ? TransferStrip::tr("Stop") : TransferStrip::tr("Clear the list");
        m_button->setToolTip(what);
        m_button->setAccessibleName(what);
        QWidget::show();
    }

private:
    ElidedLabel* m_name;
    QProgressBar* m_bar;
    ElidedLabel* m_verdict;
    QToolButton* m_button;
    quint32 m_id = 0;
    bool m_isRunning = false;
};

TransferStrip::TransferStrip(QWidget* dropArea, QWidget* parent)
    : QWidget(parent)
    , m_more(mutedLabel({}, QStringLiteral("transferMore")))
{
    named(this, "transferStrip", tr("Files on their way to the machine"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 2, 0, 2);
    layout->setSpacing(0);
    for (int i = 1; i <= kRows; ++i) {
        m_rows.append(new Row(i, this));
        layout->addWidget(m_rows.last());
    }
    m_more->setContentsMargins(12, 0, 12, 2);
    layout->addWidget(m_more);
    dropArea->setAcceptDrops(true);
    dropArea->installEventFilter(this);
    refresh();
}

void TransferStrip::setSession(console::ConsoleSession* session)
{
    if (m_session)
        m_session->files().disconnect(this);
    m_session = session;
    if (session)
        connect(&session->files(), &console::FileTransfers::changed, this, &TransferStrip::refresh);
    refresh();
}

/// What runs first, then what failed, then what is done: the newest of each.
QList<FileTransfer> TransferStrip::worthShowing() const
{
    if (!m_session)
        return {};
    const QList<FileTransfer>& all = m_session->files().all();
    const auto rank = [](const FileTransfer& transfer) {
        if (transfer.isRunning)
            return 0;
        return transfer.outcome == FileOutcome::Done || transfer.outcome == FileOutcome::Cancelled
            ? 2
            : 1;
    };
    QList<FileTransfer> out;
    for (const int wanted : { 0, 1, 2 }) { // there may be thousands: they are not sorted for four
        for (const FileTransfer& transfer : all) {
            if (out.size() == kRows)
                return out;
            if (rank(transfer) == wanted)
                out.append(transfer);
        }
    }
    return out;
}

void TransferStrip::refresh()
{
    const QList<FileTransfer> transfers = worthShowing();
    setVisible(!transfers.isEmpty());
    for (int i = 0; i < kRows; ++i) {
        if (i < transfers.size())
            m_rows[i]->show(transfers[i]);
        else
            m_rows[i]->hide();
    }
    const int more = m_session ? int(m_session->files().all().size()) - kRows : 0;
    m_more->setVisible(more > 0);
    m_more->setText(tr("and %n more", nullptr, std::max(more, 0)));
}

bool TransferStrip::eventFilter(QObject*, QEvent* event)
{
    switch (event->type()) {
    case QEvent::DragEnter:
    case QEvent::DragMove:
    case QEvent::Drop: {
        auto* drop = static_cast<QDropEvent*>(event);
        const QStringList files = localFiles(drop->mimeData());
        if (!m_session || files.isEmpty())
            return false;
        drop->setDropAction(Qt::CopyAction); // the files stay here
        drop->accept();
        if (event->type() == QEvent::Drop)
            m_session->files().send(files);
        return true;
    }
    default: // of Qt's many, no enumeration of ours
        return false;
    }
}

} // namespace ui
