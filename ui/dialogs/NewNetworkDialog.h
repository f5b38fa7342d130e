// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Networks.h"
#include "ui/dialogs/FormDialog.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace ui {

/// Asks what a new network is to be like: by its mode, or as XML.
class NewNetworkDialog : public FormDialog {
    Q_OBJECT

public:
    explicit NewNetworkDialog(QWidget* parent);

    hosts::NewNetwork network() const;

Q_SIGNALS:
    void chosen();

private:
    QString mode() const;
    bool isXml() const;
    bool isBridge() const;
    void noteMode();
    void noteAddress();
    QString why() const;
    QString whyNoAddress() const;

    QComboBox* m_mode;
    QLineEdit* m_name;
    QLineEdit* m_bridge;
    QLineEdit* m_device;
    QLineEdit* m_address;
    QCheckBox* m_dhcp;
    QLineEdit* m_first;
    QLineEdit* m_last;
    QLineEdit* m_domain;
    QPlainTextEdit* m_xml;
    QCheckBox* m_start;
    QCheckBox* m_autostart;
};

} // namespace ui
