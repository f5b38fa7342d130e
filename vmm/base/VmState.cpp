// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/base/VmState.h"

#include "vmm/base/EnumNames.h"

namespace vmm {

namespace {

constexpr EnumName<VmState> kStateNames[] = {
    { VmState::Unknown, "unknown" },
    { VmState::ShutOff, "shut off" },
    { VmState::Starting, "starting" },
    { VmState::Running, "running" },
    { VmState::Paused, "paused" },
    { VmState::ShuttingDown, "shutting down" },
    { VmState::Crashed, "crashed" },
};

constexpr EnumName<VmAction> kActionNames[] = {
    { VmAction::Start, "start" },
    { VmAction::Pause, "pause" },
    { VmAction::Resume, "resume" },
    { VmAction::ShutDown, "shut down" },
    { VmAction::Reboot, "reboot" },
    { VmAction::Reset, "reset" },
    { VmAction::ForceOff, "force off" },
    { VmAction::Save, "save" },
    { VmAction::DiscardSave, "discard save" },
    { VmAction::Undefine, "undefine" },
};

constexpr EnumName<StateReason> kReasonNames[] = {
    { StateReason::None, "none" },
    { StateReason::GuestRequest, "guest request" },
    { StateReason::HostRequest, "host request" },
    { StateReason::GuestPanicked, "guest panicked" },
    { StateReason::ProcessDied, "process died" },
    { StateReason::IoError, "I/O error" },
    { StateReason::DiskFull, "disk full" },
    { StateReason::OutOfMemory, "out of memory" },
    { StateReason::Saving, "saving" },
    { StateReason::Saved, "saved" },
    { StateReason::Restored, "restored" },
    { StateReason::Snapshot, "snapshot" },
    { StateReason::Watchdog, "watchdog" },
    { StateReason::StartFailed, "start failed" },
    { StateReason::Adopted, "adopted" },
    { StateReason::Other, "other" },
};

constexpr bool yes = true;
constexpr bool no = false;

// Rows: from; columns: to; both in the order of VmState.
// Unknown leads anywhere (whatever the host reports when it answers again), anything leads to
// Unknown (the host went away). A start made by another client may be seen as running (or paused)
// at once. Nothing "changes" into itself.
constexpr bool kTransitions[7][7] = {
    //                    Unknown ShutOff Starting Running Paused ShuttingDown Crashed
    /* Unknown      */ { no, yes, yes, yes, yes, yes, yes },
    /* ShutOff      */ { yes, no, yes, yes, yes, no, no },
    /* Starting     */ { yes, yes, no, yes, yes, yes, yes },
    /* Running      */ { yes, yes, no, no, yes, yes, yes },
    /* Paused       */ { yes, yes, no, yes, no, yes, yes },
    /* ShuttingDown */ { yes, yes, no, yes, yes, no, yes },
    /* Crashed      */ { yes, yes, yes, yes, yes, no, no },
};

// Rows: action; columns: state. ShutDown stays allowed while shutting down: guests miss the first
// request. DiscardSave needs a saved memory too, which is no state of its own (VmInfo).
constexpr bool kActions[10][7] = {
    //                   Unknown ShutOff Starting Running Paused ShuttingDown Crashed
    /* Start       */ { no, yes, no, no, no, no, yes },
    /* Pause       */ { no, no, no, yes, no, yes, no },
    /* Resume      */ { no, no, no, no, yes, no, no },
    /* ShutDown    */ { no, no, no, yes, no, yes, no },
    /* Reboot      */ { no, no, no, yes, no, yes, no },
    /* Reset       */ { no, no, no, yes, yes, yes, no },
    /* ForceOff    */ { no, no, yes, yes, yes, yes, no },
    /* Save        */ { no, no, no, yes, yes, no, no },
    /* DiscardSave */ { no, yes, no, no, no, no, yes },
    /* Undefine    */ { no, yes, no, no, no, no, yes },
};

} // namespace

bool canTransition(VmState from, VmState to)
{
    return kTransitions[static_cast<int>(from)][static_cast<int>(to)];
}

bool isAllowed(VmAction action, VmState state)
{
    return kActions[static_cast<int>(action)][static_cast<int>(state)];
}

bool isActive(VmState state)
{
    switch (state) {
    case VmState::Starting:
    case VmState::Running:
    case VmState::Paused:
    case VmState::ShuttingDown:
        return true;
    case VmState::Unknown:
    case VmState::ShutOff:
    case VmState::Crashed:
        return false;
    }
    return false;
}

QString nameOf(VmState state)
{
    return enumName<VmState>(kStateNames, state);
}

QString nameOf(VmAction action)
{
    return enumName<VmAction>(kActionNames, action);
}

QString nameOf(StateReason reason)
{
    return enumName<StateReason>(kReasonNames, reason);
}

std::optional<VmState> vmStateFromString(const QString& name)
{
    return enumValue<VmState>(kStateNames, name);
}

std::optional<VmAction> vmActionFromString(const QString& name)
{
    return enumValue<VmAction>(kActionNames, name);
}

std::optional<StateReason> stateReasonFromString(const QString& name)
{
    return enumValue<StateReason>(kReasonNames, name);
}

} // namespace vmm
