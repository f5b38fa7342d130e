// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/HostCommands.h"
#include "models/LatestAnswer.h"
#include "ui/Context.h"
#include "ui/dialogs/FormDialog.h"

#include <QIcon>
#include <QTimer>

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace ui {

class ListTree;
class MoveOptions;

/// Asks where a machine is to move and how, looks meanwhile for what is in the way, and has it
/// move: to another libvirt host, or between libvirt and this computer's own core (MoveOptions).
class MigrateDialog : public FormDialog {
    Q_OBJECT

public:
    MigrateDialog(Context& context, const models::VmRef& vm, QWidget* parent);

    hosts::MigrationRequest request() const;

private:
    struct Row {
        QString what {};
        QString detail {};
        QIcon icon {};
    };

    void addOptions(bool isActive);
    void fillTargets();
    void chooseWay();
    hosts::Host* chosenHost() const; ///< null: one that is typed, or none
    void look();
    void showRows(const QVector<Row>& rows, bool isComplete);
    void takeMoveObstacles();
    void takeObstacles(const vmm::Result<QVector<hosts::MigrationObstacle>>& found);
    void move();
    QString why() const;
    QString what() const;

    Context& m_context;
    models::VmRef m_vm;
    QString m_name;
    bool m_isActive;
    QComboBox* m_target;
    QComboBox* m_storage = nullptr;
    QComboBox* m_route = nullptr;
    QSpinBox* m_bandwidth = nullptr;
    QCheckBox* m_postCopy = nullptr;
    QCheckBox* m_keep = nullptr;
    QCheckBox* m_unsafe = nullptr;
    MoveOptions* m_across = nullptr;
    ListTree* m_obstacles;
    models::LatestAnswer m_question;
    mutable QTimer m_pause; ///< in typing
    std::optional<hosts::MigrationRequest> m_looked; ///< what the obstacles are about
    QString m_failure; ///< of looking
    bool m_hasFatal = false;
};

} // namespace ui
