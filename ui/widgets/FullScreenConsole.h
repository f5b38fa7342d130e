// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QScreen>
#include <QWidget>

class QAbstractScrollArea;

namespace ui {

class FullScreenBar;

/// A window that shows a console on the whole of a screen, under a bar that hides itself. Borrows
/// the view: whoever made this takes the view back before it ends. Asks to end when its screen is
/// unplugged.
class FullScreenConsole : public QWidget {
    Q_OBJECT

public:
    FullScreenConsole(QAbstractScrollArea& view, const QString& name, QWidget* parent);

    void showOn(QScreen* screen);
    void showOnNextScreen(); ///< round and round
    FullScreenBar& bar() { return *m_bar; }

    /// Puts any window on the whole of a screen, also one that is on the whole of another.
    static void putOn(QWidget& window, QScreen* screen);
    static QScreen* screenAfter(const QScreen* screen);

Q_SIGNALS:
    void leaveRequested();
    void screenChosen(QScreen* screen); ///< by the user

protected:
    void closeEvent(QCloseEvent* event) override;
    bool focusNextPrevChild(bool next) override;

private:
    FullScreenBar* m_bar;
    QPointer<QScreen> m_screen;
};

} // namespace ui
