// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Host.h"
#include "models/Hardware.h"
#include "ui/dialogs/FormDialog.h"

class QCheckBox;
class QComboBox;

namespace ui {

class HardwareForm;

/// Asks for a new device: its kind, then what the kind needs.
class AddDeviceDialog : public FormDialog {
    Q_OBJECT

public:
    AddDeviceDialog(const models::Hardware& hardware, bool isRunning, QWidget* parent);

    /// Which kinds can be plugged into the machine while it runs.
    void setCanPlug(std::function<bool(models::HardwareKind)> canPlug);

    /// Whose files, volumes and networks are offered.
    void setHost(hosts::Host* host);

    models::HardwareKind kind() const;
    QVector<models::HardwareValue> values() const;
    bool isPlugged() const; ///< at once, not at the next start
    QString deviceXml() const;

Q_SIGNALS:
    void chosen();

private:
    void noteKind();
    QString why() const;
    QString what() const;

    models::Hardware m_hardware;
    bool m_isRunning;
    std::function<bool(models::HardwareKind)> m_canPlug;
    QComboBox* m_kind;
    HardwareForm* m_form;
    QCheckBox* m_plug;
};

} // namespace ui
