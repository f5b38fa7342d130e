// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hosts/libvirt/StateMapping.h"

#include <libvirt/libvirt.h>

namespace hosts::libvirt {

using vmm::StateReason;
using vmm::VmState;

namespace {

MappedState mapPaused(int reason)
{
    switch (reason) {
    case VIR_DOMAIN_PAUSED_IOERROR:
        return { VmState::Paused, StateReason::IoError };
    case VIR_DOMAIN_PAUSED_CRASHED:
        return { VmState::Paused, StateReason::GuestPanicked };
    case VIR_DOMAIN_PAUSED_STARTING_UP:
        return { VmState::Starting, StateReason::HostRequest };
    case VIR_DOMAIN_PAUSED_SHUTTING_DOWN:
        return { VmState::ShuttingDown, StateReason::GuestRequest };
    case VIR_DOMAIN_PAUSED_USER:
        return { VmState::Paused, StateReason::HostRequest };
    case VIR_DOMAIN_PAUSED_UNKNOWN:
        return { VmState::Paused, StateReason::None };
    default: // migration, save, dump, snapshot...
        return { VmState::Paused, StateReason::Other };
    }
}

MappedState mapShutOff(int reason)
{
    switch (reason) {
    case VIR_DOMAIN_SHUTOFF_SHUTDOWN:
        return { VmState::ShutOff, StateReason::GuestRequest };
    case VIR_DOMAIN_SHUTOFF_DESTROYED:
    case VIR_DOMAIN_SHUTOFF_SAVED:
        return { VmState::ShutOff, StateReason::HostRequest };
    case VIR_DOMAIN_SHUTOFF_CRASHED:
        return { VmState::Crashed, StateReason::ProcessDied };
    case VIR_DOMAIN_SHUTOFF_FAILED:
        return { VmState::ShutOff, StateReason::StartFailed };
    case VIR_DOMAIN_SHUTOFF_UNKNOWN: // never started since libvirtd knows it
        return { VmState::ShutOff, StateReason::None };
    default:
        return { VmState::ShutOff, StateReason::Other };
    }
}

MappedState mapRunning(int reason)
{
    switch (reason) {
    case VIR_DOMAIN_RUNNING_BOOTED:
    case VIR_DOMAIN_RUNNING_UNPAUSED:
    case VIR_DOMAIN_RUNNING_RESTORED:
    case VIR_DOMAIN_RUNNING_FROM_SNAPSHOT:
        return { VmState::Running, StateReason::HostRequest };
    case VIR_DOMAIN_RUNNING_UNKNOWN:
        return { VmState::Running, StateReason::None };
    default:
        return { VmState::Running, StateReason::Other };
    }
}

} // namespace

MappedState mapState(int state, int reason)
{
    switch (state) {
    case VIR_DOMAIN_RUNNING:
    case VIR_DOMAIN_BLOCKED: // Xen: waiting for I/O
        return mapRunning(reason);
    case VIR_DOMAIN_PAUSED:
        return mapPaused(reason);
    case VIR_DOMAIN_PMSUSPENDED:
        return { VmState::Paused, StateReason::GuestRequest };
    case VIR_DOMAIN_SHUTDOWN:
        return { VmState::ShuttingDown, StateReason::GuestRequest };
    case VIR_DOMAIN_SHUTOFF:
        return mapShutOff(reason);
    case VIR_DOMAIN_CRASHED:
        return { VmState::Crashed,
            reason == VIR_DOMAIN_CRASHED_PANICKED ? StateReason::GuestPanicked
                                                  : StateReason::ProcessDied };
    default:
        return { VmState::Unknown, StateReason::None };
    }
}

} // namespace hosts::libvirt
