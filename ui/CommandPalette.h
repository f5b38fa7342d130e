// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/Context.h"
#include "ui/Selection.h"

#include <QDialog>

class QLineEdit;
class QListWidget;

namespace ui {

/// Finds machines, hosts and commands by a few letters; Ctrl+K.
class CommandPalette : public QDialog {
    Q_OBJECT

public:
    CommandPalette(
        Context& context, Selection& selection, const QList<QAction*>& actions, QWidget* parent);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fill();
    void addCommands(const QString& text);
    void addMachines(const QString& text);
    void run();

    Context& m_context;
    Selection& m_selection;
    QList<QAction*> m_commands;
    QLineEdit* m_edit;
    QListWidget* m_list;
};

} // namespace ui
