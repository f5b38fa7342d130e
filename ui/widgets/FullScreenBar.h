// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QTimer>

class QAbstractScrollArea;
class QLabel;
class QToolButton;

namespace ui {

/// The bar at the upper edge of a console that has the whole screen: names the machine, tells how
/// to leave, and hides itself. It comes back when the pointer touches the edge, and by reveal().
/// Lies over its parent, whose size it follows.
class FullScreenBar : public QFrame {
    Q_OBJECT

public:
    static constexpr int kShownMs = 3000;

    /// `view` is what the bar lies over, and what gets the keyboard back.
    FullScreenBar(QAbstractScrollArea& view, const QString& name, QWidget* parent);

    void flash(); ///< shows it for a moment, without the keyboard
    void reveal(); ///< shows it and gives it the keyboard; Escape gives it back
    void setNote(const QString& note); ///< beside the name, such as that it is being recorded

Q_SIGNALS:
    void leaveRequested();
    void minimiseRequested();
    void nextScreenRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QToolButton* addButton(const QString& name, const QIcon& icon, const QString& text);
    void hideIfUnused();
    void place();
    void followScreens();

    QAbstractScrollArea& m_view;
    QLabel* m_note;
    QToolButton* m_nextScreen;
    QToolButton* m_leave;
    QTimer m_hide;
};

} // namespace ui
