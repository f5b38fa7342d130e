// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consoles/RecordTools.h"

#include "console/ConsoleSession.h"
#include "console/ConsoleView.h"
#include "ui/consoles/PictureTools.h"
#include "ui/consoles/ToolBarTools.h"
#include "ui/style/Colors.h"
#include "ui/style/Icons.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Named.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QStandardPaths>
#include <QToolBar>

#include <algorithm>
#include <utility>

namespace ui {

using console::FilmEnd;
using console::ScreenRecording;

namespace {

/// What happened, and what to do; %1 is the file, %2 the raw reason of a Failed one.
std::pair<QString, QString> explain(FilmEnd how)
{
    switch (how) {
    case FilmEnd::Whole:
        break;
    case FilmEnd::NoSpace:
        return { RecordTools::tr("The disk is full."),
            RecordTools::tr(
                "%1 has what was recorded until then. Make room, or choose another disk.") };
    case FilmEnd::TooSlow:
        return { RecordTools::tr("The disk is too slow."),
            RecordTools::tr("%1 has what was recorded until then. Choose another disk, and record "
                            "again.") };
    case FilmEnd::NoPicture:
        return { RecordTools::tr("There was no picture to record yet."),
            RecordTools::tr("%1 is empty. Wait a moment, and record again.") };
    case FilmEnd::Failed:
        return { RecordTools::tr("The recording could not be written."),
            RecordTools::tr("%1: %2. Choose another place, and record again.") };
    case FilmEnd::HelperEnded:
        return { RecordTools::tr("The console's process ended."),
            RecordTools::tr("%1 has what was recorded until then. Record again once the console is "
                            "connected.") };
    case FilmEnd::NotConnected:
        return { RecordTools::tr("The console is not connected."),
            RecordTools::tr("%1 is empty. Record again once the console is connected.") };
    }
    return {};
}

} // namespace

RecordTools::RecordTools(QToolBar& tools, QMenu& menu, console::ConsoleView& view, QWidget* parent)
    : QObject(parent)
    , m_view(view)
    , m_parent(parent)
    , m_label(named(new QLabel, "consoleRecording", tr("Recording")))
{
    menu.addSeparator();
    m_record = menu.addAction(icon(Glyph::Record), tr("&Record…"), this, &RecordTools::toggle);
    m_record->setObjectName(QStringLiteral("consoleRecord"));
    m_keep
        = menu.addAction(tr("&Keep the last %n second(s)", nullptr, ScreenRecording::kKeptSeconds));
    m_keep->setObjectName(QStringLiteral("consoleKeepPast"));
    m_keep->setCheckable(true);
    connect(m_keep, &QAction::triggered, this, [this](bool isOn) {
        if (m_session)
            m_session->recording().setKeepsPast(isOn);
    });
    m_savePast
        = menu.addAction(tr("Save the &last %n second(s)…", nullptr, ScreenRecording::kKeptSeconds),
            this, [this] { askForFile(tr("Save the last minute"), &ScreenRecording::savePast); });
    m_savePast->setObjectName(QStringLiteral("consoleSavePast"));
    m_label->setMargin(4);
    // First of the tools: what does not fit into a narrow window is hidden from the end.
    const QList<QAction*> all = tools.actions();
    const auto keys = std::find_if(all.begin(), all.end(), [](const QAction* action) {
        return action->objectName() == QStringLiteral("consoleKeys");
    });
    m_indicator = tools.insertWidget(keys == all.end() ? nullptr : *keys, m_label);
    m_clock.setInterval(500);
    connect(&m_clock, &QTimer::timeout, this, &RecordTools::refresh);
    refresh();
}

void RecordTools::setSession(console::ConsoleSession* session, const QString& name)
{
    if (m_session) {
        m_session->disconnect(this);
        m_session->recording().disconnect(this);
    }
    m_session = session;
    m_name = name;
    if (session) {
        connect(session, &console::ConsoleSession::stateChanged, this, &RecordTools::refresh);
        connect(session, &console::ConsoleSession::frameSized, this, &RecordTools::refresh);
        ScreenRecording& recording = session->recording();
        connect(&recording, &ScreenRecording::changed, this, &RecordTools::refresh);
        connect(&recording, &ScreenRecording::failed, this, &RecordTools::tellFailure);
        connect(&recording, &ScreenRecording::saved, this, [this](const QString& path) {
            m_view.showHint(tr("Saved as %1").arg(QDir::toNativeSeparators(path)));
        });
    }
    refresh();
}

void RecordTools::refresh()
{
    const bool isLive = m_session && m_session->state() == console::SessionState::Live;
    const QString reason = isLive ? QString() : tr("The console is not connected.");
    const bool isRecording = m_session && m_session->recording().isRecording();
    m_record->setText(isRecording ? tr("Stop &recording") : tr("&Record…"));
    allow(m_record, reason, tr("Films the machine's screen into a WebM file, without sound"));
    allow(m_keep, m_session ? QString() : reason,
        tr("Films all the time, in memory, so that the last minute can be saved afterwards"));
    m_keep->setChecked(m_session && m_session->recording().keepsPast());
    allow(m_savePast, m_keep->isChecked() ? reason : tr("Only if it was kept: see above."),
        tr("Saves what the screen showed in the last minute as a WebM file"));
    QString note;
    if (isRecording) {
        const qint64 seconds = m_session->recording().elapsedMs() / 1000;
        note = tr("Recording %1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
        m_clock.start();
    } else {
        m_clock.stop();
    }
    m_indicator->setVisible(isRecording);
    m_label->setText(isRecording ? QStringLiteral("● ") + note : QString());
    m_label->setToolTip(isRecording ? m_session->recording().path() : QString());
    setTextColor(m_label, Colors::of(m_parent->palette()).failed);
    Q_EMIT noteChanged(note);
}

void RecordTools::toggle()
{
    if (!m_session)
        return;
    if (m_session->recording().isRecording())
        return m_session->recording().stop();
    askForFile(tr("Record the screen"), &ScreenRecording::start);
}

void RecordTools::askForFile(
    const QString& title, void (console::ScreenRecording::*use)(const QString& path))
{
    auto* dialog = new QFileDialog(m_parent, title);
    dialog->setObjectName(QStringLiteral("recordDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("WebM videos (*.webm)"));
    dialog->setDefaultSuffix(QStringLiteral("webm"));
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::MoviesLocation);
    dialog->setDirectory(QDir(folder).exists() ? folder : QDir::homePath());
    dialog->selectFile(
        PictureTools::fileName(m_name, QDateTime::currentDateTime(), QStringLiteral("webm")));
    // Another machine may be shown by then.
    connect(
        dialog, &QFileDialog::fileSelected, this, [session = m_session, use](const QString& path) {
            if (session)
                (session->recording().*use)(path);
        });
    connect(dialog, &QDialog::finished, &m_view, [this] { m_view.setFocus(); });
    dialog->open();
}

void RecordTools::tellFailure(const QString& path, FilmEnd how, const QString& detail)
{
    const QString file = QDir::toNativeSeparators(path);
    const auto [what, next] = explain(how);
    auto* box = new QMessageBox(
        QMessageBox::Warning, tr("The recording ended early"), what, QMessageBox::Ok, m_parent);
    box->setObjectName(QStringLiteral("recordError"));
    box->setInformativeText(how == FilmEnd::Failed ? next.arg(file, detail) : next.arg(file));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace ui
