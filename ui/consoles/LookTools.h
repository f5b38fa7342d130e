// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QAction;
class QToolBar;

namespace console {
class ConsoleView;
}

namespace ui {

class ConsoleLook;
class PicturePreferences;
class Settings;

/// How a console looks, as tools in its tool bar: the two sizes that are wanted most, and a menu of
/// the rest, with how the pictures of a host's machines are sent.
class LookTools : public QObject {
    Q_OBJECT

public:
    LookTools(QToolBar& tools, console::ConsoleView& view, Settings& settings, QWidget* parent);

    /// What its choices are remembered under; empty: they are not.
    void setVm(const QString& key);
    PicturePreferences& pictures() { return *m_pictures; }

private:
    void refresh();

    console::ConsoleView& m_view;
    QAction* m_fit;
    QAction* m_exact;
    ConsoleLook* m_look;
    PicturePreferences* m_pictures;
};

} // namespace ui
