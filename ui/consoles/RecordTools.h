// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QTimer>

class QAction;
class QLabel;
class QMenu;
class QToolBar;

namespace console {
class ConsoleSession;
class ConsoleView;
class ScreenRecording;
enum class FilmEnd;
} // namespace console

namespace ui {

/// Films a machine's screen: into a file, with the time shown meanwhile, or, if it was told to keep
/// it, the last minute after the fact.
class RecordTools : public QObject {
    Q_OBJECT

public:
    /// Adds its entries to `menu`, and to `tools` the label that tells of a recording.
    RecordTools(QToolBar& tools, QMenu& menu, console::ConsoleView& view, QWidget* parent);

    /// What the view shows. `name` is the machine's: files are called by it. Null: nothing.
    void setSession(console::ConsoleSession* session, const QString& name);

Q_SIGNALS:
    void noteChanged(const QString& note); ///< "Recording 1:05"; empty: it is not recorded

private:
    void refresh();
    void toggle();
    void askForFile(
        const QString& title, void (console::ScreenRecording::*use)(const QString& path));
    void tellFailure(const QString& path, console::FilmEnd how, const QString& detail);

    console::ConsoleView& m_view;
    QWidget* m_parent;
    QPointer<console::ConsoleSession> m_session;
    QString m_name;
    QAction* m_record;
    QAction* m_keep;
    QAction* m_savePast;
    QAction* m_indicator;
    QLabel* m_label;
    QTimer m_clock;
};

} // namespace ui
