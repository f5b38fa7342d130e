// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

namespace console {
class ConsoleSession;
class ConsoleView;
} // namespace console

namespace ui {

/// One more display of a machine, in a window of its own beside the console. The guest's display
/// takes the window's size.
class HeadWindow : public QWidget {
    Q_OBJECT

public:
    HeadWindow(console::ConsoleSession& session, int number, QWidget* parent);
    ~HeadWindow() override;

    console::ConsoleView* view() const { return m_view; }

Q_SIGNALS:
    void closed(); ///< by the user

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    console::ConsoleView* m_view;
};

} // namespace ui
