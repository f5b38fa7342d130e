// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/DeviceTypes.h"
#include "ui/Settings.h"

#include <QDialog>
#include <QPointer>

class QLabel;
class QPushButton;

namespace console {
class GuestDevices;
} // namespace console

namespace ui {

class ListTree;

/// The USB devices of this computer: which the guest has, which it can get and why not, and which
/// it gets by itself. Discs from image files as well.
class UsbDialog : public QDialog {
    Q_OBJECT

public:
    /// With an empty key nothing is remembered: "always" is as long as the connection.
    UsbDialog(console::GuestDevices& devices, Settings& settings, const QString& settingsKey,
        const QString& machine, QWidget* parent);

    static QList<console::UsbRule> savedRules(const Settings& settings, const QString& key);

private:
    void layOut();
    void showDevices();
    void showButtons();
    void toggleAutomatic();
    void chooseDisc();
    const console::UsbDevice* selected() const;
    bool isAutomatic(const console::UsbDevice& device) const;

    QPointer<console::GuestDevices> m_devices;
    Settings& m_settings;
    QString m_settingsKey;
    QList<console::UsbRule> m_rules;
    ListTree* m_list;
    QLabel* m_channels;
    QLabel* m_problem;
    QPushButton* m_redirect;
    QPushButton* m_automatic;
    QPushButton* m_disc;
};

} // namespace ui
