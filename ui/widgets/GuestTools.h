// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/AgentTypes.h"

#include <QMap>
#include <QObject>
#include <QPointer>

class QAction;
class QLabel;
class QMenu;
class QScreen;
class QToolBar;

namespace console {
class ClipboardBridge;
class ConsoleSession;
class ConsoleView;
} // namespace console

namespace ui {

class FurtherDisplays;
class Settings;

/// What a console does through the agent in its guest, as tools in the console's tool bar: which
/// way the clipboard goes, the guest's size, its displays, files; and the keyboard's part, its
/// locks and the keys that this computer would take. What can't be used says why. Remembered for
/// each machine; the clipboard is off until somebody opens it.
class GuestTools : public QObject {
    Q_OBJECT

public:
    GuestTools(QToolBar& tools, console::ConsoleView& view, Settings& settings, QWidget* parent);
    ~GuestTools() override;

    /// The session that the view shows, what its choices are remembered under (empty: they are
    /// not), and its further displays. Null: none.
    void setSession(
        console::ConsoleSession* session, const QString& key, FurtherDisplays* further = nullptr);
    void setMachineName(const QString& name) { m_name = name; }
    /// Opens further displays, as far as there are some, each on the whole of one of the screens.
    void showDisplaysOn(const QList<QScreen*>& screens);

private:
    void makeClipboardMenu(QToolBar& tools);
    void makeGuestMenu(QToolBar& tools);
    QAction* addChoice(const char* name, const QString& text);
    void setSharing(console::ClipboardSharing sharing);
    void restore();
    void refresh();
    void refreshDisplays();
    void refreshLocks();
    QString whyNoAgent() const; ///< a sentence; empty if there is one
    void showDisplay(int number, bool isOn);
    void chooseFiles();
    void editHostKeys();
    QString keyFor(const char* what) const;
    void tell(const QString& text);

    QWidget* m_parent;
    console::ConsoleView& m_view;
    Settings& m_settings;
    QPointer<console::ConsoleSession> m_session;
    QString m_key;
    QString m_name;
    console::ClipboardBridge* m_clipboard;
    QAction* m_clipboardTool = nullptr;
    QMap<console::ClipboardSharing, QAction*> m_sharing;
    QMenu* m_menu = nullptr;
    QMenu* m_displays = nullptr;
    QAction* m_follow = nullptr;
    QAction* m_grab = nullptr;
    QAction* m_files = nullptr;
    QLabel* m_locks = nullptr;
    QPointer<FurtherDisplays> m_further;
};

} // namespace ui
