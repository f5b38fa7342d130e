// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QKeySequence>

class QKeySequenceEdit;
class QListWidget;
class QPushButton;

namespace ui {

class Settings;

/// The shortcuts that stay this computer's while a machine has the keyboard, as a list to add to
/// and to take from. Remembered when it is accepted.
class HostKeysDialog : public QDialog {
    Q_OBJECT

public:
    HostKeysDialog(Settings& settings, QWidget* parent);

    static QList<QKeySequence> shortcuts(const Settings& settings);

    void accept() override;

private:
    void add();
    void refresh();

    Settings& m_settings;
    QListWidget* m_list;
    QKeySequenceEdit* m_edit;
    QPushButton* m_add;
    QPushButton* m_remove;
};

} // namespace ui
