// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/qemu/Machine.h"

#include <QObject>
#include <QTimer>

#include <chrono>

namespace vmm {

/// Waits until the tray of a CD drive is open: at once if nothing holds it, else when the guest,
/// who was asked, opens it. A child of the machine; deletes itself.
class TrayWatch : public QObject {
    Q_OBJECT

public:
    TrayWatch(Machine& machine, const QString& drive);

    Future<void> run(std::chrono::milliseconds deadline);

private:
    void lookAtTray();
    void finish(Result<void> result);

    Machine& m_machine;
    QString m_drive;
    QTimer m_deadline;
    Promise<void> m_promise;
};

} // namespace vmm
