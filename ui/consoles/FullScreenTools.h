// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QScreen>

class QAction;
class QKeyEvent;
class QMenu;
class QToolBar;
class QWidget;

namespace console {
class ConsoleView;
}

namespace ui {

class FullScreenConsole;

/// Gives a console's view the whole of a screen and back: by F11 that on which its window is, by
/// menu any other, or all displays of the machine at once, each on a screen of its own.
class FullScreenTools : public QObject {
    Q_OBJECT

public:
    FullScreenTools(QToolBar& tools, console::ConsoleView& view, QWidget* parent);

    QAction* action() const { return m_action; } ///< checked while it is full
    void setName(const QString& name) { m_name = name; } ///< of the machine, for the bar
    void setNote(const QString& note); ///< what the bar says beside it
    void leave();
    bool isOn() const { return m_window; }
    /// F11, and Shift+F11 for the bar, pressed; true if it was one of them.
    bool takeKey(const QKeyEvent& event);

Q_SIGNALS:
    void left(); ///< the view has no window any more: whoever lent it takes it back now
    /// Further displays of the machine, if it has some, belong on these screens.
    void moreDisplaysRequested(const QList<QScreen*>& screens);

private:
    void fillMenu();
    void toggle(bool isOn);
    void enter(QScreen* screen);
    void showAllDisplays();

    console::ConsoleView& m_view;
    QWidget* m_parent;
    QMenu* m_menu;
    QAction* m_action;
    QString m_name;
    QString m_note;
    FullScreenConsole* m_window = nullptr;
};

} // namespace ui
