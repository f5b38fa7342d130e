// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/ViewGeometry.h"

#include <QObject>

class QAction;
class QMenu;

namespace console {
class ConsoleView;
}

namespace ui {

class Settings;

/// How a console is shown: its size, its sharpness, and whether it takes input. Remembered for each
/// machine; a machine that has nothing remembered looks as the last one was left.
class ConsoleLook : public QObject {
    Q_OBJECT

public:
    ConsoleLook(Settings& settings, console::ConsoleView& view, QWidget* parent);

    /// Shows as is remembered under `key` (a machine's); empty: as the last one.
    void setVm(const QString& key);
    void setScaling(console::Scaling scaling);
    QMenu* menu() const { return m_menu; }

Q_SIGNALS:
    void changed(); ///< also when the view is as it was

private:
    QAction* add(const char* name, const QString& text, bool isCheckable);
    void fillMenu();
    void remember();
    void update();

    Settings& m_settings;
    console::ConsoleView& m_view;
    QString m_key;
    QMenu* m_menu;
    QAction* m_fit = nullptr;
    QAction* m_exact = nullptr;
    QAction* m_integer = nullptr;
    QAction* m_in = nullptr;
    QAction* m_out = nullptr;
    QAction* m_sharp = nullptr;
    QAction* m_viewOnly = nullptr;
};

} // namespace ui
