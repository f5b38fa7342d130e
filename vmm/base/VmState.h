// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>

#include <array>
#include <optional>

namespace vmm {

/// The state of a machine, the same for every hypervisor (libvirt's virDomainState maps onto it).
enum class VmState {
    Unknown, ///< not known yet, or no longer: the host does not answer
    ShutOff,
    Starting, ///< start was accepted, the guest does not run yet
    Running,
    Paused,
    ShuttingDown, ///< the guest was asked to power off, or is ending
    Crashed, ///< stopped by a failure; a new start is allowed
};

inline constexpr std::array kAllVmStates { VmState::Unknown, VmState::ShutOff, VmState::Starting,
    VmState::Running, VmState::Paused, VmState::ShuttingDown, VmState::Crashed };

/// What a user can ask of a machine.
enum class VmAction {
    Start,
    Pause,
    Resume,
    ShutDown, ///< ask the guest to power off
    Reboot, ///< ask the guest to start anew
    Reset, ///< like the reset button
    ForceOff, ///< like pulling the plug
    Save, ///< memory to disk, then off; the next start goes on from there
    DiscardSave, ///< forget what was saved: the next start boots
    Undefine, ///< remove the machine from its host
};

/// In the order of the enumerators, so that an action is an index into tables of its size.
inline constexpr std::array kAllVmActions { VmAction::Start, VmAction::Pause, VmAction::Resume,
    VmAction::ShutDown, VmAction::Reboot, VmAction::Reset, VmAction::ForceOff, VmAction::Save,
    VmAction::DiscardSave, VmAction::Undefine };

/// Why a machine is in its state.
enum class StateReason {
    None,
    GuestRequest, ///< the guest shut itself down or rebooted
    HostRequest, ///< somebody asked for it on this host
    GuestPanicked,
    ProcessDied, ///< the hypervisor process of the machine ended by itself
    IoError, ///< paused because a disk failed
    DiskFull, ///< paused because the host's disk is full; goes on when resumed with room
    OutOfMemory, ///< the kernel killed the hypervisor process for lack of memory
    Saving, ///< paused while memory is written to disk
    Saved, ///< shut off, and memory is kept: a start goes on from there
    Restored, ///< running again from what was saved
    Snapshot, ///< paused for a snapshot, or as a snapshot was reverted to
    Watchdog, ///< the guest's watchdog acted
    StartFailed,
    Adopted, ///< found running when the host was opened
    Other,
};

/// Whether a machine may go from one state to the other. The one table of it; tested cell by cell.
bool canTransition(VmState from, VmState to);

/// Whether an action makes sense in a state. The one table of it; tested cell by cell.
bool isAllowed(VmAction action, VmState state);

/// Guest memory exists: Starting, Running, Paused, ShuttingDown.
bool isActive(VmState state);

QString nameOf(VmState state);
QString nameOf(VmAction action);
QString nameOf(StateReason reason);
std::optional<VmState> vmStateFromString(const QString& name);
std::optional<VmAction> vmActionFromString(const QString& name);
std::optional<StateReason> stateReasonFromString(const QString& name);

} // namespace vmm

Q_DECLARE_METATYPE(vmm::VmState)
Q_DECLARE_METATYPE(vmm::VmAction)
