// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/ConnectOptions.h"

#include <QMap>
#include <QObject>

class QAction;
class QMenu;

namespace ui {

class OpenConsole;
class Settings;

/// How the screens of a host's machines are sent over SPICE: compressed in which way, and video by
/// which codec. A menu to choose from, remembered for each host; what is chosen has its effect on
/// the open console at once.
class PicturePreferences : public QObject {
    Q_OBJECT

public:
    PicturePreferences(Settings& settings, QWidget* parent);

    QMenu* menu() const { return m_menu; }
    /// The console that is shown; null: none.
    void setConsole(OpenConsole* console);

    /// Has a console that is about to connect follow what is remembered for its host.
    static void apply(const Settings& settings, OpenConsole& console);

private:
    struct Choice {
        console::ImageCompression compression = console::ImageCompression::Auto;
        int codec = 0; ///< console::VideoCodec; 0: the server's choice
    };

    void addCompressions(QMenu& menu);
    void addCodecs(QMenu& menu);
    void choose(const Choice& choice);
    void refresh();
    static Choice choiceFor(const Settings& settings, const OpenConsole& console);

    Settings& m_settings;
    QMenu* m_menu;
    OpenConsole* m_console = nullptr;
    QMap<int, QAction*> m_compressions;
    QMap<int, QAction*> m_codecs;
};

} // namespace ui
