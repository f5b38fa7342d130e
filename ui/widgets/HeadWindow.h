// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

class QScreen;

namespace console {
class ConsoleSession;
class ConsoleView;
} // namespace console

namespace ui {

class FullScreenBar;

/// One more display of a machine, in a window of its own beside the console, which the program does
/// not wait for when it ends. The guest's display takes the window's size. F11 gives it the whole
/// of a screen and takes it back.
class HeadWindow : public QWidget {
    Q_OBJECT

public:
    HeadWindow(console::ConsoleSession& session, int number, const QString& machine);
    ~HeadWindow() override;

    console::ConsoleView* view() const { return m_view; }
    void setFullScreen(bool isFullScreen, QScreen* screen = nullptr); ///< null: where it is

Q_SIGNALS:
    void closed(); ///< by the user
    void reconnectRequested();

protected:
    void closeEvent(QCloseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    bool focusNextPrevChild(bool next) override;

private:
    console::ConsoleView* m_view;
    FullScreenBar* m_bar;
    QPointer<QScreen> m_screen; ///< while it has the whole of it
    QByteArray m_before; ///< where it was as a window
};

} // namespace ui
