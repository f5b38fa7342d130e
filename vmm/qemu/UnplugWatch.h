// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/qemu/Machine.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>

namespace vmm {

/// Waits for a guest to let go of a device, a child of the machine; deletes itself.
class UnplugWatch : public QObject {
    Q_OBJECT

public:
    UnplugWatch(Machine& machine, const QString& device);

    /// As unplugDevice().
    Future<void> run(std::chrono::milliseconds deadline);

    /// Without a deadline, for a guest that was asked and may obey later: calls `fn` if it does
    /// while this QEMU runs.
    void waitOn(std::function<void()> fn);

private:
    void handle(const QmpEvent& event);
    void lookForVcpu();
    void handleState(VmState state);
    void finish(Result<void> result);

    Machine& m_machine;
    QString m_device;
    QTimer m_deadline;
    Promise<void> m_promise;
    std::function<void()> m_onGone;
};

} // namespace vmm
