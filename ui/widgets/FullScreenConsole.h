// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

class QFrame;

namespace ui {

/// A window that shows a console on the whole screen, with a bar at its top that tells how to leave
/// and hides itself. Borrows the view: whoever made this takes the view back before it ends.
class FullScreenConsole : public QWidget {
    Q_OBJECT

public:
    FullScreenConsole(QWidget* view, const QString& name, QWidget* parent);

Q_SIGNALS:
    void leaveRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void placeBar();

    QFrame* m_bar;
    QTimer m_hide;
};

} // namespace ui
