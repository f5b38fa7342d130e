// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"
#include "ui/Context.h"
#include "ui/dialogs/FormDialog.h"

class QComboBox;

namespace ui {

/// Empties a host, so that it can be worked on: moves its running machines to another one, shuts
/// them down or saves them, a few at a time, each as a task of its own. Says which of them stay,
/// and offers what can be done to those.
class MaintenanceDialog : public FormDialog {
    Q_OBJECT

public:
    MaintenanceDialog(Context& context, hosts::Host* host, QWidget* parent);

private:
    enum class Way { Move, ShutDown, Save };

    Way way() const;
    vmm::VmAction action() const; ///< of a way that is no move
    QVector<models::VmRef> running() const;
    models::BulkPlan plan() const;
    /// Running machines that can't go that way in the state that they are in.
    QVector<models::VmRef> leftOut() const;
    std::optional<vmm::VmAction> actionForRest() const;
    models::BulkPlan planForRest() const;
    QVector<models::VmRef> staying() const;
    QString namesOf(const QVector<models::VmRef>& vms) const;
    void noteWay();
    void fillRest();
    void empty();
    void move();
    void resumeThenShutDown(const models::BulkPlan& plan);
    QString why() const;
    QString what() const;
    QString wayInWords() const;
    QString restInWords() const;

    Context& m_context;
    hosts::Host* m_host;
    QComboBox* m_way;
    QComboBox* m_target;
    QComboBox* m_storage;
    QComboBox* m_rest;
};

} // namespace ui
