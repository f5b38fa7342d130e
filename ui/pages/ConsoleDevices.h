// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/Settings.h"

#include <QObject>
#include <QPointer>

class QAction;
class QMenu;
class QSlider;
class QToolBar;
class QToolButton;

namespace console {
class ConsoleSession;
class GuestDevices;
struct SoundWish;
} // namespace console

namespace ui {

class FileLook;
class GuestPorts;
class UsbDialog;

/// The tools of a console for the guest's other devices: sound, USB, a shared folder, smart
/// cards, ports. What is chosen is remembered for each machine, but the microphone and smart cards:
/// those are off at first, always, and the microphone again when the console is shown no more.
class ConsoleDevices : public QObject {
    Q_OBJECT

public:
    /// Adds its buttons to `tools`; dialogs belong to `window`.
    ConsoleDevices(Settings& settings, QToolBar* tools, QWidget* window);

    /// `key` is the machine's. Null: none, and nothing can be done.
    void setSession(
        console::ConsoleSession* session, const QString& key, GuestPorts* ports = nullptr);
    void setMachineName(const QString& name) { m_name = name; }

private:
    /// The machine that something was asked for, whichever is shown when the answer comes.
    struct Target {
        QPointer<console::ConsoleSession> session {};
        QString key {};
    };

    QToolButton* addMenu(const char* name, QMenu* menu, const QString& text);
    void makeSoundMenu();
    void makeFolderMenu();
    void makeSmartcardButton();
    void makePortMenu();
    void restore();
    void restoreFolder();
    void setSound(const console::SoundWish& wish);
    void showSound();
    void showUsb();
    void showFolder();
    void showSmartcards();
    void showPorts();
    void chooseFolder();
    Target target() const { return { m_session, m_key }; }
    void setReadOnly(bool isReadOnly);
    void share(const Target& target, const QString& path, bool isReadOnly);
    console::GuestDevices* devices() const;
    static QString settingsKey(const char* what, const QString& key);

    Settings& m_settings;
    QToolBar* m_tools;
    QWidget* m_window;
    QPointer<console::ConsoleSession> m_session;
    QString m_key;
    QString m_name;
    QToolButton* m_soundButton = nullptr;
    QAction* m_mute = nullptr;
    QSlider* m_volume = nullptr;
    QAction* m_microphone = nullptr;
    QAction* m_soundState = nullptr;
    QToolButton* m_usbButton = nullptr;
    QPointer<UsbDialog> m_usbDialog;
    QToolButton* m_folderButton = nullptr;
    FileLook* m_folderLook;
    QString m_goneFolder; ///< was shared, and is not there any more
    QAction* m_share = nullptr;
    QAction* m_readOnly = nullptr;
    QAction* m_stopSharing = nullptr;
    QAction* m_folderState = nullptr;
    QToolButton* m_smartcardButton = nullptr;
    QAction* m_smartcardAction = nullptr; ///< of the button's place: most machines have no reader
    QPointer<GuestPorts> m_ports;
    QToolButton* m_portButton = nullptr;
    QAction* m_portAction = nullptr; ///< of its place, as above
};

} // namespace ui
