// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"
#include "ui/Context.h"
#include "ui/dialogs/FormDialog.h"

class QComboBox;

namespace ui {

/// Empties a host, so that it can be worked on: moves its running machines to another one, shuts
/// them down or saves them, a few at a time, each as a task of its own.
class MaintenanceDialog : public FormDialog {
    Q_OBJECT

public:
    MaintenanceDialog(Context& context, hosts::Host* host, QWidget* parent);

private:
    enum class Way { Move, ShutDown, Save };

    Way way() const;
    QVector<models::VmRef> running() const;
    void noteWay();
    void empty();
    QString why() const;
    QString what() const;

    Context& m_context;
    hosts::Host* m_host;
    QComboBox* m_way;
    QComboBox* m_target;
    QComboBox* m_storage;
};

} // namespace ui
