// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/Async.h"
#include "vmm/base/VmState.h"
#include "vmm/qemu/QmpMessage.h"

#include <QObject>
#include <QTimer>

#include <chrono>

namespace vmm {

class Machine;

/// Asks a guest to power off or to reboot: its agent if one answers, else the ACPI power button. A
/// guest may ignore either. Then, when patience is over, the machine counts as running again, with
/// a detail that says so.
class PowerButton : public QObject {
    Q_OBJECT

public:
    explicit PowerButton(Machine& machine);

    /// Completes when the guest was asked. Asked once more while it shuts down, the button is
    /// pressed at once: the agent was no help. Source: guest-shutdown, QMP `system_powerdown`.
    Future<void> shutDown();

    /// The same. By button: QEMU is told to hold the guest when it has powered off
    /// (`set-action shutdown=pause`), and it is reset then. That is noted in the runtime folder,
    /// for whoever takes the machine up meanwhile. Also: Io (DiskFull).
    Future<void> reboot();
    /// A guest that powers off now comes up again only if somebody is here to see to it.
    bool isRebooting() const { return m_isRebooting && m_patience.isActive(); }

    void setPatience(std::chrono::milliseconds patience) { m_patience.setInterval(patience); }
    /// The machine is what it was asked to be, or has no QEMU any more.
    void rest();
    /// What query-status said first of a QEMU that an earlier program left: a reboot that it was at
    /// goes on.
    void takeUp(const QString& runState);

private:
    Future<void> ask(VmAction action);
    Future<void> press(VmAction action);
    Future<void> holdAtPowerOff(bool isHeld);
    Future<void> setActionAtPowerOff(const QString& action);
    void noteAsked();
    void handleEvent(const QmpEvent& event);
    void losePatience();

    Machine& m_machine;
    QTimer m_patience;
    bool m_isRebooting = false; ///< QEMU is to hold the guest at its power-off
    bool m_isHeld = false; ///< and does
};

} // namespace vmm
