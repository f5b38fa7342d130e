// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/moving/MoveTypes.h"
#include "models/HostCommands.h"
#include "models/LatestAnswer.h"
#include "ui/Context.h"

#include <QPointer>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QWidget;

namespace ui {

class FormDialog;

/// The part of a dialog that asks how a machine moves between this computer's own core and a
/// libvirt host, and looks for what is in the way.
class MoveOptions : public QObject {
    Q_OBJECT

public:
    /// Adds its rows to the dialog; they are shown when there is a target.
    MoveOptions(Context& context, const models::VmRef& vm, const QString& name, FormDialog& dialog);

    /// Whether a machine of the one host would move to the other like this.
    static bool isWay(const hosts::Host* source, const hosts::Host* target);

    /// Null: it moves in another way.
    void setTarget(hosts::Host* target);
    hosts::Host* target() const { return m_target; }
    hosts::moving::MoveRequest request() const;

    void look(); ///< ends with looked()
    bool isLooked() const; ///< for what is chosen now
    const QVector<hosts::moving::Obstacle>& obstacles() const { return m_obstacles; }
    bool hasFailed() const { return !m_failure.isEmpty(); } ///< looking itself
    QString why() const; ///< it can't move, once it was looked for; empty: it can
    QString what() const; ///< what will happen
    void move();

Q_SIGNALS:
    void looked();

private:
    bool isToLibvirt() const;
    void showRows();
    void loadPools();
    void loadNetworks();
    /// What is looked for: what is merely accepted plays no part.
    hosts::moving::MoveRequest question() const;

    Context& m_context;
    models::VmRef m_vm;
    QString m_machine;
    FormDialog& m_dialog;
    QLineEdit* m_name;
    QComboBox* m_pool;
    QComboBox* m_network;
    QCheckBox* m_copy;
    QCheckBox* m_deleteDisks;
    QCheckBox* m_accept;
    QPointer<hosts::Host> m_target;
    models::LatestAnswer m_pools;
    models::LatestAnswer m_networks;
    quint64 m_question = 0;
    std::optional<hosts::moving::MoveRequest> m_looked;
    QPointer<hosts::Host> m_lookedTarget;
    QVector<hosts::moving::Obstacle> m_obstacles;
    QString m_failure; ///< of looking
};

} // namespace ui
