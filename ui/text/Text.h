// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/Task.h"
#include "models/VmFilter.h"

#include <QCoreApplication>

namespace ui {

/// The only place that turns states, reasons, actions and features into words. With ErrorText, all
/// that a user reads of what the lower layers say.
class Text {
    Q_DECLARE_TR_FUNCTIONS(ui::Text)

public:
    static QString state(vmm::VmState state); ///< "Running"
    static QString state(const hosts::VmInfo& vm); ///< the same, or "Template", "Saved"
    static models::VmFilter::StateWords stateWords(); ///< for filters in the user's language
    static QString action(vmm::VmAction action); ///< verb for a button: "Shut down"
    static QString actionTip(vmm::VmAction action); ///< what it does, in a sentence
    static QString metric(hosts::VmMetric metric);
    static QString feature(hosts::Feature feature);
    static QString connection(hosts::ConnectionState state);

    /// Why a machine is in its state, in a sentence; empty if there is nothing to tell.
    static QString reason(vmm::VmState state, vmm::StateReason reason);
    /// What to do about it; empty if there is nothing to do.
    static QString remedy(vmm::StateReason reason);
    /// Why an action can't be taken in a state: "Only a running machine can be paused."
    static QString whyNot(vmm::VmAction action, vmm::VmState state);
    /// The same, of a machine that is a template or has no saved memory, too.
    static QString whyNot(vmm::VmAction action, const hosts::VmInfo& vm);

    /// What a host is called: "This computer", "a2", "QEMU/KVM (system)"; with what it differs in
    /// if another one is called so, too: "a2 · Xen".
    static QString hostTitle(const hosts::HostUri& uri);
    /// All hosts that are there, to be told apart from now on.
    static void tellHostsApart(const QVector<hosts::HostUri>& uris);
    /// The accelerator in words: "KVM (hardware)", "TCG (software, slow)".
    static QString accelerator(const QString& name);

    /// What a task does: "Start web-03".
    static QString task(const models::TaskInfo& info);
    static QString snapshotKind(vmm::SnapshotKind kind);
    static QString snapshotPlace(vmm::SnapshotPlace place); ///< "inside the disk images"
    static QString cloneKind(vmm::CloneKind kind);
    static QString taskState(models::TaskState state);
    static QString taskState(const models::Task& task); ///< the same, or "Waiting"

    static QString vmCount(int count); ///< "3 machines"
    static QString cpuCount(int count); ///< "2 CPUs"

private:
    static QString plainHostTitle(const hosts::HostUri& uri);
};

} // namespace ui
