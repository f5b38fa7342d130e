// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace console {
class GuestDevices;
class TerminalPanel;
} // namespace console

namespace ui {

/// A port of a guest as a terminal, in a window which the program does not wait for when it ends.
class GuestPortWindow : public QWidget {
    Q_OBJECT

public:
    GuestPortWindow(console::GuestDevices& devices, const QString& port, const QString& machine);
    ~GuestPortWindow() override;

    console::TerminalPanel* panel() const { return m_panel; }

Q_SIGNALS:
    void closed(); ///< by the user

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void makeTools(QLayout& layout);
    void showState();

    console::GuestDevices& m_devices;
    QString m_port;
    QLabel* m_state;
    console::TerminalPanel* m_panel;
};

} // namespace ui
