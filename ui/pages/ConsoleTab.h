// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/ConsoleCard.h"
#include "models/HostCommands.h"
#include "ui/Context.h"

#include <QWidget>

#include <memory>

class QAction;
class QStackedWidget;
class QToolBar;

namespace console {
class ConsoleView;
} // namespace console

namespace ui {

class ConsoleDevices;
class ConsoleStrip;
class ConsoleSwitch;
class EmptyPanel;
class ErrorPanel;
class FullScreenTools;
class GuestTools;
class Hotkeys;
class KeyTools;
class LookTools;
class OpenConsole;
class PasswordPrompt;
class PictureTools;
class PlaceTools;
class RecordTools;
class TransferStrip;

/// The screen of one machine, with its tools. Opens the console when it is shown and the machine
/// runs; the connection belongs to ConsoleSessions and outlives this view of it. Says so in place
/// when there is no screen to show.
class ConsoleTab : public QWidget {
    Q_OBJECT

public:
    /// `start` starts the machine that is selected in the main window; null in other windows.
    ConsoleTab(Context& context, QAction* start, QWidget* parent = nullptr);
    ~ConsoleTab() override;

    void show(const models::VmRecord& vm);
    void show(OpenConsole* console);
    void becomeWindow(); ///< it is all of a window: offers the way back instead of the way out
    void clear(); ///< shows nothing; the connection stays
    void focusConsole();
    OpenConsole* openConsole() const { return m_console; }
    console::ConsoleView* view() const { return m_view; }
    FullScreenTools& fullScreen() { return *m_fullScreen; }
    KeyTools& keys() { return *m_keys; }
    Hotkeys& hotkeys() { return *m_hotkeys; }
    PictureTools& pictures() { return *m_pictures; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    enum class Page { Screen, Empty, Error, Elsewhere }; ///< those of serial ports come after them

    void makeToolBar();
    void showScreenTools(bool areShown);
    void layOut();
    void setConsole(OpenConsole* console);
    void setSession(OpenConsole* console); ///< what the view and its tools show; null: nothing
    void openIfShown();
    void noteMove();
    void followSwitch();
    void refreshSerial();
    void refresh();
    void reconnect();
    void actOnNotice();
    void showPage(Page page);
    void takeViewBack(); ///< from full screen

    Context& m_context;
    OpenConsole* m_console = nullptr;
    console::ConsoleView* m_view;
    ConsoleStrip* m_strip;
    QToolBar* m_tools;
    QList<QAction*> m_screenTools; ///< those without effect on a serial port
    QList<QAction*> m_hiddenTools; ///< of them, while one is shown
    QStackedWidget* m_pages;
    EmptyPanel* m_empty;
    ErrorPanel* m_error;
    EmptyPanel* m_elsewhere;
    ConsoleSwitch* m_switch = nullptr;
    LookTools* m_look = nullptr;
    KeyTools* m_keys = nullptr;
    std::unique_ptr<Hotkeys> m_hotkeys;
    PictureTools* m_pictures = nullptr;
    RecordTools* m_recordings = nullptr;
    FullScreenTools* m_fullScreen = nullptr;
    PlaceTools* m_place = nullptr;
    GuestTools* m_guest = nullptr;
    ConsoleDevices* m_devices = nullptr;
    PasswordPrompt* m_password;
    TransferStrip* m_transfers;
    std::unique_ptr<QObject> m_follower; ///< hears what becomes of the open consoles
    models::VmRef m_vm;
    QString m_reason; ///< why there is no screen to show
    bool m_canShow = false;
};

} // namespace ui
