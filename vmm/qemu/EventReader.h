// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vmm/base/VmState.h"
#include "vmm/qemu/OomCount.h"
#include "vmm/qemu/QemuProcess.h"
#include "vmm/qemu/QmpMessage.h"

#include <QString>

#include <optional>

namespace vmm {

/// Where a machine stands, and why.
struct VmStatus {
    VmState state = VmState::ShutOff;
    StateReason reason = StateReason::None;
    QString detail {}; ///< raw words: QEMU's last lines, a device's name

    bool operator==(const VmStatus&) const = default;
};

/// What is known about the end of a QEMU besides its exit.
struct ExitClues {
    bool isForcedOff = false; ///< by us
    OomVictim oomVictim = OomVictim::None; ///< whom the kernel has just killed for lack of memory
};

/// Reads QEMU's events and exit into states and reasons. Some reasons come in two halves (a disk
/// error, then the stop that it causes; a shutdown, then the exit), so it remembers the first half.
/// Pure: no I/O. Checked against QEMU 7.2.
class EventReader {
public:
    /// The state that `event` means for a machine now in `now`; nothing if it means no change.
    std::optional<VmStatus> read(const QmpEvent& event, VmState now);

    /// What query-status says: "running", "paused", "io-error", ... Nothing while QEMU still gets
    /// ready.
    static std::optional<VmStatus> readRunState(const QString& runState);

    /// What the end of the process means. `lastWords`: the end of its log.
    VmStatus readExit(
        const ProcessExit& exit, const ExitClues& clues, const QString& lastWords) const;

    /// Somebody is about to pause, resume or end it: the next such event has this reason.
    void expect(StateReason reason) { m_expected = reason; }

    /// What query-status said of a QEMU whose earlier events were not seen.
    void takeUp(const QString& runState);

    /// Another QEMU begins.
    void reset() { *this = {}; }

private:
    StateReason ours();

    std::optional<StateReason> m_stopCause; ///< of the STOP that will follow
    std::optional<StateReason> m_expected; ///< of the event that we are about to cause
    QString m_stopDetail;
    bool m_hasWatchdogActed = false;
    QString m_shutdownReason; ///< of SHUTDOWN: "guest-shutdown", "host-signal", ...
};

/// Why a start failed, from the exit of the process and its last words. Causes: ImageLocked,
/// ImageMissing, QemuLacksSpice, DiskFull, PermissionDenied (kind), else QemuDied with everything
/// in detail. Pure.
Error classifyStartFailure(
    const QString& machineName, const ProcessExit& exit, const QString& lastWords);

} // namespace vmm
