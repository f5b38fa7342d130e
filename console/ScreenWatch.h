// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

class QScreen;
class QWidget;
class QWindow;

namespace console {

/// Tells on which screen a widget is, whichever window it is moved to, and where that screen lies.
/// Owned by the widget. GUI thread.
class ScreenWatch : public QObject {
    Q_OBJECT

public:
    explicit ScreenWatch(QWidget* widget);

Q_SIGNALS:
    void changed(); ///< or it is shown again

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void watchWindow();
    void watchScreen(QScreen* screen);

    QWidget* m_widget;
    QPointer<QWindow> m_window;
    QPointer<QScreen> m_screen;
};

} // namespace console
