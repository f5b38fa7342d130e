// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/PoolKinds.h"
#include "ui/dialogs/FormDialog.h"

#include <QHash>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace ui {

/// Asks what a new storage pool is to be made of: the fields of its type, or XML.
class NewPoolDialog : public FormDialog {
    Q_OBJECT

public:
    explicit NewPoolDialog(QWidget* parent);

    hosts::NewPool pool() const;

Q_SIGNALS:
    void chosen();

private:
    models::PoolKind kind() const;
    bool isXml() const;
    void addFields();
    void noteType();
    void noteName();
    QString why() const;
    QString what() const;
    QString text(models::PoolField field) const;

    QComboBox* m_type;
    QLineEdit* m_name;
    QHash<models::PoolField, QLineEdit*> m_fields;
    QLineEdit* m_secret = nullptr;
    QComboBox* m_format = nullptr;
    QPlainTextEdit* m_xml = nullptr;
    QCheckBox* m_build = nullptr;
    QCheckBox* m_start = nullptr;
    QCheckBox* m_autostart = nullptr;
};

} // namespace ui
